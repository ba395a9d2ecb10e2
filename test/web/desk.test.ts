import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { judgedSections } from '../../domain/answers.js';
import { NEWEST } from '../../domain/standards.js';
import { writeChoices } from '../../prisma/policies.js';
import { readPublished } from '../support/published.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { hiddenFields, openReview, runSteps, append } from '../support/owner-visit.js';
import { letHoldPass } from '../support/desk-visit.js';
import { completeAnswers } from '../support/listed-product.js';
import { playSteps } from '../support/play-steps.js';
import { addOne, startSignInWeb, StaffBrowser, type Got, type SignInWeb } from '../support/staff-visit.js';

let home: TestDatabase;
let served: SignInWeb;
let steps: { stop: () => Promise<void> };
const at: Record<string, StaffBrowser> = {};

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  await writeChoices(home.database, {});
  const people = { ada: ['l1'], abe: ['l1'], ben: ['l2'], cleo: ['l2'], sam: ['secretariat'] } as const;
  for (const [id, roles] of Object.entries(people)) await addOne(home.database, id, ...roles);
  served = await startSignInWeb(home.database, { accounts: Object.keys(people) });
  for (const id of Object.keys(people)) {
    const browser = (at[id] = new StaffBrowser(served.url));
    await browser.signIn(id);
  }
  steps = playSteps(home.database);
}, 60_000);
afterAll(async () => {
  await steps.stop();
  await served.stop();
  await home.stop();
});

const who = (id: string): StaffBrowser => at[id] ?? new StaffBrowser(served.url);

/** A review whose owner has answered: its first level is asked. */
async function answered(slug: string): Promise<string> {
  const { caseId, reference } = await openReview(home.database, { slug, answers: completeAnswers });
  const recipient = await home.database.recipient.findFirstOrThrow({ where: { applicationId: reference } });
  const body = {
    answers: { laws: ['A law that is new'] },
    forReviewers: { laws: 'Only <b>reviewers</b> read this.' },
    confirmed: ['name'],
    declaration: { name: 'Amina', role: 'lead', maySpeak: true },
  };
  await appendAs(caseId, { reference, kind: 'answers', role: 'owner', actor: String(recipient.id), body });
  return reference;
}

async function appendAs(caseId: string, row: object): Promise<void> {
  await append(home.database, caseId, { round: 1, ...row } as Parameters<typeof append>[2]);
  await runSteps(home.database, caseId);
}

/** Opens a page, and posts one of its forms: what a person would, with the fields that the page hides. */
async function press(id: string, reference: string, act: string, fields: Record<string, string> = {}): Promise<Got> {
  const page = await who(id).get(`/desk/${reference}`);
  const form = new RegExp(`<form[^>]*action="/desk/${reference}/${act}"[^]*?</form>`, 'u').exec(page.html)?.[0] ?? '';
  const posted = await who(id).post(`/desk/${reference}/${act}`, {
    ...Object.fromEntries(hiddenFields(form === '' ? page.html : form)),
    ...fields,
  });
  return posted.location === null ? posted : who(id).get(posted.location);
}

const allMeet = Object.fromEntries(
  judgedSections({ standard: NEWEST, scope: 'all' }).map((section) => [`verdict-${section}`, 'meets']),
);
const without = (reference: string) =>
  home.database.application.findUniqueOrThrow({
    where: { id: reference },
    include: { verdicts: true, decisions: true },
  });

/** Gives a verdict through the pages, as far as the preview. */
async function toDecision(id: string, reference: string, fields: Record<string, string> = allMeet): Promise<Got> {
  await press(id, reference, 'claim');
  return press(id, reference, 'verdict', { ...fields, then: 'decision' });
}

async function confirm(id: string, reference: string): Promise<Got> {
  const page = await who(id).get(`/desk/${reference}/decision`);
  const posted = await who(id).post(`/desk/${reference}/decide`, Object.fromEntries(hiddenFields(page.html)));
  return posted.location === null ? posted : who(id).get(posted.location);
}

/** A case that somebody may neither open nor take: what they read instead. */
async function barred(id: string, reference: string): Promise<Got> {
  const csrf = new Map(hiddenFields((await who(id).get('/desk')).html)).get('csrf') ?? '';
  const posted = await who(id).post(`/desk/${reference}/claim`, { csrf });
  const page = await who(id).get(`/desk/${reference}`);
  expect([posted.status, page.status]).toEqual([403, 403]);
  expect((await without(reference)).claimedBy).toBeNull();
  return page;
}

