import { beforeAll, expect, test } from '@jest/globals';
import { reviewSchema } from '../../web/registry/nomination-shape.js';
import { nominatedUpTo } from '../support/nomination-visit.js';
import { Browser } from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home, web } = pagesOfFile();
let reference = '';
beforeAll(async () => {
  ({ reference } = await nominatedUpTo(web, { upTo: 'l1' }));
  await decideOthers(10);
}, 60_000);

/** So many nominations that were decided ten days after they were sent. */
async function decideOthers(count: number) {
  const { database } = home;
  const { review, ...one } = await database.application.findUniqueOrThrow({ where: { id: reference } });
  for (let nth = 0; nth < count; nth += 1) {
    const other = { id: `decided-${nth}`, slug: `decided-${nth}`, state: 'approved', open: false };
    const endedAt = new Date('2026-07-20T08:00:00.000Z');
    await database.application.create({ data: { ...one, ...other, review: review ?? {}, endedAt } });
    const sent = { at: new Date('2026-07-10T08:00:00.000Z'), what: 'answered', role: 'owner', detail: {} };
    await database.ledgerEntry.create({ data: { ...sent, caseId: one.caseId, applicationId: other.id } });
  }
}

/** What the page says of the days, in words and as data. */
async function said(now: string) {
  await home.setClock(now);
  const browser = new Browser(web.app);
  const { html } = await browser.get(`/a/${reference}`);
  const { nomination } = reviewSchema.parse(JSON.parse((await browser.get(`/a/${reference}/data.json`)).html));
  return { html, nomination };
}

test('as long as others took, its page says between which days a decision is likely', async () => {
  const { html, nomination } = await said('2026-07-20T23:00:00.000Z');
  expect(html).toContain('nine of ten at most 10 days');
  expect(html.replace(/\s+/gu, ' ')).toContain('between Monday 20 July 2026 and Monday 20 July 2026');
  expect(nomination).toMatchObject({ estimate: { from: '2026-07-20', to: '2026-07-20' }, noEstimate: null });
});

test('once it takes longer than nine of ten did, its page says that nobody can say, and why', async () => {
  const { html, nomination } = await said('2026-07-21T01:00:00.000Z');
  expect(html).toContain('Nobody can say when: this nomination takes longer than nine of ten did.');
  expect(nomination).toMatchObject({ estimate: null, noEstimate: 'longer_than_nine_of_ten' });
});
