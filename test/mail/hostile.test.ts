import { describe, expect, test } from '@jest/globals';
import { LINK_PLACEHOLDER, renderEmail, withLink, type EmailContent } from '../../mail/render.js';
import { samples } from '../../mail/samples.js';

const hostile = [
  ['HTML', '<script>alert(1)</script><img src=x onerror=alert(1)>"\'&amp;'],
  [
    'Markdown',
    '# Big [text](https://evil.example) **bold** `code` ![x](https://evil.example/x.png) <https://evil.example>',
  ],
  ['a template', '{{ replyTo }} {% include "closing.en" %} {% raw %}'],
  ['a list', '- one\n- two\n1. three\n> quote\n    code\n---\n===\n| a | b |'],
  ['a header', 'Openwise\r\nBcc: everybody@evil.example\r\n\r\n<b>body</b>'],
  ['a reference', '[a]: https://evil.example\n\n[a] &lt;b&gt; &#60;b&#62;'],
] as const;

/** A content with each of its free texts replaced; words from closed lists, dates and addresses stay. */
function withTexts(content: EmailContent, value: string): EmailContent {
  const free = new Set([
    'product',
    'recipientName',
    'organisation',
    'senderName',
    'reason',
    'sentence',
    'label',
    'answer',
    'note',
    'number',
  ]);
  const replace = (node: unknown, key: string): unknown => {
    if (typeof node === 'string')
      return free.has(key) && !(key === 'answer' && /^(granted|refused)$/.test(node)) ? value : node;
    if (Array.isArray(node)) return node.map((item: unknown) => replace(item, key));
    if (node === null || typeof node !== 'object') return node;
    return Object.fromEntries(Object.entries(node).map(([name, item]) => [name, replace(item, name)]));
  };
  return replace(content, '') as EmailContent;
}

/** Every tag of a document with its attributes, in order. */
function tagsOf(html: string): string[] {
  return [...html.matchAll(/<[a-z/!][^>]*>/gi)].map((match) => match[0]);
}

