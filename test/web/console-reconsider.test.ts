import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createHandOverJournal } from '../../adapters/handover-journal.js';
import type { Mailbox } from '../../dev/mailbox.js';
import { answeredReview, startDesk, type DeskWorld } from '../support/desk-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { hiddenFields } from '../support/owner-visit.js';
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
async function askAgain(fields: Readonly<Record<string, string>>) {
  const { html } = await desk.who('sam').get(page);
  const form = /<form[^>]*id="reconsider-form"[^]*?<\/form>/u.exec(html)?.[0] ?? '';
  const hidden = Object.fromEntries(hiddenFields(form));
  const posted = await desk.who('sam').post(`${page}/act`, { ...hidden, ...fields });
  return posted.location === null ? posted : desk.who('sam').get(posted.location);
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
