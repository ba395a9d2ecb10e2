import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { CHECKS, type Checks } from '../../dev/demo/checks.js';
import { lostRows } from '../../dev/demo/checks/lost.js';
import { figures, type Figures } from '../../dev/demo/figures.js';
import { LIVE_HEAD, LIVE_LEGEND, liveLine } from '../../dev/demo/live-line.js';
import { holds, reportJson, reportTable } from '../../dev/demo/report.js';
import type { Told } from '../../dev/demo/types.js';
import type { CaughtEmail } from '../../dev/mailbox.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { caughtOf, openDemoReview, type DemoReview } from '../support/demo-review.js';
import { completeAnswers } from '../support/listed-product.js';

const START = '2026-07-10T08:00:00.000Z';
const CAMPAIGN = 'annual-2026';
let home: TestDatabase;
let caught: CaughtEmail[];
beforeEach(async () => {
  home = await startTestDatabase(START);
  caught = [];
}, 60_000);
afterEach(() => home.stop());

/** A review of the campaign's population, woken by the campaign. */
async function member(slug: string): Promise<DemoReview> {
  const row = { key: `wake:${CAMPAIGN}:${slug}`, role: 'campaign', actor: CAMPAIGN } as const;
  const wake = { kind: 'wake', body: { campaign: CAMPAIGN, handPicked: false, cause: CAMPAIGN } };
  const campaign = { state: 'running', startedAt: new Date(START), startedBy: 'fatou', perDay: 10, scope: {} };
  await home.database.campaign.upsert({
    where: { name: CAMPAIGN },
    create: { name: CAMPAIGN, ...campaign },
    update: {},
  });
  const review = await openDemoReview(home, { slug, caught, row: { ...row, ...wake } });
  const members = { name: CAMPAIGN, slug, kind: 'annual_review', wave: 1, handPicked: false };
  await home.database.campaignMember.create({ data: members });
  return review;
}

/** Answers that were typed on pages, and the row that they became. */
async function answerAs(
  review: DemoReview,
  typed: Told['typed'],
  sent: Parameters<DemoReview['answer']>[0],
  result = 'accepted',
): Promise<Told> {
  const { id, outcome } = await review.answer(sent);
  expect(outcome.result).toBe(result);
  return { reference: review.reference, kind: 'answers', row: String(id), typed };
}

async function decide(review: DemoReview): Promise<void> {
  await review.verdict({ level: 'l1', by: 'ada' });
  await review.verdict({ level: 'l2', by: 'ezra' });
}

const P1 = { choice: 'yes', text: 'Only a name.' };
const personal = { pii_level: 'collected_stored', P1, P2: 'A notice.', P4: 'A server.' };
const typedPersonal = {
  pii_level: 'collected_stored',
  'P1.choice': 'yes',
  'P1.text': '  Only a name.\r\n',
  'P1.reviewers': 'And a password.',
  'website.keep': 'keep',
  website: 'https://not.sent.example',
};
const rest = {
  P3: { text: 'See there.', urls: [] },
  P5: { choices: ['user_initiated_deletion'], text: 'A button.' },
  pii_types: ['name'],
  pii_protection: 'Few people see it.',
};

