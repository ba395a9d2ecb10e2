import { beforeAll, describe, expect, test } from '@jest/globals';
import { renderEmail } from '../../mail/render.js';
import { createOutbox } from '../../prisma/outbox.js';
import { perennial } from '../support/command.js';
import { fieldsOfForm, signedIn } from '../support/console-visit.js';
import { confirmPath, nominatedUpTo, runNominations } from '../support/nomination-visit.js';
import { Browser, hiddenFields } from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';
import { head } from '../support/post.js';

const { home, web } = pagesOfFile();
let sam: Browser;
beforeAll(async () => {
  sam = await signedIn(web, 'sam', 'secretariat');
}, 60_000);

const tide = {
  product: 'Tide Table',
  website: 'https://tide.example.org',
  why: 'Our harbour uses it, says Mara Friend.',
  name: 'Mara Friend',
  address: 'mara@friends.example',
};

async function suggest(some: Record<string, string> = {}) {
  const browser = new Browser(web.app);
  await browser.get('/suggest');
  return browser.send({ ...tide, ...some });
}

/** A suggestion whose address is confirmed. */
async function suggested(some: Record<string, string>): Promise<string> {
  await suggest(some);
  const browser = new Browser(web.app);
  await browser.get(await confirmPath(web, some['address'] ?? tide.address));
  expect((await browser.send()).html).toContain('We have your suggestion');
  const start = await home.database.nominationStart.findFirstOrThrow({
    where: { address: some['address'] ?? tide.address },
  });
  return `/console/suggestions/${start.id}`;
}

let csrf = '';
async function act(path: string, act: 'invite' | 'dismiss', fields: Record<string, string>) {
  // Of the page as it was read last, also where somebody dealt with it since.
  const token = hiddenFields((await sam.get(path)).html).find(([name]) => name === 'csrf')?.[1];
  csrf = token ?? csrf;
  return sam.post(`${path}/act`, new URLSearchParams({ csrf, act, ...fields }));
}

/** The email to the staff's mailbox, if one is due; null: nothing waits. */
async function dailyEmail(): Promise<string | null> {
  const outbox = createOutbox({ database: home.database, databaseUrl: home.url, head });
  const due = await outbox.due({ real: Date.now(), limit: 500 });
  const id = due.find(({ address }) => address === head.replyTo)?.id;
  if (id === undefined) return null;
  const rules = { mode: 'catch', allowlist: [] } as const;
  const claim = await outbox.claim({ id, token: 'one', real: Date.now(), rules, render: renderEmail });
  return claim.is === 'claimed' ? `${claim.claimed.email.subject}\n${claim.claimed.email.text}` : null;
}

const needs = async () => (await sam.get('/console?reason=suggestion')).html;

/** What everybody may read that could tell of it. */
async function inPublic(text: string): Promise<boolean> {
  const paths = ['/', '/nominees', '/nominees.json', '/excluded', '/registry.json', '/registry.csv', '/r/tide-table'];
  const pages = await Promise.all(paths.map(async (path) => (await new Browser(web.app).get(path)).html));
  return pages.some((page) => page.includes(text));
}

