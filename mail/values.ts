/** Where a text is meant for the sender to put the person's link; `withLink` replaces it. */
export const LINK_PLACEHOLDER = '[[link]]';

/** Control characters except tab and line feed, and the characters that reverse the direction of what follows. */
const HARMFUL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const LINE_ENDS = /\r\n|[\r\u0085\u2028\u2029]/g;
const LONE_SURROGATES = /\p{Surrogate}/gu;
const ASCII_PUNCTUATION = /[!-/:-@[-`{-~]/g;

/** A value of several lines without what could hide or reorder the text around it. */
export function cleanLines(value: string): string {
  return value.replace(LINE_ENDS, '\n').replace(HARMFUL, '').replace(LONE_SURROGATES, '\ufffd').trim();
}

/** A value as one line: line breaks and tabs become spaces. Safe in a header. A placeholder in it is none. */
export function cleanLine(value: string): string {
  return cleanLines(value).replace(/\s+/g, ' ').replaceAll(LINK_PLACEHOLDER, '[link]').trim();
}

/** One line that Markdown prints as it is. */
export function escapeMarkdown(value: string): string {
  return escapePunctuation(cleanLine(value));
}

/** Lines that Markdown prints as they are, as a quotation. Empty lines part paragraphs. */
export function quoteMarkdown(value: string): string {
  return cleanLines(value)
    .split('\n')
    .map((line) => `> ${escapeMarkdown(line)}`.trimEnd())
    .join('\n');
}

/** A web address, or the placeholder of one, as a link whose text is the address itself. Throws on anything else. */
export function linkMarkdown(value: string): string {
  if (value !== LINK_PLACEHOLDER && !isWebAddress(value)) throw new Error('this placeholder needs a web address');
  const address = escapePunctuation(value);
  return `[${address}](<${address}>)`;
}

/** True for one http or https address and nothing else. */
export function isWebAddress(value: string): boolean {
  return /^https?:\/\/[^\s<>"\p{Cc}\p{Cs}]+$/u.test(value) && URL.canParse(value);
}

/** A value of at most `length` letters as a reader counts them; a longer one ends in an ellipsis. */
export function shorten(value: string, length: number): string {
  const letters = [...new Intl.Segmenter('en').segment(value)].map((part) => part.segment);
  if (letters.length <= length) return value;
  const kept = letters.slice(0, length - 1).join('');
  return `${kept.trimEnd()}…`;
}

/** CommonMark 2.4: any ASCII punctuation may be escaped by a backslash. */
function escapePunctuation(value: string): string {
  return value.replace(ASCII_PUNCTUATION, '\\$&');
}
