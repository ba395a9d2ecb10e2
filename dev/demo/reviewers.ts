import type { Seat } from '../../domain/policy.js';
import { storedReview } from '../../prisma/stored-review.js';
import { comeBack, keepAbsences, type Absences } from './absences.js';
import { askExperts } from './asking-experts.js';
import { caseOn, decide, noteFirstRead, playQuirk, removeSpam, type Reviewer, type Sitting } from './at-the-desk.js';
import { REVIEWERS } from './demo-staff.js';
import { done, odd, untilHeard, type Office } from './office.js';
import { nominatorsOf } from './nominators.js';
import type { Page } from './page-reader.js';
import { plotOf, quirkOf, type Quirk } from './quirks.js';
import { formTo, openStaffBrowser } from './staff-browser.js';
import type { World } from './types.js';
import { readCasePage, type CasePage } from './verdict-page.js';
import { rowOf } from './visit.js';

/** So many cases a reviewer has in hand at once; there is room for one that a colleague hands over. */
const IN_HAND = 4;
/** Who sits down to the same case so often gets nowhere. */
const MOST_SITTINGS = 12;
/** Longer than the reviewers' time of a level, in days. */
const SLOW = 20;
/** How often the button that takes the next case is pressed twice. */
const TWICE = 1 / 6;
/** Days between two looks at whether anything waits. */
const EVERY = 0.25;

/** Something that waits for reviewers. */
interface Waiting {
  readonly reference: string;
  readonly slug: string;
  readonly seat: Seat;
  readonly claimedBy: string | null;
}

/** All reviewers at work. */
interface Desks {
  readonly office: Office;
  /** What reviews are of, by the place in which something is played with it: slugs, or names of what is nominated. */
  readonly products: readonly string[];
  readonly nominated: readonly string[];
  readonly reviewers: readonly Reviewer[];
  /** Cases before somebody now, as `reference id`. */
  readonly before: Set<string>;
  /** Who is taking a case at this instant, and as what. */
  readonly taking: { readonly seat: Seat; readonly id: string }[];
  readonly absences: Absences;
  readonly sittings: Map<string, number>;
  /** Reviews about which experts were asked, or were to be. */
  readonly consulted: Set<string>;
  /** What was played with a product at a level. */
  readonly played: Set<string>;
}

/**
 * Invented reviewers at their desks: they sign in, take the next case, read it for some days, type a verdict, look at
 * the decision and confirm it, by the pages alone. That something waits at all is seen in the records, so that nobody
 * opens a desk for nothing. Ends when everything stops, or with the error of whoever failed.
 */
