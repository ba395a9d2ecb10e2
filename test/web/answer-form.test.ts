import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OwnerSubmission } from '../../domain/answers.js';
import { openDatabase } from '../../prisma/database.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import {
  append,
  Browser,
  linkOf,
  openReview,
  PUBLIC_URL,
  runSteps,
  webOver,
  type Web,
} from '../support/owner-visit.js';

let home: TestDatabase;
let web: Web;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
}, 120_000);
afterAll(() => home.stop());

const onFile = {
  pii_level: 'collected',
  P1: { choice: 'yes', text: 'An email address only.' },
  P2: 'A notice at sign-up.',
};

/** Somebody who came through the link of a review whose first email was taken. */
async function visitor(slug: string, some: { validUntil?: string; answers?: object } = {}) {
  const opened = await openReview(home.database, { slug, validUntil: '2027-06-01', ...some });
  const { caseId, reference } = opened;
  const takenAt = '2026-07-10T09:00:00.000Z';
  await append(home.database, caseId, { kind: 'email_taken', role: 'mail', reference, body: { turn: 1, takenAt } });
  await runSteps(home.database, caseId);
  return { ...opened, browser: await arrive(reference) };
}

async function arrive(reference: string): Promise<Browser> {
  const browser = new Browser(web.app);
  await browser.get(await linkOf(web, reference));
  await browser.send();
  await browser.follow();
  return browser;
}

const draft = (reference: string, field: string) =>
  home.database.draft.findUnique({ where: { applicationId_field: { applicationId: reference, field } } });

/** Sends the check page while the engine takes the row. */
async function sendAnswers(browser: Browser, caseId: string) {
  const sent = browser.send();
  await new Promise((resolve) => setTimeout(resolve, 200));
  await runSteps(home.database, caseId);
  return sent;
}

const declaration = { name: 'Amina', role: 'Product lead', maySpeak: 'yes' };

describe('last year’s answers', () => {
  test('stand beside the question, and are confirmed or changed one by one', async () => {
    const { caseId, reference, browser } = await visitor('earlier', { answers: onFile });
    const at = (page: string) => `/answer/${reference}/q/${page}`;
    await browser.get(at('P2'));
    expect(browser.page.html).toContain('A notice at sign-up.');
    expect(browser.page.html).toContain('carried over, not confirmed by you');
    await browser.send({ 'P2.keep': 'keep', P2: 'ignored: the earlier one is kept' });
    await browser.get(`/answer/${reference}/check`);
    expect(browser.page.html).toContain('Confirm or change your answer: Handling of personal data.');
    expect(browser.page.html).not.toContain('Confirm or change your answer: Telling users');
    expect(browser.page.html).not.toContain('<button type="submit">Send');
    await browser.get(at('pii_level'));
    await browser.send({ 'pii_level.keep': 'keep' });
    await browser.get(at('P1'));
    await browser.send({ 'P1.keep': 'change', 'P1.choice': 'no', 'P1.text': 'We also keep a phone number.' });
    for (const [page, fields] of Object.entries(rest)) {
      await browser.get(at(page));
      await browser.send(fields);
    }
    await browser.get(`/answer/${reference}/declaration`);
    await browser.send(declaration);
    await browser.follow();
    expect(browser.page.html).toContain('unlicense.org');
    await sendAnswers(browser, caseId);
    await browser.follow();
    expect(browser.page.html).toContain('Your answers are with the reviewers.');
    const row = await home.database.submission.findFirstOrThrow({ where: { caseId, kind: 'answers' } });
    const body = row.body as unknown as OwnerSubmission;
    expect(Object.keys(body.answers).sort()).toEqual(['P1', 'P3', 'P4', 'P5']);
    expect(body.answers['P1']).toEqual({ choice: 'no', text: 'We also keep a phone number.' });
    expect(body.confirmed).toEqual(['pii_level', 'P2']);
    expect(body.forReviewers).toEqual({ P4: 'The admin account is shared.' });
    const filed = await home.database.answerSet.findFirstOrThrow({ where: { applicationId: reference } });
    expect(filed.answers).toMatchObject({ P2: 'A notice at sign-up.', P1: { choice: 'no' } });
  });

  test('an answer that is to change needs another one where it is mandatory', async () => {
    const { reference, browser } = await visitor('emptied', { answers: onFile });
    await browser.get(`/answer/${reference}/q/P2`);
    const seen = await browser.send({ 'P2.keep': 'change', P2: '  ' });
    expect(seen.status).toBe(422);
    expect(seen.html).toContain('<title>Error: ');
    expect(seen.html).toContain('href="#P2"');
    expect(seen.html).toMatch(/<textarea id="P2"/u);
    expect(await draft(reference, 'P2')).toBeNull();
  });
});

