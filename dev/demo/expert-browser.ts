import { setTimeout as pause } from 'node:timers/promises';
import type { CaughtEmail, Mailbox } from '../mailbox.js';
import { openBrowser, type Fetch, type Filled } from './form-client.js';
import type { Form, Page } from './page-reader.js';
import { formTo } from './staff-browser.js';

/** An expert at a browser without scripts, who signs in by the code of an email. */
export interface ExpertBrowser {
  /** Opens a page, and signs in on the way if it says so; null: no code came that opens it. */
  open(url: string): Promise<Page | null>;
  submit(form: Form, fields: Filled): Promise<Page>;
}

/** Who it is, and where the emails come. */
export interface ExpertDoor {
  readonly address: string;
  readonly mailbox: Pick<Mailbox, 'emails'>;
  readonly send?: Fetch;
}

/** So long somebody waits for a code in real milliseconds, and looks so often. */
const PATIENCE_MS = 20_000;
const LOOKS_EVERY_MS = 100;
/** Codes that are tried on one page: an email may come twice, or late. */
const MOST_CODES = 4;

/** Opens a browser that nobody has signed in with yet. */
export function openExpertBrowser({ address, mailbox, send }: ExpertDoor): ExpertBrowser {
  const browser = openBrowser(send);
  const codesHere = () => mailbox.emails().filter((email) => email.to === address && codeIn(email) !== null);
  const signIn = async (door: Page): Promise<Page | null> => {
    const before = new Set(codesHere().map(({ id }) => id));
    const ask = formTo(door, /\/expert\/sign-in$/u);
    if (ask === null) return null;
    let page = await browser.submit(ask, { address });
    for (let codes = 0; codes < MOST_CODES; codes += 1) {
      const type = formTo(page, /\/expert\/code$/u);
      const email = type === null ? null : await newest(codesHere, before);
      if (type === null || email === null) return null;
      before.add(email.id);
      page = await browser.submit(type, { code: codeIn(email) ?? '' });
      if (!isDoor(page)) return page;
    }
    return null;
  };
  return {
    open: async (url) => {
      const page = await browser.open(url);
      return isDoor(page) ? signIn(page) : page;
    },
    submit: (form, fields) => browser.submit(form, fields),
  };
}

/** The newest email with a code that was not there before; null: none comes. */
async function newest(codes: () => readonly CaughtEmail[], before: ReadonlySet<string>): Promise<CaughtEmail | null> {
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const found = codes().findLast(({ id }) => !before.has(id));
    if (found !== undefined) return found;
    await pause(LOOKS_EVERY_MS);
  }
  return null;
}

/** The code that an email brings; null: it is about something else. */
function codeIn({ subject, text }: CaughtEmail): string | null {
  return /^your code to sign in/iu.test(subject) ? (/^> (\w{4} \w{4})\s*$/mu.exec(text)?.[1] ?? null) : null;
}

function isDoor({ url }: Page): boolean {
  return /^\/expert\/(sign-in|code)$/u.test(new URL(url).pathname);
}
