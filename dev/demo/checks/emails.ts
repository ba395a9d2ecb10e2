import { DAY, later, type Instant } from '../../../domain/calendar.js';
import { readClock } from '../../../prisma/case-time.js';
import { groupedBy, readStories, type Story, type StoryEmail } from './case-story.js';
import type { CheckParts, Looked } from './check.js';
import { dueEmails } from './due-emails.js';
import { actedSoon, turnsOf, type ActedUpTo } from './turns.js';

/**
 * Every email that was due exists once for each of its readers, or was skipped with a reason; what counts as sent was
 * caught; nothing that is due lies around.
 */
export async function lookAtEmails({
  database,
  mailbox,
  struck,
}: Pick<CheckParts, 'database' | 'mailbox' | 'struck'>): Promise<Looked> {
  const stories = await readStories(database);
  const { now } = await database.$transaction(readClock);
  const caught = new Set(mailbox.emails().flatMap(({ key }) => key ?? []));
  const emails = await database.email.findMany({ orderBy: { id: 'asc' } });
  const lag = struck ? longestLag(stories) : null;
  const actedUpTo = lag === null ? actedSoon : actedWithin(lag);
  const due = stories.flatMap((story) =>
    dueEmails(story, now, actedUpTo).map((one) => ({ about: one.about, emails: story.emails.filter(one.is) })),
  );
  const problems = [
    ...stories.flatMap((story) => countProblems(story, now)),
    ...due.flatMap((one) => existenceProblems(one)),
    ...emails.flatMap((email) => stateProblems(email, { now, caught })),
  ];
  const skipped = emails.filter(({ state }) => state === 'skipped').length;
  return {
    tried: due.length,
    problems,
    found:
      `${due.length} were due to owners, each there once; of ${emails.length} with those to staff ${skipped} were skipped` +
      (lag === null ? '' : `; what people did waited ${Math.ceil(lag / DAY)} days at most`),
  };
}

/** How long a row waited for its step at most, in milliseconds of case time. */
function longestLag(stories: readonly Story[]): number {
  const rows = stories.flatMap((story) => story.rows);
  return Math.max(0, ...rows.map(({ at, outcome }) => (outcome?.at ?? at).getTime() - at.getTime()));
}

/**
 * Where parts were struck down: what had fallen due when a step of the same case was taken was acted on after it,
 * within the longest lag. A case that no step came to any more is looked for elsewhere: it is stuck.
 */
function actedWithin(lag: number): ActedUpTo {
  return ({ at, story }) => {
    const limit = later(at, -lag);
    const steps = story.lines.map((line) => line.at.toISOString());
    return steps.findLast((step) => step <= limit) ?? '';
  };
}

/** The turns that the ledger tells of are those of the review's state: otherwise nothing here could be trusted. */
function countProblems(story: Story, now: Instant): readonly string[] {
  const { count } = turnsOf(story, now);
  const recorded = story.review.turn?.number ?? 0;
  return count === recorded ? [] : [`${story.reference}: its ledger tells of ${count} turns, its state of ${recorded}`];
}

function existenceProblems({ about, emails }: { about: string; emails: readonly StoryEmail[] }): readonly string[] {
  if (emails.length === 0) return [`${about} does not exist`];
  // One that came back, or whose fate is unknown, may be sent again; what was skipped reached nobody.
  const counts = emails.filter(({ state }) => !['refused', 'unknown', 'skipped'].includes(state));
  const readers = groupedBy(counts, ({ recipientId, personId }) => String(recipientId ?? personId));
  return [...readers.values()].some((ones) => ones.length > 1) ? [`${about} exists twice for one reader`] : [];
}

function stateProblems(
  { key, state, reason, dueAt, notBefore }: StoryEmail & { readonly notBefore: Date | null },
  { now, caught }: { now: Instant; caught: ReadonlySet<string> },
): readonly string[] {
  switch (state) {
    case 'sent':
      return caught.has(key) ? [] : [`${key} counts as sent and was not caught`];
    case 'skipped':
      return reason === null ? [`${key} was skipped without a reason`] : [];
    case 'refused':
    case 'unknown':
      return [];
    case 'deferred':
      // The mail server said "not now": it is asked again, at an instant of real time.
      return notBefore !== null && notBefore.getTime() > Date.now() ? [] : [`${key} is put off and not tried again`];
    default:
      return dueAt.toISOString() <= now ? [`${key} was due and is still ${state.replaceAll('_', ' ')}`] : [];
  }
}
