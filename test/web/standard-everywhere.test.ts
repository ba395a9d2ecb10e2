import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NEWEST } from '../../domain/standards.js';
import { renderEmail } from '../../mail/render.js';
import { contentOf } from '../../prisma/email-content.js';
import { readLetter } from '../../prisma/letter.js';
import { heldQuestion, laterStandard, withLater } from '../support/coming-standard.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { completeAnswers } from '../support/listed-product.js';
import {
  append,
  arrive,
  type Browser,
  declaration,
  PUBLIC_URL,
  runSteps,
  sendAndDecide,
  visitor,
  webOver,
  type Web,
} from '../support/owner-visit.js';
import { head } from '../support/post.js';

let home: TestDatabase;
let bound: Web;
let ahead: Web;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  bound = webOver(home.database, {
    standards: withLater(laterStandard({ answerableFrom: '2026-01-01', bindsFrom: '2026-07-10' })),
  });
  ahead = webOver(home.database, { standards: withLater() });
}, 120_000);
afterAll(() => home.stop());

const { id, label, title, empty } = heldQuestion;
const exercises = 'Two of them, in spring.';
const annual = { validUntil: '2026-09-01', answers: completeAnswers };
const noVerdict = 'This is a self-assessment of the owner.';
const mandatory = Object.keys(completeAnswers).length;

async function textOf(web: Web, path: string): Promise<string> {
  const response = await web.app.request(`${PUBLIC_URL}${path}`);
  expect(response.status).toBe(200);
  return response.text();
}

/** An email of a review as its text would be now. */
async function emailOf({ context }: Web, reference: string, kind: string): Promise<string> {
  const { database, standards } = context;
  const email = await database.email.findFirstOrThrow({
    where: { applicationId: reference, kind: kind === 'reminder' ? 'prompt' : kind },
  });
  return database.$transaction(async (transaction) => {
    const letter = await readLetter(transaction, { email, head, now: '2026-07-20T09:00:00.000Z', standards });
    return renderEmail(await contentOf({ ...letter, email: { ...email, kind } })).text.replace(/\s+/gu, ' ');
  });
}

/** Confirms every answer on file and says who answers. */
async function confirmAll(browser: Browser, reference: string): Promise<void> {
  const turn = { applicationId: reference, version: 1, turn: 1, savedAt: new Date('2026-07-10T10:00:00.000Z') };
  await home.database.draft.createMany({
    data: Object.keys(completeAnswers).map((field) => ({ ...turn, field, form: { [`${field}.keep`]: 'keep' } })),
  });
  await browser.get(`/answer/${reference}/declaration`);
  await browser.send(declaration);
  await browser.follow();
}

/** Both reviewers find that everything meets the Standard. */
async function approve({ context }: Web, caseId: string, reference: string): Promise<void> {
  const sections = [{ section: 'general', verdict: 'meets', publicReason: '', internalReason: '' }];
  for (const level of ['l1', 'l2'] as const) {
    const { round } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
    const body = { level, by: level, answersVersion: 1, sections, days: null, secondRoundReason: null };
    await append(home.database, caseId, { kind: 'verdict', role: level, actor: level, reference, round, body });
    await runSteps(home.database, caseId, context.standards);
  }
}

