import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { STYLE } from '../../web/style.js';
import {
  append,
  Browser,
  linkOf,
  openReview,
  PUBLIC_URL,
  runSteps,
  sendAndDecide,
  webOver,
} from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home, web } = pagesOfFile();

/** Everything that a visit could have changed. */
async function recorded(): Promise<unknown> {
  const { database } = home;
  return Promise.all([
    database.submission.count(),
    database.session.count(),
    database.draft.count(),
    database.ledgerEntry.count(),
    database.email.count(),
    database.case.aggregate({ _sum: { revision: true } }),
  ]);
}

describe('a link', () => {
  test('changes nothing when scanners open it, however often and how', async () => {
    const { reference } = await openReview(home.database, { slug: 'scanned' });
    const link = await linkOf(web, reference);
    const before = await recorded();
    for (let visit = 0; visit < 20; visit += 1) {
      const method = visit % 2 === 0 ? 'GET' : 'HEAD';
      const response = await web.app.request(`${PUBLIC_URL}${link}`, { method });
      expect(response.status).toBe(200);
      expect(response.headers.get('set-cookie')).toBeNull();
    }
    expect(await recorded()).toEqual(before);
  });

  test('its button begins a session without the token in the address, and notes the use once', async () => {
    const { caseId, reference } = await openReview(home.database, { slug: 'opened' });
    const link = await linkOf(web, reference);
    for (let visit = 0; visit < 2; visit += 1) {
      const browser = new Browser(web.app);
      await browser.get(link);
      const { status, location, headers } = await sendAndDecide(web, browser, caseId);
      expect([status, location]).toEqual([303, `/answer/${reference}`]);
      const cookie = headers.get('set-cookie') ?? '';
      expect(cookie).toMatch(new RegExp(`Path=/answer/${reference};.*HttpOnly.*SameSite=Lax`, 'u'));
      expect(cookie).not.toContain('Secure');
      await browser.follow();
      expect(browser.page.html).toContain('It is your turn.');
      expect(browser.page.html).toContain('The end of Tuesday 8 September 2026 (end of day anywhere on Earth)');
      const stored = await home.database.session.findMany();
      expect(stored.some(({ id }) => cookie.includes(id))).toBe(false);
    }
    const rows = await home.database.submission.findMany({ where: { caseId, kind: 'link_used' } });
    expect(rows).toHaveLength(1);
    const { review } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
    expect(review).toMatchObject({ turn: { begunAt: expect.any(String) } });
  });

  test('in a turn that has begun its use changes nothing', async () => {
    const { caseId, reference } = await openReview(home.database, { slug: 'begun' });
    await append(home.database, caseId, {
      kind: 'email_taken',
      role: 'mail',
      reference,
      body: { turn: 1, takenAt: '2026-07-10T09:00:00.000Z' },
    });
    await runSteps(home.database, caseId);
    const browser = new Browser(web.app);
    await browser.get(await linkOf(web, reference));
    await browser.send();
    await browser.follow();
    expect(browser.page.html).toContain('It is your turn.');
    expect(await home.database.submission.count({ where: { caseId, kind: 'link_used' } })).toBe(0);
  });

  test('over https the cookie is for https alone', async () => {
    const { reference } = await openReview(home.database, { slug: 'secure' });
    const secure = webOver(home.database, { publicUrl: 'https://reviews.example' });
    await append(home.database, 'dpg/secure', {
      kind: 'email_taken',
      role: 'mail',
      reference,
      body: { turn: 1, takenAt: '2026-07-10T09:00:00.000Z' },
    });
    await runSteps(home.database, 'dpg/secure');
    const response = await secure.app.request(`https://reviews.example${await linkOf(secure, reference)}`, {
      method: 'POST',
    });
    expect(response.headers.get('set-cookie')).toContain('Secure');
    expect(response.headers.get('strict-transport-security')).toContain('max-age');
  });

  test('unknown, mutated, shortened and revoked links and a page without its link give one page', async () => {
    const { caseId, reference } = await openReview(home.database, { slug: 'revoked' });
    const link = await linkOf(web, reference);
    const token = link.split('/').at(-1) ?? '';
    const browser = new Browser(web.app);
    await browser.get(link);
    const sent = browser.send();
    await home.database.contact.updateMany({
      where: { slug: 'revoked', rank: 'primary' },
      data: { name: 'Chi', address: 'chi@revoked.example' },
    });
    await append(home.database, caseId, { kind: 'contact_changed', reference, body: { primaryChanged: true } });
    await runSteps(home.database, caseId);
    await sent;
    const paths = [
      link,
      `/answer/2026-ZZZZZ/${token}`,
      `/answer/${reference}/${token.slice(0, -1)}`,
      `/answer/${reference}/${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      `/answer/${reference}/%00`,
      `/answer/${'x'.repeat(500)}/${token}`,
      `/answer/${reference}`,
      `/answer/${reference}/check`,
      '/answer/2026-ZZZZZ',
    ];
    const pages = await Promise.all(paths.map((path) => browser.get(path)));
    expect(pages.map(({ status }) => status)).toEqual(paths.map(() => 404));
    expect(new Set(pages.map(({ html }) => html)).size).toBe(1);
    expect(pages[0]?.html).toContain('action="/answer/new-link"');
    const pressed = await new Browser(web.app).post(link, new URLSearchParams());
    expect([pressed.status, pressed.html]).toEqual([404, pages[0]?.html]);
  });

  test('a new one goes to the contact on file, and whoever asks reads the same', async () => {
    const { caseId, reference } = await openReview(home.database, { slug: 'lost' });
    const ask = (fields: Record<string, string>) =>
      new Browser(web.app).post('/answer/new-link', new URLSearchParams(fields));
    const pages = [
      await ask({ reference: reference.toLowerCase(), address: ' AMINA@lost.example ' }),
      await ask({ reference, address: 'amina@lost.example' }),
      await ask({ reference, address: 'stranger@lost.example' }),
      await ask({ reference: '2026-ZZZZZ', address: 'amina@lost.example' }),
      await ask({ reference: '\u0000', address: '\u0000' }),
      await ask({}),
    ];
    expect(new Set(pages.map(({ status, html }) => `${status} ${html}`)).size).toBe(1);
    expect(pages[0]?.html).toContain('Check your email');
    // Whoever may only draft is sent nothing, and reads here who can help.
    expect(pages[0]?.html).toContain('that contact can invite you once more');
    const rows = await home.database.submission.findMany({ where: { kind: 'new_link' } });
    expect(rows.map((row) => [row.caseId, row.applicationId])).toEqual([[caseId, reference]]);
    await runSteps(home.database, caseId);
    const emails = await home.database.email.findMany({ where: { caseId, kind: 'link' } });
    expect(emails).toHaveLength(1);
  });
});

describe('what every page says to browsers', () => {
  test('nothing runs, nothing is framed, nothing private is kept or named to others', async () => {
    const { reference } = await openReview(home.database, { slug: 'headers' });
    const { headers } = await new Browser(web.app).get(await linkOf(web, reference));
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('script-src');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('the first view is at most 14 KB, compressed', async () => {
    const { reference } = await openReview(home.database, { slug: 'small' });
    const { html } = await new Browser(web.app).get(await linkOf(web, reference));
    expect(html).not.toContain('<script');
    expect(gzipSync(html).length + gzipSync(STYLE).length).toBeLessThan(14_000);
  });
});

describe('/check', () => {
  test('tells a known reference from an unknown one, and no person', async () => {
    const { reference } = await openReview(home.database, { slug: 'real' });
    const browser = new Browser(web.app);
    const known = await browser.get(`/check?reference=${reference.toLowerCase()}`);
    expect(known.html).toContain('Product real');
    expect(known.html).toContain('has not sent an email about it yet');
    await home.database.email.updateMany({ where: { applicationId: reference }, data: { claimedAt: new Date() } });
    expect((await browser.get(`/check?reference=${reference}`)).html).toContain('writes to its owner about it');
    expect(known.html).toContain(`${PUBLIC_URL}/answer/${reference}/`);
    expect(known.html).not.toContain('amina');
    const unknown = await browser.get(`/check?reference=${encodeURIComponent('<b>2026-ZZZZZ</b>')}`);
    expect(unknown.html).toContain('We do not know this reference');
    expect(unknown.html).not.toContain('<b>');
  });
});
