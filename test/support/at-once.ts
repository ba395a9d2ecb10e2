import type { PolicyChoices } from '../../domain/policy.js';

const atOnce = { holdMinutes: 0, noticeDays: 0 } as const;

/** Decisions take effect at once, without notice and hold: what most tests are about comes after them. */
export const AT_ONCE: PolicyChoices = { annual_review: atOnce, privacy: atOnce, nomination: atOnce, concern: atOnce };
