import { readRegistryFiles } from '../../adapters/registry-files.js';
import type { Answers } from '../../domain/answers.js';
import { DAY, HOUR, instant, later, startOfDay, type Day } from '../../domain/calendar.js';
import { NEWEST } from '../../domain/standards.js';
import { appendSegment, markInvented } from '../../prisma/clock.js';
import { saveContacts } from '../../prisma/contacts.js';
import type { Database } from '../../prisma/database.js';
import { importListings } from '../../prisma/import.js';
import { json } from '../../prisma/json.js';
import { addTrialStaff } from '../trial-sign-in.js';
import { DEMO_STAFF } from './demo-staff.js';
import { answersOfLastYear } from './last-year.js';
import { withNominators } from './nominators.js';
import type { DemoOptions } from './options.js';
import { chooseForFirstReviews } from './policies.js';
import type { World } from './types.js';
import { chance, inventPeople, planDemo, VISITOR } from './world.js';

/** The day whose registry is imported. */
export const TODAY: Day = '2026-07-10';

/** What the demonstration begins with. */
export interface DemoStart {
  readonly world: World;
  /** Slugs that staff pick by hand: approved lately, so that their wakes open privacy cases. */
  readonly handPicked: readonly string[];
  /** The product that is left for the visitor. */
  readonly visitor: string | null;
}

/**
 * Fills an empty database: clock, staff, policies, listings of the registry, an invented owner for each, and invented
 * answers of last year for nine of ten.
 */
export async function prepareDemo(
  database: Database,
  options: Pick<DemoOptions, 'registry' | 'seed' | 'take' | 'once' | 'nominations'>,
): Promise<DemoStart> {
  await markInvented(database);
  // Real time until everything is in place, so that no day passes while it is prepared.
  const morning = later(startOfDay(TODAY), 8 * HOUR);
  await appendSegment(database, { realAt: instant(Date.now()), caseAt: morning, dayMs: DAY });
  await addTrialStaff(database, DEMO_STAFF);
  await chooseForFirstReviews(database);
  const { records } = await readRegistryFiles(options.registry);
  const { seed, take, once } = options;
  const plan = planDemo({ records, today: TODAY, take, seed, visitor: !once });
  await importListings(database, { records: plan.records });
  const slugs = await slugsOf(
    database,
    plan.records.map(({ dpgId }) => dpgId),
  );
  const world = withNominators(inventPeople({ plan, slugs, seed }), options.nominations);
  const visitor = plan.visitor === null ? null : (slugs[plan.visitor] ?? null);
  await writeContacts(database, { world, visitor });
  await writeLastYear(database, { slugs, seed });
  return { world, visitor, handPicked: plan.handPicked.flatMap((index) => slugs[index] ?? []) };
}

async function slugsOf(database: Database, ids: readonly string[]): Promise<readonly string[]> {
  const listings = await database.listing.findMany({ select: { slug: true, dpgId: true } });
  const slugs = new Map(listings.map(({ slug, dpgId }) => [dpgId, slug]));
  return ids.flatMap((id) => slugs.get(id) ?? []);
}

async function writeContacts(database: Database, { world, visitor }: Pick<DemoStart, 'world' | 'visitor'>) {
  const owners = world.people.flatMap(({ slugs, ...person }) => slugs.map((slug) => ({ ...person, slug })));
  const you = { slug: visitor ?? '', name: 'Visitor', address: VISITOR, language: 'en', country: 'KE' };
  const all = visitor === null ? owners : [...owners, you];
  const contacts = all.map(({ slug, name, address, language, country }) => ({
    ...{ slug, name, address, language, country },
    rank: 'primary' as const,
  }));
  await saveContacts(database, { contacts, actor: 'fatou' });
}

/** Nine of ten had answered everything that was asked last year. */
async function writeLastYear(database: Database, { slugs, seed }: { slugs: readonly string[]; seed: number }) {
  const sets = await database.answerSet.findMany({ where: { slug: { in: [...slugs] } }, include: { listing: true } });
  const answered = sets.filter(({ slug }) => chance(seed, `answered ${slug}`) < 0.9);
  await database.answerSet.createMany({
    data: answered.map(({ slug, answers, listing }) => {
      const at = listing.approvedOn ?? listing.createdAt;
      return {
        slug,
        version: 1,
        by: 'import',
        standard: NEWEST.version,
        // Parsed by domain/questionnaire.ts when they were imported.
        answers: json(answersOfLastYear({ product: slug, onFile: answers as unknown as Answers })),
        forReviewers: {},
        confirmed: [],
        publishedAt: at,
        at,
      };
    }),
  });
}
