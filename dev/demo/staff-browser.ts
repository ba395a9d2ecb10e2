import { setTimeout as pause } from 'node:timers/promises';
import { openBrowser, type Browser, type Fetch, type Filled } from './form-client.js';
import type { Button, Form, Page } from './page-reader.js';
import { linkLike } from './visit.js';

/** Somebody of the staff at a browser without scripts. */
export interface StaffBrowser {
  /** Opens a page by its path, and signs in on the way if it says so. */
  open(path: string): Promise<Page>;
  /** Sends a form; signs in and sends it once more if the page that follows says so. */
  submit(form: Form, fields: Filled, button?: Button): Promise<Page>;
  /** Ends the session, as in another tab: pages that are open stay so. */
  leave(): Promise<void>;
  /** How often a form was sent after the session had ended, and had to be sent again. */
  readonly sentAgain: () => number;
}

/** Who it is, and where. */
export interface StaffDoor {
  /** The account to choose at the identity provider. */
  readonly account: string;
  /** No slash at its end. */
  readonly publicUrl: string;
  readonly send?: Fetch;
}

/** What is away is back within two minutes, also on a busy machine. */
const MOST_TRIES = 300;
const AGAIN_AFTER_MS = 400;

/** Opens a browser that nobody has signed in with yet. */
export function openStaffBrowser(door: StaffDoor): StaffBrowser {
  const browser = openBrowser(door.send);
  let again = 0;
  const submit: StaffBrowser['submit'] = async (form, fields, button) => {
    const page = await browser.submit(form, fields, button);
    if (!isSignedOut(page)) return page;
    again += 1;
    await signIn(browser, door, '/desk/other-tab');
    return sendOnce(browser, page);
  };
  return {
    open: async (path) => {
      const page = await browser.open(`${door.publicUrl}${path}`);
      return isDoor(page) ? signIn(browser, door, path) : page;
    },
    submit,
    leave: async () => {
      const desk = await browser.open(`${door.publicUrl}/desk`);
      const form = formTo(desk, /\/desk\/sign-out$/u);
      if (form !== null) await browser.submit(form, {});
    },
    sentAgain: () => again,
  };
}

/** The form of a page whose address fits; null if there is none. */
export function formTo(page: Page, path: RegExp): Form | null {
  return page.forms.find(({ action }) => path.test(new URL(action).pathname)) ?? null;
}

/** Signs in from the beginning, as often as it takes while a part is away; the page that was wished for. */
async function signIn(browser: Browser, door: StaffDoor, to: string): Promise<Page> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const page = await signInOnce(browser, door, to);
    if (page !== null) return page;
    await pause(AGAIN_AFTER_MS);
  }
  throw new Error(`${door.account} could not sign in.`);
}

async function signInOnce(browser: Browser, { publicUrl, account }: StaffDoor, to: string): Promise<Page | null> {
  const page = await browser.open(`${publicUrl}/desk/sign-in?${new URLSearchParams({ to }).toString()}`);
  // Whoever is signed in already is sent on.
  if (!isDoor(page)) return page;
  const press = formTo(page, /\/desk\/sign-in$/u);
  const gone = press === null ? null : await browser.submit(press, {});
  const way = gone === null ? null : linkLike(gone, /^go on$/iu);
  const [choice] = way === null ? [] : (await browser.open(way)).forms;
  const button = choice?.buttons.find(({ value }) => value === account);
  if (choice === undefined || button === undefined) return null;
  const back = await browser.submit(choice, {}, button);
  return back.status === 200 && !isDoor(back) ? back : null;
}

/** Sends what the page of a form that was not taken keeps; if it was opened in an older session, it asks once more. */
async function sendOnce(browser: Browser, kept: Page): Promise<Page> {
  const [form] = kept.forms;
  if (form === undefined) throw new Error('The page of a form that was not taken has no button.');
  const page = await browser.submit(form, {});
  const [asked] = /^look at this once more$/iu.test(page.h1) ? page.forms : [];
  return asked === undefined ? page : browser.submit(asked, {});
}

function isSignedOut(page: Page): boolean {
  return page.status === 403 && /^you are signed out$/iu.test(page.h1);
}

function isDoor({ url }: Page): boolean {
  return /^\/desk\/sign(-in|ed-in)$/u.test(new URL(url).pathname);
}
