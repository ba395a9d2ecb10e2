import { describe, expect, test } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import type { SectionVerdict } from '../../domain/case.js';
import { STYLE } from '../../web/style.js';
import { giveVerdict, sendAnswers, takeEmail } from '../support/decided-review.js';
import { completeAnswers, listProduct } from '../support/listed-product.js';
import { append, openReview, PUBLIC_URL, runSteps, webOver } from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home, web } = pagesOfFile();

async function get(path: string) {
  const response = await web.app.request(`${PUBLIC_URL}${path}`);
  const html = await response.text();
  return { status: response.status, html, text: textOf(html), headers: response.headers };
}

/** What a person reads of a page. */
function textOf(html: string): string {
  const main = /<main[^>]*>(.*)<\/main>/su.exec(html)?.[1] ?? '';
  return main
    .replace(/<[^>]+>/gu, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/gu, ' ');
}

const section = (some: Partial<SectionVerdict> = {}): SectionVerdict => ({
  section: '9a',
  verdict: 'meets',
  publicReason: '',
  internalReason: 'SECRET internal reason',
  ...some,
});

/** Names, addresses, internal reasons and boxes for reviewers stay out of every page. */
function expectNothingPrivate(html: string): void {
  expect(html).not.toMatch(/SECRET|Amina|Bao|fatou|\bada\b|\beve\b|@/u);
}

