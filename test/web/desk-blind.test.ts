import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeChoices } from '../../prisma/policies.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { allMeet, answeredReview, letHoldPass, oneFails, startDesk, type DeskWorld } from '../support/desk-visit.js';

// Where both levels must agree the second one judges without the first one's verdict.

let home: TestDatabase;
let desk: DeskWorld;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  await writeChoices(home.database, { annual_review: { rule: 'both_agree', noticeDays: 0, holdMinutes: 10 } });
  desk = await startDesk(home.database, { ada: ['l1'], ben: ['l2'] });
}, 60_000);
afterAll(async () => {
  await desk.stop();
  await home.stop();
});

/** A review whose first level gave a verdict that nobody can undo any more. */
async function judged(slug: string, fields: Readonly<Record<string, string>>): Promise<string> {
  const { reference } = await answeredReview(home.database, slug);
  await desk.toDecision('ada', reference, { ...fields, 'internal-3': `Words of ada about ${slug}.` });
  await desk.confirm('ada', reference);
  await letHoldPass(home, reference);
  return reference;
}

test('no preview of a verdict tells what the first reviewer found', async () => {
  const pages: string[] = [];
  for (const [slug, fields] of [
    ['both-meet', allMeet],
    ['they-differ', oneFails],
  ] as const) {
    const { html } = await desk.toDecision('ben', await judged(slug, fields), allMeet);
    expect(html).toContain('It is approved, and the owner is told. That is so if the first reviewer found the same.');
    pages.push(
      /<dl[^]*<\/form>/u
        .exec(html)?.[0]
        .replaceAll(/value="[^"]*"|\d{4}-\w{5}/gu, '')
        .replaceAll(slug, '') ?? '',
    );
  }
  expect(pages[1]).toBe(pages[0]);
});

test('the first verdict is read once the own one can no longer be undone', async () => {
  const reference = await judged('still-held', allMeet);
  const reads = async () => (await desk.who('ben').get(`/desk/${reference}`)).html.includes('Words of ada');
  await desk.toDecision('ben', reference, allMeet);
  expect(await reads()).toBe(false);
  await desk.confirm('ben', reference);
  expect(await reads()).toBe(false);
  await letHoldPass(home, reference);
  expect(await reads()).toBe(true);
});
