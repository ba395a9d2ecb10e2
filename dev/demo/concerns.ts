import type { CaughtEmail, Mailbox } from '../mailbox.js';
import { openBrowser } from './form-client.js';
import { done, hide, odd, type Office } from './office.js';
import type { Page } from './page-reader.js';
import { formTo } from './staff-browser.js';
import type { World } from './types.js';
import { sendUntilCaught, untilCaught } from './until-caught.js';

/** What staff find in the text of a concern: something to ask the owner, too little to know, or nothing. */
export const FOUNDED = 'One of its parts has no licence file.';
export const VAGUE = 'Something is wrong with the licence.';
const UNFOUNDED = 'I like another product better.';

/** Who says what, and of which product, by its place among them. */
const AUTHORS = [
  { name: 'rosa', about: 1, words: FOUNDED },
  { name: 'tom', about: 3, words: UNFOUNDED },
  { name: 'uma', about: 6, words: VAGUE },
] as const;

type Author = (typeof AUTHORS)[number] & { readonly address: string; readonly slug: string };

/** They come when every wave has gone: a product is not asked by a campaign while a concern about it is reviewed. */
const FROM = 5;
const WITHIN = 5;
/** Whoever is asked nothing stops waiting. */
const LONGEST_WAIT = 30;

/**
 * Starts the invented people who raise a concern about a listed product: each fills in the form, confirms the address by
 * the button behind the link of the email, and answers if staff ask for details. `stop` waits for whoever acts: stop the
 * pace first.
 */
export function startAuthors(
  office: Office,
  { world, mailbox }: { readonly world: World; readonly mailbox: Pick<Mailbox, 'emails'> },
): { readonly stop: () => Promise<void> } {
  const authors = AUTHORS.flatMap((one): readonly Author[] => {
    const slug = world.products[one.about];
    return slug === undefined ? [] : [{ ...one, slug, address: `${one.name}.reads@reader.example` }];
  });
  // Neither who raised it nor what they wrote is told to anybody but staff and reviewers.
  office.hidden.push(...authors.map(({ address }) => address));
  const all = authors.map((author) =>
    actOf(office, mailbox, author).catch((error: unknown) =>
      odd(office, `a concern: ${error instanceof Error ? error.message : String(error)}`),
    ),
  );
  return { stop: async () => void (await Promise.all(all)) };
}

async function actOf(office: Office, mailbox: Pick<Mailbox, 'emails'>, author: Author): Promise<void> {
  const { pace, acting } = office;
  const { address, slug } = author;
  await pace.days(FROM + WITHIN * pace.random(`concern ${slug}`));
  const send = () => acting(() => raise(office, author));
  const start = await sendUntilCaught(pace, mailbox, { to: address, key: 'concern_start|', send });
  if (start === null) return odd(office, 'no email to confirm a concern came');
  await pace.days(0.2 + pace.random(`confirms ${slug}`));
  await acting(() => press(office, start, {}));
  done(office, 'concerns_confirmed');
  const answer = await untilCaught(pace, mailbox, { to: address, key: 'concern_answered|', days: LONGEST_WAIT });
  if (answer === null || author.words !== VAGUE) return;
  await pace.days(0.5 + pace.random(`explains ${slug}`));
  await acting(() => press(office, answer, { text: `Invented: on the first screen. ${hide(office, 'concern')}` }));
}

/** Fills in the form and sends it; whether it was taken. */
async function raise(office: Office, { slug, address, words }: Author): Promise<boolean> {
  const { publicUrl, send } = office;
  const browser = openBrowser(send);
  const form = formTo(await browser.open(`${publicUrl}/r/${slug}/concern`), /\/concern$/u);
  if (form === null) {
    odd(office, 'the page to raise a concern has no form');
    return false;
  }
  const text = `Invented. ${words} ${hide(office, 'concern')}`;
  const page = await browser.submit(form, { sections: ['2'], text, address });
  const taken = /check your email/iu.test(page.h1);
  if (!taken) odd(office, `a concern led to “${page.h1}” (${page.status})`);
  return taken;
}

/** Opens the link of an email about a concern, and sends the form behind it; nothing if it is not there any more. */
async function press(office: Office, { links }: CaughtEmail, typed: Readonly<Record<string, string>>): Promise<void> {
  const { publicUrl, send, pace } = office;
  const link = links.find((one) => one.startsWith(`${publicUrl}/concern/`));
  if (link === undefined) return odd(office, 'an email about a concern has no link');
  if (pace.stopping.aborted) return;
  const browser = openBrowser(send);
  const page = await browser.open(link);
  const form = formTo(page, /^\/concern\//u);
  if (form === null)
    return isThere(page) ? done(office, 'moved_on') : odd(office, 'the link of a concern opened nothing');
  const after = await browser.submit(form, typed);
  if (!isThere(after)) odd(office, `sending a concern led to “${after.h1}” (${after.status})`);
}

function isThere({ status, h1 }: Page): boolean {
  return status === 200 && /^your concern about/iu.test(h1);
}
