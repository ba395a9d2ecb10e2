import { visibleAnswers } from '../../domain/answers.js';
import { NEWEST } from '../../domain/standards.js';
import { nextSendingTime, type Instant } from '../../domain/calendar.js';
import type { CaseRecord, Review } from '../../domain/case.js';
import type { Effect } from '../../domain/effect.js';
import { onFileOf, sentIn, type KeptCase, type KeptRow, type Names } from './kept-case.js';
import { forward, queue, renewRecipients, resend } from './kept-emails.js';

export interface CarryingOut {
  readonly kept: KeptCase;
  readonly after: CaseRecord;
  readonly effects: readonly Effect[];
  readonly row: KeptRow | null;
  readonly now: Instant;
  readonly names: Names;
}

/** Carries out what a step decided, in memory. */
export function carryOutAll(step: CarryingOut): void {
  const { kept, after, effects, names } = step;
  const opening = effects.findIndex((effect) => effect.do === 'open');
  const opened = effects[opening];
  let review = after.review;
  if (opened?.do === 'open' && review !== null) {
    const yielded = kept.record.review;
    const reference = names.reference ?? '';
    for (const effect of effects.slice(0, opening)) if (effect.do !== 'drop_drafts') one(step, yielded, effect);
    review = { ...review, reference };
    addRecipients(step, reference);
    for (const effect of effects.slice(0, opening)) {
      if (effect.do === 'take_drafts_from') takeDrafts(kept, { from: effect.reference, to: reference });
    }
    kept.record = { ...kept.record, causes: [...kept.record.causes, opened.cause] };
  }
  const asksSections = effects.some((effect) => effect.do === 'ask_sections');
  if (asksSections && review !== null && names.asks !== null) review = { ...review, asks: names.asks };
  for (const effect of effects.slice(opening + 1)) one(step, review, effect);
  kept.record = { ...after, review, causes: kept.record.causes };
}

function addRecipients({ kept, names }: CarryingOut, reference: string): void {
  for (const [position, { address, rank }] of kept.contacts.entries()) {
    const made = names.recipients.find((found) => found.applicationId === reference && found.address === address);
    if (made === undefined) throw new Error(`${address} is no recipient`);
    kept.recipients.push({ id: made.id, reference, address, rank, position, revokedAt: null, refused: false });
  }
}

function one(step: CarryingOut, review: Review | null, effect: Effect): void {
  const { kept, now, row } = step;
  if (review === null) return;
  const { reference } = review;
  switch (effect.do) {
    case 'email':
      return queue(kept, { effect, review, now, dueAt: effect.when === 'now' ? now : nextSendingTime(now) });
    case 'skip_queued':
      for (const email of kept.emails) {
        if (email.reference === reference && email.state === 'queued' && email.turn !== null) email.state = 'skipped';
      }
      return;
    case 'resend':
      return resend(kept, { emails: effect.emails, askedBy: effect.askedBy, now });
    case 'forward':
      return forward(kept, { key: step.names.emailKeys.get(effect.email) ?? '', now });
    case 'renew_recipients':
      return renewRecipients(step, review, effect.without);
    case 'file_answers':
      return fileAnswers(step, { review, by: effect.by });
    case 'publish_answers':
      for (const set of kept.answers) {
        if (set.reference === reference && set.version === review.answersVersion) set.publishedAt = now;
      }
      return;
    case 'keep_as_draft':
      if (row !== null) keepDraft(kept, { reference, row, turn: review.turn?.number ?? 0 });
      return;
    case 'drop_drafts':
      kept.drafts.delete(reference);
      return;
    case 'remember_conflict':
      kept.conflicts.add(effect.by);
      return;
    case 'decision':
      kept.decisions.push({ reference, round: review.round, result: effect.result });
      return;
    default:
  }
}

function fileAnswers({ kept, row }: CarryingOut, { review, by }: { review: Review; by: 'owner' | 'machine' }): void {
  const sent = by === 'owner' && row !== null ? sentIn(row) : null;
  kept.answers.push({
    reference: review.reference,
    version: (kept.record.review?.answersVersion ?? 0) + 1,
    by,
    answers: visibleAnswers({ standard: NEWEST, scope: 'all', answers: { ...onFileOf(kept), ...sent?.answers } }),
    confirmed: sent === null ? [] : [...sent.confirmed, ...Object.keys(sent.answers)],
    publishedAt: null,
  });
}

function draftsOf({ drafts }: KeptCase, reference: string): Map<string, number> {
  const found = drafts.get(reference) ?? new Map<string, number>();
  drafts.set(reference, found);
  return found;
}

/** What was typed since then stays. */
function keepDraft(kept: KeptCase, { reference, row, turn }: { reference: string; row: KeptRow; turn: number }): void {
  const drafts = draftsOf(kept, reference);
  for (const field of Object.keys(sentIn(row).answers)) if (!drafts.has(field)) drafts.set(field, turn);
}

function takeDrafts(kept: KeptCase, { from, to }: { from: string; to: string }): void {
  const drafts = draftsOf(kept, to);
  for (const field of draftsOf(kept, from).keys()) drafts.set(field, 0);
  kept.drafts.delete(from);
  const accepted = kept.rows.filter((row) => row.kind === 'answers' && row.outcome?.result === 'accepted');
  const last = accepted.findLast(({ reference }) => reference === from);
  if (last !== undefined) keepDraft(kept, { reference: to, row: last, turn: 0 });
}
