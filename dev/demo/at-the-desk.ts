import { addDays, dayOf } from '../../domain/calendar.js';
import type { Level } from '../../domain/policy.js';
import { readClock } from '../../prisma/case-time.js';
import { done, hear, hide, marker, odd, untilHeard, type Office } from './office.js';
import type { Filled } from './form-client.js';
import type { Form, Page } from './page-reader.js';
import type { Plot, Quirk } from './quirks.js';
import { formTo, type StaffBrowser } from './staff-browser.js';
import { fillVerdict, readCasePage, type CasePage } from './verdict-page.js';
import { rowOf } from './visit.js';

/** An invented reviewer at a browser. */
export interface Reviewer {
  readonly id: string;
  readonly level: Level;
  readonly browser: StaffBrowser;
  /** Products with which they declared a conflict of interest. */
  readonly conflicts: Set<string>;
  /** Reviews on which they gave a verdict. */
  readonly judged: Set<string>;
}

/** Somebody with a case before them. */
export interface Sitting {
  readonly office: Office;
  readonly reviewer: Reviewer;
  readonly about: CasePage;
  readonly plot: Plot;
  /** Both levels must come to the same. */
  readonly mustAgree: boolean;
  /** A number from 0 up to 1 for this product and what it is for. */
  readonly random: (what: string) => number;
}

/** What is done with a case instead of a verdict: the page that follows, or null if the case is not theirs any more. */
export async function playQuirk(sitting: Sitting, page: Page, quirk: Quirk): Promise<Page | null> {
  const { office, reviewer, about } = sitting;
  switch (quirk) {
    case 'sets_aside': {
      const until = addDays(await today(office), 3);
      const after = await act(sitting, page, { to: /\/set-aside$/u, typed: { until }, what: quirk });
      await office.pace.days(3);
      return after;
    }
    case 'gives_back':
      await act(sitting, page, { to: /\/give-back$/u, typed: {}, what: quirk });
      return null;
    case 'conflict': {
      reviewer.conflicts.add(about.slug);
      await act(sitting, page, { to: /\/conflict$/u, typed: {}, what: quirk });
      const desk = await office.acting(() => reviewer.browser.open('/desk'));
      const offered = desk.links.some(({ href }) => href.endsWith(`/desk/${about.reference}`));
      if (offered) odd(office, `${about.reference}: offered again after a conflict of interest was declared`);
      return null;
    }
    case 'hands_over': {
      const form = formTo(page, /\/hand-over$/u);
      const to = form?.fields.find(({ name }) => name === 'to')?.choices[0]?.value;
      if (to === undefined) return page;
      const reason = `Invented, for colleagues only: ${hide(office, 'handed')}.`;
      await act(sitting, page, { to: /\/hand-over$/u, typed: { to, reason }, what: quirk });
      return null;
    }
    case 'signed_out':
      await office.acting(() => reviewer.browser.leave());
      return page;
    default:
      return page;
  }
}

/** Removes an advertisement without a review. */
export async function removeSpam(sitting: Sitting, page: Page): Promise<void> {
  const reason = `Invented, for colleagues only: ${hide(sitting.office, 'removed')}.`;
  await act(sitting, page, { to: /\/remove$/u, typed: { why: 'spam', reason }, what: 'removes' });
}

/** Presses the button of one of the forms of a page; the page that follows. */
export async function act(
  { office, reviewer, about }: Sitting,
  page: Page,
  { to, typed, what }: { readonly to: RegExp; readonly typed: Readonly<Record<string, string>>; readonly what: string },
): Promise<Page> {
  const form = formTo(page, to);
  if (form === null) {
    done(office, 'moved_on');
    return page;
  }
  const after = await office.acting(() => reviewer.browser.submit(form, typed));
  const row = hear(office, after);
  if (row !== null) {
    done(office, what);
    await untilHeard(office, row);
  } else odd(office, `${about.reference}: ${what.replaceAll('_', ' ')} led to “${after.h1}” (${after.status})`);
  return after;
}

