import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { questionOf } from '../../domain/standard.js';
import { NEWEST } from '../../domain/standards.js';
import { writeChoices } from '../../prisma/policies.js';
import { linkRecords } from '../../prisma/link-checks.js';
import type { WebContext } from '../../web/context.js';
import { withLater } from '../support/coming-standard.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { sendAnswers } from '../support/decided-review.js';
import { completeAnswers } from '../support/listed-product.js';
import { allMeet } from '../support/desk-visit.js';
import { append, hiddenFields, openReview, runSteps } from '../support/owner-visit.js';
import { addOne, startSignInWeb, StaffBrowser, type SignInWeb } from '../support/staff-visit.js';

const LINK = 'https://laws.example/act?a=1&b=2';

let home: TestDatabase;
let reference: string;
let caseId: string;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  await writeChoices(home.database, {});
  await addOne(home.database, 'ada', 'l1');
  const review = await openReview(home.database, { slug: 'a-case', answers: completeAnswers });
  await sendAnswers(home.database, review, { answers: { laws: ['A law', LINK] } });
  ({ reference, caseId } = review);
}, 60_000);
afterAll(() => home.stop());

/** The page of the case, from an installation that looks at links or does not. */
async function read(checksLinks: boolean, some: Partial<WebContext> = {}): Promise<string> {
  const served: SignInWeb = await startSignInWeb(home.database, { accounts: ['ada'], some: { checksLinks, ...some } });
  const browser = new StaffBrowser(served.url);
  const page = await browser.signIn('ada', `/desk/${reference}`);
  await served.stop();
  return page.html;
}

describe('what a reviewer reads at an answer', () => {
  test('is what was found at its links, since when, as a hint', async () => {
    expect(await read(true)).toContain('https://laws.example/act?a=1&amp;b=2: not checked yet.');
    const records = linkRecords(home.database);
    const gone = { result: 'gone', because: 'status', status: 404, leadsTo: null } as const;
    await records.record({ address: LINK, found: gone, real: 0 });
    await home.setClock('2026-07-12T08:00:00.000Z');
    await records.record({ address: LINK, found: gone, real: 1 });
    const html = await read(true);
    expect(html).toContain(
      'a=1&amp;b=2: Gone: the server says that the page is not there (404), since 10 July 2026. Checked on 12 July 2026.',
    );
    expect(html).toContain('a hint, never a verdict');
  });

  test('is of each link what the program found, and nothing that a server says does more than stand there', async () => {
    const records = linkRecords(home.database);
    const leadsTo = 'https://laws.example/"><script>alert(1)</script>';
    for (const [found, words] of [
      [{ result: 'reachable', because: null, status: 200, leadsTo: null }, 'Reachable'],
      [{ result: 'redirected', because: null, status: 200, leadsTo }, '&quot;&gt;&lt;script&gt;alert(1)'],
      [{ result: 'unreachable', because: 'silent', status: null, leadsTo: null }, 'Not reachable'],
      [{ result: 'not_checked', because: 'private', status: null, leadsTo: null }, 'public internet'],
    ] as const) {
      await records.record({ address: LINK, found, real: 2 });
      const html = await read(true);
      const hint = /a=1&amp;b=2: (.*?)<\/li>/u.exec(html)?.[1];
      expect(hint).toContain(words);
      expect(hint).not.toContain('<script');
      expect(hint).toMatch(/Checked on 12 July 2026\.$/u);
    }
  });

  test('is how much is enough of a small project, and what is expected of a large one', async () => {
    const { guidance } = questionOf(NEWEST, 'laws') ?? {};
    const html = await read(false);
    expect(html).toContain(`<dt>Enough for a small project</dt><dd>${guidance?.small}</dd>`);
    expect(html).toContain(`<dt>Expected of a large one</dt><dd>${guidance?.large}</dd>`);
  });

  test('is also what nobody judges: the self-assessment, and answers to questions of a version that comes', async () => {
    const annexure = { choices: ['governance'], text: 'Fatou answers for privacy.' };
    await home.database.answerSet.updateMany({
      where: { applicationId: reference },
      data: { answers: { ...completeAnswers, laws: [LINK], held_exercises: 'Two.', annexure_governance: annexure } },
    });
    const html = await read(false, { standards: withLater() });
    const [judged = '', others = ''] = html.split('Answers that nobody judges');
    expect(others).toContain('no decision depends on it');
    expect(others).toContain('Fatou answers for privacy.');
    expect(judged).toMatch(
      /Invented exercises<\/h3>.*Two\..*Answered early: reviews that open from 1 January 2027 on ask it\./u,
    );
  });

  test('is nothing about links where they are not looked at, and that is said', async () => {
    const html = await read(false);
    expect(html).toContain('Links are not checked here.');
    expect(html).not.toContain('Checked on');
  });
});

test('nobody foretells what a verdict leads to while many rows of its case wait; the text is kept meanwhile', async () => {
  const { round } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
  const body = { by: 'ada', level: 'l1' };
  const claim = { ...{ reference, round, body }, kind: 'claim', role: 'l1', actor: 'ada' } as const;
  await append(home.database, caseId, claim);
  await runSteps(home.database, caseId);
  const served = await startSignInWeb(home.database, { accounts: ['ada'] });
  const browser = new StaffBrowser(served.url);
  const { html } = await browser.signIn('ada', `/desk/${reference}`);
  const hidden = Object.fromEntries(hiddenFields(/<form[^>]*\/verdict"[^]*?<\/form>/u.exec(html)?.[0] ?? ''));
  await browser.post(`/desk/${reference}/verdict`, { ...hidden, ...allMeet, then: 'decision' });
  expect((await browser.get(`/desk/${reference}/decision`)).html).toContain('Confirm decision');
  for (let row = 0; row < 25; row += 1) await append(home.database, caseId, claim);
  const sent = await browser.get(`/desk/${reference}/decision`);
  expect(sent).toMatchObject({ status: 303, location: `/desk/${reference}?note=rows-wait` });
  const meanwhile = await browser.get(sent.location ?? '');
  expect(meanwhile.html).toContain('Your text is saved: look at the decision again later.');
  expect(meanwhile.html).toContain('What you sent is received');
  expect(meanwhile.html).not.toMatch(/<form[^>]*(?:verdict|claim|give-back)"/u);
  await runSteps(home.database, caseId);
  const kept = await browser.get(`/desk/${reference}`);
  expect(kept.html).toMatch(/name="verdict-1"[^>]*value="meets"[^>]*checked/u);
  expect((await browser.get(`/desk/${reference}/decision`)).html).toContain('Confirm decision');
  await served.stop();
});
