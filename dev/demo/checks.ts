import { lookAtBlindParts } from './checks/blind.js';
import { lookAtConcerns } from './checks/concerns.js';
import { checkBy, type Check, type CheckParts, type Looked } from './checks/check.js';
import { lookAtEmails } from './checks/emails.js';
import { lookAtApproved, lookAtNominees } from './checks/nominations.js';
import { lookAtOwnersClock } from './checks/owners-clock.js';
import { readPages, statusOf } from './checks/pages.js';
import { lookForPlanted } from './checks/planted.js';
import { lookAtReminders } from './checks/reminders.js';
import { lookAtRemovals } from './checks/removals.js';
import { lookAtRights } from './checks/rights.js';
import { lookAtScanners } from './checks/scanners.js';
import { lookAtStatuses } from './checks/statuses.js';
import { lookAtTemporal } from './checks/temporal-counts.js';
import { temporalReads } from './checks/temporal-reads.js';
import { lookAtUndone } from './checks/undone.js';

export type { Check, CheckParts } from './checks/check.js';

/** The checks by name, in the order in which they are told. */
export const CHECKS = [
  'statusFollowsDecisions',
  'emailsExistOnce',
  'noReminderAfterAnswer',
  'noRemovalWithoutPerson',
  'scannersChangedNothing',
  'temporalAgrees',
  'nothingPersonalLeaks',
  'nobodyBeyondRights',
  'ownersClockStoodStill',
  'undoneLeftNothing',
  'blindStayedBlind',
  'nomineesStayedPrivate',
  'approvedAreListed',
  'concernsWereReviewed',
] as const;

export type CheckName = (typeof CHECKS)[number];
export type Checks = Readonly<Record<CheckName, Check>>;

/** What leaked stays leaked, and what was done stays done: looking again would only take time. */
const STAYS: readonly CheckName[] = [
  'nothingPersonalLeaks',
  'nobodyBeyondRights',
  'undoneLeftNothing',
  'blindStayedBlind',
  'nomineesStayedPrivate',
];
/** What still moves when the checks begin may settle for so long. */
const PATIENCE_MS = 10_000;

/**
 * Checks what became of a demonstration, from the records and from outside. Zero tries is a failure. Takes seconds;
 * 10 s longer if something is wrong, since Temporal's lists lag and the last emails may be on their way. Never throws.
 */
export async function runChecks(parts: CheckParts): Promise<Checks> {
  const temporal = temporalReads(parts.client);
  const pages = () => readPages(parts);
  const looks: Readonly<Record<CheckName, () => Promise<Looked>>> = {
    statusFollowsDecisions: () => lookAtStatuses(parts),
    emailsExistOnce: () => lookAtEmails(parts),
    noReminderAfterAnswer: () => lookAtReminders(parts),
    noRemovalWithoutPerson: () => lookAtRemovals(parts),
    scannersChangedNothing: () => lookAtScanners(parts),
    temporalAgrees: () => lookAtTemporal({ ...parts, temporal }),
    nothingPersonalLeaks: () => lookForPlanted({ ...parts, temporal }),
    nobodyBeyondRights: () => lookAtRights(parts),
    ownersClockStoodStill: () => lookAtOwnersClock(parts),
    undoneLeftNothing: () => lookAtUndone({ ...parts, pages }),
    blindStayedBlind: () => lookAtBlindParts({ ...parts, pages }),
    nomineesStayedPrivate: () =>
      lookAtNominees({ ...parts, pages, statusOf: (path) => statusOf(parts.publicUrl, path) }),
    approvedAreListed: () => lookAtApproved({ ...parts, pages, temporal }),
    concernsWereReviewed: () => lookAtConcerns(parts),
  };
  const results: [CheckName, Check][] = [];
  for (const name of CHECKS) {
    const patience = STAYS.includes(name) ? 0 : PATIENCE_MS;
    results.push([name, await checkBy(looks[name], patience)]);
  }
  // Every name of CHECKS is there.
  return Object.fromEntries(results) as Record<CheckName, Check>;
}
