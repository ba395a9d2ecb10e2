import type { StepActivities } from '../activities/index.js';
import type { Entry } from '../domain/case.js';
import type { StepResult } from '../domain/step-result.js';
import type { Nudge } from './contract.js';
import { wordsOf } from './words.js';

type StepName = keyof StepActivities;

/** The activity that operators see for each kind of entry. */
const stepOf: Readonly<Record<Entry['what'], StepName>> = {
  open: 'openReview',
  concern: 'openReview',
  reminder: 'sendReminder',
  deadline: 'actOnSilence',
  mail_late: 'escalate',
  reviewers: 'escalate',
  watch: 'escalate',
  staff: 'escalate',
  commit: 'commitDecision',
  forget: 'closeCase',
  abandon: 'closeCase',
  wave: 'releaseWave',
  follow: 'followCampaign',
  expert: 'escalate',
  expert_reminder: 'sendReminder',
};

/** The activity for each kind of row that is about asking; all others are taken. */
const stepOfRow: Readonly<Record<string, StepName>> = {
  wake: 'openReview',
  nominate: 'openReview',
  reopen: 'requestAnswers',
  resend: 'requestAnswers',
  contact_changed: 'requestAnswers',
};

/** A step, and how operators see it. */
export interface NextStep {
  readonly name: StepName;
  readonly summary: string;
  /** The entry of the agenda that its timer was armed for. */
  readonly armedFor: string | null;
  /** Inside the workflow's task: what people say, and what takes effect of it. The clock's steps are seen by name. */
  readonly inTask: boolean;
}

/** The step that comes next: for a nudge, else for a row that waits, else for what is due. */
export function stepFor(call: Nudge | null, { next, more }: StepResult): NextStep {
  if (call !== null) {
    const name = stepOfRow[call.kind] ?? 'takeSubmission';
    // A nudge that announces no row is about what the clock should have done.
    const inTask = name === 'takeSubmission' && call.id !== 0;
    return { name, summary: call.kind.replaceAll('_', ' '), armedFor: null, inTask };
  }
  if (more || next === null) return { name: 'takeSubmission', summary: 'what else came', armedFor: null, inTask: true };
  const name = stepOf[next.what];
  return { name, summary: wordsOf(next), armedFor: next.id, inTask: name === 'commitDecision' };
}
