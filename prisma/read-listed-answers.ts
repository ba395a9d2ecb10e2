import { dayOf, type Day } from '../domain/calendar.js';
import type { AnswersOnFile } from '../domain/standard-warning.js';
import { readClock } from './case-time.js';
import type { Database } from './database.js';
import { onFileOf } from './load-case.js';

/** The listed products with their public answers, by slug, on a day of case time. Nothing is written or locked. */
export async function readListedAnswers(
  database: Database,
): Promise<{ readonly today: Day; readonly products: readonly AnswersOnFile[] }> {
  return database.$transaction(async (transaction) => {
    const { now } = await readClock(transaction);
    const listings = await transaction.listing.findMany({
      where: { removedOn: null, nominated: null },
      select: {
        slug: true,
        name: true,
        answerSets: {
          where: { publishedAt: { not: null } },
          orderBy: [{ publishedAt: 'asc' }, { id: 'asc' }],
          select: { answers: true, confirmed: true },
        },
      },
      orderBy: { slug: 'asc' },
    });
    const products = listings.map(({ slug, name, answerSets }) => {
      return { slug, name, answers: onFileOf(answerSets).answers };
    });
    return { today: dayOf(now), products };
  });
}