const rest = {
  P3: { 'P3.text': '', 'P3.urls': 'https://product.example/privacy' },
  P4: { P4: 'In the database.', 'P4.reviewers': 'The admin account is shared.' },
  P5: { 'P5.choice': ['user_initiated_deletion'], 'P5.text': 'A button.' },
} as const;

describe('two people on one link', () => {
  test('the second text overwrites nothing: both are shown, and one is chosen', async () => {
    const { reference, browser: first } = await visitor('both', { answers: onFile });
    const second = await arrive(reference);
    const path = `/answer/${reference}/q/P2`;
    await first.get(path);
    await second.get(path);
    await first.send({ 'P2.keep': 'change', P2: 'The text of the first.' });
    expect(first.page.status).toBe(303);
    const seen = await second.send({ 'P2.keep': 'change', P2: 'The text of the second.' });
    expect(seen.status).toBe(409);
    expect(seen.html).toContain('The text of the first.');
    expect(seen.html).toContain('The text of the second.');
    expect((await draft(reference, 'P2'))?.form).toMatchObject({ P2: 'The text of the first.' });
    const unchosen = await second.send({ 'P2.keep': 'change', P2: 'The text of the second.' });
    expect(unchosen.status).toBe(409);
    expect(unchosen.html).toContain('href="#P2-choose"');
    const mine = { 'P2.keep': 'change', P2: 'The text of the second.', 'P2.choose': 'mine' };
    expect((await second.send(mine)).status).toBe(303);
    expect((await draft(reference, 'P2'))?.form).toMatchObject({ P2: 'The text of the second.' });
    await first.get(path);
    expect(first.page.html).toContain('The text of the second.');
  });

  test('the other text can be kept, and a third one in between is no surprise', async () => {
    const { reference, browser: first } = await visitor('theirs');
    const second = await arrive(reference);
    const path = `/answer/${reference}/q/pii_level`;
    await first.get(path);
    await second.get(path);
    await first.send({ pii_level: 'none' });
    await second.send({ pii_level: 'collected' });
    expect(second.page.html).toContain('Somebody else saved another text');
    const conflict = { ...second.page };
    await second.send({ 'pii_level.choose': 'theirs', pii_level: 'collected' });
    expect(second.page.status).toBe(303);
    expect((await draft(reference, 'pii_level'))?.form).toEqual({ pii_level: 'none' });
    await first.get(path);
    await first.send({ pii_level: 'collected_stored' });
    second.page = conflict;
    const late = await second.send({ 'pii_level.choose': 'mine', pii_level: 'collected' });
    expect(late.status).toBe(409);
    expect((await draft(reference, 'pii_level'))?.form).toEqual({ pii_level: 'collected_stored' });
  });

  test('what a colleague changed after the check page was opened is not sent unseen', async () => {
    const { caseId, reference, browser } = await visitor('unseen');
    await fillNoPii(browser, reference);
    const colleague = await arrive(reference);
    await browser.get(`/answer/${reference}/check`);
    await colleague.get(`/answer/${reference}/declaration`);
    await colleague.send({ ...declaration, name: 'Bao' });
    const seen = await browser.send();
    expect(seen.status).toBe(409);
    expect(seen.html).toContain('The answers changed since you opened this page.');
    expect(await home.database.submission.count({ where: { caseId, kind: 'answers' } })).toBe(0);
  });
});

