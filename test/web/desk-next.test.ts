import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { answeredReview, startDesk, type DeskWorld } from '../support/desk-visit.js';
import { hiddenFields } from '../support/owner-visit.js';

// The button that takes the next case, pressed more than once.

let home: TestDatabase;
let desk: DeskWorld;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  desk = await startDesk(home.database, { ada: ['l1'], abe: ['l1'], ann: ['l1'] });
  for (const slug of ['one', 'two', 'three', 'four']) await answeredReview(home.database, `${slug}-case`);
}, 60_000);
afterAll(async () => {
  await desk.stop();
  await home.stop();
});

/** The form of the desk as it is now, to be sent later. */
async function opened(id: string) {
  const { html } = await desk.who(id).get('/desk');
  const form = /<form[^>]*action="\/desk\/next"[^]*?<\/form>/u.exec(html)?.[0] ?? '';
  const hidden = Object.fromEntries(hiddenFields(form));
  return () => desk.who(id).post('/desk/next', hidden);
}

const heldBy = (id: string) => home.database.application.count({ where: { claimedBy: id } });
const follow = (id: string, location: string | null) => desk.who(id).get(location ?? '/nowhere');

test('pressed again on a page from before it leads to the same case; on the page as it is now to the next one', async () => {
  const next = await opened('ada');
  const first = await next();
  expect((await follow('ada', first.location)).html).toContain('The case is yours.');
  const again = await next();
  expect(again.location).toBe(first.location);
  expect(await heldBy('ada')).toBe(1);
  const fresh = await (await opened('ada'))();
  expect((await follow('ada', fresh.location)).html).toContain('The case is yours.');
  expect(fresh.location).not.toBe(first.location);
  expect(await heldBy('ada')).toBe(2);
});

test('sent twice at once it gives one case', async () => {
  const next = await opened('abe');
  const both = await Promise.all([next(), next()]);
  expect(both[0].location).toMatch(/^\/desk\/\d{4}-\w{5}\?row=/u);
  expect(both[1].location).toBe(both[0].location);
  expect(await heldBy('abe')).toBe(1);
});

test('of a case that was given back since, it says so and takes none', async () => {
  const next = await opened('ann');
  const { location } = await next();
  const reference = /\d{4}-\w{5}/u.exec(location ?? '')?.[0] ?? '';
  await desk.press('ann', reference, 'give-back');
  const { html } = await follow('ann', (await next()).location);
  expect(html).toContain('This was done before, and the case has moved on since.');
  expect(await heldBy('ann')).toBe(0);
});

test('where nothing is left, it says so', async () => {
  const next = await opened('ann');
  await (await opened('ada'))();
  expect((await follow('ann', (await next()).location)).html).toContain('Nothing waits for you to take it.');
});
