import { writeChoices } from '../../prisma/policies.js';
import type { Database } from '../../prisma/database.js';
import type { Pace } from './types.js';

/**
 * In fast time ten minutes would be over before anybody could undo anything: three days. And days pass while a page is
 * read: a case is not taken from its reviewer for that.
 */
const HELD = { holdMinutes: 4_320, giveBackAfter: 60 } as const;
const ALWAYS = { privacy: HELD, nomination: HELD, concern: HELD } as const;
/** So many annual reviews open with the rule that both levels must agree: about half of the first wave. */
const AGREEING = 5;

/** What reviews start with first: decisions are held for days, and both levels must agree. */
export async function chooseForFirstReviews(database: Database): Promise<void> {
  await writeChoices(database, { ...ALWAYS, annual_review: { ...HELD, rule: 'both_agree' } });
}

/** Of all later ones the second level decides. */
export async function chooseForLaterReviews(database: Database, pace: Pace): Promise<void> {
  const opened = () => database.application.count({ where: { kind: 'annual_review' } });
  while (!pace.stopping.aborted && (await pace.patiently(opened)) < AGREEING) await pace.days(0.1);
  if (!pace.stopping.aborted) {
    await pace.patiently(() => writeChoices(database, { ...ALWAYS, annual_review: HELD }));
  }
}

/** In real time everything is as the product has it. */
export async function chooseAsUsual(database: Database): Promise<void> {
  await writeChoices(database, {});
}
