import type { FormFields } from '../../domain/answer-form.js';
import type { FormRecord } from '../../prisma/read-form.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { TypedText } from './typed-text.js';
import { pathOf } from './visit.js';

/** Why the form takes nothing more. */
export type WhyClosed = 'moved_on' | 'not_asked' | 'sent' | 'revoked';

const REASONS: Readonly<Record<WhyClosed, string>> = {
  moved_on: 'The review moved on while your page was open. It takes no answers now.',
  not_asked: 'The review moved on while your page was open. It asks other questions now.',
  sent: 'The answers were sent a moment ago, perhaps by somebody else with the same link.',
  revoked: 'Another person became the contact of the product, or ended your invitation. Your link no longer works.',
};

/** Said when a page of the form was posted after its time: nothing was saved, and what was typed can be copied. */
export function Closed({
  context,
  record,
  why,
  form,
}: {
  readonly context: WebContext;
  readonly record: FormRecord;
  readonly why: WhyClosed;
  readonly form: FormFields;
}) {
  return (
    <Page context={context} title="Error: nothing was saved" help>
      <h1>Nothing was saved</h1>
      <p>{REASONS[why]}</p>
      <p>
        <a href={pathOf(record.reference, 'status')}>See where the review stands</a>
      </p>
      <TypedText standards={context.standards} form={form} />
    </Page>
  );
}
