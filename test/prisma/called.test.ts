import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { renderEmail } from '../../mail/render.js';
import { createOutbox } from '../../prisma/outbox.js';
import { look } from '../../prisma/step.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openDemoReview } from '../support/demo-review.js';
import { head } from '../support/post.js';
import { addOne, addressOf } from '../support/staff-visit.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T10:00:00.000Z');
  for (const id of ['ada', 'abe', 'cleo', 'dan', 'eli']) await addOne(home.database, id, 'l1');
  await addOne(home.database, 'ben', 'l2');
}, 120_000);
afterAll(() => home.stop());

const outbox = () => createOutbox({ database: home.database, databaseUrl: home.url, head });
const claim = (id: number) =>
  outbox().claim({ id, token: 'one', real: Date.now(), rules: { mode: 'catch', allowlist: [] }, render: renderEmail });

const ofKind = (kind: string, applicationId: string) =>
  home.database.email.findMany({ where: { kind, applicationId }, orderBy: { id: 'asc' } });
const away = { awayFrom: new Date('2026-07-16'), awayUntil: new Date('2026-07-30'), deputyId: 'abe' };

test('whoever may take a case that nobody took for seven days is told once, by its reference alone', async () => {
  const review = await openDemoReview(home, { slug: 'lonely', caught: [] });
  const { reference } = review;
  await review.answer();
  await home.database.reviewerConflict.create({ data: { reviewer: 'cleo', slug: 'lonely', at: new Date() } });
  await home.database.staffPerson.update({ where: { id: 'dan' }, data: away });
  await home.database.contact.updateMany({
    where: { slug: 'lonely', rank: 'alternate' },
    data: { address: addressOf('ELI') },
  });
  await review.at('2026-07-17T09:00:00.000Z');
  expect(await ofKind('reviewer_wanted', reference)).toEqual([]);
  await review.at('2026-07-17T10:01:00.000Z');
  const wanted = await ofKind('reviewer_wanted', reference);
  expect(wanted.map(({ personId }) => personId)).toEqual(['abe', 'ada']);
  const got = await claim(wanted[0]?.id ?? 0);
  if (got.is !== 'claimed') throw new Error(got.is);
  const { subject, text } = got.claimed.email;
  expect(text).toContain(`/desk/${reference}`);
  expect(`${subject} ${text}`).not.toMatch(/lonely|Amina/iu);
  await outbox().record({
    ...{ id: wanted[0]?.id ?? 0, token: 'one', real: Date.now(), notBefore: null },
    handed: { is: 'accepted' },
  });
  // Somebody took it: nobody else is asked any more.
  const { round } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
  await review.say({ kind: 'claim', role: 'l1', actor: 'abe', round, body: { level: 'l1', by: 'abe' } });
  expect(await claim(wanted[1]?.id ?? 0)).toEqual({ is: 'skipped' });
  await review.at('2026-07-20T10:00:00.000Z');
  expect(await ofKind('reviewer_wanted', reference)).toHaveLength(2);
});

test('the reminder to a reviewer who is away goes to the deputy, and says for whom', async () => {
  await home.setClock('2026-07-10T10:00:00.000Z');
  await home.database.staffPerson.update({ where: { id: 'dan' }, data: { awayFrom: null, awayUntil: null } });
  const review = await openDemoReview(home, { slug: 'stood-in', caught: [] });
  await review.answer();
  const { round } = await home.database.application.findUniqueOrThrow({ where: { id: review.reference } });
  await review.say({ kind: 'claim', role: 'l1', actor: 'dan', round, body: { level: 'l1', by: 'dan' } });
  await home.database.staffPerson.update({ where: { id: 'dan' }, data: away });
  expect((await look(home.database, review.caseId))?.next?.what).toBe('watch');
  await review.at('2026-07-21T11:00:00.000Z');
  const [reminder] = await ofKind('reviewer_reminder', review.reference);
  expect(reminder?.personId).toBe('abe');
  const got = await claim(reminder?.id ?? 0);
  if (got.is !== 'claimed') throw new Error(got.is);
  expect(got.claimed.email.text.replaceAll(/\s+/gu, ' ')).toContain('You stand in for dan');
});