describe('what people were told was received', () => {
  const lost = async (told: readonly Told[]) => (await lostRows(home.database, told)).map(({ because }) => because);
  const sent = { answers: { ...personal, ...rest }, forReviewers: { P1: 'And a password.' } };

  test('is as they typed it in what was decided on', async () => {
    const review = await member('kept');
    const told = await answerAs(review, typedPersonal, sent);
    await decide(review);
    expect(await lost([told])).toEqual([]);
  });

  test('and has no outcome, is not there, or is another row, is lost', async () => {
    const review = await member('waits');
    const told = await answerAs(review, typedPersonal, sent);
    const row = Number(told.row);
    await home.database.outcome.deleteMany({ where: { submissionId: row } });
    expect(await lost([told])).toEqual(['it has no outcome']);
    expect(await lost([{ ...told, row: '999999' }])).toEqual(['there is no such row']);
    expect(await lost([{ ...told, reference: '2026-AAAAA' }])).toEqual(['it is another row']);
    expect(await lost([{ ...told, kind: 'request' }])).toEqual(['it is another row']);
  });

  test('and differs in an answer, or in a text for reviewers, is lost', async () => {
    const review = await member('differs');
    const told = await answerAs(review, typedPersonal, sent);
    await decide(review);
    const where = { applicationId: review.reference };
    await home.database.answerSet.updateMany({ where, data: { forReviewers: {} } });
    expect(await lost([told])).toEqual(['P1 is not as it was typed']);
    const answers = { ...completeAnswers, ...personal, ...rest, P1: { ...P1, text: 'Something else.' } };
    await home.database.answerSet.updateMany({ where, data: { answers, forReviewers: { P1: 'And a password.' } } });
    expect(await lost([told])).toEqual(['P1 is not as it was typed']);
    await home.database.answerSet.deleteMany({ where });
    expect(await lost([told])).toEqual(['its answers are nowhere']);
  });

  test('and was said anew in a clarification is what was said last; the rest must still be there', async () => {
    const review = await member('again');
    const first = await answerAs(review, typedPersonal, sent);
    await review.verdict({ level: 'l1', by: 'ada' });
    await review.verdict({ level: 'l2', by: 'ezra', word: 'clarify', about: '9a' });
    const anew = { choice: 'yes', text: 'A name and a number.' };
    const typed = { 'P1.choice': 'yes', 'P1.text': anew.text };
    const second = await answerAs(review, typed, { ...sent, answers: { ...sent.answers, P1: anew } });
    await review.verdict({ level: 'l2', by: 'ezra' });
    expect(await lost([first, second])).toEqual([]);
    // As if the second version held the changes alone.
    const where = { applicationId: review.reference, version: 2 };
    await home.database.answerSet.updateMany({ where, data: { answers: { ...completeAnswers, P1: anew } } });
    const without = await lostRows(home.database, [first, second]);
    expect(without).toEqual([{ row: first.row, because: 'pii_level is not as it was typed' }]);
  });

  test('and was refused is not lost: its author was told so', async () => {
    const review = await member('refused');
    await answerAs(review, {}, sent);
    const again = await answerAs(review, { pii_level: 'none' }, sent, 'refused');
    expect(await lost([again])).toEqual([]);
  });
});

/** A Temporal that keeps no run. */
const nothing = { workflow: { list: () => ({ async *[Symbol.asyncIterator]() {} }) } } as unknown as Client;
const count = (told: readonly Told[] = []) =>
  figures({
    ...{ database: home.database, mailbox: { emails: () => caught }, client: nothing, told, campaign: CAMPAIGN },
    ...{ dayMs: 1_200, wallSeconds: 61.4 },
  });

test('figures count the reviews of the campaign, other ones apart, and what was sent twice', async () => {
  const answered = await member('answered');
  await answered.at('2026-07-10T09:00:01.000Z');
  await answered.deliver();
  await answered.answer();
  await decide(answered);
  await member('silent');
  await openDemoReview(home, { slug: 'by-itself', caught });
  caught.push(caughtOf('twice'), caughtOf('twice'), caughtOf('once'));
  await home.database.email.updateMany({ where: { kind: 'receipt' }, data: { state: 'unknown' } });
  expect(await count([{ reference: '2026-AAAAA', kind: 'request', row: '77', typed: {} }])).toMatchObject({
    products: 3,
    started: 2,
    answered: 1,
    notAnswered: 0,
    onFile: 0,
    outcomes: { approved: 1 },
    open: 1,
    otherOpen: 1,
    emails: { sent: 1, unknown: 2 },
    lost: 1,
    lostBecause: ['row 77: there is no such row'],
    sentTwice: 1,
    unknown: 2,
    eventsPerCase: 0,
    dayMs: 1_200,
    wallSeconds: 61.4,
  });
});

test('the live line says under its head the day, who answered, whose turn it is, emails and ends', async () => {
  const answered = await member('answered');
  await answered.at('2026-07-10T09:00:01.000Z');
  await answered.deliver();
  await member('silent');
  await answered.at('2026-07-12T10:00:00.000Z');
  await answered.answer();
  expect([LIVE_HEAD, await liveLine(home.database, CAMPAIGN)]).toEqual([
    'date        opened answered mail owner again  L1  L2 exp app staff emails ended',
    '2026-07-12     2/2        1    1     0     0   1   0   0   0     0      1     0',
  ]);
  for (const line of [LIVE_HEAD, ...LIVE_LEGEND.split('\n')]) expect(line.length).toBeLessThanOrEqual(80);
});

