import { hasEnded } from '../../domain/agenda.js';
import { caseTime, type Clock } from '../../domain/clock.js';
import { nextSendingTime, type Instant } from '../../domain/calendar.js';
import { FREE, type CaseRecord, type Ended, type Facts, type Review } from '../../domain/case.js';
import { FIRST_EMAILS, type Effect, type EmailKind, type RowOutcome } from '../../domain/effect.js';
import { policiesWith, type PolicyChoices } from '../../domain/policy.js';
import { NO_EXPERTS } from '../../domain/consultation.js';
import { NO_COLLEAGUES } from '../../domain/colleagues.js';
import type { CaseEvent, RowFacts } from '../../domain/event.js';

import { AT_ONCE } from './at-once.js';

/** What somebody wants, before it is a row: the row's number and instant come when it is appended. */
export type Wish = CaseEvent extends infer One
  ? One extends { readonly is: 'due' }
    ? never
    : One extends { readonly row: RowFacts }
      ? Omit<One, 'row'>
      : One
  : never;

export interface MemoryRow extends RowFacts {
  readonly wish: Wish;
  readonly person: boolean;
  aside: boolean;
  outcome: RowOutcome | null;
}

/** An email that a step queued, and what became of it. */
export interface MemoryEmail {
  readonly reference: string;
  readonly kind: EmailKind;
  readonly to: number;
  readonly turn: number | null;
  readonly dueAt: Instant;
  state: 'queued' | 'sent' | 'refused' | 'unknown' | 'skipped';
  reason: string | null;
}

/** A case with everything that belongs to it. */
export interface MemoryCase {
  record: CaseRecord;
  /** Case time as the database has it, and by how many milliseconds the database's own clock is ahead of Temporal's. */
  clock: Clock;
  ahead: number;
  /** Whether the mail server takes each email as soon as it is queued; if not, the test says what becomes of it. */
  takesMail: boolean;
  /** Called before a step does anything; what it throws is the step's failure. */
  before: (row: MemoryRow | undefined) => Promise<void>;
  /** Called when a step has written, before its result goes to the workflow. */
  after: () => Promise<void>;
  /** Whom the product's file of contacts names, primary first; and whom its newest review asks. */
  contacts: readonly number[];
  recipients: readonly number[];
  /** Mandatory questions that have no answer on file. */
  missingOnFile: readonly string[];
  /** What is chosen instead of the product's policies. */
  policies: PolicyChoices;
  privacyOnFile: boolean;
  draftSaved: boolean;
  readonly rows: MemoryRow[];
  readonly emails: MemoryEmail[];
  /** Whose answers were filed, in order. */
  readonly filed: ('owner' | 'machine')[];
  readonly decisions: { readonly reference: string; readonly result: Ended; readonly at: Instant }[];
  readonly ledger: string[];
  /** The instants of all steps. */
  readonly steps: Instant[];
  failures: number;
}

/** A case with nothing but its record and its clock; two people can be asked, and the mail server takes all emails. */
export function memoryCase(record: CaseRecord, clock: Clock, some: Partial<MemoryCase> = {}): MemoryCase {
  return {
    record,
    clock,
    ahead: 0,
    takesMail: true,
    before: () => Promise.resolve(),
    after: () => Promise.resolve(),
    contacts: [1, 2],
    recipients: [],
    missingOnFile: [],
    policies: AT_ONCE,
    privacyOnFile: false,
    draftSaved: false,
    rows: [],
    emails: [],
    filed: [],
    decisions: [],
    ledger: [],
    steps: [],
    failures: 0,
    ...some,
  };
}

/** The oldest row without outcome that is not set aside. */
export function oldestOf({ rows }: MemoryCase): MemoryRow | undefined {
  return rows.find(({ outcome, aside }) => outcome === null && !aside);
}

/** What a row means to the rules. */
export function eventOf({ wish, id, reference, round, at, recipient }: MemoryRow): CaseEvent {
  // A wish is an event but for its row.
  return { ...wish, row: { id, reference, round, at, recipient } } as CaseEvent;
}

/** Case time by the database's clock, at a real instant by Temporal's. */
export function nowOf({ clock, ahead }: MemoryCase, real: number): Instant {
  return caseTime(clock, real + ahead);
}

