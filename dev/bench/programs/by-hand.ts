import { condition, proxyActivities, setHandler } from '@temporalio/workflow';
import type { StepActivities } from '../../../activities/index.js';
import type { StepResult } from '../../../domain/step-result.js';
import { nudge } from '../../../workflows/contract.js';
import { timerUntil } from '../../../workflows/timer.js';

const steps = proxyActivities<StepActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '10 seconds' },
});

/**
 * The review that the bench plays, as one would write it for itself: the same steps, the same waiting for a person or
 * for what is due, and nothing else. It knows what comes next, shows operators nothing, and is signalled directly.
 */
export async function reviewByHand(caseId: string): Promise<void> {
  let heard = 0;
  setHandler(nudge, () => {
    heard += 1;
  });
  const somebody = async ({ next, clock }: Pick<StepResult, 'next' | 'clock'>): Promise<boolean> => {
    const isHeard = () => heard > 0;
    const came =
      next === null ? (await condition(isHeard), true) : await condition(isHeard, timerUntil(next.due, clock));
    if (came) heard -= 1;
    return came;
  };
  const row = { caseId, armedFor: null };
  await somebody({ next: null, clock: [] });
  let state = await steps.openReview(row);
  await somebody(state);
  state = await steps.takeSubmission(row);
  if (!(await somebody(state))) state = await steps.sendReminder({ caseId, armedFor: state.next?.id ?? null });
  for (const _word of ['answers', 'l1', 'l2']) {
    await somebody(state);
    state = await steps.takeSubmission(row);
  }
}
