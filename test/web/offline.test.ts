import { beforeAll, describe, expect, test } from '@jest/globals';
import { nominate } from '../support/nomination-visit.js';
import { append, arrive, Browser, linkOf, PUBLIC_URL, runSteps, savedDraft, visitor } from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home, web } = pagesOfFile();

/** Uploads a file, or text, as browsers do. */
async function upload(
  browser: Browser,
  reference: string,
  { bytes, text = '', replace = false }: { bytes?: Uint8Array<ArrayBuffer> | string; text?: string; replace?: boolean },
) {
  const body = new FormData();
  body.set('file', bytes === undefined ? new File([], '') : new File([bytes], 'answers.md'));
  body.set('text', text);
  if (replace) body.set('replace', 'yes');
  const headers = { cookie: browser.cookie, origin: PUBLIC_URL };
  const response = await web.app.request(`${PUBLIC_URL}/answer/${reference}/offline`, {
    method: 'POST',
    body,
    headers,
  });
  return { status: response.status, html: await response.text() };
}

/** The form as it is downloaded, with words under the heading of a question. */
async function downloaded(browser: Browser, reference: string, words: Readonly<Record<string, string>> = {}) {
  const { html, headers } = await browser.get(`/answer/${reference}/offline.md`);
  expect(headers.get('cache-control')).toBe('no-store');
  return Object.entries(words).reduce(
    (text, [id, answer]) =>
      text.replace(
        new RegExp(`(\\[${id}\\]\\n[\\s\\S]*?\\nYour answer:\\n)[\\s\\S]*?(?=\\n###? )`, 'u'),
        (_, head: string) => `${head}${answer}\n`,
      ),
    html,
  );
}

const draftsOf = (reference: string) =>
  home.database.draft.findMany({ where: { applicationId: reference }, orderBy: { field: 'asc' } });
const rowsOf = (caseId: string) => home.database.submission.count({ where: { caseId, kind: 'answers' } });

describe('a form that was filled in offline', () => {
  test('is downloaded with what is there, and its upload is a draft of a nomination, never a submission', async () => {
    const { browser, reference, caseId } = await nominate(web);
    await browser.get(`/answer/${reference}`);
    expect(browser.page.html).toContain(`href="/answer/${reference}/offline"`);
    const text = await downloaded(browser, reference, {
      short_description: 'Tide tables for harbours.\nFor everybody.',
      aliases: 'TT\nTides',
    });
    expect(text).toContain('Tide Table');
    const ticked = text.replace('- [ ] Open software', '- [x] Open software');
    const { status, html } = await upload(browser, reference, { bytes: ticked });
    expect(status).toBe(200);
    expect(html).toContain('3 answers are saved as a draft. Nothing was sent.');
    expect(html).not.toContain('What we did not understand');
    expect((await savedDraft(web, reference, 'aliases'))?.form).toEqual({ aliases: 'TT\nTides' });
    expect(await rowsOf(caseId)).toBe(0);
    await browser.get(`/answer/${reference}/q/name`);
    expect(browser.page.html).toContain('Tide tables for harbours. For everybody.');
    const before = await draftsOf(reference);
    expect((await upload(browser, reference, { bytes: ticked })).html).toContain('0 answers are saved as a draft.');
    expect(await draftsOf(reference)).toEqual(before);
  });

  test('replaces no answer that is saved here unless its author says so', async () => {
    const { browser, reference } = await nominate(web, { address: 'two@tide.example' });
    await upload(browser, reference, { text: await downloaded(browser, reference, { aliases: 'First' }) });
    const text = await downloaded(browser, reference, { aliases: 'Second' });
    const kept = await upload(browser, reference, { text });
    expect(kept.html).toContain('Not saved: another answer is here already');
    expect(kept.html).toContain('Second');
    expect((await savedDraft(web, reference, 'aliases'))?.form).toEqual({ aliases: 'First' });
    await upload(browser, reference, { text, replace: true });
    expect((await savedDraft(web, reference, 'aliases'))?.form).toEqual({ aliases: 'Second' });
  });

  test('confirms no earlier answer of an annual review by itself, and changes what is changed', async () => {
    const answers = { name: 'Product yearly', aliases: ['Old'], website: ['https://yearly.example'] };
    const { browser, reference, caseId } = await visitor(web, 'yearly', { validUntil: '2026-09-01', answers });
    const { html } = await upload(browser, reference, {
      text: await downloaded(browser, reference, { aliases: 'New' }),
    });
    expect(html).toContain('1 answer is saved as a draft.');
    expect(html).toContain('2 answers say what is here already');
    expect((await draftsOf(reference)).map(({ field }) => field)).toEqual(['aliases']);
    expect(await rowsOf(caseId)).toBe(0);
  });

  test('may come from a colleague who drafts', async () => {
    const { browser, reference, caseId } = await nominate(web, { address: 'three@tide.example' });
    await append(home.database, caseId, { kind: 'invite', reference, body: { address: 'chi@tide.example' } });
    await runSteps(home.database, caseId);
    const helper = new Browser(web.app);
    await helper.get(await linkOf(web, reference, 'colleague'));
    await helper.send();
    const text = await downloaded(helper, reference, { aliases: 'By Chi' });
    expect((await upload(helper, reference, { text })).status).toBe(200);
    await browser.get(`/answer/${reference}`);
    expect(browser.page.html).toContain('by a colleague.');
  });
});

