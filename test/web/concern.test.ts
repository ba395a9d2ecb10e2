import { beforeAll, describe, expect, test } from '@jest/globals';
import { renderEmail } from '../../mail/render.js';
import { readConcernLetter } from '../../prisma/concern-email.js';
import { contentOf } from '../../prisma/email-content.js';
import { readLetter } from '../../prisma/letter.js';
import { readConcerns } from '../../prisma/concerns.js';
import { waitingRows } from '../../prisma/waiting.js';
import { perennial } from '../support/command.js';
import { concern, concernBy, concernLink, confirm, confirmed, raise } from '../support/concern-visit.js';
import { actOnPage, signedIn } from '../support/console-visit.js';
import { giveVerdict, sendAnswers, takeEmail } from '../support/decided-review.js';
import { completeAnswers, listProduct } from '../support/listed-product.js';
import { arrive, Browser, runSteps } from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home, web } = pagesOfFile();
let fay: Browser;
beforeAll(async () => {
  fay = await signedIn(web, 'fay', 'secretariat');
}, 60_000);

const HEAD = {
  ...{ organisation: 'Example Registry', senderName: 'Fatou Ndiaye', replyTo: 'reviews@registry.example' },
  ...{ checkUrl: 'https://reviews.example/check', link: '[[link]]', invented: true },
};
const WORDS = 'Under which licence is the part "maps"?';

async function emailsTo(address: string): Promise<readonly string[]> {
  const emails = await home.database.email.findMany({ where: { concern: { address } }, orderBy: { id: 'asc' } });
  return home.database.$transaction(async (transaction) => {
    const texts: string[] = [];
    for (const email of emails) {
      const { content } = await readConcernLetter(transaction, { email, head: HEAD, real: Date.now() });
      texts.push(renderEmail(content()).text.replace(/\s+/gu, ' '));
    }
    return texts;
  });
}

/** Staff answer the newest open concern about a product on its page. */
async function answer(slug: string, act: 'accept' | 'ask' | 'reject', fields: Record<string, string>) {
  const concerns = await readConcerns(home.database, { slug });
  const open = concerns.findLast(({ stage }) => stage === 'waiting' || stage === 'asked');
  await fay.get(`/console/products/${slug}`);
  return actOnPage(web, fay, { slug, form: `${act}-concern-${open?.id ?? ''}`, fields });
}

const accept = (slug: string, sections = '2') => answer(slug, 'accept', { publicReason: WORDS, sections });

async function openConcern(slug: string, caseId: string) {
  const { id: reference } = await home.database.application.findFirstOrThrow({ where: { slug, kind: 'concern' } });
  await takeEmail(home.database, { caseId, reference });
  return { caseId, reference };
}

/** What meets, or does not. */
const found = (verdict: 'meets' | 'does_not_meet') => [
  { section: '2', verdict, publicReason: 'As the file says.', internalReason: '' } as const,
];

async function decide(review: { caseId: string; reference: string }, verdict: 'meets' | 'does_not_meet') {
  await sendAnswers(home.database, review, { answers: { licences: completeAnswers['licences'] ?? [] } });
  await giveVerdict(home.database, review, { level: 'l1', by: 'ada', sections: found('meets') });
  await giveVerdict(home.database, review, { level: 'l2', by: 'ben', sections: found(verdict) });
}

