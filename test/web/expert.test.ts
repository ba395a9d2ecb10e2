import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { codeInWords } from '../../domain/sign-in-code.js';
import { renderEmail } from '../../mail/render.js';
import { createOutbox } from '../../prisma/outbox.js';
import { setStaffRoles } from '../../prisma/staff.js';
import { RIGHTS } from '../../web/rights.js';
import { contentsOf } from '../security/contents.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openExpertReview, question, type ExpertReview } from '../support/expert-review.js';
import { hiddenFields } from '../support/owner-visit.js';
import { playSteps } from '../support/play-steps.js';
import { head } from '../support/post.js';
import { addOne, addressOf, startSignInWeb, StaffBrowser, type Got, type SignInWeb } from '../support/staff-visit.js';

let home: TestDatabase;
let served: SignInWeb;
let review: ExpertReview;
let steps: { stop: () => Promise<void> };
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T10:00:00.000Z');
  await addOne(home.database, 'ada', 'l2');
  await addOne(home.database, 'eve', 'expert', 'secretariat');
  for (const id of ['finn', 'gina']) await addOne(home.database, id, 'expert');
  served = await startSignInWeb(home.database, { accounts: ['ada'] });
  review = await openExpertReview(home, 'asked');
  const set = await home.database.answerSet.findFirstOrThrow({ where: { applicationId: review.reference } });
  const forReviewers = { pii_level: 'For <i>9a</i> only.', laws: 'Of another section.' };
  const answers = { ...(set.answers as object), pii_level: 'none', laws: ['A law of another section'] };
  await home.database.answerSet.update({ where: { id: set.id }, data: { answers, forReviewers } });
  await review.consult([question('9a', 'eve', 'finn')]);
  steps = playSteps(home.database);
}, 60_000);
afterAll(async () => {
  await steps.stop();
  await served.stop();
  await home.stop();
});

const rules = { mode: 'catch', allowlist: [] } as const;

/** The code in the newest email to somebody, as a sender would hand it over; null: there is none. */
async function codeOf(personId: string): Promise<string | null> {
  const where = { personId, kind: 'sign_in_code', state: 'queued' };
  const email = await home.database.email.findFirst({ where, orderBy: { id: 'desc' } });
  if (email === null) return null;
  const outbox = createOutbox({ database: home.database, databaseUrl: home.url, head });
  const claim = await outbox.claim({ id: email.id, token: 'one', real: Date.now(), rules, render: renderEmail });
  if (claim.is !== 'claimed') return null;
  const { code } = claim.claimed;
  const secret = code === undefined || code === null ? '' : served.web.context.links.code(code);
  const stored = await home.database.email.findUniqueOrThrow({ where: { id: email.id } });
  expect(claim.claimed.to.address).toBe(addressOf(personId));
  expect(stored.text).toContain('[[code]]');
  expect(JSON.stringify(stored)).not.toContain(secret);
  return secret;
}

const askFor = async (browser: StaffBrowser, address: string, to = '/expert'): Promise<Got> => {
  const page = await browser.get(`/expert/sign-in?to=${encodeURIComponent(to)}`);
  const asked = await browser.post('/expert/sign-in', { ...Object.fromEntries(hiddenFields(page.html)), address });
  return asked.location === null ? asked : browser.get(asked.location);
};
const type = (browser: StaffBrowser, code: string) => browser.post('/expert/code', { code });

/** Somebody who signed in by a code. */
async function signedIn(id: string, to = '/expert'): Promise<StaffBrowser> {
  const browser = new StaffBrowser(served.url);
  await askFor(browser, addressOf(id), to);
  const got = await type(browser, codeInWords((await codeOf(id)) ?? '').toLowerCase());
  expect([got.status, got.location]).toEqual([303, to]);
  return browser;
}

const path = () => `/expert/${review.reference}/1/9a`;

async function press(browser: StaffBrowser, act: string, fields: Record<string, string> = {}): Promise<Got> {
  const page = await browser.get(path());
  const form = new RegExp(`<form[^>]*action="${path()}/${act}"[^]*?</form>`, 'u').exec(page.html)?.[0] ?? page.html;
  const posted = await browser.post(`${path()}/${act}`, { ...Object.fromEntries(hiddenFields(form)), ...fields });
  return posted.location === null ? posted : browser.get(posted.location);
}