describe('the page of a product', () => {
  test('follows a review from its opening to its decision, each time on the next request', async () => {
    const slug = 'seed-ledger';
    const review = await openReview(home.database, { slug, answers: completeAnswers });
    const product = () => get(`/r/${slug}`);
    const application = () => get(`/a/${review.reference}`);

    expect((await product()).text).toContain('Listed, next review not yet opened');
    expect((await product()).text).toContain('No review of this product was opened here yet.');
    expect((await application()).text).toContain('Not yet opened');

    await takeEmail(home.database, review);
    expect((await product()).text).toContain('Listed, annual review open');
    expect((await application()).text).toContain('Answers are being collected');
    expect((await application()).text).toContain('The review opened.');

    await sendAnswers(home.database, review, {
      answers: { pii_level: 'none', short_description: 'A ledger of seeds that grew.' },
      forReviewers: { P1: 'SECRET box for reviewers' },
      confirmed: ['name'],
    });
    expect((await application()).text).toContain('First level of the review');
    const under = await product();
    expect(under.text.match(/not confirmed by the owner/gu)).toHaveLength(1);
    expect(under.text).not.toContain('that grew');
    expect(under.text).not.toContain('Confirmed by the owner');
    expect(under.text).toContain('All of these were carried over, not confirmed by the owner.');

    await giveVerdict(home.database, review, { level: 'l1', by: 'ada', sections: [section()] });
    expect((await application()).text).toContain('Second level of the review');
    expect((await product()).text).not.toContain('Approved');

    await giveVerdict(home.database, review, {
      level: 'l2',
      by: 'eve',
      sections: [section({ publicReason: 'The policy covers it.' }), section({ section: '1' })],
    });
    const decided = await product();
    expect(decided.text).toContain('The product is listed as a digital public good. Since Friday 10 July 2026');
    expect(decided.text).toContain('Valid until Wednesday 1 September 2027');
    expect(decided.text).toContain('Approved , Friday 10 July 2026');
    expect(decided.text).toContain('Data privacy and security: meets the Standard The policy covers it.');
    expect(decided.text).toContain('1 section meets the Standard without remarks.');
    expect(decided.text).toContain('A ledger of seeds that grew. Confirmed by the owner on 10 July 2026');
    expect(decided.text).toContain('Seed Foundation Carried over, not confirmed by the owner');
    const ended = await application();
    expect(ended.text).toContain('Answers came in.');
    expect(ended.text).toContain('The policy covers it.');
    for (const page of [under, decided, ended, await application()]) expectNothingPrivate(page.html);

    const lastYear = await get(`/r/${slug}?year=2025`);
    expect(lastYear.text).toContain('Answers in 2025');
    expect(lastYear.text).not.toContain('that grew');
  });

  test('past its date says that it is past, what is under way, and who ends it', async () => {
    const slug = 'past-its-date';
    const review = await openReview(home.database, { slug, validUntil: '2026-07-01' });
    const due = await get(`/r/${slug}`);
    expect(due.text).toContain('Its next review is not yet opened. It stays listed until a person decides.');
    expect(due.text).toContain('Was valid until Wednesday 1 July 2026');
    await takeEmail(home.database, review);
    const { text, html } = await get(`/r/${slug}`);
    expect(text).toContain('Listed past its date, under review');
    expect(text).toContain('Its annual review is under way, and it stays listed until a person decides.');
    expect(text).toContain('Since Friday 10 July 2026 Was valid until Wednesday 1 July 2026');
    expect(text).toContain('Review Answers are being collected , opened on Friday 10 July 2026');
    expect(html).toContain(`<a href="/a/${review.reference}">Answers are being collected</a>`);
    expect((await get('/?q=past-its-date')).text).toContain('Was valid until 1 July 2026');
    expect((await get(`/a/${review.reference}`)).text).toContain('Last change on Friday 10 July 2026');
  });

  test('a product that was taken off says why, and stays off while its review is open again', async () => {
    const slug = 'rain-atlas';
    const review = await openReview(home.database, { slug, answers: completeAnswers });
    await takeEmail(home.database, review);
    await sendAnswers(home.database, review, { answers: { pii_level: 'none' } });
    await giveVerdict(home.database, review, { level: 'l1', by: 'ada', sections: [section()] });
    const refusal = section({ verdict: 'does_not_meet', publicReason: 'There is no open licence.' });
    await giveVerdict(home.database, review, { level: 'l2', by: 'eve', sections: [refusal] });
    const removed = await get(`/r/${slug}`);
    expect(removed.status).toBe(200);
    expect(removed.text).toContain('No longer listed');
    expect(removed.text).toContain('A review found that the product does not meet the DPG Standard.');
    expect(removed.text).toContain('There is no open licence.');
    expect((await get('/?q=rain-atlas')).text).toContain('No product found');
    expect((await get('/?q=rain-atlas&status=delisted')).text).toContain('1 product');

    const { round } = await home.database.application.findUniqueOrThrow({ where: { id: review.reference } });
    const { caseId, reference } = review;
    const body = { publicReason: '', internalReason: 'SECRET' };
    await append(home.database, caseId, { kind: 'reopen', reference, round, body });
    await runSteps(home.database, caseId);
    const reopened = await get(`/r/${slug}`);
    expect(reopened.text).toContain('No longer listed');
    expect(reopened.text).toContain('Its review is open again.');
    expect((await get(`/a/${reference}`)).text).toContain('The review was opened again.');
  });

  test('a withdrawal shows the public reason of staff, not the internal one', async () => {
    const review = await openReview(home.database, { slug: 'well-map' });
    await takeEmail(home.database, review);
    const { caseId, reference } = review;
    const body = { publicReason: 'The project ended.', internalReason: 'SECRET call with Amina' };
    await append(home.database, caseId, { kind: 'withdraw', reference, round: 1, body });
    await runSteps(home.database, caseId);
    const { text, html } = await get('/r/well-map');
    expect(text).toContain('The product was withdrawn.');
    expect(text).toContain('The project ended.');
    expectNothingPrivate(html);
  });

  test('hostile text is shown as text, and only addresses of the web become links', async () => {
    const slug = 'hostile';
    await listProduct(home.database, slug);
    const script = '"><script>alert(1)</script>';
    await home.database.listing.update({
      where: { slug },
      data: { name: script, description: script, website: 'javascript:alert(1)', licences: [script], types: [script] },
    });
    const answers = {
      ...completeAnswers,
      website: ['javascript:alert(2)', `https://x.example/${script}`],
      sdg_relevance: script,
    };
    await home.database.answerSet.updateMany({ where: { slug }, data: { answers } });
    for (const path of [`/r/${slug}`, `/?q=${encodeURIComponent(script)}`, `/?type=${encodeURIComponent(script)}`]) {
      const { html } = await get(path);
      expect(html).not.toContain('<script');
      expect(html).not.toMatch(/href="javascript/iu);
      expect(html).toContain('&lt;script&gt;');
    }
    await home.database.listing.update({ where: { slug }, data: { name: slug, types: [] } });
  });

  test('long answers are cut, with the way to the whole text', async () => {
    const slug = 'long';
    await listProduct(home.database, slug);
    const answers = { ...completeAnswers, sdg_relevance: `${'word '.repeat(900)}THE END` };
    await home.database.answerSet.updateMany({ where: { slug }, data: { answers } });
    const { text, html } = await get(`/r/${slug}`);
    expect(text).not.toContain('THE END');
    const whole = /href="([^"]*answers=full[^"]*)"/u.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await get(whole)).text).toContain('THE END');
  });
});

