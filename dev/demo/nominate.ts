import type { CaughtEmail, Mailbox } from '../mailbox.js';
import { openBrowser, type Browser } from './form-client.js';
import { complain, count, type Stage } from './matter.js';
import type { Nominator } from './nominators.js';
import type { Page } from './page-reader.js';
import { scan } from './scanner.js';
import { formTo } from './staff-browser.js';
import type { NewProduct } from './types.js';
import { sendUntilCaught } from './until-caught.js';

/** What a problem is about before there is a reference. */
export const BEFORE = { reference: 'before a nomination' } as const;

/** They come within so many days; the first three at once, and soon whoever takes longest to an end. */
const WITHIN = 15;
const SOON = 3;

/**
 * Somebody asks themselves whether a product is ready, nominates it, and confirms the address by the button behind the
 * link of the email. The form itself is filled in later, by the link of the next one.
 */
export async function nominate(
  stage: Stage,
  plan: { readonly nominator: Nominator; readonly index: number; readonly mailbox: Pick<Mailbox, 'emails'> },
): Promise<void> {
  const { pace, acting } = stage;
  const { nominator, index, mailbox } = plan;
  const { address, nominates } = nominator;
  const within = nominator.habit === 'begins_only' ? SOON : WITHIN;
  await pace.days(index < 3 ? 0.5 : 0.5 + within * pace.random(`nominates ${nominates.name}`));
  if (pace.stopping.aborted) return;
  const send = (nth: number) => acting(() => ask(stage, nominator, index === 0 && nth === 0));
  const email = await sendUntilCaught(pace, mailbox, { to: address, key: 'nomination_start:', send });
  if (email === null) return complain(stage, BEFORE, 'no email to confirm the address came');
  if (index % 2 === 0) await acting(() => scan(stage, BEFORE, email.links));
  await pace.days(0.2 + pace.random(`confirms ${nominates.name}`));
  if (!pace.stopping.aborted) await acting(() => confirm(stage, email));
}

/** Whether the form was taken. */
async function ask(stage: Stage, { name, address, nominates }: Nominator, triesListed: boolean): Promise<boolean> {
  const browser = openBrowser(stage.send);
  await checkThemselves(stage, browser);
  if (triesListed) await tryListed(stage, browser, { name, address });
  const page = await send(stage, browser, { ...nominates, person: { name, address } });
  count(stage, 'nominated');
  const taken = /check your email/iu.test(page.h1);
  if (!taken) complain(stage, BEFORE, `a nomination led to “${page.h1}” (${page.status})`);
  return taken;
}

async function checkThemselves(stage: Stage, browser: Browser): Promise<void> {
  const form = formTo(await browser.open(`${stage.publicUrl}/nominate/self-check`), /\/self-check$/u);
  if (form === null) return complain(stage, BEFORE, 'the self-check has no form');
  const yes = form.fields.filter(({ kind }) => kind === 'radio').map(({ name }) => [name, 'yes'] as const);
  const found = await browser.submit(form, Object.fromEntries(yes.slice(1)));
  if (!/one thing to look at first/iu.test(found.text))
    complain(stage, BEFORE, 'the self-check found nothing to look at');
}

/** Whoever names a listed product is led to its page. */
async function tryListed(
  stage: Stage,
  browser: Browser,
  person: { readonly name: string; readonly address: string },
): Promise<void> {
  const registry = await browser.open(`${stage.publicUrl}/`);
  const listed = registry.links.find(({ href }) => /^\/r\/[a-z0-9-]+$/u.test(new URL(href).pathname));
  if (listed === undefined) return complain(stage, BEFORE, 'the registry lists nothing');
  const page = await send(stage, browser, { name: listed.text, website: 'https://elsewhere.example', person });
  const led = page.links.some(({ href }) => href === listed.href);
  if (page.status !== 409 || !led) complain(stage, BEFORE, `a listed product was nominated (${page.status})`);
}

async function send(
  stage: Stage,
  browser: Browser,
  { name, website, person }: NewProduct & { readonly person: { readonly name: string; readonly address: string } },
): Promise<Page> {
  const page = await browser.open(`${stage.publicUrl}/nominate`);
  const form = formTo(page, /\/nominate$/u);
  return form === null ? page : browser.submit(form, { product: name, website, ...person });
}

/** The page behind the link changes nothing; its button opens the form. */
async function confirm(stage: Stage, email: CaughtEmail): Promise<void> {
  const link = email.links.find((one) => one.startsWith(`${stage.publicUrl}/nominate/confirm/`));
  if (link === undefined) return complain(stage, BEFORE, 'an email to confirm an address has no link');
  const browser = openBrowser(stage.send);
  const form = formTo(await browser.open(link), /\/nominate\/confirm\//u);
  if (form === null) return complain(stage, BEFORE, 'the link to confirm an address opened nothing');
  // Counted before: the session may begin though the answer gets lost.
  count(stage, 'entered');
  const opened = await browser.submit(form, {});
  const isThere = /\/answer\/\d{4}-[0-9A-Z]{5}$/u.test(new URL(opened.url).pathname);
  if (!isThere && !/address is confirmed/iu.test(opened.h1)) {
    complain(stage, BEFORE, `confirming an address led to “${opened.h1}” (${opened.status})`);
  }
}
