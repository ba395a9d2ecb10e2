import type { ExpertRead, FirstRead } from '../office.js';
import { storedReview } from '../../../prisma/stored-review.js';
import type { Reserved } from '../types.js';
import type { CheckParts, Looked } from './check.js';
import type { Page } from './pages.js';
import { lookAtExpertReads } from './expert-reads.js';
import { createSearch } from './search.js';

type Places = Pick<CheckParts, 'database' | 'mailbox'> & { readonly pages: () => Promise<readonly Page[]> };

/**
 * Blind parts stayed blind: what owners and reviewers wrote for reviewers and staff only, and what a first level said
 * where a second one decides, is on no public page and in no email; questions to experts and grounds of appeals are in
 * emails to whom they are for alone; under both_agree nobody of the second level read the first verdict before giving
 * one; and experts saw the section that they were asked about alone. So that the look is known to see, a slug must be
 * found on the pages and a reference in the emails. Tried: texts, first looks of second reviewers, looks of experts.
 */
export async function lookAtBlindParts({
  hidden,
  reserved,
  firstReads,
  expertReads,
  ...parts
}: Places & {
  readonly hidden: readonly string[];
  readonly reserved: readonly Reserved[];
  readonly firstReads: readonly FirstRead[];
  readonly expertReads: readonly ExpertRead[];
}): Promise<Looked> {
  const texts = [...hidden.map((text) => ({ text, to: [] })), ...reserved];
  const { blind, seen } = await readEarly(parts.database, firstReads);
  return {
    tried: texts.length + blind + expertReads.length,
    problems: [
      ...(await leaksOf(texts, parts)),
      ...seen.map((reference) => `${reference}: the second level read the first verdict before giving its own`),
      ...(await lookAtExpertReads(parts.database, { expertReads, hidden })),
    ],
    found:
      `${texts.length} texts are nowhere in public, nor in emails to others; ${blind} second reviewers could not see the ` +
      `first verdict; ${expertReads.length} times experts saw one section alone`,
  };
}

/** Where texts stand that are not for whoever reads that. */
async function leaksOf(texts: readonly Reserved[], { database, mailbox, pages }: Places): Promise<readonly string[]> {
  // Of a product whose page is public, and with an email that was caught.
  const asked = await database.application.findMany({
    where: { kind: 'annual_review', emails: { some: { kind: 'prompt', state: 'sent' } } },
    select: { id: true, slug: true },
  });
  // Shorter ones are not looked for.
  const found = asked.find(({ slug }) => slug.length >= 5);
  const search = createSearch([...texts.map(({ text }) => text), found?.slug ?? '', found?.id ?? '']);
  const places = [
    ...(await pages()).map(({ path, text }) => ({ place: path, reader: null, in: search.inText(text) })),
    ...mailbox.emails().map(({ id, to, subject, text, html }) => {
      return { place: `email ${id}`, reader: to, in: search.inText(`${subject}\n${text}\n${html ?? ''}`) };
    }),
  ];
  const sees = (number: number) => places.some(({ in: numbers }) => numbers.has(number));
  return [
    ...(sees(texts.length) && sees(texts.length + 1) ? [] : ['nothing of ours was found on pages and in emails']),
    ...places.flatMap(({ place, reader, in: numbers }) =>
      texts
        .filter(({ to }, number) => numbers.has(number) && (reader === null || !to.includes(reader)))
        .map(({ text }) => `${text} stands in ${place}`),
    ),
  ];
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
