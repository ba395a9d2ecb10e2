import type { Child } from 'hono/jsx';
import { hasCase, isTaken } from '../../domain/reviewer-guards.js';
import { canUndo } from '../../prisma/read-desk.js';
import { REMOVAL_WORDS } from '../../domain/nomination.js';
import { isUnreviewed } from '../../domain/nomination-guards.js';
import { seatAskedIn, seatsOf } from '../../domain/seats.js';
import { ChoiceField, TextField } from '../answer/inputs.js';
import { Moment } from '../moment.js';
import type { CaseView } from './case-view.js';
import { CsrfField } from './for-staff.js';
import { becomes, SEATS } from './words.js';

/** What somebody can do with the case as a whole. */
export function CaseActs({ view, judging }: { readonly view: CaseView; readonly judging: boolean }) {
  const { record, staff } = view;
  const { review } = record;
  const seat = seatsOf(staff.roles).find((one) => one === review.state);
  if (canUndo(review, staff.person.id)) return <Undo view={view} />;
  if (seat !== undefined && !isTaken(review, record.standIn) && !judging) {
    return (
      <section class="panel" aria-labelledby="take">
        <h2 id="take">{SEATS[seat]}: nobody has this case</h2>
        <Act view={view} act="claim" button="Take this case" primary />
        <Conflict view={view} />
      </section>
    );
  }
  const has = hasCase(review, { person: staff.person.id, standIn: record.standIn });
  if (review.state === 'consultation') return has ? <CallOff view={view} /> : null;
  // Whoever may not review at this level any more can still let others.
  if (!judging)
    return has && seatAskedIn(review.state) !== null ? <Act view={view} act="give-back" button="Give back" /> : null;
  return (
    <>
      <OfMine view={view} />
      {canRemove(view) ? <Remove view={view} /> : null}
    </>
  );
}

/** A nomination that nobody judged yet can be removed without a review. */
function canRemove({ record: { review } }: CaseView): boolean {
  return review.state === 'l1' && isUnreviewed(review);
}

function Remove({ view }: { readonly view: CaseView }) {
  return (
    <details>
      <summary>Remove without a review: spam, or against the code of conduct</summary>
      <p>
        Its owner is told the reason. The product is named nowhere in public. A weak nomination is reviewed, not
        removed.
      </p>
      <Act view={view} act="remove" button="Remove the nomination">
        <ChoiceField
          name="why"
          label={{ text: 'Why?' }}
          options={Object.entries(REMOVAL_WORDS).map(([value, label]) => ({ value, label }))}
          values={{}}
          problems={[]}
        />
        <TextField
          name="reason"
          label={{ text: 'What is it?' }}
          values={{}}
          problems={[]}
          hint="Only reviewers and staff read this."
        />
      </Act>
    </details>
  );
}

function Conflict({ view }: { readonly view: CaseView }) {
  return (
    <details>
      <summary>I have a conflict of interest</summary>
      <p>
        You know the people behind {view.record.product}, compete with it, or gain from its result? Say so. You are not
        offered this product again.
      </p>
      <Act view={view} act="conflict" button="Declare a conflict of interest" />
    </details>
  );
}

function Act({
  view,
  act,
  button,
  primary = false,
  children,
}: {
  readonly view: CaseView;
  readonly act: string;
  readonly button: string;
  readonly primary?: boolean;
  readonly children?: Child;
}) {
  const { record, staff, key } = view;
  return (
    <form method="post" action={`/desk/${record.reference}/${act}`}>
      <CsrfField staff={staff} />
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="round" value={String(record.review.round)} />
      {children}
      <div class="acts">
        <button type="submit" class={primary ? undefined : 'second'}>
          {button}
        </button>
      </div>
    </form>
  );
}

function Undo({ view }: { readonly view: CaseView }) {
  const { commits, review } = view.record;
  return (
    <section class="panel" aria-labelledby="undo">
      <h2 id="undo">
        {commits === null ? (
          'You can undo this while a request of the owner is open'
        ) : (
          <>
            You can undo this until <Moment at={commits} />
          </>
        )}
      </h2>
      <p>Nobody was told yet. Then: {becomes(review)}</p>
      <Act view={view} act="undo" button="Undo" />
    </section>
  );
}

function CallOff({ view }: { readonly view: CaseView }) {
  return (
    <section class="panel" aria-labelledby="call-off">
      <h2 id="call-off">Experts are asked</h2>
      <p>Your time stands still until every question is closed. What came in stands at its section below.</p>
      <Act view={view} act="call-off" button="Call it off" />
    </section>
  );
}

function OfMine({ view }: { readonly view: CaseView }) {
  const { record, colleagues } = view;
  const { review } = record;
  return (
    <details>
      <summary>Set aside, hand over, give back, or declare a conflict of interest</summary>
      <Act view={view} act="set-aside" button={review.claim?.aside === null ? 'Set aside' : 'Change the day'}>
        <div class="field">
          <label class="name" for="until">
            Until which day?
          </label>
          <input type="date" id="until" name="until" value={review.claim?.aside ?? ''} />
          <p class="hint">It stands last on your desk until then. Leave it empty to work on it again.</p>
        </div>
      </Act>
      {colleagues.length === 0 ? null : (
        <Act view={view} act="hand-over" button="Hand over">
          <div class="field">
            <label class="name" for="to">
              To whom?
            </label>
            <select id="to" name="to">
              {colleagues.map(({ id, name }) => (
                <option value={id}>{name}</option>
              ))}
            </select>
          </div>
          <TextField
            name="reason"
            label={{ text: 'Why?' }}
            values={{}}
            problems={[]}
            hint="Only reviewers and staff read this."
          />
        </Act>
      )}
      <Act view={view} act="give-back" button="Give back" />
      <Conflict view={view} />
    </details>
  );
}
