import { describe, expect, test } from '@jest/globals';
import { endOfDayAnywhere } from '../../domain/calendar.js';
import { saveDrafts } from '../../prisma/save-draft.js';
import { step } from '../../prisma/step.js';
import {
  append,
  arrive,
  type Browser,
  declaration,
  hiddenFields,
  runSteps,
  sendAndDecide,
  visitor,
} from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home, web } = pagesOfFile();

/** Every mandatory answer of the form for a product without personal data. */
const onFile = {
  name: 'Whole',
  category: ['open_software'],
  short_description: 'A ledger.',
  website: ['https://whole.example'],
  source_location: ['https://code.example/whole'],
  sdgs: ['2'],
  sdg_relevance: 'Seeds.',
  licences: ['MIT'],
  licence_evidence: ['https://code.example/whole/LICENSE'],
  owner: 'Whole Foundation',
  owner_evidence: ['https://whole.example/owner'],
  owner_country: 'Kenya',
  owns_all: 'yes',
  closed_components: 'no',
  documentation: { text: 'Docs.', urls: ['https://whole.example/docs'] },
  handles_non_pii: 'no',
  laws: ['A law'],
  laws_evidence: ['https://whole.example/laws'],
  standards: ['HTTP'],
  best_practices: ['Tests'],
  pii_level: 'none',
  content_level: 'none',
  user_interaction: 'no',
  languages: ['English'],
};
const annual = { validUntil: '2026-09-01', answers: onFile };

/** The questions of the present page. */
const questionsOf = (browser: Browser): readonly string[] =>
  hiddenFields(browser.page.html).flatMap(([name]) => (/^(\w+)\.version$/u.exec(name)?.[1] ? [name.slice(0, -8)] : []));

/** Confirms page after page as "Save and continue" leads on, but for what is given. */
async function confirmAll(browser: Browser, reference: string, given: Record<string, Record<string, string>> = {}) {
  const pages: string[] = [];
  await browser.get(`/answer/${reference}/q/name`);
  for (let page = 0; page < 40 && browser.path.includes('/q/'); page += 1) {
    pages.push(browser.path.split('/').at(-1) ?? '');
    const fields = questionsOf(browser).map((id) => {
      const asksToKeep = browser.page.html.includes(`name="${id}.keep"`);
      return given[id] ?? (asksToKeep ? { [`${id}.keep`]: 'keep' } : {});
    });
    await browser.send(Object.assign({ next: 'on' }, ...fields) as Record<string, string>);
    await browser.follow();
  }
  return pages;
}

