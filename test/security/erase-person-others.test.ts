import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { saveContacts } from '../../prisma/contacts.js';
import { lockCase } from '../../prisma/database.js';
import { erasePerson } from '../../prisma/erase-person.js';
import { json } from '../../prisma/json.js';
import { perennial } from '../support/command.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { placesOf } from './contents.js';
import { append, openReview, runSteps } from '../support/owner-visit.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
}, 120_000);
afterAll(() => home.stop());

interface Named {
  readonly name: string;
  readonly address: string;
}

/** A review that asks these people, primary first. */
async function asking(slug: string, people: readonly Named[]) {
  const opened = await openReview(home.database, { slug });
  const contacts = people.map((one, index) => {
    return { ...one, slug, rank: index === 0 ? 'primary' : 'alternate', language: 'en', country: null } as const;
  });
  await saveContacts(home.database, { contacts, actor: 'fatou' });
  await runSteps(home.database, opened.caseId);
  return opened;
}

const note = (caseId: string, internalReason: string) =>
  append(home.database, caseId, { kind: 'resend', body: { publicReason: '', internalReason } });

async function noteOf(caseId: string): Promise<unknown> {
  const { body } = await home.database.submission.findFirstOrThrow({ where: { caseId, kind: 'resend' } });
  return body;
}

async function draft(applicationId: string, text: string): Promise<void> {
  const data = { applicationId, field: 'website', form: { website: text }, version: 1, turn: 1 };
  await home.database.draft.create({ data: { ...data, savedAt: new Date('2026-07-10T08:00:00.000Z') } });
}

async function draftOf(applicationId: string): Promise<unknown> {
  const { form } = await home.database.draft.findFirstOrThrow({ where: { applicationId, field: 'website' } });
  return form;
}

describe('people beside the one who is erased', () => {
  test('keep everything if only a pattern makes their address or name alike', async () => {
    const { reference } = await asking('pattern', [
      { name: 'Ann_ Bee', address: 'a_b@x.example' },
      { name: 'Anna Bee', address: 'axb@x.example' },
    ]);
    const other = await home.database.recipient.findFirstOrThrow({ where: { address: 'axb@x.example' } });
    const erased = await erasePerson(home.database, { address: 'A_B@x.example', actor: 'fatou' });
    expect(erased).toMatchObject({ contacts: 1, recipients: 1, withoutAnybody: [] });
    const contacts = await home.database.contact.findMany({ where: { slug: 'pattern' } });
    expect(contacts.map(({ address }) => address)).toEqual(['axb@x.example']);
    expect(await home.database.recipient.findUnique({ where: { id: other.id } })).toEqual(other);
    expect(await home.database.recipient.count({ where: { applicationId: reference, address: 'a_b@x.example' } })).toBe(
      0,
    );
  });

  test('are told apart from the erased person of their name, and keep it', async () => {
    const { caseId } = await asking('spelled', [
      { name: 'Ulla Berg', address: 'u_b@spelled.example' },
      { name: ' ulla berg', address: 'uxb@spelled.example' },
    ]);
    await note(caseId, 'Ulla Berg rang, of u_b@spelled.example.');
    const { left } = await erasePerson(home.database, { address: 'u_b@spelled.example', actor: 'fatou' });
    expect(left).toBeGreaterThan(0);
    expect(await noteOf(caseId)).toMatchObject({ internalReason: 'Ulla Berg rang, of [erased].' });
  });

  test('keep their own words: a name is looked for in reviews of the erased person only, a word nowhere', async () => {
    const own = await asking('own', [
      { name: 'Support', address: 'support@own.example' },
      { name: 'Cem Demir', address: 'cem@own.example' },
    ]);
    const others = await asking('others', [{ name: 'Dora Ek', address: 'dora@others.example' }]);
    await note(own.caseId, 'Cem Demir of cem@own.example gives support.');
    await note(others.caseId, 'Cem Demir of cem@own.example gives support.');
    await draft(own.reference, 'Support by support@own.example and Cem Demir');
    await draft(others.reference, 'Our support, support@own.example and Cem Demir');
    const said = await perennial(
      ...([home.url, 'person', 'erase', 'support@own.example', '--confirm', 'support@own.example'] as const),
    );
    expect(said).toMatch(/[1-9]\d* more emails, submissions, drafts and notes have a name of this person still/u);
    expect(await draftOf(own.reference)).toEqual({ website: 'Support by [erased] and Cem Demir' });
    expect(await draftOf(others.reference)).toEqual({ website: 'Our support, [erased] and Cem Demir' });
    expect(await noteOf(others.caseId)).toMatchObject({ internalReason: expect.stringContaining('gives support') });
    const erased = await erasePerson(home.database, { address: 'cem@own.example', actor: 'fatou' });
    expect(erased.left).toBeGreaterThanOrEqual(2);
    expect(await noteOf(own.caseId)).toMatchObject({ internalReason: '[erased] of [erased] gives support.' });
    expect(await noteOf(others.caseId)).toMatchObject({ internalReason: 'Cem Demir of [erased] gives support.' });
    expect(await draftOf(others.reference)).toEqual({ website: 'Our support, [erased] and Cem Demir' });
  });

  test('keep what a step of their review commits meanwhile', async () => {
    const { caseId, reference } = await asking('step', [{ name: 'Eli Fox', address: 'eli@step.example' }]);
    await asking('gone', [{ name: 'Gil Hay', address: 'gil@gone.example' }]);
    const { review } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
    const before = { ...(review as object), said: [{ internalReason: 'Write to gil@gone.example' }] };
    await home.database.application.update({ where: { id: reference }, data: { review: json(before) } });
    const erasing: Promise<unknown>[] = [];
    await home.database.$transaction(
      async (transaction) => {
        await lockCase(transaction, caseId);
        erasing.push(erasePerson(home.database, { address: 'gil@gone.example', actor: 'fatou' }));
        await waitsForUs();
        const data = { review: json({ ...before, turn: 99 }) };
        await transaction.application.update({ where: { id: reference }, data });
      },
      { timeout: 20_000 },
    );
    await Promise.all(erasing);
    const { review: after } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
    expect(after).toMatchObject({ turn: 99, said: [{ internalReason: 'Write to [erased]' }] });
  });
});