async function fillNoPii(browser: Browser, reference: string): Promise<void> {
  await browser.get(`/answer/${reference}/q/pii_level`);
  await browser.send({ pii_level: 'none' });
  await browser.get(`/answer/${reference}/declaration`);
  await browser.send(declaration);
  await browser.get(`/answer/${reference}/check`);
}

describe('sending', () => {
  test('twice is once: the second post leads to the same row, before and after its outcome', async () => {
    const { caseId, reference, browser } = await visitor('twice');
    await fillNoPii(browser, reference);
    const check = browser.page;
    const [one, other] = await Promise.all([browser.send(), browser.send()]);
    expect(one.location).toBe(other.location);
    await browser.get(one.location ?? '');
    expect(browser.page.html).toContain('http-equiv="refresh"');
    expect(browser.page.html).toContain('We received your answers');
    await runSteps(home.database, caseId);
    browser.page = check;
    const late = await browser.send();
    expect(late.location).toBe(one.location);
    await browser.follow();
    expect(browser.page.html).not.toContain('http-equiv="refresh"');
    expect(browser.page.html).toContain('Your answers are with the reviewers.');
    const rows = await home.database.submission.findMany({ where: { caseId, kind: 'answers' } });
    expect(rows.map(({ told }) => told)).toEqual([true]);
  });

  test('while answers wait for their outcome nothing more is saved, and the typed text can be copied', async () => {
    const { caseId, reference, browser } = await visitor('waiting');
    const colleague = await arrive(reference);
    await colleague.get(`/answer/${reference}/q/pii_level`);
    await fillNoPii(browser, reference);
    await browser.send();
    const seen = await colleague.send({ pii_level: 'collected' });
    expect(seen.status).toBe(409);
    expect(seen.html).toContain('The answers were sent a moment ago');
    await runSteps(home.database, caseId);
    const after = await colleague.get(`/answer/${reference}`);
    expect(after.location).toBe(`/answer/${reference}/status`);
  });
});