describe('an annual review', () => {
  test('leads through every page; each answer is confirmed or changed, and an optional one can be emptied', async () => {
    const { caseId, reference, browser } = await visitor(web, 'annual', annual);
    expect(browser.page.html).toContain('You answered 0 of 23 questions.');
    const pages = await confirmAll(browser, reference, {
      owner: { 'owner.keep': 'change', owner: 'Another Foundation' },
      languages: { 'languages.keep': 'change', languages: '' },
    });
    expect(pages).toContain('pii_level');
    expect(pages).not.toContain('P1');
    expect(pages.length).toBeGreaterThan(12);
    expect(browser.path).toBe(`/answer/${reference}/declaration`);
    await browser.send(declaration);
    await browser.follow();
    await sendAndDecide(web, browser, caseId);
    await browser.follow();
    expect(browser.page.html).toContain('Your answers are with the reviewers.');
    const filed = await home.database.answerSet.findFirstOrThrow({ where: { applicationId: reference } });
    expect(filed.answers).toMatchObject({ owner: 'Another Foundation', languages: [], standards: ['HTTP'] });
    expect([...filed.confirmed].sort()).toEqual(Object.keys(onFile).sort());
  });

  test('shows privacy answers that were accepted lately as done', async () => {
    const { reference } = await visitor(web, 'lately', annual);
    const at = new Date('2026-05-01T08:00:00.000Z');
    const answers = {
      pii_level: 'collected',
      P1: { choice: 'yes', text: '' },
      P2: 'A notice.',
      P3: { text: '', urls: ['https://lately.example/privacy'] },
      P4: 'In the database.',
      P5: { choices: ['user_initiated_deletion'], text: '' },
    };
    const facts = { slug: 'lately', version: 1, by: 'owner', standard: 'x', forReviewers: {}, publishedAt: at, at };
    await home.database.answerSet.create({ data: { ...facts, answers, confirmed: Object.keys(answers) } });
    const browser = await arrive(web, reference);
    const pages = await confirmAll(browser, reference);
    expect(pages.filter((page) => /^P\d$/u.test(page))).toEqual([]);
    await browser.get(`/answer/${reference}/check`);
    expect(browser.page.html).toContain('Enter the types of personal data that the product can handle.');
    expect(browser.page.html).not.toContain('Confirm or change your answer: ');
    expect(browser.page.html.match(/Accepted lately\./gu)).toHaveLength(6);
  });

  test('that silence sent takes the owner’s own answers until the first verdict', async () => {
    const complete = { ...annual, answers: { ...onFile } };
    const { caseId, reference } = await visitor(web, 'silent', complete);
    const reminded = { kind: 'reminder', round: 1, turn: 1, facts: {}, state: 'sent', attempts: 1 };
    const recipient = await home.database.recipient.findFirstOrThrow({ where: { applicationId: reference } });
    const common = { caseId, applicationId: reference, recipientId: recipient.id };
    const sentAt = { dueAt: new Date('2026-08-01T09:00:00.000Z'), stateAt: new Date('2026-08-01T09:00:00.000Z') };
    await home.database.email.create({ data: { ...common, ...reminded, ...sentAt, key: 'reminded' } });
    await home.database.email.updateMany({
      where: { applicationId: reference, kind: 'prompt' },
      data: { state: 'sent' },
    });
    await home.setClock(endOfDayAnywhere('2026-09-09'));
    while ((await step(home.database, { caseId, armedFor: null })).state === 'owner');
    const browser = await arrive(web, reference);
    expect(browser.page.html).toContain('Until their first verdict, your own answers replace them.');
    await confirmAll(browser, reference);
    await browser.send(declaration);
    await browser.follow();
    await sendAndDecide(web, browser, caseId);
    await browser.follow();
    expect(browser.page.html).toContain('Your answers replace last year&#39;s.');
    const closed = await browser.get(`/answer/${reference}/check`);
    expect(closed.location).toBe(`/answer/${reference}/status`);
    await append(home.database, caseId, { kind: 'withdraw', reference, body: {} });
    await runSteps(home.database, caseId);
    await browser.get(`/answer/${reference}/status`);
    expect(browser.page.html).toContain('was withdrawn from the registry');
  });
});

describe('a page that is open while the answers of last year go to the reviewers', () => {
  test('saves nothing of what is not asked any more, says so, and shows what was typed', async () => {
    const { reference, caseId, browser } = await visitor(web, 'overtaken', annual);
    await browser.get(`/answer/${reference}/q/name`);
    expect(questionsOf(browser)).toContain('aliases');
    const { review } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
    const asks = ['P1', 'P2', 'P3', 'P4', 'P5'];
    const state = { state: 'clarification', asks } as const;
    await home.database.application.update({
      where: { id: reference },
      data: { ...{ state: state.state }, review: { ...(review as object), ...state } },
    });
    const { status, html } = await browser.send({ aliases: 'Second name' });
    expect(status).toBe(409);
    expect(html).toContain('Nothing was saved');
    expect(html).toContain('It asks other questions now.');
    expect(html).toContain('Second name');
    // The same for a page that was read before the review moved on, and saved after it.
    const recipient = await home.database.recipient.findFirstOrThrow({ where: { applicationId: reference } });
    const late = { caseId, reference, recipientId: recipient.id };
    const aliases = { field: 'aliases', form: { aliases: 'Second name' }, seen: 0 };
    expect(await saveDrafts(home.database, { ...late, drafts: [aliases] })).toEqual({ closed: 'not_asked' });
    expect(await home.database.draft.count({ where: { applicationId: reference } })).toBe(0);
  });
});
