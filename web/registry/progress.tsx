import { printDay } from '../../adapters/dates.js';
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
      {estimate === null ? null : (
        <div>
          <dt>A decision is likely</dt>
          <dd>
            between {printDay(estimate.from)} and {printDay(estimate.to)}
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

function inDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
