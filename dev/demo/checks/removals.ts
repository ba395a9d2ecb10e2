import { dayOf } from '../../../domain/calendar.js';
import { takesOffList } from '../../../domain/removing.js';
import { fieldOf, readStories, type Story } from './case-story.js';
import type { CheckParts, Looked } from './check.js';

type Decision = Story['decisions'][number];

/** Roles of people who can take a product from the list. */
const PEOPLE: readonly string[] = ['l1', 'l2', 'secretariat'];
/** What the machine does about silence: each time it must leave the product on the list. */
const OF_SILENCE: readonly string[] = ['silence', 'previous_submitted'];

/**
 * No product left the list without a person: whatever left has a decision that removes, and every such decision is a
 * row of a person. Tried: products that left, and each time that the machine acted on silence.
 */
export async function lookAtRemovals({ database, world }: Pick<CheckParts, 'database' | 'world'>): Promise<Looked> {
  const stories = await readStories(database);
  const listings = await database.listing.findMany({ select: { slug: true, removedOn: true } });
  const there = new Set(listings.map(({ slug }) => slug));
  const removing = stories.flatMap((story) =>
    story.decisions
      // What is nominated is not on the list.
      .filter(({ result }) => story.kind !== 'nomination' && takesOffList({ kind: story.kind, result }))
      .map((decision) => ({ story, decision })),
  );
  const left = listings.filter(({ removedOn }) => removedOn !== null);
  const silences = stories.flatMap(({ lines }) =>
    lines.filter(({ what, row }) => row === null && OF_SILENCE.includes(what)),
  );
  const unexplained = left.filter(({ slug, removedOn }) => {
    const on = dayOf(removedOn?.toISOString() ?? '');
    return !removing.some(({ story, decision }) => story.slug === slug && dayOf(decision.at.toISOString()) === on);
  });
  return {
    tried: left.length + silences.length,
    problems: [
      ...world.products.filter((slug) => !there.has(slug)).map((slug) => `${slug} is gone from the records`),
      ...unexplained.map(({ slug }) => `${slug} left the list without a decision`),
      ...removing
        .filter(({ story, decision }) => !isByPerson(story, decision))
        .map(({ story, decision }) => `${story.reference} ended as ${decision.result} without a person`),
    ],
    found: `${left.length} left, each by a person; the machine acted ${silences.length} times on silence, and none left by it`,
  };
}

/** Whether a person's row decided it: at that instant, or earlier by a verdict that had to wait. */
function isByPerson({ rows, verdicts }: Story, { by, at, result }: Decision): boolean {
  const accepted = rows.filter(({ role, outcome }) => PEOPLE.includes(role) && outcome?.result === 'accepted');
  if (by !== 'machine') {
    return accepted.some(({ actor, outcome }) => actor === by && outcome?.at.getTime() === at.getTime());
  }
  const verdict = verdicts.findLast((one) => one.at <= at);
  const found = accepted.some(
    ({ kind, outcome }) => kind === 'verdict' && outcome?.at.getTime() === verdict?.at.getTime(),
  );
  return result === 'ineligible' && found && fails(verdict?.sections);
}

function fails(sections: unknown): boolean {
  return Array.isArray(sections) && sections.some((section) => fieldOf(section, 'verdict') === 'does_not_meet');
}
