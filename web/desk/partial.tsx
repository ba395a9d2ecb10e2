import type { FormFields } from '../../domain/answer-form.js';
import { hasCase } from '../../domain/reviewer-guards.js';
import { IN_CONFLICT, OWN_PRODUCT } from '../../domain/transition.js';
import type { Partiality } from '../../prisma/read-reviewer.js';
import type { LabelOf } from './send-again.js';
import { TypedText } from '../answer/typed-text.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { CsrfField } from './for-staff.js';
import { keyOf, type Looking } from './rows.js';

/** Instead of a case, for whoever is not to judge its product: they read nothing of it, and can give it up. */
export function PartialPage(props: {
  readonly context: WebContext;
  readonly looking: Looking;
  readonly because: Partiality;
  readonly form: FormFields;
  readonly labelOf: LabelOf;
}) {
  const { context, looking, because, form, labelOf } = props;
  const { staff, record } = looking;
  const { reference, review, standIn } = record;
  return (
    <Page context={context} title="Somebody else reviews this" staff>
      <h1>Somebody else reviews this</h1>
      <p>{because === 'own_product' ? OWN_PRODUCT : IN_CONFLICT}</p>
      {hasCase(review, { person: staff.person.id, standIn }) ? (
        <form method="post" action={`/desk/${reference}/conflict`}>
          <CsrfField staff={staff} />
          <input type="hidden" name="key" value={keyOf(staff, record, 'act')} />
          <input type="hidden" name="round" value={String(review.round)} />
          <p>You took this case before. Nobody else can review it until you give it up.</p>
          <div class="acts">
            <button type="submit">Declare a conflict of interest and give it up</button>
          </div>
        </form>
      ) : null}
      <p>
        <a href="/desk">Go to your desk</a>
      </p>
      <TypedText standards={context.standards} form={form} labelOf={labelOf} />
    </Page>
  );
}