describe('the desk', () => {
  test('shows a reviewer what waits for their level, and to others nothing to take', async () => {
    const reference = await answered('pool-one');
    expect((await who('ada').get('/desk')).html).toContain(`href="/desk/${reference}"`);
    expect((await who('ben').get('/desk')).html).not.toContain(reference);
    expect((await who('sam').get('/desk')).html).toContain('Reviewers find their cases here.');
    expect((await who('sam').get(`/desk/${reference}`)).status).toBe(403);
  });

  test('gives a case to one of two who take it; the other is told what happened', async () => {
    const reference = await answered('pool-two');
    const [one, other] = await Promise.all([press('ada', reference, 'claim'), press('abe', reference, 'claim')]);
    const said = [one.html, other.html].filter((html) => html.includes('The case is yours.'));
    expect(said).toHaveLength(1);
    expect([one.html, other.html].join('')).toContain('Another reviewer took this case first.');
    const { claimedBy } = await without(reference);
    await press(claimedBy ?? '', reference, 'give-back');
    expect((await without(reference)).claimedBy).toBeNull();
    await press(claimedBy ?? '', reference, 'claim');
    expect((await without(reference)).claimedBy).toBe(claimedBy);
  });

  test('never offers again what somebody has a conflict of interest with, and never their own product', async () => {
    const reference = await answered('pool-three');
    await press('ada', reference, 'conflict');
    expect((await who('ada').get('/desk')).html).not.toContain(reference);
    expect((await barred('ada', reference)).html).toContain('You declared a conflict of interest');
    await home.database.contact.updateMany({
      where: { slug: 'pool-three', rank: 'primary' },
      data: { address: 'ABE@registry.example' },
    });
    expect((await who('abe').get('/desk')).html).not.toContain(reference);
    expect((await barred('abe', reference)).html).toContain('You are a contact of this product');
  });

  test('shows answers with what changed, who stands for them, and what is for reviewers only, all as text', async () => {
    const reference = await answered('a-case');
    const { html } = await press('ada', reference, 'claim');
    expect(html).toContain('The case is yours.');
    expect(html).toMatch(/<ins><span class="hidden">\[added: <\/span>[^<]*new/u);
    expect(html).toContain('Changed by the owner on 10 July 2026.');
    expect(html).toContain('Carried over from 1 July 2025, not confirmed by the owner.');
    expect(html).toContain('Only &lt;b&gt;reviewers&lt;/b&gt; read this.');
  });

  test('keeps what was typed, and says what is missing before a decision', async () => {
    const reference = await answered('b-case');
    await press('ada', reference, 'claim');
    const some = { 'verdict-2': 'does_not_meet', 'internal-2': 'Ask legal <script>', then: 'stay' };
    expect((await press('ada', reference, 'verdict', some)).html).toContain('Saved. Only you see it.');
    const lacking = await press('ada', reference, 'verdict', { ...some, then: 'decision' });
    expect(lacking.status).toBe(422);
    expect(lacking.html).toContain('Give a public reason, since it does not simply meet: Open licence.');
    expect(lacking.html).toContain('Select a verdict: SDG relevance.');
    expect(lacking.html).toContain('Ask legal &lt;script&gt;');
    const chosen = await press('ada', reference, 'verdict', { ...some, 'library-2': 'licence-missing' });
    expect(chosen.html).toContain('We found no licence file in the repository.');
  });

  test('shows the very email and the change of the registry before a decision, and nothing of it stays', async () => {
    const reference = await answered('c-case');
    const first = await toDecision('ada', reference);
    expect(first.html).toContain('The second level reviews it.');
    expect(first.html).toContain('No email goes');
    expect((await confirm('ada', reference)).html).toContain('Then: The second level reviews it.');
    await letHoldPass(home, reference);
    const preview = await toDecision('ben', reference);
    expect(preview.html).toContain('Product c-case is listed until 1 September 2027; now it is 1 September 2026.');
    expect(preview.html).toContain('Product c-case: listing confirmed until 1 September 2027');
    expect(preview.html).toContain('Yes, for 10 minutes. Nobody is told before they are over.');
    expect(await without(reference)).toMatchObject({ state: 'l2', decisions: [] });
    expect((await without(reference)).verdicts).toHaveLength(1);
  });

  test('lets a decision be undone, of which nobody was told', async () => {
    const reference = await answered('d-case');
    await toDecision('ada', reference);
    await confirm('ada', reference);
    await letHoldPass(home, reference);
    await toDecision('ben', reference);
    const decided = await confirm('ben', reference);
    expect(decided.html).toContain('Recorded. It takes effect when the hold is over.');
    expect(decided.html).toContain('Then: It is approved, and the owner is told.');
    expect(await readPublished(served, reference)).not.toMatch(/approved|decided/iu);
    expect((await press('ben', reference, 'undo')).html).toContain('Undone. Nobody was told');
    expect(await home.database.email.count({ where: { applicationId: reference, kind: 'decision' } })).toBe(0);
    expect(await without(reference)).toMatchObject({ state: 'l2', claimedBy: 'ben', decisions: [] });
  });

  test('gives notice before anybody fails, in the words of the public reason and the note', async () => {
    const reference = await answered('e-case');
    await toDecision('ada', reference);
    await confirm('ada', reference);
    await letHoldPass(home, reference);
    const words = {
      'public-2': 'No licence file.',
      'owner-2': 'Please add one to the app.',
      'internal-2': 'A secret.',
    };
    const preview = await toDecision('ben', reference, { ...allMeet, ...words, 'verdict-2': 'does_not_meet' });
    expect(preview.html).toContain('The owner gets a notice and has time to reply.');
    expect(preview.html).toContain('Product e-case: 1 section not met yet, reply by 24 July 2026');
    expect(preview.html).toMatch(/&gt; No licence file\.[^]*&gt; Please add one to the app\./u);
    expect(preview.html).not.toContain('A secret.');
    expect((await confirm('ben', reference)).html).toContain('Then: The owner gets a notice and has time to reply.');
    expect(await home.database.email.count({ where: { applicationId: reference, kind: 'notice' } })).toBe(0);
    await letHoldPass(home, reference);
    expect(await home.database.email.count({ where: { applicationId: reference, kind: 'notice' } })).toBe(1);
    expect(await without(reference)).toMatchObject({ state: 'notice', open: true });
  });

  test('asks again only the questions that were picked, for as many days as were given', async () => {
    const reference = await answered('f-case');
    await toDecision('ada', reference);
    await confirm('ada', reference);
    await letHoldPass(home, reference);
    await press('ben', reference, 'claim');
    const asking = { 'verdict-9a': 'clarify', 'public-9a': 'Where is it?', 'ask-9a': 'P2', days: '20' };
    expect(
      (await press('ben', reference, 'verdict', { ...allMeet, ...asking, days: '200', then: 'decision' })).html,
    ).toContain('Give the owner 15 to 90 days.');
    await press('ben', reference, 'verdict', { ...allMeet, ...asking, then: 'decision' });
    const waits = (await confirm('ben', reference)).html;
    expect(waits).toMatch(/You can undo this until <time datetime="2026-07-10T0[89]:/u);
    expect(waits).toContain('Then: The owner is asked again.');
    expect((await press('ben', reference, 'undo')).html).toContain('Undone. Nobody was told');
    await press('ben', reference, 'verdict', { ...allMeet, ...asking, then: 'decision' });
    await confirm('ben', reference);
    await letHoldPass(home, reference);
    expect(await home.database.email.count({ where: { applicationId: reference, kind: 'clarification' } })).toBe(1);
    const { review } = await without(reference);
    expect(review).toMatchObject({ state: 'clarification', asks: ['P2'], turn: { days: 20 } });
  });

  test('refuses a verdict on a round that is over, and one on a case that was handed over', async () => {
    const reference = await answered('g-case');
    await toDecision('ada', reference);
    const page = await who('ada').get(`/desk/${reference}/decision`);
    const fields = Object.fromEntries(hiddenFields(page.html));
    await press('ada', reference, 'hand-over', { to: 'abe', reason: 'Away from tomorrow.' });
    expect((await without(reference)).claimedBy).toBe('abe');
    const late = await who('ada').post(`/desk/${reference}/decide`, fields);
    expect((await who('ada').get(late.location ?? '')).html).toContain('This case is not yours now.');
    await toDecision('abe', reference);
    await confirm('abe', reference);
    await letHoldPass(home, reference);
    const csrf = new Map(hiddenFields((await who('abe').get('/desk')).html)).get('csrf') ?? '';
    const older = await who('abe').post(`/desk/${reference}/decide`, { ...fields, csrf });
    expect((await who('abe').get(older.location ?? '')).html).toMatch(/has changed since|moved on/u);
    expect((await without(reference)).verdicts).toHaveLength(1);
  });

  test('stands last on the desk while it is set aside', async () => {
    const reference = await answered('h-case');
    await press('abe', reference, 'claim');
    expect((await press('abe', reference, 'set-aside', { until: '2026-08-01' })).html).toContain('Noted.');
    expect((await who('abe').get('/desk')).html).toContain('Set aside until 1 August 2026.');
    expect((await press('abe', reference, 'set-aside', { until: '2026-02-30' })).html).toContain('That is no day.');
    expect((await press('abe', reference, 'hand-over', { to: 'nobody' })).html).toContain('Nobody of your level');
    expect((await without(reference)).claimedBy).toBe('abe');
  });
});