test('from the form to the decision: staff accept, the owner answers the named section, the author hears of the end', async () => {
  const slug = 'seed-ledger';
  const address = 'one@reader.example';
  const caseId = await listProduct(home.database, slug);
  expect((await new Browser(web.app).get(`/r/${slug}`)).html).toContain(`href="/r/${slug}/concern"`);
  expect((await raise(web, slug, { address })).page.html).toContain('Check your email');

  // Before the confirmation nothing reaches staff, however often the link is opened.
  const link = await concernLink(web, address);
  const scanner = new Browser(web.app);
  for (let time = 0; time < 5; time += 1) expect((await scanner.get(link)).html).toContain('Confirm and send');
  expect((await fay.get(`/console/products/${slug}`)).html).not.toContain('maps');
  expect(await home.database.submission.count({ where: { caseId } })).toBe(0);

  const author = await confirm(web, slug, address);
  expect(author.page.html).toContain('Staff have it and will read it.');
  await home.database.concern.updateMany({ where: { address }, data: { stageAt: new Date('2026-07-03') } });
  const needs = await fay.get('/console');
  expect(needs.html).toContain('Since 3 July 2026');
  expect(needs.html).toContain(`href="/console/products/${slug}#concern"`);
  expect((await fay.get(`/console/products/${slug}`)).html).toContain(concern.text);
  expect(fay.page.html).toContain('since Friday 3 July 2026');
  expect(fay.page.html).not.toContain(address);
  expect(fay.page.html).toContain('A concern about the product</strong>, by somebody from outside');

  const accepted = await accept(slug);
  expect(accepted.html).toContain('Accepted. The owner is asked.');
  const review = await openConcern(slug, caseId);
  const owner = await arrive(web, review.reference);
  expect(owner.page.html).toContain('Under which licence is the part &quot;maps&quot;?');
  expect(owner.page.html).toContain(`/answer/${review.reference}/q/licences`);
  expect(owner.page.html).not.toContain('has no licence file at all');
  expect(owner.page.html).not.toContain(`/answer/${review.reference}/q/laws`);
  await decide(review, 'meets');

  const listing = await home.database.listing.findUniqueOrThrow({ where: { slug } });
  expect(listing).toMatchObject({ removedOn: null, validUntil: new Date('2026-09-01') });
  const told = await emailsTo(address);
  expect(told.map((text) => text.includes(concern.text))).toEqual(told.map(() => false));
  expect(told.at(-1)).toContain('found that seed-ledger meets the Standard.');
  expect(told.at(-2)).toContain('your concern is accepted');
  expect((await author.get(link)).html).toContain('found that seed-ledger meets the Standard.');
});

test("neither author nor text is in the owner's emails, on public pages, in rows, in the ledger or in what Temporal sees", async () => {
  const slug = 'quiet-well';
  const address = 'secret-name@reader.example';
  const caseId = await listProduct(home.database, slug);
  await confirmed(web, slug, { address, text: 'Unmistakable words.' });
  await accept(slug);
  const review = await openConcern(slug, caseId);
  const { reference } = review;
  const emails = await home.database.email.findMany({ where: { caseId, recipientId: { not: null } } });
  expect(emails.map(({ kind }) => kind)).toContain('prompt');
  const prompt = await home.database.$transaction(async (transaction) => {
    const email = emails.find(({ kind }) => kind === 'prompt');
    if (email === undefined) throw new Error('the owner is asked by an email');
    return renderEmail(
      await contentOf(await readLetter(transaction, { email, head: HEAD, now: '2026-07-10T09:00:00.000Z' })),
    );
  });
  expect(prompt.text).toContain(WORDS);
  expect(prompt.subject).toContain('answer about a concern');
  const pages = [];
  for (const path of [`/r/${slug}`, `/a/${reference}`, '/registry.json', '/registry.csv', '/']) {
    pages.push((await new Browser(web.app).get(path)).html);
  }
  const stored = JSON.stringify([
    await home.database.submission.findMany({ where: { caseId } }),
    await home.database.ledgerEntry.findMany({ where: { caseId } }),
    await home.database.application.findMany({ where: { caseId } }),
    await home.database.case.findMany({ where: { id: caseId } }),
  ]);
  for (const text of [prompt.text, prompt.html, ...pages, stored]) {
    expect(text).not.toContain('Unmistakable');
    expect(text).not.toContain('secret-name');
  }
  await sendAnswers(home.database, review, { answers: { licences: completeAnswers['licences'] ?? [] } });
  const lea = await signedIn(web, 'lea', 'l1');
  expect((await lea.get('/desk')).html).toContain('Asked by staff, who accepted a concern.');
});

