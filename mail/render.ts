import { DEMONSTRATION_WORDS } from '../domain/public-words.js';
import { codeInWords, CODE_PLACEHOLDER } from '../domain/sign-in-code.js';
import type { Email, EmailContent } from './content.js';
import { escapeHtml, markdownToHtml, markdownToText } from './markdown.js';
import { fillBody, fillSubject, templateNames } from './templates.js';
import { cleanLine, isWebAddress, LINK_PLACEHOLDER, shorten } from './values.js';

export type { Email, EmailContent } from './content.js';
export { LINK_PLACEHOLDER } from './values.js';

/** Letters of a subject before its date, so that a narrow list of emails shows the act. */
const SUBJECT_LENGTH = 60;
/** So much of a product's name stays recognisable, however long the rest of the subject is. */
const LEAST_NAME = 12;

/** One part of an email, in one language. A note stands in a frame of its own. */
interface Part {
  readonly role: 'body' | 'note';
  readonly language: string;
  readonly source: string;
}

const partStyles: Readonly<Record<Part['role'], string>> = {
  body: 'margin:0 0 1.5em',
  note: 'margin:0 0 1.5em;padding:0.8em 1em 0;border:1px solid #808080',
};

/**
 * Subject, plain text and HTML of an email, all from one Markdown source.
 * A language without a template gets the English one. Throws, naming template and placeholder, on incomplete content.
 */
export function renderEmail(content: EmailContent): Email {
  const language = languageOf(content);
  const name = `${content.kind}.${language}`;
  const subject = subjectOf(name, content);
  const body: Part = { role: 'body', language, source: fillBody(name, content) };
  const parts = [...banner(content), ...briefs(content, 'of the reader'), body, ...briefs(content, 'of others')];
  const text = parts.map(({ source }) => markdownToText(source)).join('\n');
  return { subject, text, html: htmlOf({ language, subject, parts }) };
}

/**
 * The email with the person's address in the place of the placeholder.
 * Throws on what is no web address, without repeating it: a link is a secret.
 */
export function withLink(email: Email, address: string): Email {
  if (!isWebAddress(address)) throw new Error('the link of an email must be one http or https address');
  return {
    subject: email.subject,
    text: email.text.replaceAll(LINK_PLACEHOLDER, () => address),
    html: email.html.replaceAll(LINK_PLACEHOLDER, () => escapeHtml(address)),
  };
}

/** The email with a code in the place of the placeholder. */
export function withCode(email: Email, code: string): Email {
  const inWords = codeInWords(code);
  return {
    subject: email.subject,
    text: email.text.replaceAll(CODE_PLACEHOLDER, () => inWords),
    html: email.html.replaceAll(CODE_PLACEHOLDER, () => escapeHtml(inWords)),
  };
}

function languageOf(content: EmailContent): string {
  const language = baseOf(content.language);
  return templateNames().includes(`${content.kind}.${language}`) ? language : 'en';
}

function baseOf(language: string): string {
  return language.toLowerCase().split('-')[0] ?? 'en';
}

/** A long product name is shortened here, so that act and date stay in sight; the body has all of it. */
function subjectOf(name: string, content: EmailContent): string {
  if (!('product' in content)) return fillSubject(name, content, 'with dates');
  const rest = fillSubject(name, { ...content, product: 'x' }, 'without dates').length - 'x'.length;
  const product = shorten(cleanLine(content.product), Math.max(LEAST_NAME, SUBJECT_LENGTH - rest));
  return fillSubject(name, { ...content, product }, 'with dates');
}

function banner(content: EmailContent): readonly Part[] {
  return content.invented ? [{ role: 'note', language: 'en', source: DEMONSTRATION_WORDS }] : [];
}

/**
 * The lines in other languages (`prompt.brief.fr`) that say what an email is, until it is translated:
 * above the text if it is the reader's language, else below.
 */
function briefs(content: EmailContent, which: 'of the reader' | 'of others'): readonly Part[] {
  const prefix = `${content.kind}.brief.`;
  return templateNames()
    .filter((name) => name.startsWith(prefix))
    .map((name) => ({ name, language: name.slice(prefix.length) }))
    .filter(({ language }) => language !== languageOf(content))
    .filter(({ language }) => (language === baseOf(content.language)) === (which === 'of the reader'))
    .map(({ name, language }) => ({ role: 'note', language, source: fillBody(name, content) }));
}

interface Page {
  readonly language: string;
  readonly subject: string;
  readonly parts: readonly Part[];
}

function htmlOf({ language: main, subject, parts }: Page): string {
  const divisions = parts.map(
    ({ role, language, source }) =>
      `<div lang="${language}" style="${partStyles[role]}">\n${markdownToHtml(source)}</div>\n`,
  );
  return `<!doctype html>
<html lang="${main}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:16px">
<div style="max-width:36em;margin:0 auto;font-family:system-ui,sans-serif;font-size:16px;line-height:1.5;overflow-wrap:break-word">
${divisions.join('')}</div>
</body>
</html>
`;
}
