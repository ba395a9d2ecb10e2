import { openBrowser, type Browser, type Filled } from './form-client.js';
import { complain, count, type Matter, type Stage } from './matter.js';
import type { Button, Field, Form, Page } from './page-reader.js';
import { fillIn, type FilledForm, type Rewriting, type Writer } from './typing.js';

/** A person at a browser, in a review. */
export interface Visit {
  readonly stage: Stage;
  readonly matter: Matter;
  readonly browser: Browser;
  readonly writer: Writer;
}

/** What a person wants of a visit: to send the answers, or to begin and leave. */
export interface Aim {
  readonly leaveHalfway: boolean;
  /** Which texts are written anew on a page. */
  readonly rewriting: () => Rewriting;
  /** Saves a filled page; the page that follows. */
  readonly save: (visit: Visit, page: Page, form: Form, filled: FilledForm) => Promise<Page>;
  /** Presses the button that sends. */
  readonly send: (visit: Visit, form: Form) => Promise<Page>;
}

/** How a visit ended: sent, left with something saved, or nothing could be answered. */
export type Went =
  | { readonly is: 'sent'; readonly page: Page }
  | { readonly is: 'left' | 'nothing'; readonly page: Page };

const MOST_PAGES = 150;
const MOST_TRIES = 4;

/** Opens the link of an email and presses the button of its page. Null: the link opens nothing. */
export async function enter({ stage, matter, browser }: Omit<Visit, 'writer'>): Promise<Page | null> {
  const landing = await browser.open(matter.link);
  const form = landing.forms.find((one) => one.method === 'post' && shown(one).length === 0);
  if (landing.status !== 200 || form === undefined) {
    complain(stage, matter, `the link of an email opened nothing (${landing.status})`);
    return null;
  }
  // Counted before: the session may begin though the answer gets lost.
  count(stage, 'entered');
  return browser.submit(form, {});
}

/** Begins a visit by the link of the newest email. */
export function beginVisit(stage: Stage, matter: Matter): Visit {
  matter.visits += 1;
  const { visits, random, person } = matter;
  const numbered = (what: string) => `${what} ${stage.planted.length + 1}`;
  const plant = (text: string, marker: string): string => {
    stage.planted.push(marker);
    return text;
  };
  return {
    stage,
    matter,
    browser: openBrowser(stage.send),
    writer: {
      name: person.name,
      random: (what) => random(`${visits} ${what}`),
      withoutPersonalData: person.habit === 'no_personal_data',
      secret: () => {
        const marker = numbered('zq-secret').replace(' ', '-');
        return plant(`Invented, for reviewers only: ${marker}-z. One account is shared.`, `${marker}-z`);
      },
      privateAddress: () => {
        const address = `${numbered('zq-second').replace(' ', '-')}-z@invented.example`;
        return plant(address, address);
      },
    },
  };
}

/** Goes from page to page, as the pages lead, until the answers are sent or the aim is reached. */
export async function goThrough(visit: Visit, start: Page, aim: Aim): Promise<Went> {
  const { stage, matter, browser } = visit;
  const tries = new Map<string, number>();
  let page = start;
  let saved = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const again = (tries.get(page.url) ?? 0) + 1;
    tries.set(page.url, again);
    const form = page.forms.find(({ method }) => method === 'post');
    if (page.status >= 500 || page.status === 404 || again > MOST_TRIES) break;
    if (form === undefined) {
      const next = nextLink(page);
      if (next === null) {
        if (tasksOn(page).length > 0) complain(stage, matter, 'a list has nothing to do, and nothing to send');
        return { is: 'nothing', page };
      }
      page = await browser.open(next);
    } else if (shown(form).length === 0) {
      const after = await aim.send(visit, form);
      if (rowOf(after) !== null) return { is: 'sent', page: after };
      page = after;
    } else {
      const filled = fillIn(form, visit.writer, aim.rewriting());
      const leaves = aim.leaveHalfway && isHalfway(page, saved);
      const list = leaves ? buttonLike(form, /list/iu) : undefined;
      const before = page.url;
      page = list === undefined ? await aim.save(visit, page, form, filled) : await save(visit, form, filled, list);
      saved += 1;
      if (leaves && page.url !== before) return { is: 'left', page };
    }
  }
  complain(stage, matter, `stuck on “${page.title}” (${page.status}) ${new URL(page.url).pathname}`);
  return { is: 'nothing', page };
}

/** Sends a filled page, by its first button unless told, and keeps in mind what was saved. */
export async function save({ browser, matter }: Visit, form: Form, filled: FilledForm, button?: Button): Promise<Page> {
  const after = await browser.submit(form, filled.fields, button);
  if (after.status === 200 && filled.isAnswer) remember(matter, filled.fields);
  return after;
}

/** Keeps what was saved, by field. */
export function remember(matter: Matter, fields: Filled): void {
  Object.assign(matter.typed, fields);
}

/** The fields of a form that a person sees. */
export function shown(form: Form): readonly Field[] {
  return form.fields.filter(({ kind }) => kind !== 'hidden');
}

/** The number of the row whose status a page shows, from its address; null if it shows none. */
export function rowOf(page: Page): string | null {
  return new URL(page.url).searchParams.get('row');
}

/** A link of a page by its words. */
export function linkLike(page: Page, words: RegExp): string | null {
  return page.links.find(({ text }) => words.test(text))?.href ?? null;
}

function buttonLike(form: Form, words: RegExp): Button | undefined {
  return form.buttons.find(({ text }) => words.test(text));
}

/** What a list says of a task that nobody has to look at. Whatever else it says, the task is to be done. */
const NOTHING_TO_DO = /^(completed|optional.*|not yet)$/iu;

/** The tasks that a page lists, each with what is said of it. */
function tasksOn(page: Page): readonly { readonly href: string; readonly stands: string }[] {
  return page.links.flatMap(({ href, text, item }) => {
    const stands = item.replace(text, '').trim();
    return item.startsWith(text) && stands !== '' ? [{ href, stands }] : [];
  });
}

/** Where a page without a form leads on: the first task that is to be done, or back to the answers. */
function nextLink(page: Page): string | null {
  const task = tasksOn(page).find(({ stands }) => !NOTHING_TO_DO.test(stands));
  return task?.href ?? linkLike(page, /^go to your answers|^back to the list/iu);
}

/** By what the page says of itself, or after some pages. */
function isHalfway(page: Page, saved: number): boolean {
  const said = /page (\d+) of (\d+)/iu.exec(page.text);
  return said === null ? saved >= 3 : Number(said[1]) * 2 >= Number(said[2]);
}
