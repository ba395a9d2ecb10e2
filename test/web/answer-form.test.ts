import { describe, expect, test } from '@jest/globals';
import type { OwnerSubmission } from '../../domain/answers.js';
import { openDatabase } from '../../prisma/database.js';
import {
  declaration,
  lastThree,
  PUBLIC_URL,
  savedDraft,
  sendAndDecide,
  visitor,
  webOver,
} from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home, web } = pagesOfFile();

const onFile = {
  pii_level: 'collected',
  P1: { choice: 'yes', text: 'An email address only.' },
  P2: 'A notice at sign-up.',
};

describe('last year’s answers', () => {
  test('stand beside the question, and are confirmed or changed one by one', async () => {
    const { caseId, reference, browser } = await visitor(web, 'earlier', { answers: onFile });
    const at = (page: string) => `/answer/${reference}/q/${page}`;
    await browser.get(at('P2'));
    expect(browser.page.html).toContain('A notice at sign-up.');
    expect(browser.page.html).toContain('On file since Tuesday 1 July 2025, not confirmed by you');
    await browser.send({ 'P2.keep': 'keep', P2: 'ignored: the earlier one is kept' });
    await browser.get(`/answer/${reference}/check`);
    expect(browser.page.html).toContain('Confirm or change your answer: Handling of personal data.');
    expect(browser.page.html).not.toContain('Confirm or change your answer: Telling users');
    expect(browser.page.html).not.toContain('<button type="submit">Send');
    await browser.get(at('pii_level'));
    await browser.send({ 'pii_level.keep': 'keep' });
    await browser.get(at('P1'));
    await browser.send({ 'P1.keep': 'change', 'P1.choice': 'no', 'P1.text': 'We also keep a phone number.' });
    for (const [page, fields] of Object.entries(lastThree)) {
      await browser.get(at(page));
      await browser.send(fields);
    }
    await browser.get(`/answer/${reference}/declaration`);
    await browser.send(declaration);
    await browser.follow();
    expect(browser.page.html).toContain('unlicense.org');
    await sendAndDecide(web, browser, caseId);
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
    const { reference, browser } = await visitor(web, 'emptied', { answers: onFile });
    await browser.get(`/answer/${reference}/q/P2`);
    const seen = await browser.send({ 'P2.keep': 'change', P2: '  ' });
    expect(seen.status).toBe(422);
    expect(seen.html).toContain('<title>Error: ');
    expect(seen.html).toContain('href="#P2"');
    expect(seen.html).toMatch(/<textarea id="P2"/u);
    expect(await savedDraft(web, reference, 'P2')).toBeNull();
  });
});

describe('what is wrong with an answer', () => {
  test('is said twice, with a link to the field; the text stays, and the rest of the page is saved', async () => {
    const { reference, browser } = await visitor(web, 'wrong', { validUntil: '2026-09-01' });
    await browser.get(`/answer/${reference}/q/licences`);
    const seen = await browser.send({ licences: 'MIT', licence_evidence: 'see my website' });
    expect(seen.status).toBe(422);
    expect(seen.html).toContain('<title>Error: ');
    expect(seen.html).toContain('There is a problem');
    expect(seen.html).toContain('<a href="#licence_evidence">');
    expect(seen.html.match(/Enter one link on each line|must start with https/gu)?.length).toBeGreaterThanOrEqual(2);
    expect(seen.html).toContain('see my website</textarea>');
    expect((await savedDraft(web, reference, 'licences'))?.form).toEqual({ licences: 'MIT' });
    expect(await savedDraft(web, reference, 'licence_evidence')).toBeNull();
    await browser.send({ licences: 'MIT', licence_evidence: 'https://product.example/licence' });
    expect(browser.page.status).toBe(303);
  });

  test('over-long text is refused with a sentence and shown again in full', async () => {
    const { reference, browser } = await visitor(web, 'long', { answers: { pii_level: 'collected' } });
    await browser.get(`/answer/${reference}/q/P2`);
    const seen = await browser.send({ P2: 'ä'.repeat(5_001) });
    expect(seen.html).toContain('Shorten the text to 5,000 characters. It has 5,001 now.');
    expect(seen.html).toContain('ä'.repeat(5_001));
    const huge = await browser.send({ P2: 'x'.repeat(1_100_000) });
    expect(huge.status).toBe(413);
    expect(huge.html).toContain('Nothing was saved');
  });

  test('hostile text is kept without what no page can show, and is never passed on unescaped', async () => {
    const { reference, browser } = await visitor(web, 'hostile', { answers: { pii_level: 'collected' } });
    await browser.get(`/answer/${reference}/q/P2`);
    const hidden = '"><script>alert(1)</script>';
    const body = new URLSearchParams({ 'P2.version': '0', P2: `${hidden}\u0000\u202Eevil\r\nBcc: a@b.example` });
    await browser.post(`/answer/${reference}/q/P2`, body);
    expect((await savedDraft(web, reference, 'P2'))?.form).toEqual({ P2: `${hidden}evil\nBcc: a@b.example` });
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
    expect(JSON.stringify((await savedDraft(web, reference, 'P2'))?.form)).toContain('lone');
  });

  test('a page of somebody else cannot post with the cookie', async () => {
    const { reference, browser } = await visitor(web, 'foreign');
    const body = new URLSearchParams({ 'pii_level.version': '0', pii_level: 'none' });
    const seen = await browser.post(`/answer/${reference}/q/pii_level`, body, { origin: 'https://elsewhere.example' });
    expect(seen.status).toBe(403);
    expect(await savedDraft(web, reference, 'pii_level')).toBeNull();
  });
});

describe('when the database is away', () => {
  test('the page says that nothing was saved, and the typed text stands in the form again', async () => {
    const { reference, browser } = await visitor(web, 'away', { answers: onFile });
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
    expect((await savedDraft(web, reference, 'P2'))?.form).toMatchObject({ P2: typed });
    await database.$disconnect();
  });
});