describe('the list', () => {
  test('finds by text, goal, type and licence, and keeps what was chosen in its links', async () => {
    await listProduct(home.database, 'sao-maps');
    await home.database.listing.update({
      where: { slug: 'sao-maps' },
      data: { name: 'São Maps', sdgs: [4, 11], types: ['Open Data'], licences: ['ODbL-1.0'] },
    });
    for (const query of ['q=sao', 'q=MAPS+S%C3%A3o', 'sdg=4', 'type=Open+Data', 'licence=ODbL-1.0', 'q=odbl']) {
      const { text } = await get(`/?${query}`);
      expect(text).toContain('1 product');
      expect(text).toContain('São Maps');
    }
    expect((await get('/?q=sao&sdg=5')).text).toContain('No product found');
    expect((await get('/?q=sao&status=due')).html).toContain('href="/?q=sao&amp;status=due&amp;type=Open+Data"');
  });

  test('nonsense in the address is as if it were not there', async () => {
    const all = (await get('/')).text;
    const nonsense = await get('/?status=secret&sdg=99&page=abc&q=%00%E2%80%AE&x[]=1');
    expect(nonsense.status).toBe(200);
    expect(nonsense.text).toBe(all);
    expect((await get('/?page=9999')).text).toBe(all);
  });
});

describe('addresses that lead nowhere', () => {
  test.each([
    '/r/nothing',
    '/r/..%2f..',
    '/r/%00',
    '/r/%E0%A4%A',
    '/r/UPPER',
    '/a/2026-AAAAA',
    '/a/nonsense',
    '/a/%00',
  ])('%s is a page with ways on', async (path) => {
    const { status, html } = await get(path);
    expect(status).toBe(404);
    expect(html).toContain('role="search"');
    expect(html).toContain('All digital public goods');
  });

  test('a reference in small letters leads to the review', async () => {
    const review = await openReview(home.database, { slug: 'small-letters' });
    const { status, headers } = await get(`/a/${review.reference.toLowerCase()}`);
    expect(status).toBe(301);
    expect(headers.get('location')).toBe(`/a/${review.reference}`);
  });
});

describe('every page', () => {
  test('says what is invented in a demonstration, and only there', async () => {
    const review = await openReview(home.database, { slug: 'invented' });
    const real = webOver(home.database, { invented: false });
    for (const path of ['/', '/r/invented', `/a/${review.reference}`, '/r/nothing']) {
      expect((await get(path)).html).toMatch(/invented: answers, people and outcomes/u);
      const response = await real.app.request(`${PUBLIC_URL}${path}`);
      expect(await response.text()).not.toMatch(/demonstration/iu);
    }
  });

  test('is asked for anew each time, and answered shortly when nothing changed', async () => {
    for (const path of ['/', '/r/invented', '/registry.json', '/registry.csv']) {
      const { headers } = await get(path);
      expect(headers.get('cache-control')).toBe('no-cache');
      const tag = headers.get('etag') ?? '';
      const again = await web.app.request(`${PUBLIC_URL}${path}`, { headers: { 'If-None-Match': tag } });
      expect(again.status).toBe(304);
    }
  });

  test('weighs at most 14 KB with its stylesheet, even with every answer at its longest', async () => {
    const slug = 'heavy';
    await listProduct(home.database, slug);
    const letters = 'abcdefghijklmnopqrstuvwxyz ';
    let seed = 7;
    const noise = () =>
      Array.from({ length: 5_000 }, () => letters[(seed = (seed * 48_271) % 2_147_483_647) % letters.length]).join('');
    const texts = ['short_description', 'sdg_relevance', 'documentation', 'laws', 'standards', 'best_practices'];
    const long = Object.fromEntries(
      texts.map((id) => [id, id === 'documentation' ? { text: noise(), urls: [] } : [noise()]]),
    );
    const answers = { ...completeAnswers, ...long, short_description: noise(), sdg_relevance: noise() };
    await home.database.answerSet.updateMany({ where: { slug }, data: { answers } });
    for (const path of ['/', `/r/${slug}`]) {
      const { html } = await get(path);
      expect(gzipSync(html).length + gzipSync(STYLE).length).toBeLessThan(14 * 1024);
    }
  });
});
