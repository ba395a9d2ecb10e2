import type { CaughtEmail, Mailbox } from '../mailbox.js';
import { addressOf, EXPERTS, type ExpertHabit } from './demo-staff.js';
import { openExpertBrowser, type ExpertBrowser } from './expert-browser.js';
import { done, hear, hide, odd, untilHeard, type Office } from './office.js';
import type { Page } from './page-reader.js';
import { formTo } from './staff-browser.js';
import { choice } from './typing.js';

/** An invented expert at a browser. */
interface Expert {
  readonly id: string;
  readonly habit: ExpertHabit;
  readonly browser: ExpertBrowser;
}

/** Somebody who was asked a question. */
interface Asked {
  /** Pressed that they accept. */
  accepted: boolean;
  readonly office: Office;
  readonly expert: Expert;
  /** The page that the email names. */
  readonly page: string;
  /** A number from 0 up to 1 for this question and what it is for. */
  readonly random: (what: string) => number;
}

/** Somebody else is asked after three days: whoever writes so late looks once a day, and gives up after so many more. */
const LATE_AFTER = 4;
const MOST_LOOKS = 20;
/** So many codes are sent to one person within minutes. */
const MOST_CODES = 3;

/**
 * Starts the invented experts: each reads the emails that come to the own address, signs in by the code of an email, and
 * answers, declines, keeps silent or comes late, by habit. What fails is noted. `stop` waits for whoever acts: stop the
 * pace first.
 */
export function startExperts(
  office: Office,
  mailbox: Pick<Mailbox, 'emails' | 'onEmail'>,
): { readonly stop: () => Promise<void> } {
  const { send } = office;
  const experts = new Map(
    Object.entries(EXPERTS).map(([id, habit]): [string, Expert] => {
      const address = addressOf(id);
      return [address, { id, habit, browser: openExpertBrowser({ address, mailbox, send }) }];
    }),
  );
  const running = new Set<Promise<void>>();
  // Nobody answers two questions at the same instant.
  const last = new Map<string, Promise<void>>();
  const end = mailbox.onEmail((email) => {
    const expert = experts.get(email.to);
    const asked = expert === undefined ? null : readQuestion(office, expert, email);
    if (expert === undefined || asked === null) return;
    const task = (last.get(expert.id) ?? Promise.resolve())
      .then(() => react(asked))
      .catch((error: unknown) => odd(office, `an expert: ${error instanceof Error ? error.message : String(error)}`))
      .then(() => void running.delete(task));
    last.set(expert.id, task);
    running.add(task);
  });
  return {
    stop: async () => {
      end();
      await Promise.all(running);
    },
  };
}

/** The question that an email asks; null: it is about something else. */
function readQuestion(office: Office, expert: Expert, { subject, links }: CaughtEmail): Asked | null {
  const page = links.find((link) => link.startsWith(`${office.publicUrl}/expert/20`));
  if (page === undefined || !/^we ask for your advice /iu.test(subject)) return null;
  done(office, 'experts_asked');
  const random = (what: string) => office.pace.random(`${what} ${expert.id} ${subject}`);
  return { office, expert, page, random, accepted: false };
}

async function react(asked: Asked): Promise<void> {
  const { office, expert, random } = asked;
  const { pace } = office;
  switch (expert.habit) {
    case 'silent':
      return undefined;
    case 'declines':
      await pace.days(0.3 + random('declines'));
      return decline(asked);
    case 'answers':
      await pace.days(0.3 + 1.2 * random('accepts'));
      await press(asked, await look(asked), { to: /\/accept$/u, what: 'experts_accept' });
      asked.accepted = true;
      await pace.days(0.3 + 1.5 * random('answers'));
      await write(asked, await look(asked));
      return undefined;
    case 'late':
      return adviseLate(asked);
    default:
      return expert.habit satisfies never;
  }
}

/** The page of the question; null: it could not be opened. What it shows is kept for the checks. */
async function look(asked: Asked): Promise<Page | null> {
  const { office, expert, page: url } = asked;
  const { pace } = office;
  let page: Page | null = null;
  // A code may get lost, with its email or on the way back: then there is another one.
  for (let tries = 0; tries < MOST_CODES && page === null && !pace.stopping.aborted; tries += 1) {
    if (tries > 0) await pace.days(1);
    page = await office.acting(() => expert.browser.open(url));
  }
  if (pace.stopping.aborted) return null;
  const [, reference, section] = /\/expert\/([0-9A-Z-]+)\/\d+\/(\w+)$/u.exec(url) ?? [];
  if (page === null || page.status !== 200 || reference === undefined || section === undefined) {
    odd(office, `an expert could not open the page of a question (${page?.status ?? 'no code came'})`);
    return null;
  }
  // Where somebody else is asked meanwhile it comes to nothing, and no answers are shown.
  const accepted = asked.accepted && /what the owner answered/iu.test(page.text);
  office.expertReads.push({ reference, section, accepted, text: page.text });
  return page;
}

async function decline(asked: Asked): Promise<void> {
  await press(asked, await look(asked), { to: /\/decline$/u, what: 'experts_decline', typed: { why: 'no_time' } });
}

/** Leaves it for another day as long as there is time. */
async function adviseLate(asked: Asked): Promise<void> {
  const { office } = asked;
  await office.pace.days(LATE_AFTER);
  for (let looks = 0; looks < MOST_LOOKS && !office.pace.stopping.aborted; looks += 1) {
    const page = await look(asked);
    if (page === null) return;
    if (/somebody else is asked now/iu.test(page.text)) {
      const after = await write(asked, page);
      if (after !== null && !/came late/iu.test(after.text)) odd(office, 'late advice is not shown as late');
      return;
    }
    await office.pace.days(1);
  }
}

/** Types advice and sends it; the page as it is when that was taken. */
async function write(asked: Asked, page: Page | null): Promise<Page | null> {
  const { office, random } = asked;
  const field = page === null ? undefined : formTo(page, /\/advice$/u)?.fields.find(({ name }) => name === 'word');
  if (field === undefined) return null;
  const word = choice(field, random('advises') < 0.7 ? /^meets/iu : /^cannot say/iu);
  const text = `Invented, for reviewers only: ${hide(office, 'advice')}.`;
  await press(asked, page, { to: /\/advice$/u, what: 'experts_advise', typed: { word, text } });
  return office.acting(() => asked.expert.browser.open(asked.page));
}

/** Sends one of the forms of a page. */
async function press(
  { office, expert }: Asked,
  page: Page | null,
  {
    to,
    what,
    typed = {},
  }: { readonly to: RegExp; readonly what: string; readonly typed?: Readonly<Record<string, string>> },
): Promise<void> {
  const form = page === null ? null : formTo(page, to);
  if (form === null) return;
  const after = await office.acting(() => expert.browser.submit(form, typed));
  const row = hear(office, after);
  if (row === null) {
    odd(office, `${what.replaceAll('_', ' ')} led to “${after.h1}” (${after.status})`);
    return;
  }
  done(office, what);
  await untilHeard(office, row);
}