describe('signing in by a code', () => {
  test('says the same to whoever is nobody, and sends nothing', async () => {
    const pages = await Promise.all(
      [addressOf('gina'), 'nobody@registry.example', addressOf('ada')].map((address) =>
        askFor(new StaffBrowser(served.url), address),
      ),
    );
    expect(new Set(pages.map(({ status, html }) => `${status} ${html}`)).size).toBe(1);
    expect(pages[0]?.html).toContain('<h1>Type your code</h1>');
    const sent = await home.database.email.findMany({ where: { kind: 'sign_in_code' } });
    expect(sent.map(({ personId }) => personId)).toEqual(['gina']);
    expect((await askFor(new StaffBrowser(served.url), 'no address')).status).toBe(422);
  });

  test('works once, within five tries, in the browser that asked', async () => {
    const browser = new StaffBrowser(served.url);
    await askFor(browser, addressOf('finn'));
    const code = (await codeOf('finn')) ?? '';
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{8}$/u);
    const other = new StaffBrowser(served.url);
    expect((await type(other, code)).status).toBe(403);
    await askFor(other, addressOf('ada'));
    expect((await type(other, code)).html).toContain('That is not the code.');
    for (let tried = 0; tried < 4; tried += 1) expect((await type(browser, 'WRONGONE')).status).toBe(422);
    const right = await type(browser, code);
    expect(right.location).toBe('/expert');
    expect(right.headers.getSetCookie().join()).toMatch(/staff=[\w-]{43}; .*HttpOnly.*SameSite=Lax/u);
    expect((await type(browser, code)).html).toContain('This code was used, is too old');
    const late = new StaffBrowser(served.url);
    await askFor(late, addressOf('finn'));
    const second = (await codeOf('finn')) ?? '';
    for (let tried = 0; tried < 5; tried += 1) await type(late, 'WRONGONE');
    expect((await type(late, second)).status).toBe(403);
    const old = new StaffBrowser(served.url);
    await askFor(old, addressOf('finn'));
    const third = (await codeOf('finn')) ?? '';
    await home.database.signInCode.updateMany({ data: { createdAt: new Date(Date.now() - 11 * 60_000) } });
    expect((await type(old, third)).status).toBe(403);
  });

  test('works for ten minutes, and not longer', async () => {
    await home.database.signInCode.deleteMany();
    const minutesAgo = (minutes: number) => ({ createdAt: new Date(Date.now() - minutes * 60_000) });
    for (const [minutes, status] of [
      [9, 303],
      [10, 403],
    ] as const) {
      const browser = new StaffBrowser(served.url);
      await askFor(browser, addressOf('finn'));
      const code = (await codeOf('finn')) ?? '';
      await home.database.signInCode.updateMany({ where: { usedAt: null }, data: minutesAgo(minutes) });
      expect([minutes, (await type(browser, code)).status]).toEqual([minutes, status]);
    }
  });

  test('sends one person three codes at a browser while they last and twelve an hour, and opens the pages of experts alone', async () => {
    await home.database.signInCode.deleteMany();
    const own = new StaffBrowser(served.url);
    for (let asked = 0; asked < 5; asked += 1) await askFor(own, addressOf('gina'));
    const sent = () => home.database.signInCode.count({ where: { personId: 'gina' } });
    expect(await sent()).toBe(3);
    // The code of the newest email signs in, although what was asked for since got none.
    expect((await type(own, (await codeOf('gina')) ?? '')).location).toBe('/expert');
    // Somebody else who asks a few times locks nobody out, and floods nobody.
    for (let asked = 0; asked < 5; asked += 1) await askFor(new StaffBrowser(served.url), addressOf('gina'));
    expect(await sent()).toBe(8);
    await signedIn('gina');
    for (let asked = 0; asked < 5; asked += 1) await askFor(new StaffBrowser(served.url), addressOf('gina'));
    expect(await sent()).toBe(12);
    const eve = await signedIn('eve', path());
    expect((await eve.get('/console')).status).toBe(403);
    expect((await eve.get(path())).status).toBe(200);
    for (const to of ['//evil.example', 'https://evil.example/expert', '/console', '/expert/sign-in']) {
      await home.database.signInCode.deleteMany();
      const browser = new StaffBrowser(served.url);
      await askFor(browser, addressOf('eve'), to);
      expect((await type(browser, (await codeOf('eve')) ?? '')).location).toBe('/expert');
    }
  });
});

