import { describe, expect, test } from '@jest/globals';
import type { OwnerSubmission } from '../../domain/answers.js';
import { Browser, linkOf, openReview, sendAndDecide } from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home, web } = pagesOfFile();

describe('the way of an owner', () => {
  test('without personal data a privacy case ends in four pages', async () => {
    const { caseId, reference } = await openReview(home.database, { slug: 'four', validUntil: '2027-06-01' });
    const browser = new Browser(web.app);
    const pages: string[] = [];
    const look = () => pages.push(/<h1>(?:<label[^>]*>)?([^<]*)/u.exec(browser.page.html)?.[1] ?? '');
    await browser.get(await linkOf(web, reference));
    look();
    await sendAndDecide(web, browser, caseId);
    expect(browser.page.location).toBe(`/answer/${reference}/q/pii_level`);
    await browser.follow();
    look();
    await browser.send({ pii_level: 'none', next: 'on' });
    expect(browser.page.location).toBe(`/answer/${reference}/declaration`);
    await browser.follow();
    look();
    await browser.send({ name: 'Amina', role: 'Product lead', maySpeak: 'yes' });
    await browser.follow();
    look();
    await sendAndDecide(web, browser, caseId);
    await browser.follow();
    expect(pages).toEqual([
      'The review of Product four',
      'What can happen to personal data (PII) in the product?',
      'Who answers',
      'Check your answers about Product four',
    ]);
    expect(browser.page.html).toContain('Your answers are with the reviewers.');
    expect(browser.page.html).toContain('It is the turn of the reviewers.');
    const row = await home.database.submission.findFirstOrThrow({ where: { caseId, kind: 'answers' } });
    const body = row.body as unknown as OwnerSubmission;
    expect(body).toEqual({
      answers: { pii_level: 'none' },
      forReviewers: {},
      confirmed: [],
      declaration: { name: 'Amina', role: 'Product lead', maySpeak: true },
    });
    expect(row).toMatchObject({ applicationId: reference, round: 1, role: 'owner' });
  });
});