/** The facts beside a case, as its emails, drafts and contacts have them. */
export function factsOf(kept: MemoryCase, real: number): Facts {
  const { record, clock, emails, contacts, recipients } = kept;
  const { review } = record;
  const asking = review !== null && !hasEnded(review) && oldestOf(kept)?.wish.is !== 'contact_changed';
  const turn = review?.turn?.number ?? null;
  const ofTurn = emails.filter((one) => one.reference === review?.reference && one.turn !== null && one.turn === turn);
  const sent = ofTurn.filter(({ state }) => state === 'sent');
  const refused = ofTurn.filter(({ state }) => state === 'refused').map(({ to }) => to);
  const waiting = ofTurn.find((one) => isFirst(one) && one.state !== 'sent' && one.state !== 'skipped');
  const again = oldestOf(kept)?.wish.is === 'resend';
  const isLost = (one: number) =>
    ofTurn.findLast(({ to, state }) => to === one && state !== 'skipped')?.state === 'refused';
  const reachable = (asking ? recipients : contacts).filter((one) => again || !isLost(one));
  return {
    now: nowOf(kept, real),
    clock,
    reachable,
    asked: ofTurn.some(
      (one) => isFirst(one) && !['refused', 'skipped'].includes(one.state) && reachable.includes(one.to),
    ),
    firstTaken: sent.some(isFirst),
    remindersTaken: sent.filter(({ kind }) => kind.includes('reminder')).length,
    cameBack: sent.some(({ to }) => refused.includes(to)),
    firstWaits: waiting === undefined ? null : waiting.state === 'refused' ? 'refused' : 'waits',
    stated: null,
    draftSaved: kept.draftSaved,
    draftSavedOn: null,
    missingOnFile: kept.missingOnFile,
    reviewer: FREE,
    standIn: null,
    hearers: 2,
    takers: ['ada'],
    reviewedSince: false,
    experts: { ...NO_EXPERTS, free: ['eve'], wasAsked: true },
    colleagues: NO_COLLEAGUES,
    policies: policiesWith(kept.policies),
    privacyOnFile: kept.privacyOnFile,
    concern: 'waiting',
    lost: emails.flatMap((one, id) =>
      one.state === 'refused' && one.reference === review?.reference
        ? [{ id, unknown: false, first: isFirst(one) && one.turn === turn }]
        : [],
    ),
  };
}

export function isFirst({ kind }: MemoryEmail): boolean {
  return FIRST_EMAILS.includes(kind);
}

/** Carries out the effects of a step; returns the review with the reference that its opening gave it. */
export function carryOut(kept: MemoryCase, given: { after: Review | null; effects: readonly Effect[]; now: Instant }) {
  let review = kept.record.review;
  const opens = given.effects.some((effect) => effect.do === 'open');
  if (!opens) review = given.after;
  for (const effect of given.effects) {
    if (effect.do === 'open' && given.after !== null) {
      const nth = kept.record.causes.length + 1;
      review = { ...given.after, reference: `${given.now.slice(0, 4)}-CASE${nth}` };
      kept.recipients = kept.contacts;
    }
    carryOutOne(kept, { effect, review, now: given.now });
  }
  return review;
}

function carryOutOne(
  kept: MemoryCase,
  { effect, review, now }: { effect: Effect; review: Review | null; now: Instant },
): void {
  const reference = review?.reference ?? '';
  switch (effect.do) {
    case 'ledger':
      kept.ledger.push(effect.what);
      return;
    case 'email':
      return queue(kept, { effect, reference, now });
    case 'skip_queued':
      skip(kept, effect.reason);
      return;
    case 'resend':
      for (const lost of kept.emails.filter((_, id) => effect.emails.includes(id))) {
        kept.emails.push({ ...lost, state: 'queued', reason: null, dueAt: now });
      }
      return;
    case 'file_answers':
      kept.filed.push(effect.by);
      return;
    case 'drop_drafts':
      kept.draftSaved = false;
      return;
    case 'keep_as_draft':
      kept.draftSaved = true;
      return;
    case 'decision':
      kept.decisions.push({ reference, result: effect.result, at: now });
      return;
    case 'renew_recipients':
      kept.recipients = kept.contacts;
      for (const email of kept.emails) {
        if (email.state === 'queued' && !kept.recipients.includes(email.to)) skipOne(email, 'recipient_revoked');
      }
      return;
    case 'release':
      for (const row of kept.rows) row.aside = false;
      return;
    default:
  }
}

type EmailEffect = Extract<Effect, { do: 'email' }>;

function queue(kept: MemoryCase, { effect, reference, now }: { effect: EmailEffect; reference: string; now: Instant }) {
  const { to, kind, turn, when, skipped } = effect;
  const people = to === 'everybody' ? kept.recipients : kept.recipients.slice(0, 1);
  for (const one of typeof to === 'number' ? [to] : people) {
    const dueAt = when === 'now' ? now : nextSendingTime(now);
    const state = skipped === undefined ? 'queued' : 'skipped';
    kept.emails.push({ reference, kind, to: one, turn, dueAt, state, reason: skipped ?? null });
  }
}

function skip(kept: MemoryCase, reason: string): void {
  for (const email of kept.emails) if (email.state === 'queued' && email.turn !== null) skipOne(email, reason);
}

function skipOne(email: MemoryEmail, reason: string): void {
  email.state = 'skipped';
  email.reason = reason;
}
