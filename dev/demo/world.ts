import { createHash } from 'node:crypto';
import type { ListingRecord } from '../../domain/listing-record.js';
import { addDays, type Day } from '../../domain/calendar.js';
import { ANNUAL_WITHIN } from '../../domain/policy.js';
import { HABITS, type Habit, type Person, type World } from './types.js';

/** A number from 0 up to 1 that depends on the seed and on what it is for, and on nothing else. */
export function chance(seed: number, what: string): number {
  return createHash('sha256').update(`${seed}|${what}`).digest().readUInt32BE(0) / 2 ** 32;
}

/** Who is asked for what in a demonstration. */
export interface DemoPlan {
  /** Records to import, those of the fixed habits first. */
  readonly records: readonly ListingRecord[];
  /** Positions, in `records`, of products approved lately that staff hand-pick. */
  readonly handPicked: readonly number[];
  /** Position of the product that is left for the visitor; null: nobody visits. */
  readonly visitor: number | null;
}

/** Approved since the privacy set exists, with most of the year to go: a wake opens a privacy case. */
function isLate({ approvedOn, validUntil }: ListingRecord, today: Day): boolean {
  return approvedOn !== null && validUntil !== null && validUntil > addDays(today, ANNUAL_WITHIN + 20);
}

/** Silence never fills the privacy set: whoever is silent about personal data is asked again, and then left to staff. */
function handlesPersonalData({ facts }: ListingRecord): boolean {
  return facts.piiHandling !== null && facts.piiHandling !== 'none';
}

/**
 * Chooses so many listings of the registry: overdue ones for the fixed habits, two approved lately among them, then
 * a mixture as the registry has it, by the seed. The silent one handles personal data, so that staff must expire it.
 */
export function planDemo(options: {
  readonly records: readonly ListingRecord[];
  readonly today: Day;
  readonly take: number;
  readonly seed: number;
  readonly visitor: boolean;
}): DemoPlan {
  const { records, today, take, seed, visitor } = options;
  const shuffled = records
    .map((record) => ({ record, at: chance(seed, `order ${record.dpgId}`) }))
    .sort((one, other) => one.at - other.at)
    .map(({ record }) => record);
  const late = shuffled.filter((record) => isLate(record, today));
  const overdue = shuffled.filter(({ validUntil }) => validUntil !== null && validUntil < today);
  const [asked] = overdue.filter(handlesPersonalData);
  const others = overdue.filter((record) => record !== asked);
  const recordOf = (habit: Habit) => (habit === 'silent' ? asked : others.shift());
  const fixed = HABITS.map((habit) => (PRIVACY_HABITS.has(habit) ? late.shift() : recordOf(habit)));
  const first = fixed.filter((record) => record !== undefined);
  const rest = [...late.slice(0, HAND_PICKED - PRIVACY_HABITS.size), ...shuffled];
  const chosen = [...new Set([...first, ...rest])].slice(0, Math.min(take, records.length));
  const last = visitor ? chosen.length - 1 : null;
  const isPicked = (record: ListingRecord, index: number) =>
    isLate(record, today) && index < HAND_PICKED_WITHIN && index !== last;
  return {
    records: chosen,
    handPicked: chosen.flatMap((record, index) => (isPicked(record, index) ? [index] : [])),
    visitor: last,
  };
}

/** Two privacy cases among the fixed habits, and a few more where there is room. */
const PRIVACY_HABITS: ReadonlySet<Habit> = new Set(['no_personal_data', 'scanner']);
const HAND_PICKED = 5;
const HAND_PICKED_WITHIN = HABITS.length + HAND_PICKED;

const GIVEN = ['Amina', 'Bao', 'Chidi', 'Dina', 'Eshe', 'Farid', 'Gloria', 'Hugo', 'Ines', 'Jamal', 'Keiko', 'Lina'];
const FAMILY = ['Abara', 'Bekele', 'Castro', 'Dlamini', 'Eriksen', 'Fontaine', 'Gupta', 'Haddad', 'Ivanova', 'Jansen'];
const PLACES = [
  { country: 'KE', language: 'en' },
  { country: 'BR', language: 'es' },
  { country: 'SN', language: 'fr' },
  { country: 'IN', language: 'en' },
  { country: 'FR', language: 'fr' },
  { country: 'MX', language: 'es' },
  { country: 'GH', language: 'en' },
] as const;

/** How people beyond the fixed ones behave, by how often each is met. */
const MIXTURE: readonly (readonly [Habit, number])[] = [
  ['prompt', 38],
  ['slow', 22],
  ['no_personal_data', 6],
  ['silent', 8],
  ['late', 6],
  ['draft_and_forget', 5],
  ['needs_clarification', 6],
  ['double_click', 3],
  ['more_time', 3],
  ['two_people', 1],
  ['scanner', 2],
];

/** The address of whoever watches the demonstration. */
export const VISITOR = 'visitor@you.example';

/** Invents the owners of products, in the order of the plan: one each for the first, then some with several. */
export function inventPeople({ plan, slugs, seed }: { plan: DemoPlan; slugs: readonly string[]; seed: number }): World {
  const people: Person[] = [];
  slugs.forEach((slug, index) => {
    if (index === plan.visitor) return;
    const shares = index >= HABITS.length && chance(seed, `shares ${slug}`) < 0.12;
    const host = shares ? sharing(people, index) : undefined;
    if (host !== undefined) people[people.indexOf(host)] = { ...host, slugs: [...host.slugs, slug] };
    else {
      const person = inventPerson({ index: people.length, site: slug, seed });
      const habit = HABITS[people.length] ?? mixed(chance(seed, `habit ${people.length}`));
      people.push({ ...person, slugs: [slug], habit });
    }
  });
  const planted = people.flatMap(({ name, address }) => [name, address]);
  return { seed, people, products: slugs, planted };
}

/** The person of several products among the first, then whoever came last. */
function sharing(people: readonly Person[], index: number): Person | undefined {
  const several = people.find(({ habit, slugs }) => habit === 'several_products' && slugs.length < 3);
  return several ?? (index % 2 === 0 ? people.at(-1) : undefined);
}

/** Somebody with an address at a site of their product; the number is theirs alone. */
export function inventPerson({
  index,
  site,
  seed,
}: {
  readonly index: number;
  readonly site: string;
  readonly seed: number;
}): Omit<Person, 'slugs' | 'habit'> {
  const pick = <One>(from: readonly One[], what: string): One => {
    const found = from[Math.floor(chance(seed, `${what} ${index}`) * from.length)];
    if (found === undefined) throw new Error(`Nothing to pick a ${what} from.`);
    return found;
  };
  // The number makes each name one that is found nowhere else.
  const family = `${pick(FAMILY, 'family')}-${String(index + 1).padStart(3, '0')}`;
  const given = pick(GIVEN, 'given');
  const { country, language } = pick(PLACES, 'place');
  return {
    name: `${given} ${family}`,
    address: `${given}.${family}@${site.slice(0, 40).replace(/-+$/u, '')}.example`.toLowerCase(),
    language,
    country,
  };
}

function mixed(at: number): Habit {
  const total = MIXTURE.reduce((sum, [, weight]) => sum + weight, 0);
  let left = at * total;
  for (const [habit, weight] of MIXTURE) {
    left -= weight;
    if (left < 0) return habit;
  }
  return 'prompt';
}
