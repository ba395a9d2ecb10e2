import type { Level } from '../../domain/policy.js';
import { caseOn, decide, noteFirstRead, playQuirk, type Reviewer, type Sitting } from './at-the-desk.js';
import { REVIEWERS } from './demo-staff.js';
import { done, odd, untilHeard, type Office } from './office.js';
import type { Form, Page } from './page-reader.js';
import { quirkOf } from './quirks.js';
import { formTo, openStaffBrowser } from './staff-browser.js';
import { rowOf } from './visit.js';

/** So many cases a reviewer has in hand at once; there is room for one that a colleague hands over. */
const IN_HAND = 4;
/** Who sits down to the same case so often gets nowhere. */
const MOST_SITTINGS = 12;
/** Longer than the reviewers' time of a level, in days. */
const SLOW = 20;
/** Days between two looks at whether anything waits. */
const EVERY = 0.25;

/** Something that waits for reviewers. */
interface Waiting {
  readonly reference: string;
  readonly slug: string;
  readonly level: Level;
  readonly claimedBy: string | null;
}

/** All reviewers at work. */
interface Desks {
  readonly office: Office;
  readonly products: readonly string[];
  readonly reviewers: readonly Reviewer[];
  /** The desk of each, as a tab that stays open: its button takes the next case. */
  readonly tabs: Map<string, Form>;
  /** Cases before somebody now, as `reference id`. */
  readonly before: Set<string>;
  /** How many of a level are taking a case at this instant, and by whom. */
  readonly taking: { readonly level: Level; readonly id: string }[];
  readonly sittings: Map<string, number>;
  /** What was played with a product at a level. */
  readonly played: Set<string>;
}

/**
 * Invented reviewers at their desks: they sign in, take the next case, read it for some days, type a verdict, look at
 * the decision and confirm it, by the pages alone. That something waits at all is seen in the records, so that nobody
 * opens a desk for nothing. Ends when everything stops, or with the error of whoever failed.
 */
export async function startReviewers(office: Office, products: readonly string[]): Promise<void> {
  const { publicUrl, send, pace } = office;
  const reviewers = (['l1', 'l2'] as const).flatMap((level) =>
    REVIEWERS[level].map((id): Reviewer => {
      const browser = openStaffBrowser({ account: id, publicUrl, send });
      return { id, level, browser, conflicts: new Set(), judged: new Set() };
    }),
  );
  const desks: Desks = {
    ...{ office, products, reviewers, tabs: new Map(), before: new Set(), taking: [] },
    ...{ sittings: new Map(), played: new Set() },
  };
  const running = new Set<Promise<void>>();
  let failed: Error | undefined;
  while (!pace.stopping.aborted && failed === undefined) {
    for (const work of await newWork(desks)) {
      const task = work()
        .catch((error: unknown) => {
          failed ??= error instanceof Error ? error : new Error(String(error));
        })
        .then(() => void running.delete(task));
      running.add(task);
    }
    await pace.days(EVERY);
  }
  await Promise.allSettled(running);
  if (failed !== undefined && !pace.stopping.aborted) throw failed;
}

/** What somebody begins now: cases that are theirs and lie there, and one of the pool for each that waits in it. */
async function newWork(desks: Desks): Promise<readonly (() => Promise<void>)[]> {
  const waiting = await waitingNow(desks.office);
  const work: (() => Promise<void>)[] = [];
  for (const level of ['l1', 'l2'] as const) {
    const own = waiting.filter((one) => one.level === level);
    for (const { reference, claimedBy } of own) {
      const reviewer = desks.reviewers.find(({ id }) => id === claimedBy);
      if (reviewer === undefined || desks.before.has(`${reference} ${reviewer.id}`)) continue;
      desks.before.add(`${reference} ${reviewer.id}`);
      work.push(() => goOn(desks, reviewer, reference));
    }
    const free = own.filter(({ claimedBy }) => claimedBy === null);
    for (const one of free.slice(desks.taking.filter((taking) => taking.level === level).length)) {
      const reviewer = whoTakes(desks, one);
      if (reviewer === undefined) break;
      desks.taking.push(reviewer);
      work.push(() => takeNext(desks, reviewer));
    }
  }
  return work;
}

