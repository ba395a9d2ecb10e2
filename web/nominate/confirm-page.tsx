import type { NominationStart } from '../../prisma/start-nomination.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { NOMINATE } from './words.js';

/** What a link to confirm an address shows. It changes nothing; its button does. */
export function ConfirmPage(props: {
  readonly context: WebContext;
  readonly action: string;
  readonly start: Pick<NominationStart, 'product' | 'website'>;
}) {
  const { context, action, start } = props;
  return (
    <Page context={context} title={`Nominate ${start.product}`} help>
      <h1>Nominate {start.product}</h1>
      <p>Website: {start.website}</p>
      <p>The button confirms your email address and opens the form. Nothing becomes public by it.</p>
      <form method="post" action={action}>
        <div class="acts">
          <button type="submit">Confirm and open the form</button>
        </div>
      </form>
    </Page>
  );
}

/** The address is confirmed; the form opens by the link of another email. */
export function ConfirmedPage({ context, reference }: { readonly context: WebContext; readonly reference: string }) {
  return (
    <Page context={context} title="Your address is confirmed" help>
      <h1>Your address is confirmed</h1>
      <p>The reference of your nomination is {reference}.</p>
      <p>An email with the link to your form is on its way. Use that link from now on.</p>
    </Page>
  );
}

/** Unknown, mistyped or too old. */
export function NoStart({ context }: { readonly context: WebContext }) {
  return (
    <Page context={context} title="This link does not work" help>
      <h1>This link does not work</h1>
      <p>A part of it is missing, or it is too old. Copy the whole link from our email.</p>
      <p>
        Did you confirm your address before? Then use the link in our later email. Else nobody has read what you wrote,
        and we delete it in a few days: <a href={NOMINATE}>begin again</a>.
      </p>
    </Page>
  );
}

/** What the link of a suggestion shows. It changes nothing; its button does. */
export function ConfirmSuggestionPage(props: {
  readonly context: WebContext;
  readonly action: string;
  readonly start: Pick<NominationStart, 'product' | 'website'>;
}) {
  const { context, action, start } = props;
  return (
    <Page context={context} title={`Suggest ${start.product}`} help>
      <h1>Suggest {start.product}</h1>
      <p>Website: {start.website}</p>
      <p>The button confirms your email address. Then a person of {context.organisation} reads your suggestion.</p>
      <form method="post" action={action}>
        <div class="acts">
          <button type="submit">Confirm my suggestion</button>
        </div>
      </form>
    </Page>
  );
}

/** The suggestion is with staff. */
export function SuggestedPage({ context }: { readonly context: WebContext }) {
  return (
    <Page context={context} title="We have your suggestion" help>
      <h1>We have your suggestion</h1>
      <p>A person of {context.organisation} reads it, and may invite the owner of the product to nominate it.</p>
      <p>Nothing of it is public. Then we delete your name and address.</p>
    </Page>
  );
}
