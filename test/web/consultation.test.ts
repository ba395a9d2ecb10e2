import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeChoices } from '../../prisma/policies.js';
import { AT_ONCE } from '../support/at-once.js';
import type { TestDatabase } from '../support/database.js';
import { startTestDatabase } from '../support/database.js';
import { openExpertReview, type ExpertReview } from '../support/expert-review.js';
import { hiddenFields } from '../support/owner-visit.js';
import { playSteps } from '../support/play-steps.js';
import { addOne, startSignInWeb, StaffBrowser, type Got, type SignInWeb } from '../support/staff-visit.js';

let home: TestDatabase;
let served: SignInWeb;
let steps: { stop: () => Promise<void> };
let ada: StaffBrowser;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T10:00:00.000Z');
  await addOne(home.database, 'ada', 'l2');
  await addOne(home.database, 'ben', 'l1', 'l2');
  for (const id of ['eve', 'finn']) await addOne(home.database, id, 'expert');
  served = await startSignInWeb(home.database, { accounts: ['ada', 'ben'] });
  ada = new StaffBrowser(served.url);
  await ada.signIn('ada');
}, 60_000);
afterAll(async () => {
  await served.stop();
  await home.stop();
});

/** A review at the second level, which ada took; steps go on by themselves from then on. */
async function taken(slug: string): Promise<ExpertReview> {
  const review = await openExpertReview(home, slug);
  steps = playSteps(home.database);
  await press(review.reference, 'claim');
  return review;
}

/** Posts one of the forms of a case's page, with what it hides. */
async function press(reference: string, act: string, fields: Record<string, string> = {}): Promise<Got> {
  const page = await ada.get(`/desk/${reference}`);
  const form = new RegExp(`<form[^>]*action="/desk/${reference}/${act}"[^]*?</form>`, 'u').exec(page.html)?.[0] ?? '';
  const posted = await ada.post(`/desk/${reference}/${act}`, { ...Object.fromEntries(hiddenFields(form)), ...fields });
  return posted.location === null ? posted : ada.get(posted.location);
}

async function confirm(reference: string): Promise<Got> {
  const page = await ada.get(`/desk/${reference}/decision`);
  const posted = await ada.post(`/desk/${reference}/decide`, Object.fromEntries(hiddenFields(page.html)));
  return posted.location === null ? posted : ada.get(posted.location);
}

const asking = {
  'verdict-9a': 'consult',
  'question-9a': 'Are ten years the minimum?',
  'expert0-9a': 'eve',
  'expert1-9a': 'finn',
  'verdict-2': 'meets',
  then: 'decision',
};

test('while experts are asked, a second reviewer who must agree still does not read what the first said', async () => {
  await writeChoices(home.database, { ...AT_ONCE, annual_review: { ...AT_ONCE.annual_review, rule: 'both_agree' } });
  const review = await taken('blind');
  try {
    await press(review.reference, 'verdict', asking);
    const waiting = await confirm(review.reference);
    expect(waiting.html).toContain('The experts are asked.');
    expect(waiting.html).toContain('You see the first reviewer’s verdict when you have given your own.');
  } finally {
    await steps.stop();
    await writeChoices(home.database, AT_ONCE);
  }
});

test('what is to be asked stays on the page until it is known that it was asked', async () => {
  const review = await taken('waits');
  await press(review.reference, 'verdict', asking);
  await steps.stop();
  expect((await confirm(review.reference)).html).toContain('Received.');
  expect((await ada.get(`/desk/${review.reference}`)).html).toContain('What you sent is received');
  // A step that always fails sets the row aside: it was not asked, and can be sent again.
  await home.database.submission.updateMany({ where: { kind: 'consult', outcome: null }, data: { aside: true } });
  expect((await ada.get(`/desk/${review.reference}`)).html).toContain('Are ten years the minimum?</textarea>');
});

describe('a reviewer asks an expert', () => {
  test('reads the very email first, waits, and finds the advice at its section with the other verdicts kept', async () => {
    const review = await taken('asks');
    const { reference } = review;
    try {
      const preview = await press(reference, 'verdict', asking);
      expect(preview.html).toContain('<h1>Ask the experts?</h1>');
      expect(preview.html).toContain('To eve Invented');
      expect(preview.html).toContain('Are ten years the minimum?');
      const waiting = await confirm(reference);
      expect(waiting.html).toContain('The experts are asked. Your time stands still.');
      expect(waiting.html).toContain('Experts are asked; your time stands still');
      expect(waiting.html).toContain('eve: asked, until Monday 13 July 2026');
      expect((await ada.get('/desk')).html).toContain(`href="/desk/${reference}"`);
      await review.advise('eve', { text: 'Two years are <b>enough</b>.', word: 'clarify' });
      const back = await ada.get(`/desk/${reference}`);
      expect(back.html).toContain('Two years are &lt;b&gt;enough&lt;/b&gt;.');
      expect(back.html).toMatch(/<input[^>]*name="verdict-2"[^>]*value="meets"[^>]*checked/u);
      expect(back.html).not.toMatch(/value="consult"[^>]*checked/u);
      expect((await press(reference, 'verdict', { then: 'decision' })).html).toContain('Select a verdict: ');
    } finally {
      await steps.stop();
    }
  });

  test('is told what is missing, and can call it off', async () => {
    const review = await taken('calls-off');
    const { reference } = review;
    try {
      const wrong = await press(reference, 'verdict', {
        ...asking,
        'question-9a': ' ',
        'expert0-9a': 'ada',
        'expert1-9a': '',
      });
      expect(wrong.status).toBe(422);
      expect(wrong.html).toContain('Write your question about: ');
      expect(wrong.html).toContain('Select whom to ask about: ');
      await press(reference, 'verdict', asking);
      await confirm(reference);
      expect((await press(reference, 'call-off')).html).toContain('Called off. The case is on your desk again.');
      expect((await review.state()).state).toBe('l2');
      await review.advise('eve', { text: 'Too late.' });
      expect((await ada.get(`/desk/${reference}`)).html).toContain('(came late)');
    } finally {
      await steps.stop();
    }
  });
});

test('neither the public nor the owner sees that anybody is asked', async () => {
  const review = await taken('unseen');
  try {
    await press(review.reference, 'verdict', asking);
    await confirm(review.reference);
    await review.advise('eve', { text: 'A secret word.' });
    await press(review.reference, 'verdict', asking);
    await confirm(review.reference);
    expect((await review.state()).state).toBe('consultation');
    for (const path of [`/a/${review.reference}`, '/r/unseen', '/registry.json', '/registry.csv', '/']) {
      const { html, status } = await ada.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(html).not.toMatch(/expert|consult|secret word|ten years/iu);
    }
    expect((await ada.get(`/a/${review.reference}`)).html).toContain('Second level of the review');
  } finally {
    await steps.stop();
  }
});
