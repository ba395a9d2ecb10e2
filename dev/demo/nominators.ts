import type { Habit, NewProduct, Person, World } from './types.js';
import { chance, inventPerson } from './world.js';

/** Somebody who nominates a product. */
export type Nominator = Person & { readonly nominates: NewProduct };

/**
 * How those who nominate behave, in their order. Three show a listing after a clarification, a removal and a refusal;
 * the first twelve meet what reviewers do to the first twelve of anything.
 */
const COURSES: readonly Habit[] = [
  'needs_clarification',
  'advertises',
  'not_open',
  'prompt',
  'prompt',
  'gives_up',
  'draft_and_forget',
  'double_click',
  'two_people',
  'scanner',
  'prompt',
  'begins_only',
  'changes_mind',
  'leaves',
  'prompt',
  'needs_clarification',
  'not_open',
  'begins_only',
  'prompt',
  'gives_up',
  'advertises',
  'prompt',
  'slow',
  'not_open',
  'prompt',
  'leaves',
  'changes_mind',
  'prompt',
  'needs_clarification',
  'begins_only',
  'prompt',
  'double_click',
  'gives_up',
  'prompt',
  'not_open',
  'two_people',
  'prompt',
  'advertises',
  'slow',
  'prompt',
  'needs_clarification',
  'prompt',
  'changes_mind',
  'prompt',
];

/** So many nominations show every end, and each several times. */
export const MOST_NOMINATIONS = COURSES.length;

const FIRST = ['Amber', 'Birch', 'Coral', 'Delta', 'Ember', 'Fjord', 'Grove', 'Heron', 'Islet', 'Juniper', 'Kelp'];
const SECOND = ['Ledger', 'Atlas', 'Beacon', 'Register', 'Compass', 'Almanac', 'Notebook', 'Observatory'];

/** The people of a world, and so many who nominate products that nobody has heard of. */
export function withNominators(world: World, count: number): World {
  const { seed, people, planted } = world;
  const nominators = COURSES.slice(0, count).map((habit, index) =>
    nominator({ index, habit, position: people.length + index, seed }),
  );
  return {
    ...world,
    people: [...people, ...nominators],
    planted: [...planted, ...nominators.flatMap(({ name, address }) => [name, address])],
  };
}

/** Those of a world who nominate, in their order. */
export function nominatorsOf({ people }: World): readonly Nominator[] {
  return people.flatMap((person) =>
    person.nominates === undefined ? [] : [{ ...person, nominates: person.nominates }],
  );
}

function nominator(plan: { index: number; habit: Habit; position: number; seed: number }): Nominator {
  const { index, habit, position, seed } = plan;
  const pick = (from: readonly string[], what: string) =>
    from[Math.floor(chance(seed, `${what} of nomination ${index}`) * from.length)] ?? '';
  // The number makes each name one that is found nowhere else.
  const name = `${pick(FIRST, 'first')} ${pick(SECOND, 'second')} N${String(index + 1).padStart(2, '0')}`;
  const site = name.toLowerCase().replaceAll(' ', '-');
  const person = inventPerson({ index: position, site, seed });
  return { ...person, slugs: [], habit, nominates: { name, website: `https://${site}.example` } };
}
