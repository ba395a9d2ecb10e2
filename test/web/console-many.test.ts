import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fieldsOfForm, signedIn } from '../support/console-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { visitor, webOver, type Browser, type Web } from '../support/owner-visit.js';
import { playSteps } from '../support/play-steps.js';
import { appendSegment } from '../../prisma/clock.js';
import { takeAll } from '../support/post.js';

let home: TestDatabase;
let web: Web;
let fay: Browser;
const references: Record<string, string> = {};

// Three whose owners were silent past their deadline; of one no reminder was taken, so that it cannot expire.
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  fay = await signedIn(web, 'fay', 'secretariat');
  const slugs = ['calm', 'mute', 'unsaid'];
  for (const slug of slugs) references[slug] = (await visitor(web, slug, { validUntil: '2026-08-01' })).reference;
  const { database } = home;
  await database.email.updateMany({ where: { kind: 'prompt' }, data: { state: 'sent' } });
  // A draft was saved, so that silence is put before people.
  for (const slug of slugs) {
    const field = { applicationId: references[slug] ?? '', field: 'name', form: {}, version: 1, turn: 1 };
    await database.draft.create({ data: { ...field, savedAt: new Date('2026-07-11') } });
  }
  await appendSegment(database, {
    realAt: new Date().toISOString(),
    caseAt: '2026-10-01T08:00:00.000Z',
    dayMs: 86_400_000,
  });
  for (const slug of slugs) await takeAll(database, `dpg/${slug}`);
  await database.draft.deleteMany({});
  await database.email.updateMany({
    where: { kind: { contains: 'reminder' }, applicationId: { not: references['unsaid'] ?? '' } },
    data: { state: 'sent' },
  });
}, 60_000);
afterAll(() => home.stop());

/** Ticks reviews of the page and does the same to all. */
async function doToAll(slugs: readonly string[], fields: Readonly<Record<string, string>>) {
  await fay.get('/console?reason=silence');
  const body = new URLSearchParams({ ...fieldsOfForm(fay.page.html, 'many'), ...fields });
  for (const slug of slugs) body.append('case', `${references[slug]}:1`);
  const playing = playSteps(home.database);
  try {
    return { body, seen: await fay.post('/console/silence', body) };
  } finally {
    await playing.stop();
  }
}

describe('many silent reviews at once', () => {
  test('what is missing is said, and nothing is done', async () => {
    const before = await home.database.submission.count();
    const none = await doToAll([], { act: 'extend', until: '2026-12-01' });
    expect([none.seen.status, none.seen.html]).toEqual([422, expect.stringContaining('Choose at least one review.')]);
    const undecided = await doToAll(['calm'], {});
    expect(undecided.seen.html).toContain('<a href="#many-act">Choose what is to be done.</a>');
    const silent = await doToAll(['calm'], { act: 'expire' });
    expect(silent.seen.html).toContain('Write the reason: the owner reads it.');
    expect(silent.seen.html).toContain(`value="${references['calm']}:1" checked=""`);
    expect(await home.database.submission.count()).toBe(before);
  });

  test('each has its own outcome, its own row and its own line in the ledger; a second post changes nothing', async () => {
    const fields = { act: 'expire', publicReason: 'Nobody answered.' };
    const { seen, body } = await doToAll(['calm', 'unsaid'], fields);
    expect(seen.html).toContain('1 of 2 done.');
    expect(seen.html).toContain('</strong>: The review is closed without an answer.');
    expect(seen.html).toContain('</strong>: A review ends unanswered only when');
    const rows = await home.database.submission.findMany({ where: { kind: 'expire' }, orderBy: { id: 'asc' } });
    expect(rows.map(({ actor, applicationId }) => [actor, applicationId]).sort()).toEqual(
      [references['calm'], references['unsaid']].map((reference) => ['fay', reference]).sort(),
    );
    const lines = await home.database.ledgerEntry.findMany({
      where: { why: { in: rows.map(({ id }) => `row:${id}`) } },
    });
    expect(new Set(lines.map(({ role, actor }) => `${role} ${actor}`))).toEqual(new Set(['secretariat fay']));
    const again = await fay.post('/console/silence', body);
    expect(again.html).toContain('1 of 2 done.');
    expect(await home.database.submission.count({ where: { kind: 'expire' } })).toBe(2);
  });

  test('more time for all; without a worker they are received', async () => {
    const { seen } = await doToAll(['mute', 'unsaid'], {
      act: 'extend',
      until: '2026-12-01',
      publicReason: 'Holidays.',
    });
    expect(seen.html).toContain('2 of 2 done.');
    const { review } = await home.database.application.findUniqueOrThrow({ where: { id: references['mute'] ?? '' } });
    expect(review).toMatchObject({ turn: { deadline: '2026-12-01', silent: false } });
    expect((await fay.get('/console?reason=silence')).html).toContain('Nothing here needs anybody now.');
    const ops = await signedIn(web, 'olu', 'ops');
    expect((await ops.post('/console/silence', new URLSearchParams())).status).toBe(403);
  });
});
