import type { CaughtEmail } from '../mailbox.js';
import { complain, count, type Matter, type Stage } from './matter.js';
import type { Page } from './page-reader.js';
import { formTo } from './staff-browser.js';
import { beginVisit, enter, goThrough, linkLike, rowOf, save, type Aim, type Visit } from './visit.js';

/** An owner invites somebody who may draft and never sends, on the page for that. */
export async function inviteColleague({ stage, matter, browser }: Visit, start: Page): Promise<void> {
  const list = linkLike(start, /^back to the list/iu);
  const page = list === null ? start : await browser.open(list);
  const link = page.links.find(({ href }) => new URL(href).pathname.endsWith('/colleagues'))?.href;
  const form = link === undefined ? null : formTo(await browser.open(link), /\/colleagues$/u);
  if (form === null) return complain(stage, matter, 'there is no form to invite a colleague');
  const address = `helps.${matter.person.address}`;
  stage.planted.push(address);
  const after = await browser.submit(form, { address });
  count(stage, 'invited');
  if (rowOf(after) === null) complain(stage, matter, `inviting a colleague led to “${after.h1}” (${after.status})`);
}

/** Whether an email invites a colleague, by its subject. */
export function isInvitation({ subject }: Pick<CaughtEmail, 'subject'>): boolean {
  return /: help to fill in the answers$/iu.test(subject);
}

const HALFWAY: Aim = {
  leaveHalfway: true,
  rewriting: () => ({ texts: 'some' }),
  save: (visit, _page, form, filled) => save(visit, form, filled),
  send: (visit, form) => visit.browser.submit(form, {}),
};

/** The colleague comes by the link of the invitation, fills in some pages, and may not open the one before sending. */
export async function draftAsColleague(
  stage: Stage,
  { email, owners }: { email: CaughtEmail; owners: ReadonlyMap<string, Matter> },
): Promise<void> {
  const link = email.links.find((one) => one.startsWith(`${stage.publicUrl}/answer/`)) ?? '';
  const reference = /\/answer\/(\d{4}-[0-9A-Z]{5})\//u.exec(link)?.[1];
  if (reference === undefined) return complain(stage, { reference: 'an invitation' }, 'it has no link');
  const random = (what: string) => stage.pace.random(`${email.to} ${what}`);
  await stage.pace.days(0.5 + 1.5 * random('comes'));
  if (!stage.pace.stopping.aborted)
    await stage.acting(() =>
      draft(stage, matterOf(email, { reference, link, random, typed: owners.get(reference)?.typed ?? {} })),
    );
}

/** What the colleague types stands in the owner's own list: the owner sends it, and is told that it was received. */
function matterOf({ to: address }: CaughtEmail, some: Pick<Matter, 'reference' | 'link' | 'random' | 'typed'>): Matter {
  const person = { name: 'A colleague', address, language: 'en', country: 'KE', slugs: [], habit: 'prompt' } as const;
  const memory = { visits: 0, done: false, reminded: false, asksAgain: false, played: false };
  return { ...some, person, plot: {}, request: null, ...memory };
}

async function draft(stage: Stage, matter: Matter): Promise<void> {
  const visit = beginVisit(stage, matter);
  const page = await enter(visit);
  if (page === null) return;
  const went = await goThrough(visit, page, HALFWAY);
  if (went.is === 'left') count(stage, 'drafted_as_colleague');
  else complain(stage, matter, `a colleague who drafts ended at “${went.page.title}”`);
  const { status } = await visit.browser.open(`${stage.publicUrl}/answer/${matter.reference}/declaration`);
  if (status !== 403) complain(stage, matter, `a colleague who drafts was let on to declare (${status})`);
}
