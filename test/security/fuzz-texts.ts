import fc from 'fast-check';
import { cleanText } from '../../domain/answer-text.js';

/** The attribute of every tag that these texts bring: a parsed page that has it lets texts in as tags. */
export const MARK = 'data-evil';

/** Pieces that have broken out of pages, heads of emails, tables and texts before. */
const pieces = [
  `<script ${MARK}>alert(1)</script>`,
  `<img ${MARK} src=x onerror=alert(1)>`,
  `<a ${MARK} href="javascript:alert(1)">`,
  `"><svg ${MARK} onload=alert(1)>`,
  `' ${MARK} onfocus='alert(1)' autofocus='`,
  `" ${MARK} onfocus="alert(1)" autofocus="`,
  `</textarea><b ${MARK}>`,
  `</title><b ${MARK}>`,
  `--><b ${MARK}><!--`,
  `]]><b ${MARK}>`,
  `&lt;b ${MARK}&gt;`,
  `&#60;b ${MARK}&#62;`,
  '&amp;',
  '&',
  '<',
  '>',
  '"',
  "'",
  '`',
  'javascript:alert(1)',
  'data:text/html,<b>',
  'https://evil.example/" onmouseover="alert(1)',
  '[text](javascript:alert(1))',
  '[a]: https://evil.example',
  '![x](https://evil.example/x.png)',
  '<https://evil.example>',
  '# Big',
  '- item',
  '> quoted',
  '    code',
  '```',
  '**bold**',
  '\\',
  '{{ replyTo }}',
  '{% include "closing.en" %}',
  '[[link]]',
  '\r\nBcc: everybody@evil.example\r\n',
  '\nX-Evil: yes\n',
  '\rContent-Type: text/html\r',
  '\r\n\r\n<b>body</b>\r\n.\r\n',
  '\r\n.\r\nRCPT TO:<everybody@evil.example>\r\n',
  '=?utf-8?B?QmNjOiBldmVyeWJvZHlAZXZpbC5leGFtcGxl?=',
  '=?utf-8?Q?=0D=0ABcc:_everybody@evil.example?=',
  'everybody@evil.example,',
  '<everybody@evil.example>',
  '";everybody@evil.example;"',
  '=HYPERLINK("https://evil.example")',
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  "=cmd|'/c calc'!A1",
  ',',
  ';',
  '\u0000',
  '\u0007',
  '\u001b[31m',
  '\u007f',
  '\u0085',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\u202egnp.exe',
  '\u2066hidden\u2069',
  '\u200f',
  '\ud800',
  '\udc00',
  '\ud83d\ude00',
  'منصة مفتوحة',
  'Ä é ß ñ',
  '𝔘𝔫𝔦',
  '%0d%0aSet-Cookie:%20a=b',
  '${7*7}',
  '../../etc/passwd',
  "'; drop table x; --",
] as const;

const text = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom<string>(...pieces) },
      { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
      { weight: 1, arbitrary: fc.constantFrom(' ', '\n', 'word', 'two words') },
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) => parts.join(''))
  .filter((joined) => cleanText(joined) !== '');

/** How many there are of each kind of test. The command `npm run test:random` plays 10,000. */
export const TEXTS = Number(process.env['FUZZED_TEXTS'] ?? 2_500);

/** So many hostile texts, the same for a seed, none of which is empty for us. Each piece is in many of them. */
export function hostileTexts(count: number, seed: number): readonly string[] {
  return fc.sample(text, { numRuns: count, seed });
}

/** Groups of so many; the last may have fewer. */
export function inGroups(texts: readonly string[], size: number): readonly (readonly string[])[] {
  return Array.from({ length: Math.ceil(texts.length / size) }, (_, group) =>
    texts.slice(group * size, (group + 1) * size),
  );
}