describe('a question that is added to a version', () => {
  let review: Awaited<ReturnType<typeof visitor>>;
  beforeAll(async () => {
    review = await visitor(bound, 'added', annual);
  });

  test('is asked before anybody starts, on the page of the version and in its text to fill in offline', async () => {
    expect(await textOf(bound, '/standard/2027-invented')).toContain(label);
    expect(await textOf(bound, '/standard/2027-invented')).toContain('An invented question.');
    expect(await textOf(bound, '/standard/2027-invented/questions.md')).toContain(
      `### ${title} [held_exercises]\n${label}`,
    );
    expect(await textOf(bound, `/standard/${NEWEST.version}`)).not.toContain(label);
    const start = await bound.app.request(`${PUBLIC_URL}/standard`);
    expect(start.headers.get('Location')).toBe('/standard/2027-invented');
  });

  test('is on the form of a review that opens under it, and counts as missing', async () => {
    const { browser, reference } = review;
    const { standard } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
    expect(standard).toBe('2027-invented');
    await browser.get(`/answer/${reference}`);
    expect(browser.page.html).toContain(`You answered 0 of ${mandatory + 1} questions.`);
    await browser.get(`/answer/${reference}/q/${id}`);
    expect(browser.page.html).toContain(label);
    expect(browser.page.html).not.toContain('you may answer already');
    await confirmAll(browser, reference);
    await browser.get(`/answer/${reference}/check`);
    expect(browser.page.html).toContain(empty);
    expect(browser.page.html).toContain('You can send when nothing is open.');
  });

  test('is named by the reminder', async () => {
    expect(await emailOf(bound, review.reference, 'reminder')).toContain(label);
  });

  test('is checked as its kind is', async () => {
    const { browser, reference } = review;
    await browser.get(`/answer/${reference}/q/${id}`);
    await browser.send({ [id]: 'x'.repeat(5_001) });
    expect(browser.page.status).toBe(422);
    expect(browser.page.html).toContain('Shorten the text to 5,000 characters.');
  });

  test('is sent, received, and public with the decision: on the page and in the data', async () => {
    const { browser, reference, caseId } = review;
    await browser.get(`/answer/${reference}/q/${id}`);
    await browser.send({ [id]: exercises });
    await browser.get(`/answer/${reference}/check`);
    expect(browser.page.html).toContain(exercises);
    await sendAndDecide(bound, browser, caseId);
    await browser.follow();
    expect(browser.page.html).toContain('Your answers are with the reviewers.');
    const receipt = await emailOf(bound, reference, 'receipt');
    expect(receipt).toContain(label);
    expect(receipt).toContain(exercises);
    await approve(bound, caseId, reference);
    const page = await textOf(bound, '/r/added');
    expect(page).toContain(title);
    expect(page).toContain(exercises);
    expect(page).not.toContain('Answered early');
    const data = JSON.parse(await textOf(bound, '/registry.json')) as RegistryJson;
    expect(data.standard).toMatchObject({ version: '2027-invented', bindsFrom: '2026-07-10', coming: [] });
    expect(data.products.find(({ slug }) => slug === 'added')?.answers[id]?.value).toBe(exercises);
  });

  test('is no question of a review that opened before, which keeps its version', async () => {
    const { reference, browser } = await visitor(ahead, 'before', annual);
    const { standard } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
    expect(standard).toBe(NEWEST.version);
    const later = await arrive(bound, reference);
    for (const one of [browser, later]) {
      await one.get(`/answer/${reference}`);
      expect(one.page.html).toContain(`You answered 0 of ${mandatory} questions.`);
    }
    expect(await emailOf(bound, reference, 'reminder')).not.toContain(label);
  });
});

interface RegistryJson {
  readonly standard: object;
  readonly products: readonly { readonly slug: string; readonly answers: Record<string, { value: unknown }> }[];
}

describe('a question of a version to come', () => {
  test('can be answered early, is marked so, and stands in nobody’s way; nor does the self-assessment', async () => {
    const { browser, reference, caseId } = await visitor(ahead, 'early', annual);
    await browser.get(`/answer/${reference}/q/${id}`);
    expect(browser.page.html).toContain(
      'From Friday 1 January 2027 on (version 2027-invented); you may answer already.',
    );
    expect(browser.page.html).toContain(`${label} (optional)`);
    await confirmAll(browser, reference);
    await browser.get(`/answer/${reference}/check`);
    expect(browser.page.html).toContain('Send answers for');
    await browser.get(`/answer/${reference}/q/${id}`);
    await browser.send({ [id]: exercises });
    await browser.get(`/answer/${reference}/q/annexure_oversight`);
    expect(browser.page.html).toContain(noVerdict);
    await browser.send({ 'annexure_oversight.choice': ['risk_monitoring'], 'annexure_oversight.text': '' });
    await browser.get(`/answer/${reference}/check`);
    await sendAndDecide(ahead, browser, caseId);
    await approve(ahead, caseId, reference);
    const page = await textOf(ahead, '/r/early');
    expect(page).toContain(exercises);
    expect(page).toContain('Answered early: reviews that open from 1 January 2027 on ask this.');
    expect(page).toContain('Risks are looked at again and again');
    expect(page).toContain(noVerdict);
    const data = JSON.parse(await textOf(ahead, '/registry.json')) as RegistryJson;
    expect(data.standard).toMatchObject({ version: NEWEST.version, coming: [{ version: '2027-invented' }] });
    expect(data.products.find(({ slug }) => slug === 'early')?.answers[id]?.value).toBe(exercises);
  });

  test('is asked by no privacy case', async () => {
    const { browser, reference } = await visitor(ahead, 'privacy-only', { answers: completeAnswers });
    await browser.get(`/answer/${reference}`);
    expect(browser.page.html).not.toContain(title);
  });
});

describe('what depends on the category', () => {
  test('is shown for the categories of the product, and an AI system must have its three parts', async () => {
    const answers = { ...completeAnswers, category: ['open_data', 'open_ai_system'] };
    const { browser, reference } = await visitor(ahead, 'model', { ...annual, answers });
    await browser.get(`/answer/${reference}`);
    expect(browser.page.html).toContain(`You answered 0 of ${mandatory + 3} questions.`);
    await confirmAll(browser, reference);
    await browser.get(`/answer/${reference}/check`);
    for (const part of ['the weights of the model', 'the code that trains', 'the data that trained']) {
      expect(browser.page.html).toContain(`Enter where people can get ${part}`);
    }
    await browser.get(`/answer/${reference}/q/documentation`);
    expect(browser.page.html).toContain('Open AI system: a model card');
    expect(browser.page.html).toContain('Open data: what each field means');
    expect(browser.page.html).not.toContain('Open software: how to install');
  });
});
