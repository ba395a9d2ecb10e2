import type { FormFields } from '../domain/answer-form.js';
import { TypedText } from './answer/typed-text.js';
import type { WebContext } from './context.js';
import { Page } from './layout.js';

/** Nothing is at this address. */
export function NotFound({ context }: { readonly context: WebContext }) {
  return (
    <Page context={context} title="Page not found">
      <h1>Page not found</h1>
      <p>Check the address of the page. If you copied it, check that you copied all of it.</p>
      <p>
        If you came from an email about a review, open the link in the email again, or{' '}
        <a href="/answer/new-link">ask for a new link</a>.
      </p>
    </Page>
  );
}

/** The page could not be made, or what was sent could not be taken. Nothing was changed. */
export function Trouble({
  context,
  status,
  staff,
}: {
  readonly context: WebContext;
  readonly status: number;
  /** It was a page for staff. */
  readonly staff: boolean;
}) {
  if (status < 500) {
    return (
      <Page context={context} title="We did not take this">
        <h1>We did not take what was sent</h1>
        <p>
          It did not come from one of our own pages. Nothing was saved.{' '}
          {staff
            ? 'Open the page again from your desk.'
            : 'Open the link in our email again and fill in the form there.'}
        </p>
      </Page>
    );
  }
  return (
    <Page context={context} title="There is a problem with the service">
      <h1>There is a problem with the service</h1>
      <p>Nothing was changed. What you saved before is still there. Try again in a few minutes.</p>
    </Page>
  );
}

/** A form that holds more than a page may, with what was typed, so far as it was read. */
export function TooLong({ context, typed }: { readonly context: WebContext; readonly typed: FormFields }) {
  return (
    <Page context={context} title="Too much text" help>
      <h1>The page holds too much text</h1>
      <p>Nothing was saved. Go back with your browser, shorten the text and send it again.</p>
      <TypedText standards={context.standards} form={typed} />
    </Page>
  );
}

/** Somebody, or everybody together, asks for more than there is time for. */
export function TooMany({
  context,
  typed,
  seconds,
}: {
  readonly context: WebContext;
  readonly typed: FormFields;
  /** After so many there is room again. */
  readonly seconds: number;
}) {
  const wait = seconds <= 60 ? 'a minute' : `${Math.ceil(seconds / 60)} minutes`;
  return (
    <Page context={context} title="Too many requests" help>
      <h1>There were too many requests</h1>
      <p>Nothing was changed. Wait {wait}, then try again.</p>
      <TypedText standards={context.standards} form={typed} />
    </Page>
  );
}
