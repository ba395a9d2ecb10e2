import type { Database } from '../../prisma/database.js';
import type { CheckParts } from './checks/check.js';
import { groupedBy } from './checks/case-story.js';
import { lostRows } from './checks/lost.js';
import { figuresOfPeople, type PeopleFigures } from './figures-of-people.js';
import { readFollowed, readNominations, type Followed } from './followed.js';
import { bytesOf, temporalReads, type Run, type TemporalReads } from './checks/temporal-reads.js';

/** What a demonstration came to, in numbers. */
export interface Figures extends PeopleFigures {
  /** Listings imported. */
  readonly products: number;
  /** What the demonstration was about, and the numbers of reviews are of; not part of the result as data. */
  readonly of: 'campaign' | 'nominations';
  /** Nominations that came beside a campaign, by their ends; not part of the result as data. */
  readonly beside: Pick<Figures, 'outcomes' | 'open'>;
  /** Reviews that the campaign opened or joined, or nominations; the next three are of these. */
  readonly started: number;
  /** With an owner's own answers. */
  readonly answered: number;
  /** Ended without; like the next one not part of the result as data. */
  readonly notAnswered: number;
  /** Of these, decided by reviewers on last year's answers. */
  readonly onFile: number;
  /** How they ended, and how many did; with `open` they add up to `started`. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly open: number;
  /** Open reviews that are not the campaign's. */
  readonly otherOpen: number;
  readonly emails: Readonly<Record<string, number>>;
  /** Rows told as received without an outcome, or accepted and not what the case was decided on. */
  readonly lost: number;
  /** Which, and why; not part of the result as data. */
  readonly lostBecause: readonly string[];
  /** Keys of emails that were caught more than once. */
  readonly sentTwice: number;
  /** Emails of which nobody knows whether the mail server took them. */
  readonly unknown: number;
  /** Mean number of events of Temporal from the waking of a case to its next sleep. */
  readonly eventsPerCase: number;
  /** Mean size of these events, in bytes as Temporal keeps them. */
  readonly bytesPerCase: number;
  /** The most events of one of them; not part of the result as data. */
  readonly mostEvents: number;
  /** Real milliseconds of a day of case time. */
  readonly dayMs: number;
  readonly wallSeconds: number;
}

type FigureParts = Pick<CheckParts, 'database' | 'mailbox' | 'client' | 'told' | 'campaign'> &
  Pick<Figures, 'dayMs' | 'wallSeconds'>;

/** Counts what a demonstration came to. */
export async function figures({
  database,
  mailbox,
  client,
  told,
  campaign,
  dayMs,
  wallSeconds,
}: FigureParts): Promise<Figures> {
  const reviews = await reviewsOf(database, campaign);
  const emails = await database.email.groupBy({ by: ['state'], _count: true, orderBy: { state: 'asc' } });
  const states = Object.fromEntries(emails.map(({ state, _count }) => [state, _count]));
  const lost = await lostRows(database, told);
  const keys = groupedBy(mailbox.emails(), ({ key }) => key ?? '');
  return {
    products: await imported(database),
    of: campaign === null ? 'nominations' : 'campaign',
    beside: campaign === null ? { outcomes: {}, open: 0 } : endsOf(await readNominations(database)),
    ...reviews,
    emails: states,
    lost: lost.length,
    lostBecause: lost.map(({ row, because }) => `row ${row}: ${because}`),
    sentTwice: [...keys].filter(([key, ones]) => key !== '' && ones.length > 1).length,
    unknown: states['unknown'] ?? 0,
    ...(await sizeOfReviews(temporalReads(client), campaign === null ? 'nomination' : 'certification')),
    ...(await figuresOfPeople(database)),
    dayMs,
    wallSeconds,
  };
}

/** All listings but those that came of nominations here. */
async function imported(database: Database): Promise<number> {
  const nominated = await database.application.findMany({ where: { kind: 'nomination' }, select: { slug: true } });
  return database.listing.count({ where: { slug: { notIn: nominated.map(({ slug }) => slug) } } });
}

async function reviewsOf(
  database: Database,
  campaign: string | null,
): Promise<Pick<Figures, 'started' | 'answered' | 'notAnswered' | 'onFile' | 'outcomes' | 'open' | 'otherOpen'>> {
  const members = await readFollowed(database, campaign);
  const started = members.filter(({ outcome, reference }) => reference !== null && isStart(outcome));
  const silent = started.filter((one) => !one.answered && !one.open);
  const references = started.flatMap(({ reference }) => reference ?? []);
  return {
    started: started.length,
    answered: started.filter(({ answered }) => answered).length,
    notAnswered: silent.length,
    onFile: silent.filter(({ state }) => state === 'approved' || state === 'ineligible').length,
    ...endsOf(started),
    otherOpen: await database.application.count({ where: { open: true, id: { notIn: references } } }),
  };
}

/** How reviews ended, and how many did not. */
function endsOf(reviews: readonly Followed[]): Pick<Figures, 'outcomes' | 'open'> {
  // Whoever has not confirmed the address has not begun.
  const isOpen = ({ reference, open }: Followed) => open || reference === null;
  const ended = groupedBy(
    reviews.filter((one) => !isOpen(one)),
    ({ state }) => state ?? 'unknown',
  );
  return {
    outcomes: Object.fromEntries([...ended.keys()].sort().map((state) => [state, ended.get(state)?.length ?? 0])),
    open: reviews.filter(isOpen).length,
  };
}

function isStart(outcome: string | null): boolean {
  return outcome === 'accepted' || outcome === 'joined';
}

/** Of runs of a type of case in which a review ended: from what woke the case to the end of the run. */
export async function sizeOfReviews(
  temporal: Pick<TemporalReads, 'runs'>,
  type: 'certification' | 'nomination' = 'certification',
): Promise<Pick<Figures, 'eventsPerCase' | 'bytesPerCase' | 'mostEvents'>> {
  const sizes: { events: number; bytes: number }[] = [];
  for await (const run of temporal.runs()) {
    const events = run.type === type ? reviewIn(run) : [];
    if (events.length > 0) sizes.push({ events: events.length, bytes: bytesOf(events).length });
  }
  const mean = (of: 'events' | 'bytes') =>
    sizes.length === 0 ? 0 : Math.round(sizes.reduce((sum, size) => sum + size[of], 0) / sizes.length);
  const mostEvents = Math.max(0, ...sizes.map(({ events }) => events));
  return { eventsPerCase: mean('events'), bytesPerCase: mean('bytes'), mostEvents };
}

/** The events of a run's review; none if it had none, or if it is not over. */
function reviewIn({ status, events }: Run): Run['events'] {
  // A run ends when its review has ended: the case then goes to sleep in the next one.
  if (status !== 'CONTINUED_AS_NEW') return [];
  const activities = events.map(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name);
  if (activities.every((name) => name === undefined)) return [];
  // A wake that waited beside other rows was taken by the run's first step, which is named after another of them.
  const opens = activities.indexOf('openReview');
  const wakes = events.findLastIndex(
    ({ workflowExecutionSignaledEventAttributes: signal, timerFiredEventAttributes: timer }, index) =>
      index < opens && (signal ?? timer ?? null) !== null,
  );
  return events.slice(Math.max(wakes, 0));
}
