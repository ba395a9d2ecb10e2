import { serve } from '@hono/node-server';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { checkBy } from '../../dev/demo/checks/check.js';
import { lookAtRemovals } from '../../dev/demo/checks/removals.js';
import { lookAtScanners } from '../../dev/demo/checks/scanners.js';
import { lookAtStatuses } from '../../dev/demo/checks/statuses.js';
import type { World } from '../../dev/demo/types.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openDemoReview, type DemoReview } from '../support/demo-review.js';
import { Browser, linkOf, webOver } from '../support/owner-visit.js';
import { privacyWake } from '../support/post.js';

const START = '2026-07-10T08:00:00.000Z';
let home: TestDatabase;
beforeEach(async () => {
  home = await startTestDatabase(START);
}, 60_000);
afterEach(() => home.stop());

async function decided(slug: string, word: 'meets' | 'does_not_meet' = 'meets'): Promise<DemoReview> {
  const review = await openDemoReview(home, { slug, caught: [] });
  await review.at('2026-07-10T09:00:01.000Z');
  await review.deliver();
  await review.answer();
  await review.verdict({ level: 'l1', by: 'ada' });
  await review.verdict({ level: 'l2', by: 'ezra', word });
  return review;
}

describe('the shown status', () => {
  let publicUrl: string;
  let close: () => void;
  /** Changes what is shown on its way out. */
  let distort: (path: string, text: string) => string;
  beforeEach(async () => {
    distort = (_path, text) => text;
    const { app } = webOver(home.database);
    const fetch = async (request: Request) => {
      // Without the reader's wish to have it compressed.
      const answer = await app.fetch(new Request(request.url));
      const text = distort(new URL(request.url).pathname, await answer.text());
      return new Response(text, { status: answer.status });
    };
    const server = serve({ fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    const bound = server.address();
    publicUrl = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`;
    close = () => server.close();
  });
  afterEach(() => close());
  const look = () => lookAtStatuses({ database: home.database, publicUrl });

  test('follows from the decisions of what was approved, rejected and only asked about privacy', async () => {
    await decided('approved');
    await decided('rejected', 'does_not_meet');
    const asked = await openDemoReview(home, { slug: 'asked', caught: [], row: privacyWake, validUntil: '2027-06-01' });
    await asked.answer();
    await asked.verdict({ level: 'l1', by: 'ada', word: 'does_not_meet' });
    expect(await look()).toMatchObject({ tried: 3, problems: [] });
  });

  test('that was decided otherwise is found, though pages and records agree', async () => {
    await decided('approved');
    await decided('rejected', 'does_not_meet');
    await home.database.listing.update({ where: { slug: 'rejected' }, data: { removedOn: null } });
    const validUntil = new Date('2028-01-01');
    await home.database.listing.update({ where: { slug: 'approved' }, data: { validUntil } });
    const said = (await look()).problems.join('\n');
    expect(said).toContain('rejected: shown as due, decided off the list');
    expect(said).toContain('approved: shown as valid until 2028-01-01, decided 2027-09-01');
  });

  test('that the page or the data show otherwise is found', async () => {
    await decided('approved');
    distort = (path, text) => (path === '/r/approved' ? text.replaceAll('Listed', 'Candidate') : text);
    expect((await look()).problems).toEqual(['approved: its page does not say "Listed"']);
    distort = (path, text) => (path === '/registry.json' ? text.replaceAll('"listed"', '"grace"') : text);
    expect((await look()).problems).toEqual(['approved: status is shown as grace, recorded listed']);
  });

  test('of nothing decided is no test, and pages that are not served are a failure', async () => {
    expect(await checkBy(look, 0)).toMatchObject({ ok: false, detail: 'It was never put to the test.' });
    await decided('approved');
    close();
    expect(await checkBy(look, 0)).toMatchObject({ ok: false, tried: 0 });
  });
});

describe('products that left the list', () => {
  const world: World = { seed: 1, people: [], products: ['gone'], planted: [] };
  const look = (products: readonly string[] = ['gone']) =>
    lookAtRemovals({ database: home.database, world: { ...world, products } });

  test('left by a person', async () => {
    await decided('gone', 'does_not_meet');
    expect(await look()).toMatchObject({ tried: 1, problems: [] });
  });

  test('left by a person whose verdict waited for a request', async () => {
    const review = await openDemoReview(home, { slug: 'gone', caught: [] });
    await review.answer();
    await review.verdict({ level: 'l1', by: 'ada' });
    await review.say({ kind: 'request', role: 'owner', body: { request: 'withdrawal' } });
    await review.verdict({ level: 'l2', by: 'ezra', word: 'does_not_meet' });
    const body = { request: 'withdrawal', publicReason: '', internalReason: '' };
    await review.say({ kind: 'refuse', body });
    await review.at('2026-07-11T08:00:00.000Z');
    expect(await home.database.decision.findFirst()).toMatchObject({ by: 'machine', result: 'ineligible' });
    expect(await look()).toMatchObject({ tried: 1, problems: [] });
  });

  test('without a decision, by the machine, or altogether are found', async () => {
    await decided('gone', 'does_not_meet');
    const { id } = await home.database.decision.findFirstOrThrow();
    await home.database.decision.update({ where: { id }, data: { by: 'machine', result: 'unanswered' } });
    expect((await look()).problems.join()).toContain('ended as unanswered without a person');
    await home.database.decision.update({ where: { id }, data: { by: 'nobody' } });
    expect((await look()).problems.join()).toContain('without a person');
    await home.database.decision.deleteMany();
    expect((await look()).problems).toEqual(['gone left the list without a decision']);
    expect((await look(['gone', 'vanished'])).problems.join()).toContain('vanished is gone from the records');
  });

  test('silence that the machine acts on is a test of it', async () => {
    const review = await openDemoReview(home, { slug: 'gone', caught: [] });
    await review.at('2026-07-10T09:00:01.000Z');
    await review.deliver();
    await review.at('2026-08-09T09:00:01.000Z');
    await review.deliver();
    await review.at('2026-09-09T12:00:01.000Z');
    expect(await look()).toMatchObject({ tried: 1, problems: [] });
    // As if the machine had removed it then.
    const removedOn = new Date('2026-09-09');
    await home.database.listing.update({ where: { slug: 'gone' }, data: { removedOn } });
    expect((await look()).problems).toEqual(['gone left the list without a decision']);
  });
});

describe('link scanners', () => {
  const look = (entered: number) => lookAtScanners({ database: home.database, tried: { scanner: 6, entered } });

  test('changed nothing, while people came in by the same links', async () => {
    const review = await openDemoReview(home, { slug: 'scanned', caught: [] });
    const web = webOver(home.database);
    const link = await linkOf(web, review.reference);
    for (const method of ['GET', 'HEAD', 'GET']) await web.app.request(link, { method });
    const person = new Browser(web.app);
    await person.get(link);
    await person.send();
    expect(await look(1)).toMatchObject({ tried: 6, problems: [] });
    // As if a request of the scanner had pressed the button.
    expect((await look(0)).problems).toEqual(['1 sessions began, and people entered 0 times']);
  });

  test('that leave a row or a draft without anybody having come in are found', async () => {
    const { reference, say } = await openDemoReview(home, { slug: 'scanned', caught: [] });
    const { id } = await home.database.recipient.findFirstOrThrow({ where: { applicationId: reference } });
    await say({ kind: 'link_used', role: 'owner', actor: String(id), round: 1 });
    const draft = { applicationId: reference, field: 'P1', form: {}, version: 1, turn: 1, savedAt: new Date(START) };
    await home.database.draft.create({ data: { ...draft, recipientId: id } });
    const said = (await look(1)).problems;
    expect(said).toHaveLength(2);
    expect(said.join()).toContain('says that a link was used');
    expect(said.join()).toContain('a draft of P1 was saved');
  });
});
