import type { RequestWord } from '../../domain/case.js';
import { meetColleague } from './colleagues.js';
import { inviteColleague } from './drafting-colleague.js';
import type { Deed } from './habits.js';
import { complain, count, type Matter, type Stage } from './matter.js';
import type { Page } from './page-reader.js';
import { CONVINCING, NOT_OPEN, SPAM, UNCLEAR } from './verdict-page.js';
import type { Habit, Told } from './types.js';
import type { Rewriting } from './typing.js';
import { beginVisit, enter, goThrough, linkLike, rowOf, save, shown, type Aim, type Visit } from './visit.js';

/** What a person sees after something was sent: it is looked at again until its outcome is there. */
interface Waiting {
  readonly visit: Visit;
  readonly page: Page;
  readonly kind: Told['kind'];
}

/** What somebody may do who is asked nothing. */
const AT_ANY_TIME: readonly Deed[] = ['look', 'withdrawal', 'appeal'];

/**
 * Does something in a review. Whoever is asked nothing any more does nothing. Tells whether it is to be tried again,
 * because the page says that it could not be taken.
 */
export async function act(stage: Stage, matter: Matter, deed: Deed): Promise<'done' | 'again'> {
  if (matter.done && !AT_ANY_TIME.includes(deed)) return 'done';
  const waiting = await stage.acting(() => visitReview(stage, matter, deed));
  return waiting === null ? 'done' : untilOutcome(waiting);
}

async function visitReview(stage: Stage, matter: Matter, deed: Deed): Promise<Waiting | null> {
  if (stage.pace.stopping.aborted) return null;
  const visit = beginVisit(stage, matter);
  if (deed === 'new_link') return askForLink(visit);
  const page = await enter(visit);
  if (page === null) return null;
  switch (deed) {
    case 'look':
      count(stage, 'looks');
      return null;
    case 'answer':
    case 'draft':
      return answer(visit, page, deed === 'draft');
    case 'invite':
      await inviteColleague(visit, page);
      return null;
    case 'appeal':
    case 'more_time':
    case 'not_me':
    case 'answered_elsewhere':
    case 'withdrawal':
      return ask(visit, page, deed);
    default:
      return deed satisfies never;
  }
}

async function answer(visit: Visit, start: Page, leaveHalfway: boolean): Promise<Waiting | null> {
  const { stage, matter } = visit;
  const { habit } = matter.person;
  if (matter.asksAgain) count(stage, 'clarification');
  const went = await goThrough(visit, start, aimOf(visit, leaveHalfway));
  if (went.is === 'left') count(stage, 'draft');
  if (went.is !== 'sent') return null;
  count(stage, habit);
  hear(visit, went.page, 'answers', { ...matter.typed });
  matter.done = true;
  return { visit, page: went.page, kind: 'answers' };
}

/** What reviewers find in the first text of those who come to more than a verdict. */
const WORDS_OF: Readonly<Partial<Record<Habit, string>>> = {
  needs_clarification: UNCLEAR,
  gives_up: UNCLEAR,
  not_open: NOT_OPEN,
  advertises: SPAM,
};

function aimOf({ matter }: Visit, leaveHalfway: boolean): Aim {
  const { habit } = matter.person;
  const words = matter.played ? undefined : (WORDS_OF[habit] ?? (matter.plot.unclear === true ? UNCLEAR : undefined));
  const twoPeople = habit === 'two_people' && !matter.played;
  const rewriting = (): Rewriting => {
    if (matter.asksAgain) return { texts: 'all' };
    if (words !== undefined && !matter.played) return { texts: 'first', words };
    return { texts: twoPeople && !matter.played ? 'first' : 'some' };
  };
  return {
    leaveHalfway,
    rewriting,
    save: async (visit, page, form, filled) => {
      const first = filled.text !== null && !matter.played;
      if (first) matter.played = true;
      if (first && twoPeople) return meetColleague(visit, page, form, filled);
      return save(visit, form, filled);
    },
    send: (visit, form) => (habit === 'double_click' ? sendTwice(visit, form) : visit.browser.submit(form, {})),
  };
}

/** Presses the button twice at once: both must lead to the same row. */
const sendTwice: Aim['send'] = async ({ stage, matter, browser }, form) => {
  const [one, other] = await Promise.all([browser.submit(form, {}), browser.submit(form, {})]);
  count(stage, 'sent_twice');
  if (rowOf(one) !== rowOf(other)) complain(stage, matter, 'sent twice at once, and received as two');
  return one;
};