describe('the report', () => {
  const fine: Figures = {
    ...{ products: 40, started: 30, answered: 25, outcomes: { approved: 28, ineligible: 2 }, open: 0, otherOpen: 1 },
    ...{ of: 'campaign', beside: { outcomes: {}, open: 0 }, notAnswered: 5, onFile: 4, mostEvents: 90 },
    ...{
      emails: { sent: 200, skipped: 12 },
      lost: 0,
      sentTwice: 0,
      unknown: 0,
      eventsPerCase: 76,
      bytesPerCase: 10_752,
    },
    ...{ lostBecause: [], dayMs: 1_200, wallSeconds: 140.4, byDeputies: 2 },
    experts: { asked: 9, answered: 5, declined: 2, silent: 2, late: 1 },
    appeals: { made: 3, won: 1, lost: 2 },
    concerns: { raised: 3, accepted: 1, rejected: 2, reviews: 1 },
    colleagues: { invited: 2, came: 1 },
  };
  const checks = Object.fromEntries(
    CHECKS.map((name) => [name, { ok: true, tried: 9, detail: 'long words '.repeat(20) }]),
  ) as Checks;
  const broken: Checks = { ...checks, temporalAgrees: { ok: false, tried: 4, detail: 'Temporal counts 1, not 2' } };

  test('fits a terminal whole, and says what its numbers mean and what failed', () => {
    const lost = { lost: 9, lostBecause: Array.from({ length: 9 }, (_, at) => `row ${at}: it has no outcome`) };
    const table = reportTable({
      seed: 7,
      figures: { ...fine, ...lost },
      desk: { undoes: 3 },
      checks: broken,
      faults: null,
    });
    const lines = table.split('\n');
    expect(lines.filter(({ length }) => length > 80)).toEqual([]);
    expect(table).toMatch(/ {2}answered +25 {2}by the owner/u);
    expect(table).toMatch(/ {2}not answered +5 {2}reviewers decided 4 of them/u);
    expect(table).toMatch(/ {2}ineligible +2 {2}reviewers found/u);
    expect(table).toMatch(/ {2}skipped +12 {2}no longer true when due/u);
    expect(table).toContain('lost: row 0: it has no outcome');
    expect(table).toMatch(/ {2}undoes +3 {2}decisions undone within their hold/u);
    expect(table).toMatch(/Experts asked +9 {2}2 declined, 2 let the time pass/u);
    expect(table).toMatch(/ {2}answered +5 {2}and 1 too late: kept/u);
    expect(table).toMatch(/Appeals of owners +3 {2}1 won, 2 lost/u);
    expect(table).toMatch(/Concerns raised +3 {2}1 accepted, 2 rejected; reviews of what they\s+named: 1/u);
    expect(table).toMatch(/Colleagues invited +2 {2}1 came to draft/u);
    expect(table).toMatch(/Temporal's counts agree with the records +FAILED +4 times\n +Temporal counts 1, not 2/u);
    expect(table).toMatch(/Link scanners changed nothing +ok +9 times/u);
    expect(table.match(/words/gu)).toHaveLength(20 * (CHECKS.length - 1));
    expect(lines.at(-1)).toBe('NOT everything holds.');
  });

  test('as JSON has its keys in their order', () => {
    const line = reportJson({ seed: 7, figures: fine, desk: {}, checks, faults: null });
    expect(line).not.toContain('\n');
    expect(Object.keys(JSON.parse(line) as object).join(', ')).toBe(
      'seed, products, started, answered, outcomes, open, otherOpen, emails, lost, sentTwice, unknown, eventsPerCase, bytesPerCase, experts, byDeputies, appeals, concerns, colleagues, checks, dayMs, wallSeconds',
    );
  });

  test.each([
    ['a review is open', { open: 1 }],
    ['a row is lost', { lost: 1 }],
    ['an email went twice', { sentTwice: 1 }],
    ['an outcome is missing', { started: 31 }],
    ['a nomination beside it is open', { beside: { outcomes: {}, open: 1 } }],
    ['nothing was started', { started: 0, outcomes: {} }],
  ])('does not hold when %s', (_what, some) => {
    expect(holds({ figures: fine, checks, faults: null })).toBe(true);
    expect(holds({ figures: { ...fine, ...some }, checks, faults: null })).toBe(false);
    expect(holds({ figures: fine, checks: broken, faults: null })).toBe(false);
  });
});
