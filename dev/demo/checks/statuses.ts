import { printDay } from '../../../adapters/dates.js';
import { dayOf, type Day } from '../../../domain/calendar.js';
import { takesOffList } from '../../../domain/removing.js';
import { OFF_THE_LIST } from '../../../domain/product-status.js';
import { readRegistry, type RegistryProduct } from '../../../prisma/read-registry.js';
import { registrySchema, type ProductData } from '../../../web/registry/data-shape.js';
import { groupedBy } from './case-story.js';
import type { CheckParts, Looked } from './check.js';
import { readPaths } from './pages.js';

/** A decision, of a review of a kind. */
interface DecidedOn {
  readonly reference: string;
  readonly slug: string;
  readonly kind: string;
  readonly result: string;
  readonly validUntil: Date | null;
}

/**
 * The shown status follows from the decisions: of every product with one, the page and the data say what its decisions
 * come to, and the same as the records' own computation. Tried: products with a decision.
 */
export async function lookAtStatuses({
  database,
  publicUrl,
}: Pick<CheckParts, 'database' | 'publicUrl'>): Promise<Looked> {
  const stored = await database.decision.findMany({
    include: { application: { select: { slug: true, kind: true } } },
    orderBy: { id: 'asc' },
  });
  const decisions = stored.map(({ applicationId, application, result, validUntil }): DecidedOn => {
    return { reference: applicationId, ...application, result, validUntil };
  });
  const listed = decisions.filter(({ kind, result }) => kind !== 'nomination' || result === 'approved');
  const bySlug = groupedBy(listed, ({ slug }) => slug);
  const slugs = [...bySlug.keys()];
  const registry = await readRegistry(database);
  const [data, ...pages] = await readPaths(publicUrl, ['/registry.json', ...slugs.map((slug) => `/r/${slug}`)]);
  const { products } = registrySchema.parse(JSON.parse(data?.text ?? ''));
  const problems = slugs.flatMap((slug, index) => {
    const recorded = registry.products.find((product) => product.slug === slug);
    const shown = products.find((product) => product.slug === slug);
    if (recorded === undefined || shown === undefined) return [`${slug} has a decision and is not in the registry`];
    return [
      ...againstDecisions(shown, bySlug.get(slug) ?? []),
      ...againstRecords(shown, recorded),
      ...onPage(pages[index]?.text ?? '', recorded),
    ].map((what) => `${slug}: ${what}`);
  });
  return { tried: slugs.length, problems, found: `pages and data of ${slugs.length} products say what was decided` };
}

const GIVES_A_DATE: readonly string[] = ['annual_review', 'nomination'];

/** What decisions come to, oldest first: whether they took the product from the list, and its date. */
function comesTo(decisions: readonly DecidedOn[]): { removed: boolean; expired: boolean; validUntil: Day | null } {
  const reviews = decisions.filter(({ kind }) => kind !== 'privacy');
  const last = reviews.findLast((one) => one.result === 'approved' || takesOffList(one));
  const approval = reviews.findLast(({ kind, result }) => GIVES_A_DATE.includes(kind) && result === 'approved');
  return {
    removed: last !== undefined && takesOffList(last),
    expired: last?.result === 'unanswered',
    validUntil: approval?.validUntil ? dayOf(approval.validUntil.toISOString()) : null,
  };
}

function againstDecisions(shown: ProductData, decisions: readonly DecidedOn[]): readonly string[] {
  const { removed, expired, validUntil } = comesTo(decisions);
  const isOff = OFF_THE_LIST.some((status) => status === shown.status);
  const missing = decisions.filter(
    ({ reference, result }) => !shown.decisions.some((one) => one.reference === reference && one.result === result),
  );
  return [
    ...(isOff === removed ? [] : [`shown as ${shown.status}, decided ${removed ? 'off' : 'on'} the list`]),
    ...(isOff && (shown.status === 'expired') !== expired ? [`shown as ${shown.status}, which was not decided`] : []),
    ...(validUntil === null || shown.validUntil === validUntil
      ? []
      : [`shown as valid until ${shown.validUntil}, decided ${validUntil}`]),
    ...missing.map(({ reference, result }) => `the decision ${result} of ${reference} is not shown`),
  ];
}

function againstRecords(shown: ProductData, recorded: RegistryProduct): readonly string[] {
  const { status, words, validUntil, removedOn, since } = recorded;
  const pairs = [
    ['status', shown.status, status],
    ['words', shown.statusInWords, words.label],
    ['since', shown.statusSince, since],
    ['valid until', shown.validUntil, validUntil],
    ['removed on', shown.removedOn, removedOn],
  ] as const;
  return pairs.flatMap(([name, is, should]) =>
    is === should ? [] : [`${name} is shown as ${is}, recorded ${should}`],
  );
}

function onPage(text: string, { words, validUntil, removedOn }: RegistryProduct): readonly string[] {
  const date = removedOn === null && validUntil !== null ? printDay(validUntil) : null;
  return [
    ...(text.includes(`>${words.label}</h2>`) ? [] : [`its page does not say "${words.label}"`]),
    ...(date === null || text.includes(date) ? [] : [`its page does not say ${date}`]),
  ];
}
