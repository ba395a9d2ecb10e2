import type { FormFields, Problem } from '../../domain/answer-form.js';
import type { readColleagues } from '../../prisma/colleagues.js';
import { CsrfField } from '../desk/for-staff.js';
import type { Staff } from '../desk/session.js';
import { OutcomeOfRow } from '../outcome-of-row.js';
import { Field } from './fields.js';
import { mayUse } from './frame.js';
import { productPath } from './reasons.js';

/** Colleagues of a review who may only draft. */
export type Drafting = Awaited<ReturnType<typeof readColleagues>>;
/** The form that invites one, by which problems link to its field. */
export const COLLEAGUES_FORM = 'colleagues';

/** Who may draft in the open review and not send: to see, and for the secretariat to invite and to remove. */
export function Colleagues({
  staff,
  slug,
  drafting,
  form = {},
  problems,
}: {
  readonly staff: Staff;
  readonly slug: string;
  readonly drafting: Drafting;
  readonly form: FormFields | undefined;
  readonly problems: readonly Problem[];
}) {
  const { colleagues, newest } = drafting;
  const may = mayUse(staff, 'POST /console/products/:slug/colleagues');
  const action = `${productPath(slug)}/colleagues`;
  return (
    <section aria-labelledby="colleagues">
      <h2 id="colleagues">Colleagues who may only draft</h2>
      <OutcomeOfRow known={drafting} />
      <p>They fill in and save, in the review that is open now. They never send, and get no reminders.</p>
      {colleagues.length === 0 ? <p>There are none.</p> : null}
      {colleagues.map((colleague) => (
        <OneColleague {...{ colleague, may, staff, action, newest }} />
      ))}
      {may ? (
        <form method="post" action={action} id="colleagues-form" novalidate>
          <CsrfField staff={staff} />
          <input type="hidden" name="newest" value={String(newest)} />
          <Field
            form={{ id: COLLEAGUES_FORM, values: form, problems }}
            name="address"
            label="Email address of a colleague"
            kind="email"
          />
          <div class="acts">
            <button type="submit" class="second">
              Invite the colleague
            </button>
          </div>
        </form>
      ) : null}
    </section>
  );
}

function OneColleague({
  colleague: { id, address, refused },
  may,
  staff,
  action,
  newest,
}: {
  readonly colleague: Drafting['colleagues'][number];
  readonly may: boolean;
  readonly staff: Staff;
  readonly action: string;
  readonly newest: number;
}) {
  return (
    <>
      <p>
        {address}
        {refused ? ': our email came back' : ''}
      </p>
      {may ? (
        <form method="post" action={action}>
          <CsrfField staff={staff} />
          <input type="hidden" name="newest" value={String(newest)} />
          <input type="hidden" name="remove" value={String(id)} />
          <div class="acts">
            <button type="submit" class="second">
              Remove<span class="hidden"> {address}</span>
            </button>
          </div>
        </form>
      ) : null}
    </>
  );
}
