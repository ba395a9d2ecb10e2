import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readClock } from '../../prisma/case-time.js';
import { actOnPage, fieldsOfForm, signedIn } from '../support/console-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { append, openReview, runSteps, visitor, webOver, type Browser, type Web } from '../support/owner-visit.js';
import { takeAll } from '../support/post.js';

let home: TestDatabase;
let web: Web;
let fay: Browser;
let reader: Browser;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database, {
    temporalUi: { temporalUiUrl: 'http://temporal.example', temporalNamespace: 'default' },
  });
  fay = await signedIn(web, 'fay', 'secretariat');
  reader = await signedIn(web, 'olu', 'ops');
});
afterAll(() => home.stop());

/** Somebody who was asked asks for something. */
async function asks(slug: string, request: string, text = 'Please.'): Promise<string> {
  const { caseId, reference } = await visitor(web, slug);
  const { id } = await home.database.recipient.findFirstOrThrow({ where: { applicationId: reference } });
  const key = `request of ${slug}`;
  const row = { key, caseId, applicationId: reference, round: 1, kind: 'request', role: 'owner' };
  const at = new Date('2026-07-10T09:30:00.000Z');
  await home.database.submission.create({ data: { ...row, actor: String(id), body: { request, text }, at } });
  await takeAll(home.database, caseId);
  return reference;
}

const lastRow = async (slug: string) =>
  home.database.submission.findFirstOrThrow({
    where: { caseId: `dpg/${slug}`, actor: 'fay' },
    orderBy: { id: 'desc' },
    include: { outcome: true },
  });

const ledgerOf = async (id: number) =>
  (await home.database.ledgerEntry.findMany({ where: { why: `row:${id}` } })).map(({ role, actor }) => ({
    role,
    actor,
  }));

describe('what needs a human', () => {
  test('each with why, since when, what to do first and what happens if nobody acts; by reason', async () => {
    const reference = await asks('asking', 'more_time');
    await openReview(home.database, { slug: 'nobody' });
    await home.database.contact.deleteMany({ where: { slug: 'nobody' } });
    await append(home.database, 'dpg/nobody', { kind: 'contact_changed', body: { primaryChanged: true } });
    await runSteps(home.database, 'dpg/nobody');
    const { html } = await fay.get('/console');
    expect(html).toContain('2 things need a human');
    expect(html).toContain('The owner asked for more time');
    expect(html).toContain(`Since 10 July 2026, review ${reference}`);
    expect(html).toContain('The owner&#39;s time stands still until you answer.');
    expect(html).toContain('href="/console/products/asking#request"');
    expect(html).toContain('Nobody is asked and no deadline runs.');
    expect(html).toContain('href="/console/products/nobody/contacts"');
    expect(html).not.toContain('@nobody.example');
    const only = await fay.get('/console?reason=request');
    expect(only.html).toContain('Product asking');
    expect(only.html).not.toContain('Product nobody');
    expect((await fay.get('/console?reason=nonsense')).html).toContain('Product nobody');
  });

  test('a product is found by its name or its review, whether it needs anybody or not', async () => {
    const { reference } = await openReview(home.database, { slug: 'findable' });
    for (const q of ['findable', reference.toLowerCase()]) {
      const { html } = await fay.get(`/console/products?q=${q}`);
      expect(html).toContain('href="/console/products/findable"');
      expect(html).not.toContain('href="/console/products/nobody"');
    }
    expect((await fay.get('/console/products/unheard-of')).status).toBe(404);
  });
});