describe('a bad upload', () => {
  let browser: Browser;
  let reference = '';
  beforeAll(async () => {
    ({ browser, reference } = await nominate(web, { address: 'bad@tide.example' }));
    await upload(browser, reference, { text: await downloaded(browser, reference, { aliases: 'Kept' }) });
  });

  const latin1 = new Uint8Array([...Buffer.from('### Full name [name]\nYour answer:\nC'), 0xf4, 0x74, 0xe9]);
  test.each<[string, Parameters<typeof upload>[2], string]>([
    ['nothing', {}, 'Choose a file, or paste the text.'],
    ['both', { bytes: 'a', text: 'b' }, 'Choose a file or paste the text, not both.'],
    ['a document', { bytes: new Uint8Array([0x50, 0x4b, 3, 4, 0, 0xff, 0xfe]) }, 'This file is not plain text.'],
    ['another encoding', { bytes: latin1 }, 'This file is not plain text.'],
    ['NUL', { bytes: '### Full name [name]\0' }, 'This file is not plain text.'],
    ['too much', { bytes: 'x'.repeat(400_001) }, 'It has 401 KB. At most 400 KB are read.'],
    ['something else', { text: 'Dear reviewers,\nhere it is.' }, 'We found no answer to a question of the form'],
  ])('%s meets a sentence that says what to do, and changes nothing', async (_, given, sentence) => {
    const before = await draftsOf(reference);
    const { status, html } = await upload(browser, reference, given);
    expect([status, html]).toEqual([422, expect.stringContaining(sentence)]);
    if (given.text !== undefined) expect(html.replaceAll('\r\n', '\n')).toContain(given.text);
    expect(await draftsOf(reference)).toEqual(before);
  });

  test('of more than a form may have is refused before it is read', async () => {
    expect((await upload(browser, reference, { bytes: 'x'.repeat(1_100_000) })).status).toBe(413);
  });

  test('with unknown questions and answers of the wrong kind tells each, with its text, and saves the rest', async () => {
    const text = await downloaded(browser, reference, {
      website: 'javascript:alert(1)',
      short_description: `<script>${'x'.repeat(600)}`,
      licences: 'MIT',
    });
    const { html } = await upload(browser, reference, {
      text: `${text}\n### Colour [colour]\nBlue <b>\n`,
      replace: true,
    });
    expect(html).toContain('1 answer is saved as a draft.');
    expect(html).toContain('javascript:alert(1)');
    expect(html).toContain('Shorten the text to 500 characters.');
    expect(html).toContain('&lt;script&gt;xxx');
    expect(html).toContain('The form has no such question');
    expect(html).toContain('Blue &lt;b&gt;');
    expect((await savedDraft(web, reference, 'aliases'))?.form).toEqual({ aliases: 'Kept' });
    expect((await savedDraft(web, reference, 'licences'))?.form).toEqual({ licences: 'MIT' });
  });

  test('in UTF-16 with its mark is read', async () => {
    const text = `\ufeff${await downloaded(browser, reference, { aliases: 'Ünïcode' })}`;
    const { html } = await upload(browser, reference, {
      bytes: new Uint8Array(Buffer.from(text, 'utf16le')),
      replace: true,
    });
    expect(html).toContain('1 answer is saved as a draft.');
    expect((await savedDraft(web, reference, 'aliases'))?.form).toEqual({ aliases: 'Ünïcode' });
  });

  test('after the answers were sent is not taken, and its text can be copied', async () => {
    const sent = await visitor(web, 'closed');
    const late = await arrive(web, sent.reference);
    const text = await downloaded(late, sent.reference);
    await home.database.application.update({
      where: { id: sent.reference },
      data: { review: { ...(await reviewOf(sent.reference)), state: 'approved' } },
    });
    const { status, html } = await upload(late, sent.reference, { text: `${text}My words\n` });
    expect([status, html]).toEqual([409, expect.stringContaining('My words')]);
  });

  async function reviewOf(id: string) {
    return (await home.database.application.findUniqueOrThrow({ where: { id } })).review as object;
  }
});
