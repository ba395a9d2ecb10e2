import type { FormFields } from '../domain/answer-form.js';
import { readClock } from './case-time.js';
import type { Database } from './database.js';
import { json, sameJson } from './json.js';

/**
 * Saves what an expert typed over the version that they saw (0: none). False, and nothing is saved, if another window
 * saved something else meanwhile, or if they were never asked.
 */
export async function saveAdviceDraft(
  database: Database,
  draft: { expert: string; reference: string; number: number; section: string; form: FormFields; seen: number },
): Promise<boolean> {
  const { expert, reference, number, section, form, seen } = draft;
  return database.$transaction(async (transaction) => {
    const asked = await transaction.advice.findFirst({
      where: { expert, consultation: { applicationId: reference, number, section } },
      select: { consultationId: true },
    });
    if (asked === null) return false;
    const { now } = await readClock(transaction);
    const key = { consultationId: asked.consultationId, expert };
    const saved = { form: json(form), savedAt: new Date(now) };
    if (seen === 0) {
      const data = [{ ...key, ...saved, version: 1 }];
      const { count } = await transaction.adviceDraft.createMany({ data, skipDuplicates: true });
      if (count === 1) return true;
    }
    const where = { ...key, version: seen };
    const data = { ...saved, version: { increment: 1 } };
    if ((await transaction.adviceDraft.updateMany({ where, data })).count === 1) return true;
    const there = await transaction.adviceDraft.findUnique({ where: { consultationId_expert: key } });
    return there !== null && sameJson(there.form, form);
  });
}
