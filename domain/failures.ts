/**
 * The closed list of failure types that may appear in Temporal, each with the sentence that operators read.
 * Message and cause of the real error go, redacted, to the log of the process.
 */
export const failures = {
  DATABASE_AWAY: 'The database did not answer; this is tried again by itself.',
  TEMPORAL_AWAY: 'Temporal did not answer; this is tried again by itself.',
  MAIL_AWAY: 'The mail server did not answer; this is tried again by itself.',
  CASE_UNKNOWN: 'There is no record of this case; run "perennial status".',
  STEP_FAILED: 'This step failed; after ten failures in a row it is set aside as "stuck".',
  POST_STOPPED: 'The sender or the relay stopped; it starts again by itself.',
} as const;

export type FailureType = keyof typeof failures;
