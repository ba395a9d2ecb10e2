import {
  allHandlersFinished,
  condition,
  continueAsNew,
  patched,
  setCurrentDetails,
  setHandler,
  TemporalFailure,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { StepResult } from '../domain/step-result.js';
import { attributesOf, nudge, progress, workflowOf, type CaseInput, type Nudge } from './contract.js';
import { stepFor } from './next-step.js';
import { steps, stepsInTask } from './policies.js';
import { timerUntil } from './timer.js';
import { detailsOf, wordsOf } from './words.js';

const LEAST_PAUSE = 1_000;
const MOST_PAUSE = 60_000;

/**
 * The life of every case: until it ends, hear someone or act when due. It holds what the last step returned and
 * nothing else; the record is the truth, and each step reads it anew.
 */
export async function live<Input extends CaseInput>(input: Input): Promise<void> {
  // Runs begun before have ordinary steps alone; the branch goes when no history of 2026-11 is kept.
  const knowsInTask = patched('2026-11-30-steps-in-task');
  let state = input.state;
  const ear: { heard: Nudge | null } = { heard: null };
  let pause = 0;
  let reviewEnded = false;
  let shown = show(null, state);
  setHandler(progress, () => withoutClock(state));
  setHandler(nudge, (call) => {
    ear.heard = call;
  });

  while (ear.heard !== null || state.more || !state.ended) {
    if (ear.heard === null && !state.more) {
      if ((reviewEnded || workflowInfo().continueAsNewSuggested) && allHandlersFinished()) {
        await continueAsNew<(next: Input) => Promise<void>>({ ...input, state });
      }
      await hearSomeoneOrDue({ state, pause, isHeard: () => ear.heard !== null });
    } else if (pause > 0 && ear.heard === null) {
      await condition(() => false, pause);
    }
    // What was heard until here is in the record, where the step finds it; what comes from now on may not be.
    const call = ear.heard;
    ear.heard = null;
    const before = state;
    state = await run(input.caseId, { call, state, knowsInTask });
    shown = show(shown, state);
    // A step that did its work and could not tell of it finds nothing the next time: the review has ended all the same.
    reviewEnded ||= state.reviewEnded || (knowsInTask && before.kind !== null && state.kind === null);
    pause = state.wrote ? 0 : Math.min(Math.max(pause * 2, LEAST_PAUSE), MOST_PAUSE);
  }
}

/**
 * Waits for a nudge or for the case's one timer. After a step that wrote nothing the timer waits a while in any case,
 * so that two clocks that disagree never make a busy loop.
 */
async function hearSomeoneOrDue(wait: { state: StepResult; pause: number; isHeard: () => boolean }): Promise<void> {
  const { next, clock } = wait.state;
  if (next === null) return condition(wait.isHeard);
  const timer = Math.max(timerUntil(next.due, clock), wait.pause);
  await condition(wait.isHeard, timer, { summary: `Until ${wordsOf(next)}, ${next.due.slice(0, 10)}` });
}

interface Due {
  readonly call: Nudge | null;
  readonly state: StepResult;
  /** False: the run began before there were steps inside tasks. */
  readonly knowsInTask: boolean;
}

/** One step, under the name that tells operators what it is about. */
function run(caseId: string, { call, state, knowsInTask }: Due): Promise<StepResult> {
  const { name, summary, armedFor, inTask } = stepFor(call, state);
  const ordinary = () => steps[name].executeWithOptions({ summary }, [{ caseId, armedFor }]);
  if (!knowsInTask || !inTask || workflowOf(caseId) === 'campaign') return ordinary();
  return stepsInTask[name].executeWithOptions({ summary }, [{ caseId, armedFor }]).catch((error: unknown) => {
    // A case never fails: one that is cancelled is cancelled by what follows.
    if (error instanceof TemporalFailure) return ordinary();
    throw error;
  });
}

type Shown = Readonly<Record<string, string>>;

/** Shows operators what changed. */
function show(before: Shown | null, state: StepResult): Shown {
  const all = attributesOf(state);
  const now = Object.fromEntries(all.map(({ key, value }) => [key.name, JSON.stringify(value)]));
  const changed = all.filter(({ key }) => before !== null && before[key.name] !== now[key.name]);
  if (changed.length > 0) upsertSearchAttributes(changed);
  setCurrentDetails(detailsOf(state));
  return now;
}

function withoutClock({ clock: _clock, ...state }: StepResult): Omit<StepResult, 'clock'> {
  return state;
}