/** The day of case time. */
export async function today({ database, pace }: Office) {
  const { now } = await pace.patiently(() => database.$transaction(readClock));
  return dayOf(now);
}

/** Types a verdict, looks at the decision and confirms it; the page that follows, or null if the case had moved on. */
export async function decide(sitting: Sitting, form: Form, undoes: boolean): Promise<Page | null> {
  const { office, reviewer, about, plot, mustAgree } = sitting;
  const { level } = reviewer;
  const before = reviewer.browser.sentAgain();
  const internal = `Invented, for reviewers only: ${hide(office, 'internal')}.`;
  const taken = undoes ? marker(office, 'undone') : null;
  const publicReason = taken === null ? (firstWordsOf(sitting) ?? '') : `Invented, and undone: ${taken}.`;
  const bad = plot.fails === true || (level === 'l2' && about.says === 'not_open');
  const filled = fillVerdict(about, { level, bad, mustAgree, words: { internal, publicReason } });
  const after = await confirm(sitting, form, filled);
  if (reviewer.browser.sentAgain() > before) done(office, 'signed_out');
  const row = after === null ? null : rowOf(after);
  if (after === null || row === null) return null;
  done(office, 'verdicts');
  if (level === 'l1' && about.twoLevels && about.unclear !== null && !mustAgree) done(office, 'asks_at_first');
  reviewer.judged.add(about.reference);
  if (taken !== null) await undo(sitting, after, taken);
  await untilHeard(office, row);
  return after;
}

/** Sends what was typed, looks at what it would lead to and confirms it; the page that follows, null: it was not taken. */
export async function confirm({ office, reviewer }: Sitting, form: Form, filled: Filled): Promise<Page | null> {
  const looked = await office.acting(() => reviewer.browser.submit(form, filled));
  const button = formTo(looked, /\/decide$/u);
  const after = button === null ? null : await office.acting(() => reviewer.browser.submit(button, {}));
  // The owner's own answers took the place of those that the machine had sent, staff ended it, or a colleague has it.
  if (after === null || hear(office, after) === null) {
    done(office, 'moved_on');
    return null;
  }
  return after;
}

/** What a first level says where a second one decides: nobody but reviewers ever reads it. */
function firstWordsOf({ office, reviewer: { level }, about }: Sitting): string | null {
  const { reference, twoLevels, appeal } = about;
  if (level !== 'l1' || !twoLevels || appeal !== null) return null;
  const words = hide(office, 'first');
  office.firstWords.set(reference, words);
  return `Invented, of the first level: ${words}.`;
}

/** Takes the decision back while that is possible; the text that stood in it must be nowhere then. */
async function undo({ office, reviewer, about: { reference } }: Sitting, page: Page, taken: string): Promise<void> {
  const again = formTo(page, /\/undo$/u) === null ? await reviewer.browser.open(`/desk/${reference}`) : page;
  const form = formTo(again, /\/undo$/u);
  const after = form === null ? null : await office.acting(() => reviewer.browser.submit(form, {}));
  const row = after === null ? null : hear(office, after);
  if (row === null) {
    done(office, 'too_late_to_undo');
    return;
  }
  done(office, 'undoes');
  office.undone.push({ reference, marker: taken, row });
  await untilHeard(office, row);
}

/** Notes whether the page of a case shows a second reviewer what the first one said, before a verdict of their own. */
export function noteFirstRead({ office, reviewer, about }: Sitting, page: Page): void {
  const words = office.firstWords.get(about.reference);
  if (reviewer.level !== 'l2' || words === undefined || reviewer.judged.has(about.reference)) return;
  // Whoever hears an appeal reads what it is against.
  if (about.appeal !== null) return;
  office.firstReads.push({ reference: about.reference, saw: page.text.includes(words) });
}

/** The page of a case, read; null: it is not there or not theirs to judge. */
export function caseOn(page: Page): (CasePage & { readonly form: Form }) | null {
  const about = readCasePage(page);
  const form = about?.form ?? null;
  return about === null || form === null ? null : { ...about, form };
}