export async function startReviewers(office: Office, world: World): Promise<void> {
  const { publicUrl, send, pace } = office;
  const reviewers = (['l1', 'l2'] as const).flatMap((level) =>
    REVIEWERS[level].map((id): Reviewer => {
      const browser = openStaffBrowser({ account: id, publicUrl, send });
      return { id, level, browser, conflicts: new Set(), judged: new Set() };
    }),
  );
  const desks: Desks = {
    ...{ products: world.products, nominated: nominatorsOf(world).map(({ nominates }) => nominates.name) },
    ...{ office, reviewers, before: new Set(), taking: [] },
    ...{ sittings: new Map(), consulted: new Set(), played: new Set(), absences: keepAbsences(office, reviewers) },
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
  const { office, reviewers, before, taking, absences } = desks;
  const back = new Set(await absences.whoIsBack());
  const work = reviewers.filter(({ id }) => back.has(id)).map((one) => () => comeBack(office, absences, one));
  const waiting = await waitingNow(office);
  for (const seat of ['l1', 'l2', 'appeal'] as const) {
    const own = waiting.filter((one) => one.seat === seat).map((one) => ({ ...one, has: whoHas(desks, one) }));
    for (const { reference, claimedBy, has } of own) {
      const isBefore = [claimedBy, has?.id].some((id) => before.has(`${reference} ${id ?? ''}`));
      if (has === null || has === undefined || isBefore) continue;
      before.add(`${reference} ${has.id}`);
      work.push(() => goOn(desks, has, reference));
    }
    const free = own.filter(({ has }) => has === null);
    for (const one of free.slice(taking.filter((taken) => taken.seat === seat).length)) {
      const reviewer = whoTakes(desks, one);
      if (reviewer === undefined) continue;
      const taken = { seat, id: reviewer.id };
      taking.push(taken);
      work.push(() => take(desks, reviewer, one).finally(() => void taking.splice(taking.indexOf(taken), 1)));
    }
  }
  return work;
}

async function waitingNow({ database, pace }: Office): Promise<readonly Waiting[]> {
  const found = await pace.patiently(() =>
    database.application.findMany({
      where: { open: true, state: { in: ['l1', 'l2', 'appeal'] } },
      select: { id: true, slug: true, state: true, claimedBy: true },
      orderBy: { id: 'asc' },
    }),
  );
  // One of the states that were asked for.
  return found.map(({ id, slug, state, claimedBy }) => ({ reference: id, slug, seat: state as Seat, claimedBy }));
}

/** Whose a case is: of whoever took it, or stands in for them. Null: nobody's; undefined: of nobody here. */
function whoHas({ reviewers, absences }: Desks, { slug, seat, claimedBy }: Waiting): Reviewer | null | undefined {
  if (claimedBy === null) return null;
  const deputy = absences.deputyOf(claimedBy);
  const found = reviewers.find(({ id }) => id === (deputy ?? claimedBy));
  if (deputy === null || found === undefined) return found;
  // Whether a deputy may hear an appeal nobody knows here: it waits until its reviewer is back.
  if (seat === 'appeal') return undefined;
  return found.conflicts.has(slug) || absences.deputyOf(found.id) !== null ? null : found;
}

/** Of those with room, somebody by chance. */
function whoTakes(desks: Desks, { reference, slug, seat }: Waiting): Reviewer | undefined {
  const { office, reviewers, before, taking, absences } = desks;
  const hands = (id: string) =>
    [...before].filter((one) => one.endsWith(` ${id}`)).length + taking.filter((one) => one.id === id).length;
  const isAsked = ({ level, judged }: Reviewer) => (seat === 'appeal' ? !judged.has(reference) : level === seat);
  const free = reviewers.filter(
    (one) => isAsked(one) && !one.conflicts.has(slug) && absences.deputyOf(one.id) === null && hands(one.id) < IN_HAND,
  );
  return free[Math.floor(office.pace.random(`who ${slug} ${seat}`) * free.length)];
}

/** Takes a case of the pool; whatever that brings is read. */
async function take(desks: Desks, reviewer: Reviewer, { reference, seat }: Waiting): Promise<void> {
  const { office, before } = desks;
  const page = await office.acting(() =>
    seat === 'appeal' ? pressTake(reviewer, reference) : pressNext(office, reviewer),
  );
  const row = page === null ? null : rowOf(page);
  if (row !== null) await untilHeard(office, row);
  const about = page === null ? null : caseOn(page);
  // Somebody else was faster, or the list was older than what waits now.
  if (page === null || about === null) {
    // Or a deputy gave a verdict in their name: whoever reads that does not try again.
    if (seat === 'appeal') reviewer.judged.add(reference);
    return done(office, 'nothing_to_take');
  }
  const id = `${about.reference} ${reviewer.id}`;
  if (before.has(id)) return undefined;
  before.add(id);
  return sit(desks, reviewer, page).finally(() => before.delete(id));
}

/** Presses "Take the next" on the desk, now and then twice: that takes no second case. */
async function pressNext(office: Office, { id, browser }: Reviewer): Promise<Page | null> {
  const form = formTo(await browser.open('/desk'), /\/desk\/next$/u);
  if (form === null) return null;
  const page = await browser.submit(form, {});
  const first = readCasePage(page)?.reference;
  if (first === undefined || office.pace.random(`twice ${id} ${first}`) >= TWICE) return page;
  const again = readCasePage(await browser.submit(form, {}))?.reference;
  if (again !== undefined && again !== first) odd(office, `${again}: taken by the button that had taken ${first}`);
  done(office, 'pressed_twice');
  return page;
}

/** Opens an appeal and presses "Take this case". */
async function pressTake({ browser }: Reviewer, reference: string): Promise<Page | null> {
  const form = formTo(await browser.open(`/desk/${reference}`), /\/claim$/u);
  return form === null ? null : browser.submit(form, {});
}

/** Opens a case that is theirs already: it came back, a colleague or staff handed it over, or they stand in. */
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
  const { office, sittings, absences } = desks;
  const { pace } = office;
  const about = caseOn(page);
  if (about === null) return done(office, 'moved_on');
  const { reference, form } = about;
  const times = (sittings.get(`${reference} ${reviewer.id}`) ?? 0) + 1;
  sittings.set(`${reference} ${reviewer.id}`, times);
  if (times === 1) done(office, 'read');
  if (times > MOST_SITTINGS) {
    odd(office, `${reference}: read ${times} times, and no verdict was taken`);
    await pace.days(SLOW);
  }
  const random = (what: string) =>
    pace.random(`${what} ${subjectOf(about)} ${about.twoLevels ? 'annual_review' : 'privacy'}`);
  const plot = plotOf({ index: placeOf(desks, about), random });
  const mustAgree = about.unclear !== null && about.twoLevels && (await mustAgreeOn(office, reference));
  const sitting: Sitting = { office, reviewer, about, plot, mustAgree, random };
  noteFirstRead(sitting, page);
  const asks = expertsToAsk(desks, sitting);
  const quirk = asks === null ? quirkNow(desks, sitting) : null;
  await pace.days(quirk === 'slow' ? SLOW : 0.4 + 2.4 * random(`reads ${reviewer.level} ${times}`));
  if (about.says === 'spam' && reviewer.level === 'l1') return removeSpam(sitting, page);
  // Whoever went away meanwhile leaves it to the deputy.
  if (absences.deputyOf(reviewer.id) !== null) return done(office, 'moved_on');
  if (asks !== null) return askExperts(sitting, form, asks);
  if (quirk === 'away' && (await absences.leave(sitting, 'after'))) return undefined;
  if (quirk === 'back_early' && (await absences.leave(sitting, 'early'))) return undefined;
  const after = quirk === null ? page : await playQuirk(sitting, page, quirk);
  const now = after === null ? null : caseOn(after);
  if (now !== null && !pace.stopping.aborted) await decide({ ...sitting, about: now }, now.form, quirk === 'undoes');
  return undefined;
}