describe('a suggestion', () => {
  test('is nothing until its address is confirmed by the button, then one thing that needs staff', async () => {
    const sent = await suggest();
    expect(sent.html).toContain('Check your email');
    expect(sent.html).toContain('and we read your suggestion');
    const path = await confirmPath(web, tide.address);
    for (let time = 0; time < 3; time += 1) {
      expect((await new Browser(web.app).get(path)).html).toContain('Confirm my suggestion');
    }
    expect(await needs()).not.toContain('Tide Table');
    const browser = new Browser(web.app);
    await browser.get(path);
    await browser.send();
    const list = await needs();
    expect(list).toContain('Tide Table');
    expect(list).toContain('Somebody suggests this product for the list');
    await home.database.nominationStart.updateMany({ data: { createdAt: new Date(Date.now() - 3 * 86_400_000) } });
    expect((await browser.get(path)).html).toContain('We have your suggestion');
    expect(await home.database.listing.count()).toBe(0);
    expect(await inPublic('Tide Table')).toBe(false);
  });

  test("stands in status and in the staff's email of the day, without saying which", async () => {
    const status = await perennial(home.url, 'status');
    expect(status).toContain('Products that people suggest: 1, since 2026-07-10 -> /console?reason=suggestion');
    expect(await dailyEmail()).toBeNull();
    await home.setClock('2026-07-10T09:00:00.000Z');
    const email = await dailyEmail();
    expect(email).toContain('1 suggestion waits for staff');
    expect(email).toContain('the oldest since Friday 10 July 2026');
    for (const text of [status, email, await perennial(home.url, 'status', '--json')]) {
      expect(text).not.toMatch(/Tide Table|Mara|@friends/u);
    }
  });

  test('leads to an invitation by which its owner nominates it; who suggested it is told to nobody and deleted', async () => {
    const { id } = await home.database.nominationStart.findFirstOrThrow({ where: { address: tide.address } });
    const path = `/console/suggestions/${id}`;
    expect((await sam.get(path)).html).toContain('Our harbour uses it');
    const wrong = await act(path, 'invite', { name: '', address: 'owner' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('Enter the name of the owner.');
    const owner = { name: 'Amina Diallo', address: 'amina@tide.example' };
    expect((await act(path, 'invite', owner)).html).toContain('The owner is invited');
    expect((await act(path, 'invite', owner)).status).toBe(404);
    expect(await needs()).not.toContain('Tide Table');
    expect(await perennial(home.url, 'status')).not.toContain('Products that people suggest');
    const kept = await home.database.nominationStart.findUniqueOrThrow({ where: { id } });
    expect(kept).toMatchObject({ outcome: 'invited', closedBy: 'sam', name: '', address: '', why: '' });
    const emails = await home.database.email.findMany({ where: { start: { address: owner.address } } });
    expect(emails.map(({ kind }) => kind)).toEqual(['nomination_invitation']);
    expect(await inPublic('Tide Table')).toBe(false);

    const invited = new Browser(web.app);
    const page = await invited.get(await confirmPath(web, owner.address));
    expect(page.html).toContain('Nominate Tide Table');
    expect(page.html).not.toContain('Mara');
    let open = true;
    const pressed = invited.send().finally(() => {
      open = false;
    });
    while (open) {
      await runNominations(home.database);
      await Promise.race([pressed, new Promise((resolve) => setTimeout(resolve, 50))]);
    }
    expect((await invited.follow()).html).toContain('Your answers about Tide Table');
    expect(await inPublic('Tide Table')).toBe(false);
  });

  test('is dismissed with a reason; nobody is asked', async () => {
    const path = await suggested({
      product: 'Rain Atlas',
      website: 'https://rain.example.org',
      address: 'b@friends.example',
    });
    expect((await act(path, 'dismiss', { reason: ' ' })).html).toContain('Write the reason, for colleagues.');
    const long = await act(path, 'dismiss', { reason: 'x'.repeat(1_200) });
    expect(long.html).toContain('Shorten it to 1,000 characters. It has 1,200 now.');
    expect((await act(path, 'dismiss', { reason: 'It is no software.' })).html).toContain('Dismissed');
    expect((await sam.get(path)).status).toBe(404);
    const late = await act(path, 'invite', { name: 'Typed Late', address: 'late@rain.example' });
    expect([late.status, late.html.includes('late@rain.example')]).toEqual([404, true]);
    const kept = await home.database.nominationStart.findFirstOrThrow({ where: { product: 'Rain Atlas' } });
    expect(kept).toMatchObject({ outcome: 'dismissed', reason: 'It is no software.', name: '', address: '' });
    expect(await home.database.nominationStart.count({ where: { kind: 'invitation', product: 'Rain Atlas' } })).toBe(0);
    const again = await suggested({
      product: 'rain atlas',
      website: 'https://rain.example.org',
      address: 'g@friends.example',
    });
    const { html } = await sam.get(again);
    expect(html).toContain('A product of this name was suggested before');
    expect(html).toContain('It is no software.');
  });

  test('is dealt with by the secretariat alone, others of the console read it', async () => {
    const path = await suggested({
      product: 'Wind Map',
      website: 'https://wind.example.org',
      address: 'c@friends.example',
    });
    const olu = await signedIn(web, 'olu', 'ops');
    const page = await olu.get(path);
    expect(page.html).toContain('Wind Map');
    expect(() => fieldsOfForm(page.html, 'invite')).toThrow();
    expect(page.html).not.toContain('Send the invitation');
    expect((await olu.post(`${path}/act`, new URLSearchParams({ act: 'dismiss', reason: 'No.' }))).status).toBe(403);
    expect((await new Browser(web.app).get(path)).html).not.toContain('Wind Map');
  });
});

describe('bad input', () => {
  test('more text than a form can hold is refused before it is read, and nobody keeps a copy of what was typed', async () => {
    const huge = new URLSearchParams({ ...tide, why: 'x'.repeat(1_100_000) });
    const { status, html } = await new Browser(web.app).post('/suggest', huge);
    expect([status, html.includes('The page holds too much text')]).toEqual([413, true]);
    expect((await suggest({ address: 'mara' })).headers.get('cache-control')).toBe('no-store');
  });

  test.each([
    ['product', '', 'Enter the name of the product.'],
    ['website', 'tide', 'The link must start with https://'],
    ['address', 'a@mailinator.com', 'short-lived mailboxes'],
    ['why', 'x'.repeat(1_200), 'Shorten it to 1,000 characters. It has 1,200 now.'],
  ])('a %s that is none is refused in words', async (field, value, sentence) => {
    const page = await suggest({ [field]: value });
    expect(page.status).toBe(422);
    expect(page.html).toContain(sentence);
  });

  test('a program that fills in every field leaves nothing, and one address gets so many links a day', async () => {
    const before = await home.database.nominationStart.count();
    await suggest({ topic: 'Acme', address: 'robot@friends.example', product: 'Other' });
    expect(await home.database.nominationStart.count()).toBe(before);
    const pages = [];
    for (let time = 0; time < 13; time += 1) {
      pages.push(
        await suggest({
          product: `Other ${time}`,
          website: `https://o${time}.example.org`,
          address: 'd@friends.example',
        }),
      );
    }
    expect(pages.map(({ status }) => status)).toEqual([...Array<number>(12).fill(200), 429]);
  });

  test('a listed product is not suggested: who wants to is led there', async () => {
    const names = { product: 'Seed Ledger', website: 'https://seed.example.org', address: 'own@seed.example' };
    await nominatedUpTo(web, { upTo: 'approved', ...names });
    const page = await suggest({
      product: 'seed ledger',
      website: 'https://else.example.org',
      address: 'e@friends.example',
    });
    expect(page.status).toBe(409);
    expect(page.html).toContain('<a href="/r/seed-ledger">Seed Ledger</a> is listed.');
  });
});
