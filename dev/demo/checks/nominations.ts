import { visible, type Answers, type AnswerValue } from '../../../domain/answers.js';
import { NEWEST } from '../../../domain/standards.js';
import { registrySchema } from '../../../web/registry/data-shape.js';
import { nominatorsOf } from '../nominators.js';
import type { CheckParts, Looked } from './check.js';
import type { Page } from './pages.js';
import { createSearch } from './search.js';
import type { TemporalReads } from './temporal-reads.js';

type Pages = { readonly pages: () => Promise<readonly Page[]> };

/** The ends after which a product is not named in public, however far its review had come. */
const UNNAMED = ['withdrawn', 'removed', 'unanswered', 'abandoned'];

/** What was nominated and never passed the first level: names and websites that must be nowhere but in the records. */
export async function unheardOf({ database, world }: Pick<CheckParts, 'database' | 'world'>): Promise<string[]> {
  const passed = await database.listing.findMany({
    where: { OR: [{ nominated: null }, { nominated: 'candidate' }] },
    select: { name: true },
  });
  const names = new Set(passed.map(({ name }) => name));
  return nominatorsOf(world).flatMap(({ nominates: { name, website } }) => (names.has(name) ? [] : [name, website]));
}

/**
 * No public page and no data names who nominated, shows an answer that the Standard keeps private or a text for
 * reviewers only, or names a product that did not pass the first level or whose nomination ended without a decision;
 * and what was never sent has no page. So that the look is known to see, every candidate and every listed product must
 * be found. Tried: texts, and nominations that were never sent.
 */
export async function lookAtNominees({
  database,
  world,
  pages,
  statusOf,
}: Pick<CheckParts, 'database' | 'world'> &
  Pages & {
    /** With which status a path is answered. */
    readonly statusOf: (path: string) => Promise<number>;
  }): Promise<Looked> {
  const nominations = await database.application.findMany({
    where: { kind: 'nomination' },
    include: { answerSets: true },
    orderBy: { id: 'asc' },
  });
  const listings = await database.listing.findMany({
    where: { slug: { in: nominations.map(({ slug }) => slug) } },
    select: { slug: true, name: true, nominated: true },
  });
  const nameOf = new Map(listings.map(({ slug, name }) => [slug, name]));
  const unnamed = nominations.filter(({ state }) => UNNAMED.includes(state));
  const texts = new Set([
    ...nominatorsOf(world).flatMap(({ name, address }) => [name, address]),
    ...(await unheardOf({ database, world })),
    ...unnamed.flatMap(({ slug }) => nameOf.get(slug) ?? []),
    ...nominations.flatMap(({ answerSets }) => answerSets.flatMap(privateTexts)),
  ]);
  const heardOf = listings.filter(({ slug, nominated }) => {
    const open = nominations.some((one) => one.slug === slug && one.open && one.state !== 'draft');
    return nominated === null || (nominated === 'candidate' && open);
  });
  const looked = [...texts].filter((text) => text.length >= LEAST);
  const search = createSearch([...looked, ...heardOf.map(({ name }) => name)]);
  const shown = (await pages()).map(({ path, text }) => ({ path, found: search.inText(text) }));
  const missing = heardOf.filter((_, index) => shown.every(({ found }) => !found.has(looked.length + index)));
  const unsent = nominations.filter(({ answerSets }) => answerSets.length === 0);
  const served = await Promise.all(unsent.map(async ({ id }) => ({ id, status: await statusOf(`/a/${id}`) })));
  return {
    tried: looked.length + unsent.length,
    problems: [
      ...missing.map(({ slug }) => `${slug} was found on no page: the look is blind`),
      // What leaked is not repeated here: this sentence is shown and logged.
      ...shown.flatMap(({ path, found }) =>
        [...found].filter((at) => at < looked.length).map((at) => `private text ${at + 1} stands in ${path}`),
      ),
      ...served.filter(({ status }) => status !== 404).map(({ id }) => `${id} was never sent, and has a page`),
    ],
    found: `${looked.length} names, addresses and private answers are on no page; ${unsent.length} that were never sent have none`,
  };
}

/** Shorter ones are not looked for. */
const LEAST = 5;

/** What the Standard keeps private of a version of the answers, and what was written for reviewers only. */
function privateTexts(set: { readonly answers: unknown; readonly forReviewers: unknown }): readonly string[] {
  // Parsed by domain/questionnaire.ts before they were written.
  const answers = set.answers as Answers;
  const questions = visible({ standard: NEWEST, scope: 'all', answers }).filter((question) => !question.public);
  return [
    ...questions.flatMap(({ id }) => textsIn(answers[id])),
    ...Object.values(set.forReviewers as Readonly<Record<string, string>>),
  ];
}

function textsIn(value: AnswerValue | undefined): readonly string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [value];
  return Object.values(value).flatMap((part: string | readonly string[]) => [part].flat());
}

/**
 * What was nominated is in the registry if and only if its newest decision approved it, and then a certification looks
 * after it. Tried: nominations.
 */
export async function lookAtApproved({
  database,
  pages,
  temporal,
}: Pick<CheckParts, 'database'> & Pages & { readonly temporal: Pick<TemporalReads, 'count'> }): Promise<Looked> {
  const nominations = await database.application.findMany({
    where: { kind: 'nomination' },
    orderBy: { id: 'asc' },
    include: { decisions: { orderBy: { round: 'desc' }, take: 1 } },
  });
  const data = (await pages()).find(({ path }) => path === '/registry.json');
  const { products } = registrySchema.parse(JSON.parse(data?.text ?? ''));
  const listed = new Set(products.map(({ slug }) => slug));
  const problems = await Promise.all(
    nominations.map(async ({ id, slug, state, decisions }): Promise<readonly string[]> => {
      // What is decided and can still be undone has no decision yet.
      const approved = decisions[0]?.result === 'approved';
      if (!approved) return listed.has(slug) ? [`${id} is listed, and ended as ${state}`] : [];
      const running = await temporal.count(`ExecutionStatus = "Running" AND WorkflowId = "dpg/${slug}"`);
      return [
        ...(listed.has(slug) ? [] : [`${id} is approved, and ${slug} is not in the registry`]),
        ...(running === 1 ? [] : [`${id} is approved, and ${running} certifications look after ${slug}`]),
      ];
    }),
  );
  const approved = nominations.filter(({ state }) => state === 'approved').length;
  return {
    tried: nominations.length,
    problems: problems.flat(),
    found: `${approved} of ${nominations.length} were approved: these are listed, each with a certification, and no others`,
  };
}
