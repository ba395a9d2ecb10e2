import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appendSubmission } from '../../prisma/append.js';
import { noteFailure } from '../../prisma/set-aside.js';
import { step } from '../../prisma/step.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
});
afterAll(() => home.stop());

test('a row whose step always fails is set aside the tenth time; the next row is taken, and a release lets it go on', async () => {
  const { database } = home;
  const caseId = 'dpg/stuck';
  const validUntil = new Date('2026-09-01');
  const listing = { slug: 'stuck', name: 'Stuck', validUntil, opensByItself: true, createdAt: new Date() };
  await database.listing.create({ data: listing });
  await database.case.create({
    data: { id: caseId, slug: 'stuck', workflow: 'certification', revision: 0, agenda: [] },
  });
  const row = { caseId, applicationId: null, round: null, role: 'secretariat', actor: 'fatou' } as const;
  // Nobody appends such a kind, so every step that meets it fails.
  await appendSubmission(database, { ...row, key: 'bad', kind: 'nonsense', body: {} });
  const wake = { campaign: null, handPicked: false, cause: 'command' };
  await appendSubmission(database, { ...row, key: 'good', kind: 'wake', body: wake });

  const asides: boolean[] = [];
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    await expect(step(database, { caseId, armedFor: null })).rejects.toThrow('nobody appends');
    asides.push(await noteFailure(database, caseId));
  }
  expect(asides).toEqual([...Array<boolean>(9).fill(false), true]);

  const next = await step(database, { caseId, armedFor: null });
  expect(next).toMatchObject({ state: 'owner', more: false });
  expect(next.attention).toContain('stuck');
  await appendSubmission(database, { ...row, key: 'release', kind: 'release', body: {} });
  expect(await step(database, { caseId, armedFor: null })).toMatchObject({ more: true });
});

test('an entry that is set aside is due no longer', async () => {
  const { database } = home;
  const caseId = 'dpg/entry';
  const listing = { slug: 'entry', name: 'Entry', opensByItself: true, createdAt: new Date() };
  await database.listing.create({ data: listing });
  const entry = { id: 'staff:x', what: 'staff', due: '2026-07-01T00:00:00.000Z', for: 'secretariat' };
  const record = { id: caseId, slug: 'entry', workflow: 'certification', revision: 0, agenda: [entry] };
  await database.case.create({ data: { ...record, nextDueAt: new Date(entry.due) } });
  for (let attempt = 1; attempt <= 10; attempt += 1) await noteFailure(database, caseId);
  const found = await database.case.findUniqueOrThrow({ where: { id: caseId } });
  expect(found).toMatchObject({ attention: ['stuck'], nextDueAt: null });
});