describe('values from outside come out as text', () => {
  test.each(hostile)('%s adds no tag, no link and no line to the head', (_name, value) => {
    for (const content of Object.values(samples)) {
      const { subject, html, text } = renderEmail(withTexts(content, value));
      const harmless = renderEmail(withTexts(content, value.replace(/[^\r\n]/g, 'x')));
      expect(tagsOf(html)).toEqual(tagsOf(harmless.html));
      expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      expect(text).not.toContain('\\');
    }
  });

  test('HTML and Markdown are read as they were typed', () => {
    const value = '<b>*Open*</b> [wise](https://evil.example) & more_';
    const content = withTexts(samples['decision-ineligible-annual-review'] ?? missing(), value);
    const { text, html } = renderEmail(content);
    expect(text).toContain(`\n> ${value}\n`);
    expect(html).toContain('&lt;b&gt;*Open*&lt;/b&gt; [wise](https://evil.example) &amp; more_');
  });

  test('lines of an answer stay lines, quoted', () => {
    const receipt = samples['receipt-annual-review'] ?? missing();
    const answers = [{ number: '1', label: 'Laws', answer: 'One\nTwo\r\n\r\n- Three\rFour' }];
    const { text, html } = renderEmail({ ...receipt, answers } as EmailContent);
    expect(text).toContain('Question 1: Laws\n\n> One\n> Two\n>\n> - Three\n> Four\n');
    expect(html).toContain('One<br>\nTwo</p>');
  });

  test('a subject is one line, whatever the name of the product', () => {
    const content = {
      ...(samples['prompt-privacy'] ?? missing()),
      product: 'Open\r\nBcc: you@evil.example',
    } as EmailContent;
    expect(renderEmail(content).subject).toBe(
      'Open Bcc: you@evil.example: answer 5 privacy questions by 23 January 2027',
    );
  });

  test.each([
    ['NUL', 'Open\u0000wise'],
    ['a right-to-left override', 'Open\u202ewise'],
    ['an isolate', '\u2066Open\u2069wise'],
    ['an escape', 'Open\u001bwise'],
    ['a next line and a byte order mark', '\ufeffOpenwise\u0085'],
  ])('%s is taken out', (_name, product) => {
    const { subject, text, html } = renderEmail({ ...(samples['link-owner'] ?? missing()), product } as EmailContent);
    expect(subject).toBe('Openwise: your link to the review');
    expect(text).toMatch(/^Openwise: your link/);
    expect(html).toContain('>Openwise: your link');
  });

  test('a lone surrogate becomes the replacement character; whole ones and Arabic stay', () => {
    const render = (product: string) =>
      renderEmail({ ...(samples['link-owner'] ?? missing()), product } as EmailContent);
    expect(render('Open\ud800wise').subject).toContain('Open\ufffdwise:');
    expect(render('🌍 منصة مفتوحة').subject).toContain('🌍 منصة مفتوحة:');
  });

  test('a shortened name is not cut inside a letter', () => {
    const product = '👩‍👩‍👧'.repeat(80);
    const { subject } = renderEmail({ ...(samples['link-owner'] ?? missing()), product } as EmailContent);
    expect(subject).toMatch(/^(?:👩‍👩‍👧)+…: your link to the review$/u);
  });

  test('a placeholder that somebody typed is not replaced by the link', () => {
    const content = withTexts(samples['receipt-privacy'] ?? missing(), 'see [[link]] or [[li\u202enk]]');
    const { text, html } = withLink(renderEmail(content), 'https://reviews.dpga.example/answer/2026-7Q2MK?k=secret');
    expect(text.split('k=secret').length - 1).toBe(1);
    expect(html.split('<a href="https://reviews.dpga.example/answer/2026-7Q2MK?k=secret"').length - 1).toBe(1);
    expect(html.split('k=secret').length - 1).toBe(2);
    expect(text).not.toContain(LINK_PLACEHOLDER);
  });

  test('the largest answers make an email of less than a megabyte', () => {
    const answers = Array.from({ length: 46 }, (_, index) => ({
      number: String(index),
      label: 'Long',
      answer: 'Paragraph with <tags> & more. '.repeat(166),
    }));
    const { text, html } = renderEmail({ ...(samples['receipt-privacy'] ?? missing()), answers } as EmailContent);
    expect(Buffer.byteLength(text) + Buffer.byteLength(html)).toBeLessThan(1_000_000);
  });
});

describe('the link', () => {
  const email = renderEmail(samples['link-owner'] ?? missing());

  test('stands in both parts, escaped in HTML', () => {
    const { text, html, subject } = withLink(email, 'https://reviews.dpga.example/a?b=1&k=$&x');
    expect(text).toContain('\n\nhttps://reviews.dpga.example/a?b=1&k=$&x\n\n');
    expect(html).toContain('<a href="https://reviews.dpga.example/a?b=1&amp;k=$&amp;x"');
    expect(subject).toBe(email.subject);
  });

  test.each(['', 'javascript:alert(1)', 'https://a.example/ b', 'https://a.example/"><b>', '[[link]]'])(
    '%p is refused without being repeated',
    (address) => {
      expect(() => withLink(email, address)).toThrow('the link of an email must be one http or https address');
    },
  );

  test('a page address that is none is an error that names template and placeholder', () => {
    const content = { ...(samples['link-owner'] ?? missing()), checkUrl: 'javascript:alert(1)' } as EmailContent;
    expect(() => renderEmail(content)).toThrow(
      /email template link\.en: this placeholder needs a web address.*closing\.en/,
    );
  });
});

describe('incomplete content', () => {
  const { senderName: _left, ...rest } = samples['prompt-privacy'] ?? missing();

  test('a placeholder without a value names template and placeholder', () => {
    expect(() => renderEmail(rest as EmailContent)).toThrow(/email template prompt\.en: .*senderName/);
  });

  test('so does one with nothing to print', () => {
    expect(() => renderEmail({ ...rest, senderName: null } as unknown as EmailContent)).toThrow(
      /email template prompt\.en: .*no text to print/,
    );
  });

  test('and a date that is none', () => {
    const content = { ...rest, senderName: 'Fatou Ndiaye', deadline: 'soon' } as EmailContent;
    expect(() => renderEmail(content)).toThrow(/email template prompt\.en: not a date: soon/);
  });
});

function missing(): never {
  throw new Error('there is no such sample');
}
