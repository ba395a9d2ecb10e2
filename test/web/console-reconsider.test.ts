import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHandOverJournal } from '../../adapters/handover-journal.js';
import type { Mailbox } from '../../dev/mailbox.js';
import { answeredReview, startDesk, type DeskWorld } from '../support/desk-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { fieldsOfForm } from '../support/console-visit.js';
import { nominatedUpTo } from '../support/nomination-visit.js';
import { hiddenFields, webOver } from '../support/owner-visit.js';
import { catchMail, runSender, senderOf, settled } from '../support/post.js';

let home: TestDatabase;
let desk: DeskWorld;
let mailbox: Mailbox;
const folder = mkdtempSync(join(tmpdir(), 'perennial-journal-'));

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  mailbox = await catchMail();
  desk = await startDesk(home.database, { ada: ['l1'], ben: ['l2'], sam: ['secretariat'] });
}, 60_000);
afterAll(async () => {
  await desk.stop();
  await mailbox.stop();
  rmSync(folder, { recursive: true, force: true });
  await home.stop();
});

const page = '/console/products/sure-case';

/** Hands over all that is due, as a sender does that keeps a journal; gives what became of the emails of a kind. */
async function handOver(caseId: string, wanted: string): Promise<readonly string[]> {
  const journal = createHandOverJournal(join(folder, 'handover-journal'));
  const sender = runSender(senderOf(home, { smtpUrl: mailbox.smtpUrl, journal }));
  const emails = await settled(home.database, caseId);
  await sender.stop();
  return emails.flatMap(({ kind, state }) => (kind === wanted ? [state] : []));
}

/** Fills in the form of the console that has an approval looked at again, and reads what comes of it. */
async function askAgain(fields: Readonly<Record<string, string>>, on = page) {
  const { html } = await desk.who('sam').get(on);
  const form = /<form[^>]*id="reconsider-form"[^]*?<\/form>/u.exec(html)?.[0] ?? '';
  const hidden = Object.fromEntries(hiddenFields(form));
  const posted = await desk.who('sam').post(`${on}/act`, { ...hidden, ...fields });
  return posted.location === null ? posted : desk.who('sam').get(posted.location);
}

/** Opens the annual review of a product whose time is nearly over. */
async function openAnew(slug: string): Promise<void> {
  await home.database.listing.update({ where: { slug }, data: { validUntil: new Date('2026-10-01') } });
  const path = `/console/products/${slug}`;
  const { html } = await desk.who('sam').get(path);
  const { location } = await desk.who('sam').post(`${path}/act`, fieldsOfForm(html, 'open'));
  expect((await desk.who('sam').get(location ?? '/nowhere')).html).toContain('The annual review is open.');
}

test('the secretariat has an approval looked at again, with a reason; its decision and the listing stay', async () => {
  const { reference, caseId } = await answeredReview(home.database, 'sure-case');
  for (const id of ['ada', 'ben']) {
    await desk.toDecision(id, reference);
    await desk.confirm(id, reference);
  }
  expect(await handOver(caseId, 'decision')).toEqual(['sent']);
  expect(await home.database.verdictDraft.count()).toBe(0);
  expect((await askAgain({ level: 'l2' })).html).toContain('Write the reason');
  expect((await askAgain({ publicReason: 'The licence changed.' })).html).toContain('Choose the level');
  const said = await askAgain({ level: 'l2', publicReason: 'The licence changed.' });
  expect(said.html).toContain('Open again, in a new round. The product stays listed until there is a new decision.');
  expect(new Set(await handOver(caseId, 'reconsidered'))).toEqual(new Set(['sent']));
  const listed = await home.database.listing.findUniqueOrThrow({ where: { slug: 'sure-case' } });
  expect(listed.removedOn).toBeNull();
  expect((await desk.who('ben').get('/desk')).html).toContain(reference);
  const preview = await desk.toDecision('ben', reference);
  expect(preview.html).toContain('Nothing changes.');
  await desk.confirm('ben', reference);
  const decisions = await home.database.decision.findMany({ where: { applicationId: reference } });
  expect(decisions.map(({ result }) => result)).toEqual(['approved', 'approved']);
  expect((await home.database.listing.findUniqueOrThrow({ where: { slug: 'sure-case' } })).validUntil).toEqual(
    listed.validUntil,
  );
  expect(await handOver(caseId, 'decision')).toEqual(['sent', 'sent']);
});

describe('the approval of a nomination', () => {
  const nominationPage = (reference: string) => `/console/products/${reference.toLowerCase()}`;
  const has = async (path: string, what: string) => (await desk.who('sam').get(path)).html.includes(what);

  /** An approved nomination, whose product is listed by it. */
  async function listed(product: string) {
    const names = { product, website: `https://${product.toLowerCase().replaceAll(' ', '-')}.example.org` };
    const one = await nominatedUpTo(webOver(home.database), {
      upTo: 'approved',
      ...names,
      address: 'a@nominee.example',
    });
    const { slug } = await home.database.application.findUniqueOrThrow({ where: { id: one.reference } });
    return { ...one, slug };
  }

  test('is looked at again on the page of the nomination, to which that of the product leads', async () => {
    const { reference, slug } = await listed('Tide Table');
    const path = nominationPage(reference);
    const product = await desk.who('sam').get(`/console/products/${slug}`);
    expect(product.html).toContain(`<a href="${path}">its nomination</a>`);
    expect(product.html).not.toContain('id="reconsider-form"');
    const said = await askAgain({ level: 'l2', publicReason: 'The licence changed.' }, path);
    expect(said.html).toContain('Open again, in a new round. The product stays listed until there is a new decision.');
    expect(await home.database.application.findUniqueOrThrow({ where: { id: reference } })).toMatchObject({
      ...{ state: 'l2', open: true },
    });
  });

  test('is not where the product had a review of its own since, and the page says why; a form from before is refused', async () => {
    const { reference, slug } = await listed('Rain Atlas');
    const path = nominationPage(reference);
    const before = await desk.who('sam').get(path);
    expect(before.html).toContain('id="reconsider-form"');
    await openAnew(slug);
    expect(await has(path, 'id="reconsider-form"')).toBe(false);
    expect(await has(path, 'This approval cannot be looked at again: the product had a review of its own since.')).toBe(
      true,
    );
    const fields = { ...fieldsOfForm(before.html, 'reconsider'), level: 'l2', publicReason: 'The licence changed.' };
    const posted = await desk.who('sam').post(`${path}/act`, fields);
    const { html } = await desk.who('sam').get(posted.location ?? '/nowhere');
    expect(html).toContain('Only an approval after which no other review opened is looked at again.');
    expect((await home.database.application.findUniqueOrThrow({ where: { id: reference } })).state).toBe('approved');
  });
});

test('a page that an earlier review names is about the newest one', async () => {
  const earlier = await home.database.application.findFirstOrThrow({ where: { slug: 'sure-case' } });
  await openAnew('sure-case');
  const { html } = await desk.who('sam').get(`/console/products/${earlier.id}`);
  const newest = await home.database.application.findFirstOrThrow({ where: { slug: 'sure-case', open: true } });
  expect(html).not.toContain('id="reconsider-form"');
  expect(fieldsOfForm(html, 'withdraw')['reference']).toBe(newest.id);
});