/** Whether both levels must come to the same in a review: reviewers are told by whoever runs the reviews. */
async function mustAgreeOn({ database, pace }: Office, id: string): Promise<boolean> {
  const { review } = await pace.patiently(() =>
    database.application.findUniqueOrThrow({ where: { id }, select: { review: true } }),
  );
  return storedReview(review).policy.rule === 'both_agree';
}

/** Whom the plot of a product has asked first, once, by the level that may; null: nobody. */
function expertsToAsk({ consulted }: Desks, { about, plot }: Sitting): readonly string[] | null {
  if (plot.asks === undefined || !about.mayAsk || consulted.has(about.reference)) return null;
  consulted.add(about.reference);
  return plot.asks;
}

/** What is played with a product at a level, once; null: nothing. */
function quirkNow(desks: Desks, { reviewer: { level }, about, random }: Sitting): Quirk | null {
  const key = `${subjectOf(about)} ${level}`;
  if (about.appeal !== null || desks.played.has(key)) return null;
  desks.played.add(key);
  return quirkOf({ index: placeOf(desks, about), level, at: random(`quirk ${level}`) });
}

/** What is the same for a seed: what is nominated has a slug by chance at first. */
function subjectOf({ isNomination, product, slug }: CasePage): string {
  return isNomination ? product : slug;
}

/** The place of a product in the order of the demonstration, or of a nomination in that of nominations. */
function placeOf({ products, nominated }: Desks, about: CasePage): number {
  return (about.isNomination ? nominated : products).indexOf(subjectOf(about));
}