const LINKS: Readonly<Record<RequestWord | 'appeal', RegExp>> = {
  appeal: /^appeal$/iu,
  more_time: /more time/iu,
  not_me: /not for me/iu,
  answered_elsewhere: /answered elsewhere/iu,
  withdrawal: /withdraw/iu,
};

/** Finds the page of a request or of an appeal by the words of its link, writes a few words and sends it. */
async function ask(visit: Visit, start: Page, wish: RequestWord | 'appeal'): Promise<Waiting | null> {
  const { stage, matter, browser, writer } = visit;
  const list = linkLike(start, /^back to the list/iu);
  const page = list === null ? start : await browser.open(list);
  const link = linkLike(page, LINKS[wish]);
  if (link === null) return null;
  const asking = await browser.open(link);
  const form = asking.forms.find(({ method }) => method === 'post');
  const box = form === undefined ? undefined : shown(form)[0];
  if (form === undefined || box === undefined) {
    complain(stage, matter, `${wish.replaceAll('_', ' ')} has no form`);
    return null;
  }
  const typed = { [box.name]: wish === 'appeal' ? grounds(visit) : writer.secret() };
  const after = await browser.submit(form, typed);
  count(stage, `asked_${wish}`);
  const kind = wish === 'appeal' ? 'appeal' : 'request';
  hear(visit, after, kind, typed);
  return { visit, page: after, kind };
}

/** Why somebody appeals. An email repeats it to them; nobody else but reviewers and staff may read it. */
function grounds({ stage, matter: { plot, person } }: Visit): string {
  const marker = `zq-grounds-${stage.reserved.length + 1}-z`;
  stage.reserved.push({ text: marker, to: [person.address] });
  const why = plot.appeals === 'convincing' ? `The licence file is there: ${CONVINCING}` : 'We see it otherwise';
  return `Invented grounds. ${why}. ${marker}`;
}

/** Opens a link without its last letters; the page that says so takes reference and address, and sends a new one. */
async function askForLink({ stage, matter, browser }: Visit): Promise<null> {
  const page = await browser.open(matter.link.slice(0, -5));
  const form = page.forms.find(({ method }) => method === 'post');
  const reference = form?.fields.find(({ label }) => /reference/iu.test(label));
  const address = form?.fields.find(({ kind }) => kind === 'email');
  if (form === undefined || reference === undefined || address === undefined) {
    complain(stage, matter, `a link without its end opened “${page.title}” (${page.status}), which sends no new one`);
    return null;
  }
  const typed = { [reference.name]: matter.reference, [address.name]: matter.person.address };
  const after = await browser.submit(form, typed);
  count(stage, 'asked_new_link');
  if (!/check your email/iu.test(after.h1)) complain(stage, matter, `asking for a new link led to “${after.h1}”`);
  return null;
}

const RECEIVED = /we (received|have) your (answers|request|appeal)/iu;
const NOT_TAKEN = /we could not take your (answers|request|appeal)/iu;

/** Puts what a page says was received on the owner's own list. */
function hear({ stage, matter }: Visit, page: Page, kind: Told['kind'], typed: Told['typed']): void {
  const row = rowOf(page);
  if (row === null) complain(stage, matter, `what was sent led to “${page.title}”`);
  else if (RECEIVED.test(page.text)) stage.told.push({ reference: matter.reference, kind, row, typed });
  else if (NOT_TAKEN.test(page.text)) count(stage, 'refused_at_once');
  else complain(stage, matter, `the page says neither that it was received nor that it was not: “${page.h1}”`);
}

const MOST_LOOKS = 40;

/** Lets the page load itself again, as browsers do, until it shows the outcome. */
async function untilOutcome({ visit, page: first, kind }: Waiting): Promise<'done' | 'again'> {
  const { stage, matter, browser } = visit;
  const { pace } = stage;
  let page = first;
  for (let looks = 0; page.refresh !== null && !pace.stopping.aborted; looks += 1) {
    if (looks === MOST_LOOKS) {
      complain(stage, matter, 'a page never showed what became of what was sent');
      break;
    }
    await pace.days((page.refresh * 1_000) / pace.dayMs);
    const { url } = page;
    page = await stage.acting(() => browser.open(url));
    count(stage, 'looked_again');
  }
  if (page.refresh !== null || kind !== 'answers') return 'done';
  if (NOT_TAKEN.test(page.text)) {
    count(stage, 'not_taken');
    matter.done = false;
    return 'again';
  }
  matter.typed = {};
  return 'done';
}
