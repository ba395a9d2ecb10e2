import { describe, expect, test } from '@jest/globals';
import {
  append,
  arrive,
  Browser,
  declaration,
  fillWithoutData,
  lastThree,
  linkOf,
  runSteps,
  savedDraft,
  sendAndDecide,
  visitor,
} from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home, web } = pagesOfFile();

const onFile = {
  pii_level: 'collected',
  P1: { choice: 'yes', text: 'An email address only.' },
  P2: 'A notice at sign-up.',
};

describe('two people on one link', () => {
  test('the second text overwrites nothing: both are shown, and one is chosen', async () => {
    const { reference, browser: first } = await visitor(web, 'both', { answers: onFile });
    const second = await arrive(web, reference);
    const path = `/answer/${reference}/q/P2`;
    await first.get(path);
    await second.get(path);
    await first.send({ 'P2.keep': 'change', P2: 'The text of the first.' });
    expect(first.page.status).toBe(303);
    const seen = await second.send({ 'P2.keep': 'change', P2: 'The text of the second.' });
    expect(seen.status).toBe(409);
    expect(seen.html).toContain('The text of the first.');
    expect(seen.html).toContain('The text of the second.');
    expect((await savedDraft(web, reference, 'P2'))?.form).toMatchObject({ P2: 'The text of the first.' });
    const unchosen = await second.send({ 'P2.keep': 'change', P2: 'The text of the second.' });
    expect(unchosen.status).toBe(409);
    expect(unchosen.html).toContain('href="#P2-choose"');
    const mine = { 'P2.keep': 'change', P2: 'The text of the second.', 'P2.choose': 'mine' };
    expect((await second.send(mine)).status).toBe(303);
    expect((await savedDraft(web, reference, 'P2'))?.form).toMatchObject({ P2: 'The text of the second.' });
    await first.get(path);
    expect(first.page.html).toContain('The text of the second.');
  });

  test('the other text can be kept, and a third one in between is no surprise', async () => {
    const { reference, browser: first } = await visitor(web, 'theirs');
    const second = await arrive(web, reference);
    const path = `/answer/${reference}/q/pii_level`;
    await first.get(path);
    await second.get(path);
    await first.send({ pii_level: 'none' });
    await second.send({ pii_level: 'collected' });
    expect(second.page.html).toContain('Somebody else saved another text');
    const conflict = { ...second.page };
    await second.send({ 'pii_level.choose': 'theirs', pii_level: 'collected' });
    expect(second.page.status).toBe(303);
    expect((await savedDraft(web, reference, 'pii_level'))?.form).toEqual({ pii_level: 'none' });
    await first.get(path);
    await first.send({ pii_level: 'collected_stored' });
    second.page = conflict;
    const late = await second.send({ 'pii_level.choose': 'mine', pii_level: 'collected' });
    expect(late.status).toBe(409);
    expect((await savedDraft(web, reference, 'pii_level'))?.form).toEqual({ pii_level: 'collected_stored' });
  });

  test('what a colleague changed after the check page was opened is not sent unseen', async () => {
    const { caseId, reference, browser } = await visitor(web, 'unseen');
    await fillWithoutData(browser, reference);
    const colleague = await arrive(web, reference);
    await browser.get(`/answer/${reference}/check`);
    await colleague.get(`/answer/${reference}/declaration`);
    await colleague.send({ ...declaration, name: 'Bao' });
    const seen = await browser.send();
    expect(seen.status).toBe(409);
    expect(seen.html).toContain('The answers changed since you opened this page.');
    expect(await home.database.submission.count({ where: { caseId, kind: 'answers' } })).toBe(0);
  });
});

describe('sending', () => {
  test('twice is once: the second post leads to the same row, before and after its outcome', async () => {
    const { caseId, reference, browser } = await visitor(web, 'twice');
    await fillWithoutData(browser, reference);
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
    const { caseId, reference, browser } = await visitor(web, 'waiting');
    const colleague = await arrive(web, reference);
    await colleague.get(`/answer/${reference}/q/pii_level`);
    await fillWithoutData(browser, reference);
    await browser.send();
    const seen = await colleague.send({ pii_level: 'collected' });
    expect(seen.status).toBe(409);
    expect(seen.html).toContain('The answers were sent a moment ago');
    await runSteps(home.database, caseId);
    const after = await colleague.get(`/answer/${reference}`);
    expect(after.location).toBe(`/answer/${reference}/status`);
  });
});

describe('requests', () => {
  test.each([
    ['more-time', 'more_time'],
    ['not-me', 'not_me'],
    ['answered-elsewhere', 'answered_elsewhere'],
    ['withdraw', 'withdrawal'],
  ])('%s is a row that staff see, and the pages say that time stands still', async (path, word) => {
    const { caseId, reference, browser } = await visitor(web, path);
    await browser.get(`/answer/${reference}`);
    expect(browser.page.html).toContain(`/answer/${reference}/${path}`);
    await browser.get(`/answer/${reference}/${path}`);
    await sendAndDecide(web, browser, caseId);
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
    const { caseId, reference, browser } = await visitor(web, 'unclear');
    await browser.get(`/answer/${reference}/q/pii_level`);
    await browser.send({ pii_level: 'collected' });
    for (const [page, fields] of Object.entries({
      P1: { 'P1.choice': 'yes', 'P1.text': '' },
      P2: { P2: 'We tell them.' },
      ...lastThree,
    })) {
      await browser.get(`/answer/${reference}/q/${page}`);
      await browser.send(fields);
    }
    await browser.get(`/answer/${reference}/declaration`);
    await browser.send(declaration);
    await browser.get(`/answer/${reference}/check`);
    await sendAndDecide(web, browser, caseId);
    await append(home.database, caseId, verdict(reference, 'clarify', 'Where do you tell them?'));
    await runSteps(home.database, caseId);
    await browser.get(`/answer/${reference}`);
    expect(browser.page.html).toContain('Where do you tell them?');
    expect(browser.page.html).not.toContain('internal words');
    expect(browser.page.html).not.toContain('pii_protection');
    await browser.get(`/answer/${reference}/check`);
    expect(browser.page.html).toContain('Confirm or change at least one answer that the reviewer asks about.');
    await browser.get(`/answer/${reference}/q/P2`);
    expect(browser.page.html).toContain('We tell them.');
    expect(browser.page.html).toContain('You sent this on Friday 10 July 2026');
    await browser.send({ 'P2.keep': 'change', P2: 'At sign-up.' });
    await browser.get(`/answer/${reference}/declaration`);
    await browser.send(declaration);
    await browser.get(`/answer/${reference}/check`);
    await sendAndDecide(web, browser, caseId);
    await browser.follow();
    expect(browser.page.html).toContain('Your answers are with the reviewers.');
    const filed = await home.database.answerSet.findFirstOrThrow({ where: { applicationId: reference, version: 2 } });
    expect(filed.answers).toMatchObject({ P2: 'At sign-up.', P4: 'In the database.', pii_level: 'collected' });
    expect(filed.forReviewers).toEqual({ P4: 'The admin account is shared.' });
    expect(filed.confirmed).toEqual(expect.arrayContaining(['P1', 'P2', 'P5', 'pii_level']));
  });

  test('the link shows the result', async () => {
    const { caseId, reference, browser } = await visitor(web, 'result');
    await fillWithoutData(browser, reference);
    await sendAndDecide(web, browser, caseId);
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