/** Until the erasing waits for a lock or, having none to wait for, has read everything and writes no more. */
async function waitsForUs(): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const [found] = await home.database.$queryRaw<{ waits: boolean }[]>`
      select exists (select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock') as waits`;
    if (found?.waits === true) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('the imported past, what is kept aside of it, and suggestions name the erased person no longer', async () => {
  const { database } = home;
  const at = new Date('2026-07-10T08:00:00.000Z');
  const zed = { name: 'Zed Quill', address: 'zed@past.example' };
  await asking('past-one', [zed]);
  const record = { kind: 'nominee', name: 'Past One', keys: [], hash: 'as read', at, answers: {}, details: {} };
  const said = [{ about: 'privacy', answer: null, text: 'Ask Zed Quill.', confidence: null }];
  await database.formerRecord.create({
    data: { ...record, id: 'nominee:past-one', source: 'past-one', slug: 'past-one', details: { said } },
  });
  await database.formerRecord.create({
    data: {
      ...record,
      id: 'excluded:other',
      source: 'other',
      reason: 'As ZED@past.example says',
      answers: { P4: zed.address },
    },
  });
  await database.unknownFields.create({ data: { id: 'nominee:past-one', fields: { by: [zed.address] }, at } });
  const suggestion = { kind: 'suggestion', product: 'Rain Atlas', website: 'https://rain.example', createdAt: at };
  await database.nominationStart.create({ data: { id: 'own', ...suggestion, ...zed } });
  const others = { name: 'Bao Tran', address: 'bao@past.example', why: `So says ${zed.address}.`, usedAt: at };
  await database.nominationStart.create({ data: { id: 'others', ...suggestion, ...others } });
  expect(await placesOf(database, zed.address)).not.toEqual([]);
  const counted = await erasePerson(database, { address: zed.address, actor: 'fatou', only: 'count' });
  const erased = await erasePerson(database, { address: zed.address, actor: 'fatou' });
  expect(counted).toEqual(erased);
  expect(erased).toMatchObject({ starts: 2, former: 3 });
  for (const trace of [zed.address, zed.name]) expect(await placesOf(database, trace)).toEqual([]);
  const { why, name } = await database.nominationStart.findUniqueOrThrow({ where: { id: 'others' } });
  expect([why, name]).toEqual(['So says [erased].', 'Bao Tran']);
  expect((await database.formerRecord.findUniqueOrThrow({ where: { id: 'excluded:other' } })).hash).toBe('as read');
});

test('somebody who only suggested a product is erased too, and nobody whose address is alike', async () => {
  const at = new Date('2026-07-10T08:00:00.000Z');
  const suggestion = { kind: 'suggestion', product: 'Wind Map', website: 'https://wind.example', createdAt: at };
  const by = { name: 'Ida Lund', address: 'ida_l@wind.example' };
  await home.database.nominationStart.create({ data: { id: 'ida', ...suggestion, ...by } });
  const alike = { name: 'Idaxl', address: 'idaxl@wind.example' };
  await home.database.nominationStart.create({ data: { id: 'idaxl', ...suggestion, ...alike } });
  const said = await perennial(home.url, 'person', 'erase', by.address);
  expect(said).toContain('Would erase: 1 beginning of a nomination or suggestion.');
});