describe('what staff answer else', () => {
  test('a question goes to the author, whose answer comes back once; a rejection says why, and opens nothing', async () => {
    const slug = 'rain-atlas';
    const address = 'two@reader.example';
    await listProduct(home.database, slug);
    const author = await confirmed(web, slug, { address });
    const link = await concernLink(web, address);
    expect((await answer(slug, 'ask', { publicReason: '' })).html).toContain('whoever raised the concern reads it');
    await answer(slug, 'ask', { publicReason: 'On which screen?' });
    expect((await emailsTo(address)).at(-1)).toContain('> On which screen?');
    expect((await author.get(link)).html).toContain('On which screen?');
    expect((await author.send({ text: '' })).html).toContain('Write your answer.');
    await author.send({ text: 'On the first.' });
    await runSteps(home.database, `dpg/${slug}`);
    const again = await author.get(link);
    expect(again.html).toContain('Staff have it and will read it.');
    expect(again.html).not.toContain('<form');
    await answer(slug, 'ask', { publicReason: 'In which version?' });
    await author.get(link);
    await author.send({ text: 'In the newest.' });
    await runSteps(home.database, `dpg/${slug}`);
    const { html } = await fay.get(`/console/products/${slug}`);
    for (const said of ['On the first.', 'In the newest.']) expect(html).toContain(said);
    await answer(slug, 'reject', { publicReason: 'The file is in legal/.' });
    expect((await emailsTo(address)).at(-1)).toContain('> The file is in legal/.');
    const late = await author.post(link, new URLSearchParams({ text: 'Typed too late.' }));
    expect(late.html).toContain('The file is in legal/.');
    expect(late.html).toContain('Typed too late.');
    expect((await fay.get('/console')).html).not.toContain(slug);
    expect(await home.database.application.count({ where: { slug } })).toBe(0);
  });

  test('an author who is asked and does not answer holds nobody up: staff decide all the same', async () => {
    const slug = 'dry-well';
    const address = 'silent@reader.example';
    await listProduct(home.database, slug);
    await confirmed(web, slug, { address });
    await answer(slug, 'ask', { publicReason: 'On which screen?' });
    expect((await fay.get(`/console/products/${slug}`)).html).toContain('Concerns whose authors are asked for details');
    expect((await answer(slug, 'reject', { publicReason: 'We cannot find it.' })).html).toContain('Rejected.');
    expect((await emailsTo(address)).at(-1)).toContain('> We cannot find it.');
  });

  test('further concerns never open a second review, and each author hears of the end alone', async () => {
    const slug = 'wind-map';
    const caseId = await listProduct(home.database, slug);
    for (const address of ['three@reader.example', 'four@reader.example', 'five@reader.example']) {
      await confirmed(web, slug, { address });
    }
    await accept(slug, '2');
    expect((await accept(slug, '2')).html).toContain('this joined it');
    expect((await accept(slug, '5')).html).toContain('as soon as the open review has ended');
    expect(await home.database.application.count({ where: { slug } })).toBe(1);
    await decide(await openConcern(slug, caseId), 'does_not_meet');
    const { removedBecause } = await home.database.listing.findUniqueOrThrow({ where: { slug } });
    expect(removedBecause).toBe('ineligible');
    const ends = await Promise.all(
      ['three', 'four', 'five'].map(async (name) => (await emailsTo(`${name}@reader.example`)).at(-1) ?? ''),
    );
    expect(ends.filter((text) => text.includes('does not meet the Standard'))).toHaveLength(2);
    expect(ends.filter((text) => text.includes('left the registry, so we do not review'))).toHaveLength(1);
    const gone = await new Browser(web.app).get(`/r/${slug}/concern`);
    expect(gone.html).toContain(`${slug} is not listed`);
    expect((await raise(web, slug)).page.status).toBe(409);
  });

  test('by command: the list shows texts and nobody, and each answer needs a reason', async () => {
    const slug = 'tide-table';
    await listProduct(home.database, slug);
    await confirmed(web, slug, { address: 'six@reader.example' });
    const listed = await perennial(home.url, 'concern', 'list');
    expect(listed).toContain(concern.text);
    expect(listed).not.toContain('six@reader.example');
    const { id } = await concernBy(web, 'six@reader.example');
    await expect(perennial(home.url, 'concern', 'reject', id, '--by', 'fay')).rejects.toThrow(
      'needs a reason that whoever raised the concern reads',
    );
  });
});

