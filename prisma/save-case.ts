import { attentionOf, nextEntry } from '../domain/agenda.js';
import { asked, scopeOfReview, type Scope } from '../domain/answers.js';
import type { CaseRecord, Review } from '../domain/case.js';
import type { Effect, RowOutcome } from '../domain/effect.js';
import type { CaseEvent } from '../domain/event.js';
import type { Transaction } from './database.js';
import type { Loaded } from './load-case.js';
import { createApplication, referenceOf, writeReview } from './save-application.js';
import { carryOut, writeLine } from './save-effects.js';
import { saveNomination } from './save-nomination.js';
import { json } from './json.js';
import { plainNote, type Execution } from './ledger.js';
import { columnOfDay } from './day-column.js';

/** What a step writes, and from what. */
export interface Saving {
  readonly transaction: Transaction;
  readonly before: Loaded;
  readonly after: CaseRecord;
  readonly event: CaseEvent;
  readonly effects: readonly Effect[];
  /** The row that was taken, if it was one, and what became of it. */
  readonly row: TakenRow | null;
  readonly outcome: RowOutcome | null;
  readonly ranBy: Execution | null;
}

export interface TakenRow {
  readonly id: number;
  readonly kind: string;
  readonly actor: string;
  readonly role: string;
  readonly body: unknown;
}

/** Writes a step: application, effects, listing, case. */
export async function saveCase(saving: Saving): Promise<void> {
  const { before, after, effects } = saving;
  const opening = effects.findIndex((effect) => effect.do === 'open');
  // What stands before the opening is about the review that yields; its drafts are not dropped, but taken.
  const yielding = effects.slice(0, Math.max(opening, 0));
  for (const effect of yielding) {
    const ofDrafts = effect.do === 'drop_drafts' || effect.do === 'take_drafts_from';
    if (!ofDrafts) await carryOut(saving, before.record.review, effect);
  }
  const opened = effects[opening];
  let review = after.review;
  if (opened?.do === 'open' && review !== null) {
    if (before.record.review !== null && effects.slice(0, opening).some((effect) => effect.do === 'decision')) {
      await writeReview(saving, { ...before.record.review, state: 'superseded', requests: [] });
    }
    review = { ...review, reference: await referenceOf(saving, opened.cause) };
    await createApplication(saving, review, opened.cause);
    for (const effect of yielding) if (effect.do === 'take_drafts_from') await carryOut(saving, review, effect);
  }
  for (const effect of effects.slice(opening + 1)) {
    if (review !== null && effect.do === 'ask_sections')
      review = { ...review, asks: questionsAsked(saving, review, effect) };
    await carryOut(saving, review, effect);
  }
  if (!effects.some((effect) => effect.do === 'ledger')) await writePlainLine(saving, review);
  if (review !== null) await writeReview(saving, review);
  await writeListing(saving);
  await writeCase(saving, review);
  await saveNomination(saving);
}

/** Whatever a step took leaves a line, also where the rules note nothing. */
async function writePlainLine(saving: Saving, review: Review | null): Promise<void> {
  const { event, row, outcome } = saving;
  const due = event.is === 'due' ? event.entry.what : event.is;
  const taken = row === null ? { due } : { kind: row.kind, result: outcome?.result ?? 'taken' };
  await writeLine(saving, review, plainNote(taken));
}

async function writeCase({ transaction, before, after }: Saving, review: Review | null): Promise<void> {
  const reachable = before.facts.reachable.length > 0;
  const next = nextEntry(after.agenda);
  await transaction.case.update({
    where: { id: after.id },
    data: {
      revision: { increment: 1 },
      agenda: json(after.agenda),
      attention: [...attentionOf({ review, reachable, stuck: after.stuck, concerns: after.concerns })],
      nextDueAt: next === null ? null : new Date(next.due),
      ended: after.ended,
      failures: 0,
      failedAt: null,
    },
  });
}

/** What the step changed, and no more: what came onto the list by a nomination has two cases that write it. */
async function writeListing({ transaction, before, after }: Saving): Promise<void> {
  const [was, is] = [columnsOf(before.record.listing), columnsOf(after.listing)];
  const asText = (value: unknown) => JSON.stringify(value);
  const changed = Object.entries(is).filter(([name, value]) => asText(value) !== asText(was[name as keyof typeof was]));
  if (changed.length === 0) return;
  // Some of its own entries.
  const data = Object.fromEntries(changed) as Partial<typeof is>;
  await transaction.listing.update({ where: { slug: before.slug }, data });
}

function columnsOf(listing: CaseRecord['listing']) {
  const { validUntil, approvedOn, removedOn, removedBecause, opensByItself, decidedHereAt } = listing;
  return {
    ...{ nominated: listing.nominated ?? null, removedBecause, opensByItself },
    validUntil: columnOfDay(validUntil),
    approvedOn: columnOfDay(approvedOn),
    removedOn: columnOfDay(removedOn),
    decidedHereAt: decidedHereAt === null ? null : new Date(decidedHereAt),
  };
}

/**
 * What the owner is asked again: the questions that the reviewer picked, or all of the sections to which the newest
 * verdict gives this word, so far as the review asks about them.
 */
function questionsAsked(
  { before: { standard } }: Saving,
  review: Review,
  { word, questions }: Extract<Effect, { do: 'ask_sections' }>,
): readonly string[] {
  const sections = review.verdicts.at(-1)?.sections ?? [];
  const about = sections.flatMap(({ section, verdict }) => (verdict === word ? [section] : []));
  const idsOf = (scope: Scope) =>
    asked({ standard, scope }).flatMap(({ id, section, early }) =>
      early === undefined && about.includes(section) ? [id] : [],
    );
  const wanted = idsOf(scopeOfReview(review));
  const picked = wanted.filter((id) => questions?.includes(id) === true);
  if (picked.length > 0) return picked;
  return wanted.length > 0 ? wanted : idsOf('all');
}
