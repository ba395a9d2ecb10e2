import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { perennial } from '../support/command.js';
import { fieldsOfForm, signedIn } from '../support/console-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { deciding, webOver, type Browser, type Web } from '../support/owner-visit.js';
import { playSteps } from '../support/play-steps.js';
import { step } from '../../prisma/step.js';

let home: TestDatabase;
let web: Web;
let fay: Browser;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T07:00:00.000Z');
  web = webOver(home.database, { senderName: 'Fatou Ndiaye' });
  fay = await signedIn(web, 'fay', 'secretariat');
  await listProduct(home.database, 'seed');
  await listProduct(home.database, 'twin', { contacts: false });
  await listProduct(home.database, 'lasting', { validUntil: '2028-01-01' });
});
afterAll(() => home.stop());

/** Sends one of the forms of the present page with these fields. */
async function send(form: string, action: string, fields: Readonly<Record<string, string>> = {}) {
  const hidden = fieldsOfForm(fay.page.html, form);
  return fay.post(action, new URLSearchParams({ ...hidden, ...fields }));
}

const plan = async (fields: Readonly<Record<string, string>>) => {
  await fay.get('/console/campaigns/new');
  return send('scope', '/console/campaigns/plan', fields);
};

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

describe('a campaign', () => {
  test('the plan is the text of the command, byte for byte, with an email as it would read', async () => {
    const exclude = 'twin = merges, with = seed';
    const { html, status } = await plan({ name: 'annual-2026', exclude, perDay: '1' });
    expect(status).toBe(200);
    const printed = await perennial(
      home.url,
      'campaign',
      'plan',
      '--per-day',
      '1',
      '--exclude',
      'twin=merges, with = seed',
    );
    // A minute may have passed between the two.
    const times = /as of [^:]+:\d\d UTC/gu;
    const shown = (/<pre tabindex="0">([\s\S]*?)<\/pre>/u.exec(html)?.[1] ?? '').replace(times, '');
    expect(shown).toBe(escaped(printed).replace(times, ''));
    expect(html).toContain('Annual review: seed');
    expect(html).toContain('Amina');
    expect(html).toContain('Fatou Ndiaye');
    expect(html).toContain('[the link of the person]');
    expect(html).not.toContain('[[link]]');
    expect(await home.database.campaign.count()).toBe(0);
  });

  test('what cannot be meant is said at its field, and nothing is lost', async () => {
    const wrong = await plan({ name: 'Annual 2026', exclude: 'twin', include: 'seed', perDay: '0' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#scope-name"');
    expect(wrong.html).toContain('Say why: write &quot;twin = reason&quot;.');
    expect(wrong.html).toContain('Give a whole number from 1 to 99999.');
    const unknown = await plan({ name: 'annual-2026', include: 'nowhere', where: 'colour=red' });
    expect(unknown.html).toContain('<a href="#scope-include">There is no product &quot;nowhere&quot;.</a>');
    expect(unknown.html).toContain('href="#scope-where"');
    expect(unknown.html).toContain('colour=red</textarea>');
  });

  test('is started by its name typed back, by whoever is signed in, and once', async () => {
    await plan({ name: 'annual-2026', exclude: 'twin = merges' });
    const fields = fieldsOfForm(fay.page.html, 'start');
    const mistyped = await send('start', '/console/campaigns/start', { confirm: 'annual-2025' });
    expect(mistyped.html).toContain('Type annual-2026 to start it. Nothing was started.');
    const other = await send('start', '/console/campaigns/start', { confirm: 'annual-2026', seen: 'another plan' });
    expect(other.html).toContain('The plan changed since you looked at it. Nothing was started.');
    expect(await home.database.campaign.count()).toBe(0);
    const confirmed = new URLSearchParams({ ...fields, confirm: 'annual-2026' });
    expect((await fay.post('/console/campaigns/start', confirmed)).location).toBe(
      '/console/campaigns/annual-2026?started',
    );
    expect((await fay.post('/console/campaigns/start', confirmed)).location).toBe(
      '/console/campaigns/annual-2026?started',
    );
    const { html } = await fay.follow();
    expect(html).toContain('annual-2026 is started');
    expect(html).toContain('wave 1 of 1 is due 2026-07-10 08:00 UTC, its emails go at 09:00 UTC');
    expect(html).toContain('Nobody yet: their wave is to come (1)');
    expect(html).toContain('twin</a>: merges');
    expect(await home.database.campaign.findMany()).toMatchObject([{ name: 'annual-2026', startedBy: 'fay' }]);
    const [line] = await home.database.ledgerEntry.findMany({ where: { caseId: 'campaign/annual-2026' } });
    expect(line).toMatchObject({ what: 'campaign_started', role: 'secretariat', actor: 'fay' });
    const narrower = await plan({ name: 'annual-2026' });
    expect(narrower.status).toBe(200);
    const refused = await send('start', '/console/campaigns/start', { confirm: 'annual-2026' });
    expect([refused.status, refused.html]).toEqual([409, expect.stringContaining('with another scope')]);
  });

  test('its answers come as a file that no spreadsheet takes for formulas, without addresses', async () => {
    const { database } = home;
    const playing = playSteps(database);
    const row = {
      key: 'wake:annual-2026:seed',
      caseId: 'dpg/seed',
      kind: 'wake',
      role: 'campaign',
      actor: 'annual-2026',
    };
    const body = { campaign: 'annual-2026', handPicked: false, cause: 'annual-2026' };
    await database.submission.create({ data: { ...row, body, at: new Date('2026-07-10T08:00:00.000Z') } });
    await deciding(web, 'dpg/seed', new Promise((resolve) => setTimeout(resolve, 300)));
    await playing.stop();
    const { id } = await database.application.findFirstOrThrow({ where: { slug: 'seed' } });
    const answers = { P4: '=HYPERLINK("http://evil.example")', contact_email: 'amina@seed.example' };
    const set = { slug: 'seed', applicationId: id, version: 1, by: 'owner', standard: 'x', confirmed: ['P4'] };
    const at = new Date('2026-07-11T08:00:00.000Z');
    await database.answerSet.create({ data: { ...set, answers, forReviewers: { P4: '+1, privately' }, at } });
    const { html, headers } = await fay.get('/console/campaigns/annual-2026/answers.csv');
    expect(headers.get('content-type')).toContain('text/csv');
    expect(headers.get('cache-control')).toBe('no-store');
    const lines = parse(html, { columns: true }) as readonly Record<string, string>[];
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      slug: 'seed',
      review: id,
      question: 'P4',
      confirmed: 'yes',
      answered_by: 'owner',
    });
    expect(lines[0]?.['answer']).toBe(`'=HYPERLINK("http://evil.example")`);
    expect(lines[0]?.['for_reviewers_only']).toBe("'+1, privately");
    expect((await fay.get('/console/campaigns/nowhere/answers.csv')).status).toBe(404);
    const reads = await signedIn(web, 'olu', 'ops');
    expect((await reads.get('/console/campaigns/annual-2026')).status).toBe(200);
    expect((await reads.get('/console/campaigns/annual-2026/answers.csv')).status).toBe(403);
  });

  test('is closed with a reason, once, and says so; open reviews go on', async () => {
    await fay.get('/console/campaigns/annual-2026');
    expect(fay.page.html).toContain('The mail server (1)');
    const silent = await send('close', '/console/campaigns/annual-2026/act', { reason: ' ' });
    expect([silent.status, silent.html]).toEqual([422, expect.stringContaining('Write why the campaign closes')]);
    const fields = { ...fieldsOfForm(fay.page.html, 'close'), reason: 'Wrong texts.' };
    const posting = fay.post('/console/campaigns/annual-2026/act', new URLSearchParams(fields));
    await Promise.all([posting, takenSoon('campaign/annual-2026')]);
    const { html } = await fay.follow();
    expect(html).toContain('The campaign is closed.');
    expect(html).not.toContain('id="close-form"');
    const again = await fay.post(
      '/console/campaigns/annual-2026/act',
      new URLSearchParams({ ...fields, reason: 'Other.' }),
    );
    expect(again.location).toMatch(/\?row=\d+$/u);
    const rows = await home.database.submission.findMany({ where: { caseId: 'campaign/annual-2026' } });
    expect(rows).toMatchObject([{ kind: 'close', actor: 'fay', body: { reason: 'Wrong texts.' } }]);
    const open = await home.database.application.count({ where: { slug: 'seed', open: true } });
    expect(open).toBe(1);
  });
});

/** Takes the row of a campaign as soon as it is there. */
async function takenSoon(caseId: string): Promise<void> {
  while ((await home.database.submission.count({ where: { caseId } })) === 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await step(home.database, { caseId, armedFor: null });
}