describe('bad input', () => {
  beforeAll(() => listProduct(home.database, 'plain'));

  test.each([
    ['no section', { sections: [] }, 'Select at least one part of the Standard.'],
    ['an unknown section', { sections: ['no-section'] }, 'Select at least one part of the Standard.'],
    ['an empty text', { text: ' ' }, 'Write what your concern is.'],
    ['a text of 400 KB', { text: 'x'.repeat(400_000) }, 'Shorten the text to 5000 characters. It has 400000 now.'],
    ['no address', { address: 'zola' }, 'Enter an email address in the correct format'],
    ['a disposable address', { address: 'zola@mailinator.com' }, 'short-lived mailboxes'],
  ])('%s is refused in words, and what was typed stays', async (_, some, sentence) => {
    const { page } = await raise(web, 'plain', some);
    expect(page.status).toBe(422);
    expect(page.html).toContain(sentence);
    const address = 'address' in some ? some.address : concern.address;
    expect(page.html).toContain(`value="${address}"`);
  });

  test('hostile text is text: on the pages of staff and author', async () => {
    const text = '<script>alert(1)</script> {{ product }} [[link]] \u202e\u0000 **b**';
    const author = await confirmed(web, 'plain', { address: 'seven@reader.example', text });
    expect(author.page.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; {{ product }}');
    expect((await fay.get('/console/products/plain')).html).not.toContain('<script>alert');
    const said = await answer('plain', 'reject', { publicReason: '<b>No</b> [[link]] {{ product }}' });
    expect(said.html).toContain('Rejected.');
    expect((await emailsTo('seven@reader.example')).at(-1)).toContain('<b>No</b>');
  });

  test('a robot leaves nothing, and no other product has the form', async () => {
    const before = await home.database.concern.count();
    const browser = new Browser(web.app);
    await browser.get('/r/plain/concern');
    expect((await browser.send({ ...concern, topic: 'Acme' })).html).toContain('Check your email');
    expect(await home.database.concern.count()).toBe(before);
    expect((await new Browser(web.app).get('/r/unheard-of/concern')).status).toBe(404);
  });

  test('an expired or mistyped link opens nothing; a confirmation that is pressed again changes nothing', async () => {
    const address = 'nine@reader.example';
    await confirmed(web, 'plain', { address });
    const { id } = await concernBy(web, address);
    const link = await concernLink(web, address);
    const again = new Browser(web.app);
    const rows = await home.database.submission.count({ where: { caseId: 'dpg/plain' } });
    expect((await again.post(link, new URLSearchParams())).html).toContain('Staff have it and will read it.');
    expect(await home.database.submission.count({ where: { caseId: 'dpg/plain' } })).toBe(rows);
    expect((await again.get(link.slice(0, -3))).status).toBe(404);
    await home.database.concern.update({
      where: { id },
      data: { stage: 'unconfirmed', createdAt: new Date(Date.now() - 3 * 86_400_000) },
    });
    const late = await again.get(link);
    expect(late.status).toBe(404);
    expect(late.html).toContain('it was not confirmed within two days');
    expect((await again.post(link, new URLSearchParams())).status).toBe(404);
  });

  test('what was never confirmed goes after a week, though nobody else raises a concern; what was confirmed stays', async () => {
    const daysAgo = { 'old@reader.example': 7.1, 'new@reader.example': 6.9, 'kept@reader.example': 7.1 };
    for (const [address, days] of Object.entries(daysAgo)) {
      await (address.startsWith('kept') ? confirmed(web, 'plain', { address }) : raise(web, 'plain', { address }));
      const createdAt = new Date(Date.now() - days * 86_400_000);
      await home.database.concern.updateMany({ where: { address }, data: { createdAt } });
    }
    await waitingRows(home.database, home.url).tidy();
    const where = { address: { in: Object.keys(daysAgo) } };
    const left = await home.database.concern.findMany({ where, orderBy: { address: 'asc' } });
    expect(left.map(({ address }) => address)).toEqual(['kept@reader.example', 'new@reader.example']);
    expect(await emailsTo('old@reader.example')).toEqual([]);
  });
});
