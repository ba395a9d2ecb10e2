import type { FormFields } from '../domain/answer-form.js';
import { asked } from '../domain/answers.js';
import { dayOf, type Instant } from '../domain/calendar.js';
import { formOf, knownForm, STANDARDS, type Standards } from '../domain/standards.js';
import { readClock } from './case-time.js';
import { lockCase, type Database, type Transaction } from './database.js';
import { json } from './json.js';
import { takesAnswers, type SavedDraft } from './read-form.js';
import { storedReview } from './stored-review.js';

/** A box of the form as its author wants it saved. */
export interface NewDraft {
  /** A question's id, `<id>:reviewers`, or `declaration`. */
  readonly field: string;
  readonly form: FormFields;
  /** The version that its author saw; 0 if there was none. */
  readonly seen: number;
}

/** What became of saving: the boxes that somebody else saved in the meantime, or why nothing was saved. */
export type Saved =
  | { readonly conflicts: Readonly<Record<string, SavedDraft>> }
  | { readonly closed: 'moved_on' | 'not_asked' | 'sent' | 'revoked' };

/**
 * Saves boxes of the form under the lock of the case. A box whose saved version is not the one that its author saw,
 * and whose text differs, is not overwritten: it comes back as a conflict; the others are saved.
 */
export async function saveDrafts(database: Database, { caseId, ...given }: DraftsToSave): Promise<Saved> {
  const { reference, recipientId, drafts } = given;
  return database.$transaction(async (transaction) => {
    await lockCase(transaction, caseId);
    const { now } = await readClock(transaction);
    const closed = await whyClosed(transaction, { ...given, now });
    if (closed !== null) return { closed };
    const application = await transaction.application.findUniqueOrThrow({
      where: { id: reference },
      include: { drafts: { where: { field: { in: drafts.map(({ field }) => field) } } } },
    });
    const turn = storedReview(application.review).turn?.number ?? 0;
    const conflicts: Record<string, SavedDraft> = {};
    for (const draft of drafts) {
      const saved = application.drafts.find(({ field }) => field === draft.field);
      const same = saved !== undefined && sameForm(saved.form as FormFields, draft.form);
      if (saved !== undefined && !same && saved.version !== draft.seen) {
        const { version, savedAt } = saved;
        conflicts[draft.field] = { form: saved.form as FormFields, version, at: savedAt.toISOString() };
      } else if (saved === undefined || !same || saved.turn !== turn) {
        const version = (saved?.version ?? 0) + (same ? 0 : 1);
        await write(transaction, { reference, recipientId, turn, now, version, draft });
      }
    }
    return { conflicts };
  });
}

interface DraftsToSave {
  readonly caseId: string;
  readonly reference: string;
  readonly recipientId: number;
  readonly drafts: readonly NewDraft[];
  /** The versions of the Standard that there are; all that this software knows by default. */
  readonly standards?: Standards;
}

/**
 * Answers that were just sent would take later drafts with them, so that nothing is saved until they have an outcome.
 * What is not asked any more would never be sent.
 */
async function whyClosed(
  transaction: Transaction,
  { reference, recipientId, drafts, standards = STANDARDS, now }: Omit<DraftsToSave, 'caseId'> & { now: Instant },
): Promise<'moved_on' | 'not_asked' | 'sent' | 'revoked' | null> {
  const recipient = await transaction.recipient.findUnique({ where: { id: recipientId } });
  if (recipient === null || recipient.revokedAt !== null || recipient.applicationId !== reference) return 'revoked';
  const found = await transaction.application.findUniqueOrThrow({ where: { id: reference } });
  // What steps wrote.
  const review = storedReview(found.review);
  if (!takesAnswers(review)) return 'moved_on';
  const standard = formOf({ standards, version: found.standard, on: dayOf(now) });
  const ids = new Set(asked({ standard, scope: review.asks }).map(({ id }) => id));
  const known = new Set(knownForm(standards).questions.map(({ id }) => id));
  const questions = drafts.map(({ field }) => field.split(':')[0] ?? '').filter((id) => known.has(id));
  if (!questions.every((id) => ids.has(id))) return 'not_asked';
  const waits = { applicationId: reference, role: 'owner', kind: 'answers', outcome: null };
  return (await transaction.submission.count({ where: waits })) > 0 ? 'sent' : null;
}

async function write(
  transaction: Transaction,
  { reference, recipientId, turn, now, version, draft }: Writing,
): Promise<void> {
  const facts = { form: json(draft.form), version, recipientId, turn, savedAt: new Date(now) };
  await transaction.draft.upsert({
    where: { applicationId_field: { applicationId: reference, field: draft.field } },
    create: { applicationId: reference, field: draft.field, ...facts },
    update: facts,
  });
}

interface Writing {
  readonly reference: string;
  readonly recipientId: number;
  readonly turn: number;
  readonly now: Instant;
  readonly version: number;
  readonly draft: NewDraft;
}

/** PostgreSQL orders the keys of a JSON object its own way. */
function sameForm(one: FormFields, other: FormFields): boolean {
  const sorted = (form: FormFields) => JSON.stringify(Object.entries(form).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(one) === sorted(other);
}
