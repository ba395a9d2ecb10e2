import type { FormFields } from '../../domain/answer-form.js';
import type { FormRecord } from '../../prisma/read-form.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { pathOf } from './paths.js';
import { TypedText } from './typed-text.js';

/** What a colleague may do who was invited to draft, and who does the rest. */
export function WhoSends({ product, open }: { readonly product: string; readonly open: boolean }) {
  return (
    <section class="panel" aria-labelledby="drafting">
      <h2 id="drafting">You help with the answers</h2>
      {open ? (
        <p>
          You can fill in and save every page. You cannot send: a contact of {product} reads what you saved, and sends
          it. Tell that person when you have finished.
        </p>
      ) : (
        <p>The form takes no answers now. A contact of {product} hears from us by email what happens next.</p>
      )}
    </section>
  );
}

/** Said to a colleague who may only draft in the place of a page that is for those who send. */
export function OnlyDrafts({
  context,
  record,
  form = {},
}: {
  readonly context: WebContext;
  readonly record: FormRecord;
  readonly form?: FormFields;
}) {
  const { product, reference } = record;
  return (
    <Page context={context} title="Only a contact of the product can do this" help>
      <h1>Only a contact of the product can do this</h1>
      <p>
        You were invited to fill in the answers about {product}. A contact of {product} sends them, asks for more time
        or withdraws. Nothing was changed.
      </p>
      <p>
        <a href={pathOf(reference)}>Go to the answers</a>
      </p>
      <TypedText standards={context.standards} form={form} />
    </Page>
  );
}
