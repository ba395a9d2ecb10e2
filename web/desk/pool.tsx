import { printShortDay } from '../../adapters/dates.js';
import { dayOf } from '../../domain/calendar.js';
import { CLAIMS_AT_ONCE } from '../../domain/policy.js';
import { kindInWords } from '../../domain/public-words.js';
import { levelsOf } from '../../domain/seats.js';
import type { Desk, DeskLine } from '../../prisma/read-desk.js';
import type { StaffMember } from '../../prisma/staff.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { Away } from './away.js';
import { Due } from './due.js';
import { CsrfField } from './for-staff.js';
import type { Staff } from './session.js';
import { keyOfNext } from './take-next.js';
import { WhoIsHere } from './who-is-here.js';
import { deskStage } from './words.js';

/** The most that a line says of an appeal, in characters. */
const LONGEST = 300;

/** The desk of a reviewer: what they have, then what they may take. */
export function PoolPage({
  context,
  staff,
  desk,
  said,
  others,
}: {
  readonly context: WebContext;
  readonly staff: Staff;
  readonly desk: Desk;
  /** What became of what they did last; null: nothing. */
  readonly said: string | null;
  /** Who may stand in for the person. */
  readonly others: readonly StaffMember[];
}) {
  return (
    <Page context={context} title="Your desk" staff wide>
      <h1>Your desk</h1>
      <Said said={said} />
      {levelsOf(staff.roles).length === 0 ? (
        <p>Reviewers find their cases here. You are none; your roles are below.</p>
      ) : (
        <>
          <Cases staff={staff} desk={desk} />
          <Away staff={staff} others={others} today={dayOf(desk.now)} />
        </>
      )}
      <WhoIsHere staff={staff} />
    </Page>
  );
}

function Cases({ staff, desk }: { readonly staff: Staff; readonly desk: Desk }) {
  const { mine, pool, others, now, awayUntil } = desk;
  return (
    <>
      <section aria-labelledby="mine">
        <h2 id="mine">
          Yours ({mine.length} of at most {CLAIMS_AT_ONCE})
        </h2>
        {mine.length === 0 ? <p>You have no case. Take one below.</p> : <Lines lines={mine} now={now} />}
      </section>
      <section aria-labelledby="pool">
        <h2 id="pool">To take ({pool.length})</h2>
        {pool.length === 0 ? (
          <p>
            {awayUntil === null
              ? 'Nothing waits for you to take it. When something does, it stands here.'
              : `You are away until ${printShortDay(awayUntil)}: no case is offered to you.`}
          </p>
        ) : (
          <>
            <form method="post" action="/desk/next">
              <CsrfField staff={staff} />
              <input type="hidden" name="key" value={keyOfNext(staff, desk)} />
              <div class="acts">
                <button type="submit">Take the next</button>
              </div>
            </form>
            <Lines lines={pool} now={now} />
          </>
        )}
        {others === 0 ? null : (
          <p class="small">
            {others === 1 ? 'One more is' : `${others} more are`} with other reviewers, or not for you: your own
            products, and those with which you have a conflict of interest.
          </p>
        )}
      </section>
    </>
  );
}

/** What became of an act, in a sentence. */
export function Said({ said }: { readonly said: string | null }) {
  return said === null ? null : (
    <div class="panel done" role="status">
      <p>{said}</p>
    </div>
  );
}

/** The beginning of a text: the case has all of it. */
function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST).trimEnd()}…`;
}

function completeInWords({ answered, of }: NonNullable<DeskLine['complete']>): string {
  return answered === of ? 'Complete: comes first' : `${answered} of ${of} questions answered`;
}

function Lines({ lines, now }: { readonly lines: readonly DeskLine[]; readonly now: string }) {
  return (
    <ul class="products">
      {lines.map((line) => (
        <li>
          <h3>
            <a href={`/desk/${line.reference}`}>{line.product}</a>
          </h3>
          <p>
            {kindInWords(line.kind)}, {deskStage(line.state).toLowerCase()}
            {line.again ? ', answers came in again' : ''}
            {line.standsInFor === null ? '' : `, for ${line.standsInFor}, who is away`}
          </p>
          {line.complete === null ? null : <p>{completeInWords(line.complete)}</p>}
          {line.grounds === null ? null : <p class="said">The owner appeals: {shortened(line.grounds)}</p>}
          <p class="small">
            Due:{' '}
            {line.state === 'decided' ? 'nothing; you can still undo your verdict' : <Due due={line.due} now={now} />}.
            Reference {line.reference}. Asked by{' '}
            {line.kind === 'nomination'
              ? 'its owner'
              : line.kind === 'concern'
                ? 'staff, who accepted a concern'
                : line.campaign === null
                  ? 'the yearly date or staff'
                  : `the campaign ${line.campaign}`}
            .
            {line.asideUntil !== null && line.asideUntil > now.slice(0, 10)
              ? ` Set aside until ${printShortDay(line.asideUntil)}.`
              : ''}
          </p>
        </li>
      ))}
    </ul>
  );
}
