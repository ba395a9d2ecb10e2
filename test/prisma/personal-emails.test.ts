import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { renderEmail } from '../../mail/render.js';
import { digestOf } from '../../prisma/email-digest.js';
import { erasePerson } from '../../prisma/erase-person.js';
import { createOutbox } from '../../prisma/outbox.js';
import { switchStaffOff } from '../../prisma/staff.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openDemoReview, type DemoReview } from '../support/demo-review.js';
import { head } from '../support/post.js';
import { addOne, addressOf } from '../support/staff-visit.js';

let home: TestDatabase;
let review: DemoReview;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T10:00:00.000Z');
  for (const id of ['ada', 'ben', 'cleo', 'dora']) await addOne(home.database, id, 'l1');
  review = await openDemoReview(home, { slug: 'openwise', caught: [] });
  await review.answer();
}, 120_000);
afterAll(() => home.stop());

const outbox = () => createOutbox({ database: home.database, databaseUrl: home.url, head });

let queued = 0;
/** A reminder of a review that waits for one of ours, as a step would queue it. */
async function remind(personId: string): Promise<number> {
  const at = new Date('2026-07-10T10:00:00.000Z');
  queued += 1;
  const { id } = await home.database.email.create({
    data: {
      key: [review.reference, `person:${personId}`, 'reviewer_reminder', 2, `entry:${queued}`].join('|'),
      ...{ caseId: review.caseId, applicationId: review.reference, personId, kind: 'reviewer_reminder', round: 2 },
      ...{ facts: {}, dueAt: at, state: 'queued', stateAt: at },
    },
  });
  return id;
}

const claim = (id: number, mode: 'catch' | 'allowlist' = 'catch') =>
  outbox().claim({ id, token: 'one', real: Date.now(), rules: { mode, allowlist: [] }, render: renderEmail });

const take = async (by: string) => {
  const { round } = await home.database.application.findUniqueOrThrow({ where: { id: review.reference } });
  return review.say({ kind: 'claim', role: 'l1', actor: by, round, body: { level: 'l1', by } });
};

const record = (id: number, handed: { is: 'accepted' } | { is: 'refused'; because: 'address_refused' }) =>
  outbox().record({ id, token: 'one', real: Date.now(), notBefore: null, handed });

describe('an email to one of ours', () => {
  test('goes to their address with a page of ours and no secret link, and the case hears nothing of it', async () => {
    await take('ada');
    const id = await remind('ada');
    const rows = await home.database.submission.count();
    expect((await outbox().due({ real: Date.now(), limit: 50 })).find((one) => one.id === id)?.address).toBe(
      addressOf('ada'),
    );
    const got = await claim(id);
    expect(got).toMatchObject({
      is: 'claimed',
      claimed: { to: { address: addressOf('ada') }, owner: null, email: { subject: /is due 24 July 2026/u } },
    });
    if (got.is !== 'claimed') throw new Error(got.is);
    expect(got.claimed.email.text).toContain(`https://reviews.alliance.example/desk/${review.reference}\n`);
    expect(got.claimed.email.text).not.toContain('[[link]]');
    await record(id, { is: 'accepted' });
    expect((await home.database.email.findUniqueOrThrow({ where: { id } })).state).toBe('sent');
    const refused = await remind('ada');
    await claim(refused);
    await record(refused, { is: 'refused', because: 'address_refused' });
    expect(await home.database.submission.count()).toBe(rows);
  });

  test('is another email for each of them, and the same one after a restore', async () => {
    const [ada, ben] = [await remind('ada'), await remind('ben')];
    await home.database.email.update({
      where: { id: ben },
      data: { key: (await home.database.email.findUniqueOrThrow({ where: { id: ada } })).key.replace('ada', 'ben') },
    });
    const digest = await digestOf(home.database, ada);
    expect(await digestOf(home.database, ben)).not.toBe(digest);
    await home.database.email.delete({ where: { id: ada } });
    queued -= 2;
    expect(await digestOf(home.database, await remind('ada'))).toBe(digest);
  });

  test('does not go to whoever has the case no more, or left, and is kept by the mail mode', async () => {
    expect(await claim(await remind('ada'), 'allowlist')).toEqual({ is: 'kept' });
    const toBen = await remind('ben');
    expect(await claim(toBen)).toEqual({ is: 'skipped' });
    const toCleo = await remind('cleo');
    await switchStaffOff(home.database, { id: 'cleo', by: 'olga' });
    expect(await claim(toCleo)).toEqual({ is: 'skipped' });
    const reasons = await home.database.email.findMany({
      where: { id: { in: [toBen, toCleo] } },
      orderBy: { id: 'asc' },
    });
    expect(reasons.map(({ reason }) => reason)).toEqual(['not_theirs', 'person_left']);
  });

  test('is erased with its reader: what waits does not go, what went has no text', async () => {
    const [sent, waits] = [await remind('dora'), await remind('dora')];
    const text = { state: 'sent', subject: 'x', text: 'Hello dora Invented', html: 'x' };
    await home.database.email.update({ where: { id: sent }, data: text });
    await erasePerson(home.database, { address: addressOf('dora'), actor: 'olga' });
    const left = await home.database.email.findMany({ where: { id: { in: [sent, waits] } }, orderBy: { id: 'asc' } });
    expect(left).toMatchObject([
      { state: 'sent', text: null, subject: null, html: null },
      { state: 'skipped', reason: 'person_left' },
    ]);
  });
});