describe("a product's page", () => {
  test('shows what a verdict says of each section, and to whom', async () => {
    const { caseId, reference } = await openReview(home.database, { slug: 'judged' });
    const words = { publicReason: 'No licence file.', noteToOwner: 'Add <one>.', internalReason: 'Ask legal.' };
    const silent = { publicReason: '', noteToOwner: '', internalReason: '' };
    const sections = [
      { section: '2', verdict: 'does_not_meet', ...words },
      { section: '3', verdict: 'meets', ...silent },
    ];
    const body = { level: 'l1', by: 'ada', answersVersion: 1, sections, days: null, secondRoundReason: null };
    await append(home.database, caseId, { kind: 'verdict', role: 'l1', actor: 'ada', reference, body });
    const { html } = await fay.get('/console/products/judged');
    expect(html).toContain('Section 2: does not meet');
    expect(html).toContain('For owner and public: No licence file.');
    expect(html).toContain('For the owner alone: Add &lt;one&gt;.');
    expect(html).toContain('For reviewers and staff: Ask legal.');
    expect(html).toContain('Sections that meet the Standard: 3');
  });

  test('shows what was asked in their own words, the emails without any link, and both times', async () => {
    const reference = await asks('told', 'withdrawal', 'The team is <gone>.');
    await home.database.email.updateMany({
      where: { applicationId: reference },
      data: { state: 'sent', subject: 'Your review', text: 'Open [[link]] now.' },
    });
    const { clock } = await home.database.$transaction(readClock);
    const { html } = await fay.get('/console/products/told');
    expect(html).toContain('What they wrote, for staff only: The team is &lt;gone&gt;.');
    expect(html).toContain('The owner asked for something: to withdraw the product');
    expect(html).toContain('Friday 10 July 2026, 09:30 UTC');
    // The tests' clock began in July; people live later.
    expect(clock[0]?.realAt.slice(0, 10)).not.toBe('2026-07-10');
    expect(html).toMatch(/\(really <time[^>]*>\w+ \d+ \w+ 20\d\d, \d\d:\d\d UTC<\/time>\)/u);
    expect(html).toContain('Open [the link of the person] now.');
    expect(html).not.toContain('[[link]]');
    expect(html).toContain('href="http://temporal.example/namespaces/default/workflows/dpg%2Ftold"');
  });

  test('a request is granted with a reason: the outcome in its own words, the ledger knows who, once', async () => {
    await asks('granted', 'more_time');
    await fay.get('/console/products/granted');
    const form = fieldsOfForm(fay.page.html, 'grant-more-time');
    const fields = { days: '20', publicReason: 'As you wish.', internalReason: 'By phone.' };
    const shown = await actOnPage(web, fay, { slug: 'granted', form: 'grant-more-time', fields });
    expect(shown.html).toMatch(/<h2>Done<\/h2><p>Granted\. The owner is told\.<\/p>/u);
    expect(shown.html).toContain('By phone.');
    const row = await lastRow('granted');
    expect(row).toMatchObject({ kind: 'grant', actor: 'fay', round: 1, body: { days: 20, request: 'more_time' } });
    expect(await ledgerOf(row.id)).toContainEqual({ role: 'secretariat', actor: 'fay' });
    // The same form again, also with other words, is the same act.
    const again = new URLSearchParams({ ...form, ...fields, publicReason: 'Otherwise.' });
    expect((await fay.post('/console/products/granted/act', again)).location).toBe(
      `/console/products/granted?row=${row.id}`,
    );
    expect(await home.database.submission.count({ where: { caseId: 'dpg/granted', kind: 'grant' } })).toBe(1);
  });

  test('what is missing is said at its field, and what was typed stays', async () => {
    await asks('missing', 'more_time');
    await fay.get('/console/products/missing');
    const fields = { publicReason: ' ', internalReason: 'Asked <twice>.' };
    const shown = await actOnPage(web, fay, { slug: 'missing', form: 'refuse-more-time', fields });
    expect(shown.status).toBe(422);
    expect(shown.html).toContain('<a href="#refuse-more-time-publicReason">Write the reason: the owner reads it.</a>');
    expect(shown.html).toContain('Asked &lt;twice&gt;.');
    const days = await actOnPage(web, fay, { slug: 'missing', form: 'grant-more-time', fields: { days: '500' } });
    expect(days.html).toContain('Give the number of days as a whole number from 1 to 180.');
    const past = await actOnPage(web, fay, { slug: 'missing', form: 'extend', fields: { until: '2026-07-11' } });
    expect(past.html).toContain('The owner was told');
    expect(await home.database.submission.count({ where: { caseId: 'dpg/missing', actor: 'fay' } })).toBe(0);
  });

  test('a refusal of the rules is shown in its own sentence; a page of an older round changes nothing', async () => {
    await visitor(web, 'refusing');
    await fay.get('/console/products/refusing');
    const hidden = fieldsOfForm(fay.page.html, 'withdraw');
    const body = new URLSearchParams({ ...hidden, act: 'expire', publicReason: 'Nobody answered.' });
    await fay.post('/console/products/refusing/act', body);
    await takeAll(home.database, 'dpg/refusing');
    const shown = await fay.follow();
    expect(shown.html).toContain('<h2>Not done</h2><p>A review ends unanswered only when it waits on silence');
    await fay.get('/console/products/refusing');
    const old = { round: '7', publicReason: 'As they wish.' };
    const late = await actOnPage(web, fay, { slug: 'refusing', form: 'withdraw', fields: old });
    expect(late.html).toContain('The case has moved on since you looked.');
    const listing = await home.database.listing.findUniqueOrThrow({ where: { slug: 'refusing' } });
    expect(listing.removedOn).toBeNull();
  });

  test('without a worker it says received, asks again by itself, and then shows the outcome', async () => {
    await visitor(web, 'slow');
    await fay.get('/console/products/slow');
    const hidden = fieldsOfForm(fay.page.html, 'close');
    await fay.post('/console/products/slow/act', new URLSearchParams({ ...hidden, publicReason: 'Done elsewhere.' }));
    const waits = await fay.follow();
    expect(waits.html).toContain('<h2>Received</h2>');
    expect(waits.html).toContain('http-equiv="refresh"');
    await takeAll(home.database, 'dpg/slow');
    const done = await fay.get(fay.path);
    expect(done.html).toContain('<h2>Done</h2><p>The review is closed.</p>');
    expect(done.html).not.toContain('http-equiv="refresh"');
  });

  test('a sleeping product is opened, a removed one is reopened', async () => {
    await visitor(web, 'cycle', { validUntil: '2026-09-01' });
    await fay.get('/console/products/cycle');
    const fields = { publicReason: 'As its owner wishes.' };
    const gone = await actOnPage(web, fay, { slug: 'cycle', form: 'withdraw', fields });
    expect(gone.html).toContain('The product is withdrawn.');
    expect(gone.html).toContain('It left the list on');
    const back = await actOnPage(web, fay, { slug: 'cycle', form: 'reopen', fields });
    expect(back.html).toContain('<p>Reopened.</p>');
    expect((await lastRow('cycle')).actor).toBe('fay');
  });

  test("a late reviewer's case is handed to another one", async () => {
    const { reference } = await visitor(web, 'late');
    await signedIn(web, 'ada', 'l1');
    await signedIn(web, 'ben', 'l1');
    const answers = { answers: { pii_level: 'none' }, forReviewers: {}, confirmed: [] };
    const declaration = { name: 'Amina', role: 'lead', maySpeak: true };
    const common = { caseId: 'dpg/late', applicationId: reference, round: 1, at: new Date() };
    const { id } = await home.database.recipient.findFirstOrThrow({ where: { applicationId: reference } });
    const given = { ...common, key: 'late answers', kind: 'answers', role: 'owner', actor: String(id) };
    await home.database.submission.create({ data: { ...given, body: { ...answers, declaration } } });
    await takeAll(home.database, 'dpg/late');
    await append(home.database, 'dpg/late', {
      kind: 'claim',
      role: 'l1',
      actor: 'ada',
      body: { level: 'l1', by: 'ada' },
      reference,
    });
    await takeAll(home.database, 'dpg/late');
    await fay.get('/console/products/late');
    expect(fay.page.html).toContain('<option value="ben">');
    expect(fay.page.html).not.toContain('<option value="ada">');
    const shown = await actOnPage(web, fay, { slug: 'late', form: 'hand-over', fields: { to: 'ben' } });
    expect(shown.html).toContain('<p>Handed over.</p>');
    const { claimedBy } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
    expect(claimedBy).toBe('ben');
  });
});

describe('who may', () => {
  test('who only reads sees everything and no form; a reviewer neither reads nor acts', async () => {
    await asks('readable', 'more_time');
    const { html, status } = await reader.get('/console/products/readable');
    expect(status).toBe(200);
    expect(html).toContain('What is done here, the secretariat does.');
    expect(html).not.toContain('<form method="post" action="/console');
    const hidden = fieldsOfForm((await fay.get('/console/products/readable')).html, 'grant-more-time');
    const reviewer = await signedIn(web, 'rana', 'l1', 'l2');
    for (const one of [reader, reviewer]) {
      const refused = await one.post('/console/products/readable/act', new URLSearchParams(hidden));
      expect(refused.status).toBe(403);
    }
    expect((await reviewer.get('/console')).status).toBe(403);
    expect(await home.database.submission.count({ where: { caseId: 'dpg/readable', kind: 'grant' } })).toBe(0);
  });
});
