import type { RowOutcome } from '../domain/effect.js';

/** What became of what was posted a moment ago. Nothing where nothing was. */
export function OutcomeOfRow({
  known: { outcome, waits },
}: {
  readonly known: { readonly outcome: RowOutcome | null; readonly waits: boolean };
}) {
  if (outcome === null && !waits) return null;
  const taken = outcome === null || outcome.result === 'accepted' || outcome.result === 'joined';
  return (
    <div class={taken ? 'panel done' : 'panel'} role="status">
      <p>{outcome === null ? 'Received. It takes effect in a moment: load the page again.' : outcome.sentence}</p>
    </div>
  );
}
