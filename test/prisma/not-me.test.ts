import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLinks } from '../../adapters/links.js';
import { renderEmail } from '../../mail/render.js';
import { createOutbox } from '../../prisma/outbox.js';
import { linkHolders, openSession, readSession } from '../../prisma/sessions.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { head, say, takeAll, wake } from '../support/post.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
}, 120_000);
afterAll(() => home.stop());

const links = createLinks(Buffer.alloc(32, 1));
const rules = { mode: 'catch', allowlist: [] } as const;
const outbox = () => createOutbox({ database: home.database, databaseUrl: home.url, head });

/** A review whose owner has a link and a session, and says that another person must answer. */
async function notMe(slug: string, who: 'primary' | 'alternate' = 'primary') {
  const caseId = await listProduct(home.database, slug);
  const { result } = await say(home.database, caseId, wake);
  const reference = result.reference ?? '';
  await handOver(caseId);
  const asker = await home.database.recipient.findFirstOrThrow({ where: { applicationId: reference, rank: who } });
  const session = { id: `session-${slug}`, recipientId: asker.id, form: 'f', at: new Date('2026-07-10') };
  await openSession(home.database, session);
  const { id: recipientId, address, linkVersion } = asker;
  const owner = { applicationId: reference, recipientId, address, linkVersion };
  await say(home.database, caseId, {
    ...{ kind: 'request', role: 'owner', actor: String(asker.id), applicationId: reference, round: 1 },
    body: { request: 'not_me' },
  });
  const answer = (kind: 'grant' | 'refuse') =>
    say(home.database, caseId, {
      ...{ kind, applicationId: reference, round: 1 },
      body: { request: 'not_me', days: null, publicReason: '', internalReason: '' },
    });
  const isKnown = async () => {
    const holders = await linkHolders(home.database, reference);
    return links.verify(links.token(owner), holders) !== null;
  };
  const isSignedIn = async () => (await readSession(home.database, { id: session.id, reference })) !== null;
  return { caseId, reference, answer, isKnown, isSignedIn };
}

/** The mail server takes everything that waits; the case hears of it. */
async function handOver(caseId: string): Promise<void> {
  const where = { caseId, state: 'queued' };
  await home.database.email.updateMany({ where, data: { dueAt: new Date('2026-07-01') } });
  for (const { id } of await home.database.email.findMany({ where, orderBy: { id: 'asc' } })) {
    const claim = await outbox().claim({ id, token: 'one', real: Date.now(), rules, render: renderEmail });
    if (claim.is !== 'claimed') continue;
    await outbox().record({ id, token: 'one', real: Date.now(), notBefore: null, handed: { is: 'accepted' } });
  }
  await takeAll(home.database, caseId);
}

/** "name kind state" of all emails of a case. */
async function emails(caseId: string): Promise<readonly string[]> {
  const found = await home.database.email.findMany({ where: { caseId }, orderBy: { id: 'asc' } });
  const people = await home.database.recipient.findMany({ where: { application: { caseId } } });
  return found.map(({ recipientId, kind, state }) => {
    return `${people.find(({ id }) => id === recipientId)?.name} ${kind} ${state}`;
  });
}

describe('"not me", granted', () => {
  test("ends the person's link and session, tells them so, and asks the next contact from the beginning", async () => {
    const { caseId, reference, answer, isKnown, isSignedIn } = await notMe('granted');
    expect([await isKnown(), await isSignedIn()]).toEqual([true, true]);
    await answer('grant');
    expect([await isKnown(), await isSignedIn()]).toEqual([false, false]);
    await handOver(caseId);
    expect(await emails(caseId)).toEqual(['Amina prompt sent', 'Amina request_answered sent', 'Bao prompt sent']);
    const told = await home.database.email.findFirstOrThrow({ where: { caseId, kind: 'request_answered' } });
    expect(told.text?.replace(/\s+/gu, ' ')).toContain('The link in earlier emails to you no longer works.');
    const { review } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
    expect(review).toMatchObject({ requests: [], turn: { number: 2, deadline: '2026-09-08' } });
  });

  test('takes them from the contacts of the product, so that no later review asks them', async () => {
    const { answer } = await notMe('forgotten');
    await answer('grant');
    const contacts = await home.database.contact.findMany({ where: { slug: 'forgotten' } });
    expect(contacts.map(({ name }) => name)).toEqual(['Bao']);
  });

  test('to the only contact leaves the case to the secretariat until there is another one', async () => {
    const { caseId, reference, answer } = await notMe('only-one');
    await home.database.recipient.updateMany({
      where: { applicationId: reference, rank: 'alternate' },
      data: { revokedAt: new Date('2026-07-10') },
    });
    await home.database.contact.deleteMany({ where: { slug: 'only-one', rank: 'alternate' } });
    const { result } = await answer('grant');
    expect(result).toMatchObject({ waitingOn: 'secretariat', attention: ['no_contact'] });
    const { attention } = await home.database.case.findUniqueOrThrow({ where: { id: caseId } });
    expect(attention).toEqual(['no_contact']);
  });

  test('to an alternate lets the turn of the primary contact go on', async () => {
    const { caseId, reference, answer, isKnown } = await notMe('alternate', 'alternate');
    await answer('grant');
    await handOver(caseId);
    expect(await isKnown()).toBe(false);
    expect(await emails(caseId)).toEqual(['Amina prompt sent', 'Bao request_answered sent']);
    const { review } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
    expect(review).toMatchObject({ turn: { number: 1, stoppedWith: null } });
  });
});

test('"not me", refused, tells the one who asked, whose link works on', async () => {
  const { caseId, answer, isKnown } = await notMe('refused');
  await answer('refuse');
  await handOver(caseId);
  expect(await isKnown()).toBe(true);
  expect(await emails(caseId)).toEqual(['Amina prompt sent', 'Amina request_answered sent']);
});
