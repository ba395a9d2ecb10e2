/** Texts and links of registry records: HTML, several links in one string, missing schemes, people's addresses. */
import { Parser } from 'htmlparser2';
import { LIMITS, cleanText } from '../domain/answer-text.js';

/** Elements that records were seen with; what merely looks like another one, such as `<your key>`, is text. */
const elements =
  'a|b|blockquote|br|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|script|small|span|strong|style|sub|sup|table|tbody|td|th|thead|tr|u|ul';
const tag = new RegExp(`</?(?:${elements})(?:\\s[^<>]*)?/?>`, 'iu');
const notTag = new RegExp(`<(?!/?(?:${elements})(?:\\s[^<>]*)?/?>)`, 'giu');
const entity = /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});/iu;
const notEntity = /&(?!(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)/giu;
const lineBreaking = /^(?:blockquote|br|div|h[1-6]|hr|li|ol|p|pre|table|tr|ul)$/u;
const withoutText = /^(?:script|style)$/u;

/** A text as people read it: HTML taken off (links keep their address), line ends and controls cleaned. */
export function plainText(text: string): string {
  return cleanText(tag.test(text) || entity.test(text) ? withoutHtml(text) : text);
}

function withoutHtml(text: string): string {
  const pieces: string[] = [];
  let silent = 0;
  let address = '';
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (withoutText.test(name)) silent += 1;
      if (name === 'a') address = attributes['href'] ?? '';
      if (lineBreaking.test(name)) pieces.push('\n');
    },
    ontext: (piece) => {
      if (silent === 0) pieces.push(piece);
    },
    onclosetag: (name) => {
      if (withoutText.test(name)) silent -= 1;
      if (name === 'a' && /^https?:/iu.test(address) && pieces.at(-1)?.trim() !== address) pieces.push(` (${address})`);
      if (lineBreaking.test(name)) pieces.push('\n');
    },
  });
  parser.end(text.replace(notTag, '&lt;').replace(notEntity, '&amp;'));
  return pieces.join('').replace(/\n{3,}/gu, '\n\n');
}

/**
 * Email addresses, also those written as "name (at) site (dot) org"; the lengths are what mail allows. The account
 * part of a repository's address, as in git@github.com:a/b, is nobody's mailbox.
 */
const mailAddress =
  /(?<![\p{L}\p{N}._%+-])(?!(?:git|hg|svn)@[\w.-]+[:/])(?:mailto:)?[\p{L}\p{N}._%+-]{1,64}(?:@|\s?[([](?:at|@)[)\]]\s?)[\p{L}\p{N}-]{1,63}(?:(?:\.|\s?[([](?:dot|\.)[)\]]\s?)[\p{L}\p{N}-]{1,63}){0,8}(?:\.|\s?[([](?:dot|\.)[)\]]\s?)\p{L}{2,24}/giu;

/** Whether a text has an email address in it. */
export function hasMailAddress(text: string): boolean {
  return text.search(mailAddress) >= 0;
}

/** A text without email addresses and without the given names of people. */
export function withoutPeople({ text, people }: { text: string; people: readonly string[] }): string {
  const named = people.reduce((rest, name) => withoutName(rest, name), text);
  return named.replace(mailAddress, '[address removed]');
}

function withoutName(text: string, name: string): string {
  const pattern = name.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&').replace(/\s+/gu, '\\s+');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'giu'), '[name removed]');
}

const host = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?::\d{1,5})?(?:[/?#]\S*)?$/iu;
const fileName = /^[\w-]+\.(?:csv|doc|docx|html?|js|json|md|pdf|py|rst|txt|xml|ya?ml)$/iu;

/**
 * The links in a string, each once: several in one string, glued together, between words and punctuation, in ssh
 * form. With `bare`, words such as example.org/page count too and get https. Links with an email address or more than
 * `LIMITS.link` characters are left out.
 */
export function linksIn({ text, bare }: { text: string; bare: boolean }): readonly string[] {
  const words = text
    .replace(/(?<=[^\s/=])(?=https?:\/\/)/giu, ' ')
    .split(/[\s<>"“”|]+|[,;](?=\s|www\.|$)/iu)
    .map(withoutPunctuation);
  return [...new Set(words.flatMap((word) => linkOf({ word, bare })))];
}

function linkOf({ word, bare }: { word: string; bare: boolean }): readonly string[] {
  const secureShell = /^(?:ssh:\/\/)?git@([\w.-]+)[:/](\S+)$/iu.exec(word);
  const address = secureShell
    ? `https://${secureShell[1] ?? ''}/${secureShell[2] ?? ''}`
    : word.replace(/^git(?:\+https?)?:\/\//iu, 'https://');
  if (/^https?:\/\//iu.test(address)) return checked(address);
  const named = /^www\./iu.test(address) || (bare && !fileName.test(address));
  return named && host.test(address) ? checked(`https://${address}`) : [];
}

function checked(address: string): readonly string[] {
  if (address.length > LIMITS.link || !URL.canParse(address)) return [];
  const url = new URL(address);
  const kept = url.username === '' ? address : address.replace(/^(https?:\/\/)[^@/]*@/iu, '$1');
  return url.hostname.includes('.') && !hasMailAddress(kept) ? [kept] : [];
}

/** The word without brackets, quotes and stops around it; a bracket that the word itself opens stays. */
function withoutPunctuation(word: string): string {
  if (word.length > LIMITS.link) return '';
  const start = word.replace(/^[([{<'"‘“*-]+/u, '');
  const core = start.replace(/[).,;:!?'"’”>*\]}]+$/u, '');
  const open = core.split('(').length - core.split(')').length;
  return open > 0 && start.startsWith(')', core.length) ? `${core})` : core;
}
