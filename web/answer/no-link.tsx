import type { FormFields } from '../../domain/answer-form.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { TypedText } from './typed-text.js';

/** The one page for every address that opens no review: unknown, mistyped, revoked, or without its link. */
export function NoLink({ context, typed = {} }: { readonly context: WebContext; readonly typed?: FormFields }) {
  return (
    <Page context={context} title="This link does not open a review" help>
      <h1>This link does not open a review</h1>
      <p>There can be three reasons:</p>
      <ul>
        <li>A part of the link is missing. Copy the whole link from the email.</li>
        <li>You opened a page of the review without the link. Open the link in our email first.</li>
        <li>
          Another person became the contact of the product, or a contact ended your invitation. Then only a newer link
          works.
        </li>
      </ul>
      <TypedText standards={context.standards} form={typed} />
      <h2>Get a new link</h2>
      <NewLinkForm />
    </Page>
  );
}

/** The page that asks for a new link, and, once it did, says what happens now: always the same. */
export function NewLink({ context, asked }: { readonly context: WebContext; readonly asked: boolean }) {
  if (!asked) {
    return (
      <Page context={context} title="Get a new link" help>
        <h1>Get a new link</h1>
        <NewLinkForm />
      </Page>
    );
  }
  return (
    <Page context={context} title="Check your email" help>
      <h1>Check your email</h1>
      <p>
        If the address belongs to the review of that reference, an email with the link is on its way. We send it to the
        contact on file, never to another address.
      </p>
      <p>
        Did a contact of the product invite you to help? Then we send you nothing: that contact can invite you once
        more.
      </p>
      <p>Nothing came after an hour? Then write to us, and name the reference.</p>
    </Page>
  );
}

function NewLinkForm() {
  return (
    <form method="post" action="/answer/new-link" novalidate>
      <div class="field">
        <label for="reference">Reference of the review</label>
        <p class="hint" id="reference-hint">
          It stands at the end of our emails, for example 2026-7Q2MK
        </p>
        <input type="text" id="reference" name="reference" autocomplete="off" aria-describedby="reference-hint" />
      </div>
      <div class="field">
        <label for="address">Your email address</label>
        <input type="email" id="address" name="address" autocomplete="email" />
      </div>
      <div class="acts">
        <button type="submit">Send the link</button>
      </div>
    </form>
  );
}