async function waitingNow({ database, pace }: Office): Promise<readonly Waiting[]> {
  const found = await pace.patiently(() =>
    database.application.findMany({
      where: { open: true, state: { in: ['l1', 'l2'] } },
      select: { id: true, slug: true, state: true, claimedBy: true },
      orderBy: { id: 'asc' },
    }),
  );
  return found.map(({ id, slug, state, claimedBy }) => {
    return { reference: id, slug, level: state === 'l2' ? 'l2' : 'l1', claimedBy };
  });
}

/** Of those with room, somebody by chance. */
function whoTakes({ office, reviewers, before, taking }: Desks, { slug, level }: Waiting): Reviewer | undefined {
  const hands = (id: string) =>
    [...before].filter((one) => one.endsWith(` ${id}`)).length + taking.filter((one) => one.id === id).length;
  const free = reviewers.filter((one) => one.level === level && !one.conflicts.has(slug) && hands(one.id) < IN_HAND);
  return free[Math.floor(office.pace.random(`who ${slug} ${level}`) * free.length)];
}

/** Presses "Take the next" on the open desk; whatever that brings is read. */
async function takeNext(desks: Desks, reviewer: Reviewer): Promise<void> {
  const { office, tabs, taking, before } = desks;
  let page: Page | null;
  try {
    page = await office.acting(async () => {
      const tab = tabs.get(reviewer.id) ?? formTo(await reviewer.browser.open('/desk'), /\/desk\/next$/u);
      if (tab === null) return null;
      tabs.set(reviewer.id, tab);
      return reviewer.browser.submit(tab, {});
    });
    const row = page === null ? null : rowOf(page);
    if (row !== null) await untilHeard(office, row);
  } finally {
    taking.splice(taking.indexOf(reviewer), 1);
  }
  const about = page === null ? null : caseOn(page);
  // Somebody else was faster, or the list was older than what waits now.
  if (page === null || about === null) return done(office, 'nothing_to_take');
  const id = `${about.reference} ${reviewer.id}`;
  if (before.has(id)) return undefined;
  before.add(id);
  return sit(desks, reviewer, page).finally(() => before.delete(id));
}

/** Opens a case that is theirs already: it came back, or a colleague or staff handed it over. */
async function goOn(desks: Desks, reviewer: Reviewer, reference: string): Promise<void> {
  const { office, before } = desks;
  try {
    const page = await office.acting(() => reviewer.browser.open(`/desk/${reference}`));
    await sit(desks, reviewer, page);
  } finally {
    before.delete(`${reference} ${reviewer.id}`);
  }
}

/** Reads a case for some days, then does with it what there is to do. */
async function sit(desks: Desks, reviewer: Reviewer, page: Page): Promise<void> {
  const { office, products, sittings, played } = desks;
  const { pace } = office;
  const about = caseOn(page);
  if (about === null) return done(office, 'moved_on');
  const { slug, reference } = about;
  const times = (sittings.get(`${reference} ${reviewer.id}`) ?? 0) + 1;
  sittings.set(`${reference} ${reviewer.id}`, times);
  if (times === 1) done(office, 'read');
  if (times > MOST_SITTINGS) {
    odd(office, `${reference}: read ${times} times, and no verdict was taken`);
    await pace.days(SLOW);
  }
  const random = (what: string) => pace.random(`${what} ${slug} ${about.twoLevels ? 'annual_review' : 'privacy'}`);
  const sitting: Sitting = { office, reviewer, about, random };
  noteFirstRead(sitting, page);
  const at = random(`quirk ${reviewer.level}`);
  const planned = quirkOf({ index: products.indexOf(slug), level: reviewer.level, at });
  const quirk = played.has(`${slug} ${reviewer.level}`) ? null : planned;
  played.add(`${slug} ${reviewer.level}`);
  await pace.days(quirk === 'slow' ? SLOW : 0.4 + 2.4 * random(`reads ${reviewer.level} ${times}`));
  const after = quirk === null ? page : await playQuirk(sitting, page, quirk);
  const now = after === null ? null : caseOn(after);
  if (now !== null && !pace.stopping.aborted) await decide({ ...sitting, about: now }, now.form, quirk === 'undoes');
}
