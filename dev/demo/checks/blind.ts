import type { FirstRead } from '../office.js';
import { storedReview } from '../../../prisma/stored-review.js';
import type { CheckParts, Looked } from './check.js';
import type { Page } from './pages.js';
import { createSearch } from './search.js';

/**
 * Blind parts stayed blind: what owners and reviewers wrote for reviewers and staff only, and what a first level said
 * where a second one decides, is on no public page and in no email; and under both_agree nobody of the second level
 * read the first verdict before giving one. So that the look is known to see, a slug must be found on the pages and a
 * reference in the emails. Tried: texts, and first looks of second reviewers.
 */
export async function lookAtBlindParts({
  database,
  mailbox,
  pages,
  hidden,
  firstReads,
}: Pick<CheckParts, 'database' | 'mailbox'> & {
  readonly pages: () => Promise<readonly Page[]>;
  readonly hidden: readonly string[];
  readonly firstReads: readonly FirstRead[];
}): Promise<Looked> {
  const asked = await database.application.findMany({
    where: { emails: { some: {} } },
    select: { id: true, slug: true },
  });
  // Shorter ones are not looked for.
  const found = asked.find(({ slug }) => slug.length >= 5);
  const texts = [...new Set(hidden)];
  const search = createSearch([...texts, found?.slug ?? '', found?.id ?? '']);
  const [atSlug, atReference] = [texts.length, texts.length + 1];
  const places = [
    ...(await pages()).map(({ path, text }) => ({ place: path, in: search.inText(text) })),
    ...mailbox.emails().map(({ id, subject, text, html }) => {
      return { place: `email ${id}`, in: search.inText(`${subject}\n${text}\n${html ?? ''}`) };
    }),
  ];
  const leaks = places.flatMap(({ place, in: numbers }) =>
    texts.filter((_, number) => numbers.has(number)).map((text) => `${text} stands in ${place}`),
  );
  const sees = (number: number) => places.some(({ in: numbers }) => numbers.has(number));
  const { blind, seen } = await readEarly(database, firstReads);
  return {
    tried: texts.length + blind,
    problems: [
      ...(sees(atSlug) && sees(atReference) ? [] : ['nothing of ours was found on pages and in emails']),
      ...leaks,
      ...seen.map((reference) => `${reference}: the second level read the first verdict before giving its own`),
    ],
    found: `${texts.length} texts are nowhere in public or in emails; ${blind} second reviewers could not see the first verdict`,
  };
}

/** How many second reviewers had to agree without knowing, and where one knew all the same. */
async function readEarly(
  database: CheckParts['database'],
  firstReads: readonly FirstRead[],
): Promise<{ readonly blind: number; readonly seen: readonly string[] }> {
  const reviews = await database.application.findMany({
    where: { id: { in: firstReads.map(({ reference }) => reference) } },
    select: { id: true, review: true },
  });
  const agreeing = new Set(
    reviews.filter(({ review }) => storedReview(review).policy.rule === 'both_agree').map(({ id }) => id),
  );
  const blind = firstReads.filter(({ reference }) => agreeing.has(reference));
  return { blind: blind.length, seen: blind.filter(({ saw }) => saw).map(({ reference }) => reference) };
}
