import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import { productsToAsk, saveContacts } from '../../prisma/contacts.js';
import { step } from '../../prisma/step.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import type { ProductContact } from '../../domain/contact.js';

const START = '2026-07-10T08:00:00.000Z';
let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase(START);
});
afterAll(() => home.stop());

const person = (slug: string, name: string, rank: ProductContact['rank'] = 'primary'): ProductContact => ({
  slug,
  name,
  address: `${name.toLowerCase()}@${slug}.example`,
  language: 'en',
  country: null,
  rank,
});

const save = (...contacts: readonly ProductContact[]) => saveContacts(home.database, { contacts, actor: 'fatou' });
const run = (caseId: string) => step(home.database, { caseId, armedFor: null });
const changes = (slug: string) =>
  home.database.submission.findMany({
    where: { caseId: `dpg/${slug}`, kind: 'contact_changed' },
    orderBy: { id: 'asc' },
  });
const names = async (slug: string) => {
  const found = await home.database.contact.findMany({ where: { slug }, orderBy: { position: 'asc' } });
  return found.map(({ name, rank }) => `${name} ${rank}`);
};

let keys = 0;
async function say(caseId: string, some: Pick<NewSubmission, 'kind'> & Partial<NewSubmission>) {
  keys += 1;
  const row = {
    key: `key ${keys}`,
    caseId,
    applicationId: null,
    round: null,
    role: 'secretariat',
    actor: 'fatou',
  } as const;
  await appendSubmission(home.database, { ...row, body: {}, ...some });
  return run(caseId);
}
const wake = { kind: 'wake', body: { campaign: null, handPicked: false, cause: 'command' } };

/** What waits for whom, and what became of the rest: "kind name state". */
async function emails(caseId: string): Promise<readonly string[]> {
  const found = await home.database.email.findMany({ where: { caseId }, orderBy: { id: 'asc' } });
  const people = await home.database.recipient.findMany({ where: { application: { caseId } } });
  return found.map(({ kind, recipientId, state }) => {
    return `${kind} ${people.find(({ id }) => id === recipientId)?.name ?? 'nobody'} ${state}`;
  });
}

describe('contacts', () => {
  test('are written once, and the sleeping case hears once whether its primary changed', async () => {
    await listProduct(home.database, 'first', { contacts: false });
    const both = [person('first', 'Chi'), person('first', 'Dan', 'alternate')];
    expect(await productsToAsk(home.database, 'without_contact')).toContain('first');
    expect(await save(...both)).toEqual({ changed: ['first'], unchanged: [] });
    expect(await save(...both)).toEqual({ changed: [], unchanged: ['first'] });
    expect(await productsToAsk(home.database, 'without_contact')).not.toContain('first');
    await save({ ...person('first', 'Chi'), name: 'Chi Adeyemi' }, person('first', 'Eva', 'alternate'));
    expect(await names('first')).toEqual(['Chi Adeyemi primary', 'Eva alternate']);
    expect((await changes('first')).map(({ body }) => body)).toEqual([
      { primaryChanged: true },
      { primaryChanged: false },
    ]);
    expect(await run('dpg/first')).toMatchObject({ state: 'asleep' });
  });

  test('who come while the first email could not be delivered are asked', async () => {
    await listProduct(home.database, 'undeliverable', { contacts: false });
    await save(person('undeliverable', 'Chi'));
    await run('dpg/undeliverable');
    await say('dpg/undeliverable', wake);
    const prompt = await home.database.email.findFirstOrThrow({ where: { caseId: 'dpg/undeliverable' } });
    const { id, applicationId, recipientId } = prompt;
    await home.database.email.update({ where: { id }, data: { state: 'refused' } });
    await home.database.recipient.update({ where: { id: recipientId ?? 0 }, data: { refusedAt: new Date(START) } });
    const word = { kind: 'email_refused', applicationId, body: { turn: 1, email: id } };
    expect(await say('dpg/undeliverable', word)).toMatchObject({ attention: ['undeliverable'] });
    await save(person('undeliverable', 'Chi'), person('undeliverable', 'Dan', 'alternate'));
    expect(await run('dpg/undeliverable')).toMatchObject({ attention: [], waitingOn: 'mail' });
    expect(await emails('dpg/undeliverable')).toEqual(['prompt Chi refused', 'prompt Dan queued']);
  });

  test('alternates alone leave the primary in place', async () => {
    await listProduct(home.database, 'alternates');
    await save(person('alternates', 'Dan', 'alternate'), person('alternates', 'Eva', 'alternate'));
    expect(await names('alternates')).toEqual(['Amina primary', 'Dan alternate', 'Eva alternate']);
    expect((await changes('alternates')).map(({ body }) => body)).toEqual([{ primaryChanged: false }]);
  });

  test('a product that nobody knows is refused, and the others are written', async () => {
    await listProduct(home.database, 'known', { contacts: false });
    await expect(save(person('known', 'Chi'), person('unknown', 'Dan'))).rejects.toThrow('no product');
    expect(await names('known')).toEqual(['Chi primary']);
  });
});

describe('a review whose contacts change', () => {
  test('an unchanged primary keeps the link, its session and the email that waits', async () => {
    const caseId = await listProduct(home.database, 'same-primary');
    await say(caseId, wake);
    const [amina, bao] = await home.database.recipient.findMany({
      orderBy: { id: 'asc' },
      where: { application: { caseId } },
    });
    const session = { recipientId: amina?.id ?? 0, form: 'x', createdAt: new Date(START) };
    await home.database.session.create({ data: { id: 'same', ...session } });
    await save(person('same-primary', 'Amina'), person('same-primary', 'Dan', 'alternate'));
    await run(caseId);
    const after = await home.database.recipient.findMany({
      orderBy: { id: 'asc' },
      where: { application: { caseId } },
    });
    expect(after.map(({ id, name, revokedAt }) => [id, name, revokedAt === null])).toEqual([
      [amina?.id, 'Amina', true],
      [bao?.id, 'Bao', false],
      [expect.any(Number), 'Dan', true],
    ]);
    expect((await home.database.session.findUniqueOrThrow({ where: { id: 'same' } })).endedAt).toBeNull();
    expect(await emails(caseId)).toEqual(['prompt Amina queued']);
  });

  test('the old primary who stays as an alternate keeps the link; the new one is asked anew', async () => {
    const caseId = await listProduct(home.database, 'swapped');
    await say(caseId, wake);
    await save(person('swapped', 'Chi'), person('swapped', 'Amina', 'alternate'));
    expect(await run(caseId)).toMatchObject({ waitingOn: 'mail' });
    expect(await emails(caseId)).toEqual(['prompt Amina skipped', 'prompt Chi queued']);
    const left = await home.database.recipient.findMany({ where: { application: { caseId }, revokedAt: null } });
    expect(left.map(({ name }) => name).sort()).toEqual(['Amina', 'Chi']);
  });

  test('a decision that was not sent, or came back, goes to the new contact', async () => {
    for (const state of ['queued', 'refused']) {
      const slug = `ended-${state}`;
      const caseId = await listProduct(home.database, slug);
      const { reference } = await say(caseId, wake);
      await say(caseId, { kind: 'withdraw', applicationId: reference, round: 1 });
      await home.database.email.updateMany({ where: { caseId, kind: 'closed' }, data: { state } });
      await save(person(slug, 'Chi'));
      await run(caseId);
      const was = state === 'queued' ? 'skipped' : 'refused';
      expect(await emails(caseId)).toEqual(['prompt Amina skipped', `closed Amina ${was}`, 'closed Chi queued']);
    }
  });
});
