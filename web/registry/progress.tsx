import { printDay, printShortDay } from '../../adapters/dates.js';
import type { Day } from '../../domain/calendar.js';
import { stageInWords } from '../../domain/public-words.js';
import type { Durations } from '../../domain/nomination-progress.js';
import type { NominationProgress } from '../../prisma/public-nomination.js';

/** Whose turn a nomination is, what comes next, and when a decision is likely. */
export function Progress({ progress }: { readonly progress: NominationProgress }) {
  const { turn, next, durations, estimate } = progress;
  if (turn === null) return null;
  return (
    <dl class="facts turn">
      <div>
        <dt>Whose turn</dt>
        <dd>{turn}</dd>
      </div>
      {next === null ? null : (
        <div>
          <dt>What comes next</dt>
          <dd>{next}</dd>
        </div>
      )}
      <div>
        <dt>How long it takes</dt>
        <dd>
          {durations === null ? (
            'Too few nominations were decided here to say.'
          ) : (
            <DurationWords durations={durations} />
          )}
        </dd>
      </div>
      {estimate === null || estimate === 'too_few_decided' ? null : (
        <div>
          <dt>A decision is likely</dt>
          <dd>
            {estimate === 'longer_than_nine_of_ten' ? (
              'Nobody can say when: this nomination takes longer than nine of ten did.'
            ) : (
              <>
                between {printDay(estimate.from)} and {printDay(estimate.to)}
              </>
            )}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** How long decided nominations took. */
export function DurationWords({ durations: { cases, median, nineOfTen } }: { readonly durations: Durations }) {
  return (
    <>
      Half of the last {cases} decided nominations took at most {inDays(median)}, nine of ten at most{' '}
      {inDays(nineOfTen)}.
    </>
  );
}

/** The stages of a nomination, each with its days. */
export function Stages({ stages }: Pick<NominationProgress, 'stages'>) {
  return (
    <ol class="plain">
      {stages.map(({ state, since, until }) => (
        <li>
          <strong>{stageInWords({ state, begun: true })}</strong>
          {until === null ? ` since ${printShortDay(since)}` : <Between since={since} until={until} />}
        </li>
      ))}
    </ol>
  );
}

function Between({ since, until }: { readonly since: Day; readonly until: Day }) {
  return (
    <>{since === until ? ` on ${printShortDay(since)}` : ` from ${printShortDay(since)} to ${printShortDay(until)}`}</>
  );
}

function inDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
