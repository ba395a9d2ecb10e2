import type { FormFields } from '../domain/answer-form.js';
import { readClock } from './case-time.js';
import type { Database } from './database.js';
import { json, sameJson } from './json.js';

/** What a reviewer typed about a review and did not confirm. */
export interface VerdictDraftSaved {
  readonly form: FormFields;
  readonly version: number;
  /** The answers that were read. */
  readonly answersVersion: number;
}

/** Reads it; null: nothing was typed. */
export async function readVerdictDraft(
  database: Database,
  { reference, reviewer }: { reference: string; reviewer: string },
): Promise<VerdictDraftSaved | null> {
  const where = { applicationId_reviewer: { applicationId: reference, reviewer } };
  const found = await database.verdictDraft.findUnique({ where });
  if (found === null) return null;
  // Written by `saveVerdictDraft` alone.
  return { form: found.form as FormFields, version: found.version, answersVersion: found.answersVersion };
}

/**
 * Saves it over the version that its author saw (0: none). False, and nothing is saved, if another window saved
 * something else meanwhile.
 */
export async function saveVerdictDraft(
  database: Database,
  draft: { reference: string; reviewer: string; form: FormFields; seen: number; answersVersion: number },
): Promise<boolean> {
  const { reference, reviewer, form, seen, answersVersion } = draft;
  return database.$transaction(async (transaction) => {
    const { now } = await readClock(transaction);
    const key = { applicationId: reference, reviewer };
    const saved = { form: json(form), answersVersion, savedAt: new Date(now) };
    if (seen === 0) {
      const { count } = await transaction.verdictDraft.createMany({
        data: [{ ...key, ...saved, version: 1 }],
        skipDuplicates: true,
      });
      if (count === 1) return true;
    }
    const { count } = await transaction.verdictDraft.updateMany({
      where: { ...key, version: seen },
      data: { ...saved, version: { increment: 1 } },
    });
    if (count === 1) return true;
    const there = await transaction.verdictDraft.findUnique({ where: { applicationId_reviewer: key } });
    return there !== null && sameJson(there.form, form);
  });
}
