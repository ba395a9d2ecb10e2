import { describe, expect, test } from '@jest/globals';
import { renderEmail, type EmailContent } from '../../mail/render.js';
import { samples } from '../../mail/samples.js';
import { fillSubject } from '../../mail/templates.js';

const WEEKDAY_AND_DATE =
  /(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s\d{1,2}\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\s\d{4}/g;

/** Words that other people wrote: questions, answers, reasons, names. The rules hold for ours only. */
function quoted(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(quoted);
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(quoted);
  return [];
}

/** The English text as one line a paragraph, without what is quoted and without the notes in other languages. */
function ourWords(content: EmailContent): string[] {
  const { html } = renderEmail(content);
  const english = html
    .replace(/<div lang="(?:fr|es)"[\s\S]*?<\/div>/g, '')
    .replace(/<blockquote[\s\S]*?<\/blockquote>/g, '');
  const labels = quoted(content).filter((value) => value.length > 30);
  return [...english.matchAll(/<(h1|h2|h3|p|li)[^>]*>([\s\S]*?)<\/\1>/g)]
    .map((match) => (match[2] ?? '').replace(/<[^>]+>/g, ' ').replaceAll('&quot;', '"'))
    .map((text) => labels.reduce((rest, label) => rest.replace(label, '(official question)'), text))
    .filter((text) => !/^\s*(https?:|\[\[link)/.test(text));
}

const isPassed = (content: EmailContent) => 'passed' in content && content.passed;

const texts = Object.entries(samples).map(([name, content]) => ({ name, content, ours: ourWords(content) }));

describe('word rules for emails', () => {
  test.each(texts)('$name: at most 20 words a sentence', ({ ours }) => {
    const sentences = ours.filter((text) => !text.includes(';')).flatMap((text) => text.split(/(?<=[.?:])\s+/));
    expect(sentences.length).toBeGreaterThan(3);
    expect(sentences.filter((sentence) => sentence.trim().split(/\s+/).length > 20)).toEqual([]);
  });

  test.each(texts)(
    '$name: no contractions, no idle politeness, no shouting, no shortened addresses',
    ({ content, ours }) => {
      const text = [renderEmail(content).subject, ...ours].join('\n');
      expect(text).not.toMatch(/\b\w+(?:n['’]t|['’](?:ll|re|ve|d|m))\b/i);
      expect(text).not.toMatch(/\b(?:it|that|there|here|what|who|let)['’]s\b/i);
      expect(text).not.toMatch(/\b(?:please|kindly|sorry|click here|gentle|gently|just|simply|urgent|immediately)\b/i);
      expect(text.replace(/\b(?:PII|DPG|SDG|2026-\w+)\b/g, '')).not.toMatch(/\b[A-Z]{3,}\b|!/);
      expect(text).not.toMatch(/\b(?:bit\.ly|tinyurl|goo\.gl|t\.co|ow\.ly)\b/);
    },
  );

  test.each(texts)('$name: every date in the text has its weekday and month in words', ({ content, ours }) => {
    const text = ours.join('\n');
    const withoutDates = text.replace(WEEKDAY_AND_DATE, '');
    expect(withoutDates).not.toMatch(/\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}/);
    expect(withoutDates).not.toMatch(/\b(?:19|20)\d{2}\b(?!-\w{5})/);
    expect(renderEmail(content).subject).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  });

  const asking = texts.filter(({ content }) => 'silence' in content);
  test.each(asking)(
    '$name: says what is published, what stays private, until when and what silence does',
    ({ content }) => {
      const text = renderEmail(content).text.replace(/\s+/g, ' ');
      expect(text).toContain('The registry publishes your answers.');
      expect(text).toContain('does not publish your name, role or contact details');
      expect(text).toContain('What you write in the boxes "for reviewers only" stays private.');
      expect(text).toMatch(/(?:Saturday|Monday) (?:23 January|20 February|22 February) 2027/);
      expect(text).toContain(isPassed(content) ? 'It has passed. ' : 'If we have no answer by then, ');
    },
  );

  test.each(texts.filter(({ content }) => content.kind !== 'staff_list' && content.kind !== 'sign_in_code'))(
    '$name: names a person, a mailbox that is read, and how to check that it is real',
    ({ content }) => {
      const { text } = renderEmail(content);
      expect(text).toContain('Fatou Ndiaye\nDigital Public Goods Alliance');
      expect(text).toContain('reviews@dpga.example');
      // What is not begun has no reference, and whoever raises a concern needs none.
      const begun = !['nomination_start', 'suggestion_start', 'nomination_invitation'].includes(content.kind);
      if (begun && !content.kind.startsWith('concern_')) expect(text).toContain('2026-7Q2MK');
      expect(text).toContain('https://reviews.dpga.example/check');
    },
  );

  const reminders = texts.filter(({ content }) => content.kind === 'reminder');
  test.each(reminders)('$name: a reminder has at most 150 words of its own', ({ ours }) => {
    expect(
      ours
        .filter((text) => !text.includes('official question'))
        .join(' ')
        .split(/\s+/).length,
    ).toBeLessThanOrEqual(150);
  });

  test('a reminder states first how much is done', () => {
    const paragraphs = renderEmail(samples['reminder-started'] ?? missing()).text.split('\n\n');
    expect(paragraphs[2]).toBe('You answered 2 of 5. 3 questions are left:');
  });
});

describe('subjects', () => {
  const ofProducts = texts.filter(({ content }) => 'product' in content);

  test.each(ofProducts)('$name: product first, and at most 60 letters before the date', ({ content }) => {
    for (const product of ['Openwise', 'OpenWISE Platform for Rural Water', 'A Very Long Name '.repeat(12).trim()]) {
      const named = { ...content, product } as EmailContent;
      const { subject, text } = renderEmail(named);
      const beforeDate = subject.replace(/(?:by |until |due |tomorrow, )?\d{1,2} [A-Z][a-z]+ \d{4}$/, '');
      expect(beforeDate.length).toBeLessThanOrEqual(60);
      expect(subject).toMatch(
        /^(?:Last reminder: |Reminder: |Received: (?:privacy )?answers for )?(?:Open|A Very Lon)/,
      );
      expect(text.replace(/\s+/g, ' ')).toContain(product);
    }
  });

  test('a normal name is whole, a long one ends in an ellipsis before act and date', () => {
    const prompt = samples['prompt-privacy'] ?? missing();
    expect(renderEmail(prompt).subject).toBe('Openwise: answer 5 privacy questions by 23 January 2027');
    const long = { ...prompt, product: 'Integrated Hydrological Observation System' } as EmailContent;
    expect(renderEmail(long).subject).toBe(
      'Integrated Hydrological Obse…: answer 5 privacy questions by 23 January 2027',
    );
  });

  test('one question is one question', () => {
    const content = { product: 'Openwise', review: 'privacy', questions: [{}], deadline: '2027-01-23', passed: false };
    expect(fillSubject('prompt.en', content, 'with dates')).toBe(
      'Openwise: answer 1 privacy question by 23 January 2027',
    );
  });
});

function missing(): never {
  throw new Error('there is no such sample');
}
