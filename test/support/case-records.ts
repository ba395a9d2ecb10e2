import { policies } from '../../domain/policy.js';
import { FREE, type CaseRecord, type Facts } from '../../domain/case.js';
import { NO_EXPERTS } from '../../domain/consultation.js';
import { NO_COLLEAGUES } from '../../domain/colleagues.js';
import type { CaseEvent, RowFacts } from '../../domain/event.js';
import type { SectionVerdict, SectionWord } from '../../domain/case.js';
import { apply, type Result } from '../../domain/review.js';

/** A listed product whose review is due, asleep. */
export const asleep: CaseRecord = {
  id: 'dpg/seed-ledger',
  listing: {
    slug: 'seed-ledger',
    dpgId: 'GID0090001',
    validUntil: '2026-09-01',
    approvedOn: '2025-09-01',
    removedOn: null,
    removedBecause: null,
    opensByItself: true,
    decidedHereAt: null,
  },
  review: null,
  agenda: [],
  causes: [],
  ended: false,
  stuck: false,
};

/** Facts of a day on which somebody can be reached and nothing was handed over yet. */
export const quiet: Facts = {
  now: '2026-07-10T08:00:00.000Z',
  clock: [{ realAt: '2026-07-10T08:00:00.000Z', caseAt: '2026-07-10T08:00:00.000Z', dayMs: 86_400_000 }],
  reachable: [1, 2],
  asked: false,
  firstTaken: false,
  remindersTaken: 0,
  cameBack: false,
  firstWaits: null,
  stated: null,
  draftSaved: false,
  draftSavedOn: null,
  missingOnFile: [],
  reviewer: FREE,
  standIn: null,
  hearers: 2,
  takers: ['ada', 'abe'],
  reviewedSince: false,
  experts: NO_EXPERTS,
  colleagues: NO_COLLEAGUES,
  policies,
  privacyOnFile: false,
  lost: [],
};

/** Facts after the turn's first email and a reminder were taken and nothing came back. */
export const silent: Facts = { ...quiet, asked: true, firstTaken: true, remindersTaken: 2 };

let rows = 0;
/** A row whose author saw the case as it is. */
export function rowOn(record: CaseRecord, some: Partial<RowFacts> = {}): RowFacts {
  rows += 1;
  return {
    id: rows,
    reference: record.review?.reference ?? null,
    round: record.review?.round ?? null,
    at: quiet.now,
    recipient: null,
    ...some,
  };
}

export const wake: CaseEvent = { is: 'wake', campaign: 'annual-2026', handPicked: false, cause: 'annual-2026' };

export const section = (verdict: SectionWord, publicReason = 'Because.'): SectionVerdict => ({
  section: '9a',
  verdict,
  publicReason,
  internalReason: '',
});

export function verdictOn(
  record: CaseRecord,
  { level, by, verdict = 'meets' }: { level: 'l1' | 'l2'; by: string; verdict?: SectionWord },
): CaseEvent {
  return {
    is: 'verdict',
    row: rowOn(record),
    level,
    by,
    answersVersion: record.review?.answersVersion ?? 0,
    sections: [section(verdict)],
    days: null,
    secondRoundReason: null,
  };
}

export const answersOn = (record: CaseRecord, some: Partial<RowFacts> = {}): CaseEvent => ({
  is: 'answers',
  row: rowOn(record, some),
  missing: [],
  empty: false,
});

/**
 * Applies events one after the other, each made from the case as it then is; returns the last result. A verdict that
 * decides nothing has taken effect before the next one: `playHeld` leaves it as it is while it can be undone.
 */
export function play(
  record: CaseRecord,
  ...steps: readonly (readonly [(record: CaseRecord) => CaseEvent, Facts])[]
): Result {
  let result: Result | null = null;
  for (const step of steps) {
    result = playHeld(result?.record ?? record, step);
    if ((result.record.review?.held ?? null) === null) continue;
    const given = result;
    result = playHeld(given.record, [due('commit'), step[1]]);
    result = { ...result, outcome: given.outcome, effects: [...given.effects, ...result.effects] };
  }
  if (result === null) throw new Error('nothing was played');
  return result;
}

/** The same, where nothing happens by itself. */
export function playHeld(
  record: CaseRecord,
  ...steps: readonly (readonly [(record: CaseRecord) => CaseEvent, Facts])[]
): Result {
  let result: Result | null = null;
  for (const [event, facts] of steps) {
    const at: CaseRecord = result?.record ?? record;
    result = apply({ record: at, event: event(at), facts });
  }
  if (result === null) throw new Error('nothing was played');
  return result;
}

/** The entry of a kind that is on the agenda, as an event that is due. */
export const due =
  (what: string) =>
  (record: CaseRecord): CaseEvent => {
    const entry = record.agenda.find((one) => one.what === what);
    if (entry === undefined)
      throw new Error(`no ${what} on the agenda: ${record.agenda.map((one) => one.id).join(', ')}`);
    return { is: 'due', entry };
  };

export const taken = (record: CaseRecord): CaseEvent => ({
  is: 'email_taken',
  row: rowOn(record),
  turn: record.review?.turn?.number ?? 0,
  takenAt: '2026-07-10T09:00:00.000Z',
});
