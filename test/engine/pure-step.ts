import { dueEntry, hasEnded } from '../../domain/agenda.js';
import { missing } from '../../domain/answers.js';
import type { Instant } from '../../domain/calendar.js';
import { policies } from '../../domain/policy.js';
import { FREE, type Facts } from '../../domain/case.js';
import type { Clock } from '../../domain/clock.js';
import type { RowOutcome } from '../../domain/effect.js';
import { NO_EXPERTS } from '../../domain/consultation.js';
import { NO_COLLEAGUES } from '../../domain/colleagues.js';
import type { CaseEvent } from '../../domain/event.js';
import { apply } from '../../domain/review.js';
import { reviewerOf } from '../../domain/reviewer-guards.js';
import { GATE_ID } from '../../domain/standard.js';
import { NEWEST } from '../../domain/standards.js';
import { resultOfCase, type StepResult } from '../../domain/step-result.js';
import { carryOutAll } from './carry-out.js';
import { lostOf } from './kept-lost.js';
import { oldestOf, onFileOf, sentIn, writableOf, type KeptCase, type KeptRow, type Names } from './kept-case.js';

/** What the pure machine makes of a step: its result, and the outcome of the row that it took. */
export interface PureStep {
  readonly result: StepResult;
  readonly took: string | null;
  readonly outcome: RowOutcome | null;
}

/** One step of a case by the rules alone, at an instant, on a kept case, which it changes. */
export function pureStep(kept: KeptCase, given: { now: Instant; clock: Clock; names: Names }): PureStep {
  const { now, clock, names } = given;
  const row = oldestOf(kept);
  if (row?.kind === 'resend') {
    for (const one of kept.recipients) if (one.revokedAt === null) one.refused = false;
  }
  const entry = dueEntry({ agenda: kept.record.agenda, armedFor: null, now });
  const event = row === undefined ? (entry === null ? null : { is: 'due' as const, entry }) : eventOf(kept, row);
  const before = kept.record.review;
  if (event === null)
    return { result: resultOf(kept, { before, now, clock, wrote: false }), took: null, outcome: null };
  const facts = factsOf(kept, { now, clock, taken: row?.kind ?? null, reviewer: reviewerOf(event) });
  const { record, effects, outcome } = apply({ record: kept.record, event, facts });
  carryOutAll({ kept, after: record, effects, row: row ?? null, now, names });
  if (row !== undefined) row.outcome = outcome;
  const took = row === undefined ? `entry:${entry?.id ?? ''}` : `row:${row.id}`;
  return { result: resultOf(kept, { before, now, clock, wrote: true }), took, outcome };
}

function resultOf(
  kept: KeptCase,
  given: { before: KeptCase['record']['review']; now: Instant; clock: Clock; wrote: boolean },
): StepResult {
  const { before, wrote, now, clock } = given;
  const facts = factsOf(kept, { now, clock });
  return resultOfCase({ record: kept.record, before, facts, more: oldestOf(kept) !== undefined, wrote });
}

/** What a row means to the rules. */
function eventOf(kept: KeptCase, row: KeptRow): CaseEvent {
  const { id, reference, round, at, role, actor } = row;
  const byReviewer = role === 'l1' || role === 'l2';
  const said = { id, reference, round, at, recipient: role === 'owner' ? Number(actor) : null, byReviewer };
  // The kind decides the shape of the body.
  if (row.kind !== 'answers') return { ...(row.body as object), is: row.kind, row: said } as CaseEvent;
  const { answers, confirmed } = sentIn(row);
  const scope = kept.record.review?.asks ?? 'all';
  return {
    is: 'answers',
    row: said,
    missing: missing({ standard: NEWEST, scope, answers: { ...onFileOf(kept), ...answers } }),
    empty: Object.keys(answers).length === 0 && confirmed.length === 0,
  };
}

/** The facts beside a case, as design.md has them. */
export function factsOf(
  kept: KeptCase,
  {
    now,
    clock,
    taken = null,
    reviewer = null,
  }: { now: Instant; clock: Clock; taken?: string | null; reviewer?: string | null },
): Facts {
  const { review } = kept.record;
  const turn = review?.turn?.number ?? null;
  const emails = kept.emails.filter(
    (one) => one.reference === review?.reference && one.turn !== null && one.turn === turn,
  );
  const sent = emails.filter(({ state }) => state === 'sent');
  const firsts = emails.filter(({ kind }) => kind === 'prompt' || kind === 'clarification' || kind === 'notice');
  const reminders = sent.filter(({ kind }) => kind.includes('reminder'));
  const cameBackFrom = emails.filter(({ state }) => state === 'refused').map(({ to }) => to);
  const waits = firsts.findLast(({ state }) => state !== 'sent' && state !== 'skipped');
  const stated = emails.flatMap(({ deadline }) => deadline ?? []).sort();
  const drafts = [...(kept.drafts.get(review?.reference ?? '') ?? new Map<string, number>()).values()];
  const onFile = onFileOf(kept);
  const confirmed = kept.answers.some((one) => one.publishedAt !== null && one.confirmed.includes(GATE_ID));
  const writable = review === null ? [] : writableOf(kept, review.reference).map(({ id }) => id);
  return {
    now,
    clock,
    reachable: reachableOf(kept, taken === 'contact_changed' || taken === 'reopen'),
    asked: firsts.some(({ state, to }) => !['refused', 'skipped'].includes(state) && writable.includes(to)),
    firstTaken: sent.some((one) => firsts.includes(one)),
    remindersTaken: new Set(reminders.map(({ kind, dueAt }) => `${kind} ${dueAt}`)).size,
    cameBack: sent.some(({ to }) => cameBackFrom.includes(to)),
    firstWaits:
      waits === undefined ? null : waits.state === 'unknown' || waits.state === 'refused' ? waits.state : 'waits',
    stated: stated.at(-1) ?? null,
    draftSaved: turn !== null && drafts.includes(turn),
    draftSavedOn: null,
    missingOnFile: missing({ standard: NEWEST, scope: 'all', answers: onFile }),
    reviewer: { ...FREE, conflict: reviewer !== null && kept.conflicts.has(reviewer) },
    standIn: null,
    // Nobody appeals here: nobody is counted.
    hearers: 0,
    takers: [],
    reviewedSince: false,
    experts: NO_EXPERTS,
    colleagues: NO_COLLEAGUES,
    policies,
    privacyOnFile: confirmed && missing({ standard: NEWEST, scope: 'privacy', answers: onFile }).length === 0,
    lost: review === null || taken !== 'resend' ? [] : lostOf(kept, { review, now }),
  };
}

/** Who can be written to: of an open review its recipients, or whoever is about to be; else the contacts. */
function reachableOf(kept: KeptCase, aboutToBe: boolean): readonly number[] {
  const { review } = kept.record;
  const open = review !== null && !hasEnded(review);
  if (open && !aboutToBe) return writableOf(kept, review.reference).map(({ id }) => id);
  const refused = (address: string) =>
    aboutToBe &&
    kept.recipients.some(
      (one) => one.reference === review?.reference && one.address === address && one.revokedAt === null && one.refused,
    );
  // Contacts have numbers of their own, which no rule looks at.
  return kept.contacts.flatMap(({ address }, index) => (refused(address) ? [] : [-1 - index]));
}
