import type { StepResult } from '../domain/step-result.js';

/** The records, as steps need them. */
export interface Records {
  /** One step of a case in one transaction. */
  step(call: StepCall): Promise<StepResult>;
  /** Notes that a step failed for a reason of its own; the tenth time in a row it sets aside what it failed at. */
  noteFailure(caseId: string): Promise<unknown>;
  /** Whether an error means that the database was away, which is nobody's fault. */
  isAway(error: unknown): boolean;
}

/** Which case, and the entry of the agenda that its timer was armed for; null: whatever there is. */
export interface StepCall {
  readonly caseId: string;
  readonly armedFor: string | null;
}

export type Step = (call: StepCall) => Promise<StepResult>;

/** The activities of cases. Their names are the procedure's, for operators; each is a thin call of one step. */
export interface StepActivities {
  openReview: Step;
  requestAnswers: Step;
  sendReminder: Step;
  takeSubmission: Step;
  actOnSilence: Step;
  escalate: Step;
  commitDecision: Step;
  closeCase: Step;
  releaseWave: Step;
  followCampaign: Step;
}

/** A step that notes its failure, unless the database was away: so one bad row stops nobody, whoever runs the step. */
export function createStep(records: Records): Step {
  return async (call) => {
    try {
      return await records.step(call);
    } catch (error) {
      if (!records.isAway(error)) await records.noteFailure(call.caseId);
      throw error;
    }
  };
}

/** Makes the activities of cases over a step. Each is safe to run twice. */
export function createStepActivities(step: Step): StepActivities {
  return {
    openReview: (call) => step(call),
    requestAnswers: (call) => step(call),
    sendReminder: (call) => step(call),
    takeSubmission: (call) => step(call),
    actOnSilence: (call) => step(call),
    escalate: (call) => step(call),
    commitDecision: (call) => step(call),
    closeCase: (call) => step(call),
    releaseWave: (call) => step(call),
    followCampaign: (call) => step(call),
  };
}