describe('the page of a question', () => {
  test('shows its section alone, keeps a draft, and takes the advice', async () => {
    await home.database.signInCode.deleteMany();
    const eve = await signedIn('eve');
    const list = await eve.get('/expert');
    expect(list.html).toContain(`href="${path()}"`);
    const invited = await eve.get(path());
    expect(invited.html).toContain('Is 9a the minimum?');
    expect(invited.html).not.toMatch(/What the owner answered|For &lt;i&gt;9a|name="text"/u);
    expect((await press(eve, 'accept')).html).toContain('Thank you. You can answer now.');
    const page = await eve.get(path());
    expect(page.html).toContain('What the owner answered');
    expect(page.html).toContain('For &lt;i&gt;9a&lt;/i&gt; only.');
    expect(`${list.html}${invited.html}${page.html}`).not.toMatch(/another section|>asked<|Amina/u);
    const saved = await press(eve, 'advice', { text: 'Half a thought.', word: 'clarify', then: 'save' });
    expect(saved.html).toContain('Half a thought.');
    const missing = await press(eve, 'advice', { text: '', word: '', then: 'send' });
    expect([missing.status, missing.html]).toEqual([422, expect.stringContaining('Select what you advise.')]);
    const old = await eve.post(`${path()}/advice`, {
      ...Object.fromEntries(hiddenFields(page.html)),
      ...{ text: 'Of an old window.', then: 'save' },
    });
    expect([old.status, old.html]).toEqual([422, expect.stringContaining('Of an old window.')]);
    const sent = await press(eve, 'advice', { text: 'It is enough.', word: 'meets', then: 'send' });
    expect(sent.html).toContain('Thank you. The reviewers have your advice.');
    expect(sent.html).not.toContain('name="text"');
    expect((await review.state()).state).toBe('l2');
  });

  test('is for who was asked alone, and late in words for who is not asked any more', async () => {
    const finn = await signedIn('finn');
    const before = await contentsOf(home.database);
    for (const route of Object.keys(RIGHTS).filter((one) => one.includes('/expert/:reference'))) {
      const [method, pattern = ''] = route.split(' ');
      const own = pattern.replace(':reference', review.reference).replace(':number', '1').replace(':section', '9a');
      const csrf = /name="csrf" value="([^"]+)"/u.exec((await finn.get('/expert')).html)?.[1] ?? '';
      const got = method === 'POST' ? await finn.post(own, { csrf, text: 'x', word: 'meets' }) : await finn.get(own);
      expect([route, got.status]).toEqual([route, 404]);
    }
    expect(await contentsOf(home.database)).toEqual(before);
    await review.consult([question('9a', 'finn', 'gina')]);
    const url = `/expert/${review.reference}/2/9a`;
    await finn.post(`${url}/decline`, {
      ...Object.fromEntries(hiddenFields((await finn.get(url)).html)),
      why: 'no_time',
    });
    expect((await finn.get(url)).html).toContain('You declined. You are not asked any more.');
    const gina = await signedIn('gina');
    const asked = Object.fromEntries(hiddenFields((await gina.get(url)).html));
    await gina.post(`${url}/accept`, asked);
    expect((await gina.get(url)).html).toContain('For &lt;i&gt;9a&lt;/i&gt; only.');
    await review.callOff();
    const closed = await gina.get(url);
    expect(closed.html).not.toContain('Pass it on to nobody');
    expect(closed.html).toContain('your advice counts as late');
    const fields = Object.fromEntries(hiddenFields(closed.html));
    const sent = await gina.post(`${url}/advice`, { ...fields, text: 'All the same.', word: 'meets', then: 'send' });
    expect((await gina.get(sent.location ?? '')).html).toContain('It came late; the reviewers see that.');
  });

  test('refuses advice of 400 KB in a clear sentence, and loses nothing of it', async () => {
    await home.database.signInCode.deleteMany();
    const finn = await signedIn('finn');
    await review.consult([question('9a', 'finn')]);
    const url = `/expert/${review.reference}/${(await review.state()).consultation?.number}/9a`;
    const hidden = async () => Object.fromEntries(hiddenFields((await finn.get(url)).html));
    await finn.post(`${url}/accept`, await hidden());
    const advices = () => home.database.submission.count({ where: { kind: 'advice' } });
    const before = await advices();
    const send = async (text: string) =>
      finn.post(`${url}/advice`, { ...(await hidden()), text, word: 'meets', then: 'send' });
    const long = `Because: ${'advice '.repeat(57_200)}end.`;
    expect(Buffer.byteLength(long)).toBeGreaterThan(400_000);
    const refused = await send(long);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('Shorten your advice: it has more than 10000 characters.');
    const kept = (await finn.get(url)).html;
    expect([refused.html, kept].map((html) => html.includes(`${long}</textarea>`))).toEqual([true, true]);
    // The same in letters that take six bytes each on the way: more than a form may post.
    const longer = `${'é'.repeat(200_000)} end.`;
    const tooLong = await send(longer);
    expect([tooLong.status, tooLong.html.includes(longer)]).toEqual([413, true]);
    expect(tooLong.html).toContain('Nothing was saved. Go back with your browser, shorten the text');
    expect(await advices()).toBe(before);
    expect((await review.state()).state).toBe('consultation');
    await review.callOff();
  });

  test('is gone at once for whoever is no expert any more, who loses nothing that they typed', async () => {
    await home.database.signInCode.deleteMany();
    const gina = await signedIn('gina');
    const fields = Object.fromEntries(hiddenFields((await gina.get(`/expert/${review.reference}/2/9a`)).html));
    await setStaffRoles(home.database, { id: 'gina', roles: ['ops'], by: 'olga' });
    const posted = await gina.post(`/expert/${review.reference}/2/9a/advice`, { ...fields, text: 'Typed by hand.' });
    expect([posted.status, posted.html]).toEqual([403, expect.stringContaining('Typed by hand.')]);
    expect((await new StaffBrowser(served.url).get('/expert')).location).toBe('/expert/sign-in?to=%2Fexpert');
  });
});