describe('what is wrong with an answer', () => {
  test('is said twice, with a link to the field; the text stays, and the rest of the page is saved', async () => {
    const { reference, browser } = await visitor('wrong', { validUntil: '2026-09-01' });
    await browser.get(`/answer/${reference}/q/licences`);
    const seen = await browser.send({ licences: 'MIT', licence_evidence: 'see my website' });
    expect(seen.status).toBe(422);
    expect(seen.html).toContain('<title>Error: ');
    expect(seen.html).toContain('There is a problem');
    expect(seen.html).toContain('<a href="#licence_evidence">');
    expect(seen.html.match(/Enter one link on each line|must start with https/gu)?.length).toBeGreaterThanOrEqual(2);
    expect(seen.html).toContain('see my website</textarea>');
    expect((await draft(reference, 'licences'))?.form).toEqual({ licences: 'MIT' });
    expect(await draft(reference, 'licence_evidence')).toBeNull();
    await browser.send({ licences: 'MIT', licence_evidence: 'https://product.example/licence' });
    expect(browser.page.status).toBe(303);
  });

  test('over-long text is refused with a sentence and shown again in full', async () => {
    const { reference, browser } = await visitor('long', { answers: { pii_level: 'collected' } });
    await browser.get(`/answer/${reference}/q/P2`);
    const seen = await browser.send({ P2: 'ä'.repeat(5_001) });
    expect(seen.html).toContain('Shorten the text to 5,000 characters. It has 5,001 now.');
    expect(seen.html).toContain('ä'.repeat(5_001));
    const huge = await browser.send({ P2: 'x'.repeat(1_100_000) });
    expect(huge.status).toBe(413);
    expect(huge.html).toContain('Nothing was saved');
  });

  test('hostile text is kept without what no page can show, and is never passed on unescaped', async () => {
    const { reference, browser } = await visitor('hostile', { answers: { pii_level: 'collected' } });
    await browser.get(`/answer/${reference}/q/P2`);
    const hidden = '"><script>alert(1)</script>';
    const body = new URLSearchParams({ 'P2.version': '0', P2: `${hidden}\u0000\u202Eevil\r\nBcc: a@b.example` });
    await browser.post(`/answer/${reference}/q/P2`, body);
    expect((await draft(reference, 'P2'))?.form).toEqual({ P2: `${hidden}evil\nBcc: a@b.example` });
    for (const page of ['q/P2', 'check', '']) {
      await browser.get(`/answer/${reference}/${page}`.replace(/\/$/u, ''));
      expect(browser.page.html).not.toContain('<script');
    }
    await browser.get(`/answer/${reference}/q/P2`);
    expect(browser.page.html).toContain('&lt;script&gt;');
    const raw = await web.app.request(`${PUBLIC_URL}/answer/${reference}/q/P2`, {
      method: 'POST',
      body: 'P2.version=1&P2=%ED%A0%80lone',
      headers: { cookie: browser.cookie, origin: PUBLIC_URL, 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(raw.status).toBe(303);
    expect(JSON.stringify((await draft(reference, 'P2'))?.form)).toContain('lone');
  });

  test('a page of somebody else cannot post with the cookie', async () => {
    const { reference, browser } = await visitor('foreign');
    const body = new URLSearchParams({ 'pii_level.version': '0', pii_level: 'none' });
    const seen = await browser.post(`/answer/${reference}/q/pii_level`, body, { origin: 'https://elsewhere.example' });
    expect(seen.status).toBe(403);
    expect(await draft(reference, 'pii_level')).toBeNull();
  });
});

describe('when the database is away', () => {
  test('the page says that nothing was saved, and the typed text stands in the form again', async () => {
    const { reference, browser } = await visitor('away', { answers: onFile });
    await browser.get(`/answer/${reference}/q/P2`);
    const failures: unknown[] = [];
    const database = openDatabase('postgresql://nobody@127.0.0.1:9/none');
    browser.app = webOver(database, { report: (failure) => failures.push(failure) }).app;
    const typed = 'Two lines\nand a <b>tag</b>';
    const seen = await browser.send({ 'P2.keep': 'change', P2: typed });
    expect(seen.status).toBe(503);
    expect(seen.headers.get('retry-after')).not.toBeNull();
    expect(seen.html).toContain('Nothing was saved');
    expect(seen.html).toContain('Two lines\nand a &lt;b&gt;tag&lt;/b&gt;</textarea>');
    expect(failures).toHaveLength(1);
    expect((await browser.get(`/answer/${reference}`)).html).toContain('Nothing was changed.');
    browser.app = web.app;
    browser.page = seen;
    const again = await browser.send({ 'P2.keep': 'change', P2: typed });
    expect(again.status).toBe(303);
    expect((await draft(reference, 'P2'))?.form).toMatchObject({ P2: typed });
    await database.$disconnect();
  });
});

describe('requests', () => {
  test.each([
    ['more-time', 'more_time'],
    ['not-me', 'not_me'],
    ['answered-elsewhere', 'answered_elsewhere'],
    ['withdraw', 'withdrawal'],
  ])('%s is a row that staff see, and the pages say that time stands still', async (path, word) => {
    const { caseId, reference, browser } = await visitor(path);
    await browser.get(`/answer/${reference}`);
    expect(browser.page.html).toContain(`/answer/${reference}/${path}`);
    await browser.get(`/answer/${reference}/${path}`);
    await sendAnswers(browser, caseId);
    await browser.follow();
    expect(browser.page.html).toContain('Staff will answer by email. Until then your time stands still.');
    expect(browser.page.html).toContain('It is the turn of the secretariat');
    const row = await home.database.submission.findFirstOrThrow({ where: { caseId, kind: 'request' } });
    expect(row).toMatchObject({ body: { request: word, text: '' }, applicationId: reference, round: 1 });
    const { attention } = await home.database.case.findUniqueOrThrow({ where: { id: caseId } });
    expect(attention).toEqual(['request']);
  });
});

describe('after the answers', () => {
  const verdict = (reference: string, word: string, publicReason: string, round = 2) => ({
    kind: 'verdict',
    role: 'l1' as const,
    actor: 'ada',
    reference,
    round,
    body: {
      level: 'l1',
      by: 'ada',
      answersVersion: round - 1,
      sections: [{ section: '9a', verdict: word, publicReason, internalReason: 'internal words' }],
      days: null,
      secondRoundReason: null,
    },
  });

  test('a clarification shows what the reviewer asks beside what was sent; the next version holds everything', async () => {
    const { caseId, reference, browser } = await visitor('unclear');
    await browser.get(`/answer/${reference}/q/pii_level`);
    await browser.send({ pii_level: 'collected' });
    for (const [page, fields] of Object.entries({
      P1: { 'P1.choice': 'yes', 'P1.text': '' },
      P2: { P2: 'We tell them.' },
      ...rest,
    })) {
      await browser.get(`/answer/${reference}/q/${page}`);
      await browser.send(fields);
    }
    await browser.get(`/answer/${reference}/declaration`);
    await browser.send(declaration);
    await browser.get(`/answer/${reference}/check`);
    await sendAnswers(browser, caseId);
    await append(home.database, caseId, verdict(reference, 'clarify', 'Where do you tell them?'));
    await runSteps(home.database, caseId);
    await browser.get(`/answer/${reference}`);
    expect(browser.page.html).toContain('Where do you tell them?');
    expect(browser.page.html).not.toContain('internal words');
    await browser.get(`/answer/${reference}/q/P2`);
    expect(browser.page.html).toContain('We tell them.');
    expect(browser.page.html).toContain('Your answer in this review');
    await browser.send({ 'P2.keep': 'change', P2: 'At sign-up.' });
    for (const page of ['pii_level', 'P1', 'P3', 'P4', 'P5']) {
      await browser.get(`/answer/${reference}/q/${page}`);
      await browser.send({ [`${page}.keep`]: 'keep' });
    }
    for (const [page, fields] of Object.entries({
      pii_types: { pii_types: 'email address' },
      pii_protection: { pii_protection: 'Encryption.' },
    })) {
      await browser.get(`/answer/${reference}/q/${page}`);
      await browser.send(fields);
    }
    await browser.get(`/answer/${reference}/declaration`);
    await browser.send(declaration);
    await browser.get(`/answer/${reference}/check`);
    await sendAnswers(browser, caseId);
    await browser.follow();
    expect(browser.page.html).toContain('Your answers are with the reviewers.');
    const filed = await home.database.answerSet.findFirstOrThrow({ where: { applicationId: reference, version: 2 } });
    expect(filed.answers).toMatchObject({ P2: 'At sign-up.', P4: 'In the database.', pii_level: 'collected' });
    expect(filed.forReviewers).toEqual({ P4: 'The admin account is shared.' });
    expect(filed.confirmed).toEqual(expect.arrayContaining(['P1', 'P2', 'P5', 'pii_level']));
  });

  test('the link shows the result', async () => {
    const { caseId, reference, browser } = await visitor('result');
    await fillNoPii(browser, reference);
    await sendAnswers(browser, caseId);
    await append(home.database, caseId, verdict(reference, 'does_not_meet', 'The gate is wrong.'));
    await runSteps(home.database, caseId);
    const later = new Browser(web.app);
    await later.get(await linkOf(web, reference));
    expect(later.page.html).toContain('This link shows where the review stands.');
    await later.send();
    await later.follow();
    await later.follow();
    expect(later.page.html).toContain('The privacy answers for Product result do not meet the Standard.');
    expect(later.page.html).toContain('The gate is wrong.');
    expect(later.page.html).toContain('nobody’s turn');
    expect(later.page.html).not.toContain('more-time');
  });
});
