import MarkdownIt, { type Token } from 'markdown-it';
import { isWebAddress, LINK_PLACEHOLDER } from './values.js';

const WIDTH = 76;
const QUOTE = '> ';
const ITEM = ['- ', '  '] as const;

/**
 * No colours but a grey that is readable on white and on black: with `color-scheme` the mail program
 * picks the rest, light or dark.
 */
const styles: Readonly<Record<string, string>> = {
  h1: 'font-size:1.35em;line-height:1.3;margin:0 0 1em',
  h2: 'font-size:1.1em;line-height:1.3;margin:1.8em 0 0.5em',
  h3: 'font-size:1em;line-height:1.4;margin:1.5em 0 0.5em',
  p: 'margin:0 0 1em',
  ul: 'margin:0 0 1em;padding-inline-start:1.4em',
  li: 'margin:0 0 0.5em',
  blockquote: 'margin:0 0 1em;padding-inline-start:0.9em;border-inline-start:3px solid #808080',
  a: 'overflow-wrap:anywhere',
};

/** Only what the templates use; what is not enabled is printed as it stands. */
const markdown = new MarkdownIt('zero', { html: false, breaks: true }).enable([
  'heading',
  'list',
  'blockquote',
  'escape',
  'newline',
  'link',
]);
markdown.validateLink = (address) => address === LINK_PLACEHOLDER || isWebAddress(address);
markdown.normalizeLink = (address) => address;
markdown.core.ruler.push('inline_styles', (state) => {
  for (const token of state.tokens.flatMap((block) => [block, ...(block.children ?? [])])) {
    const style = styles[token.tag];
    if (token.nesting === 1 && style) token.attrSet('style', style);
  }
});

/** Text as it may stand between tags and in quoted attributes. */
export const escapeHtml = markdown.utils.escapeHtml;

/** A Markdown source as HTML with inline styles, without the shell. */
export function markdownToHtml(source: string): string {
  return markdown.render(source);
}

/**
 * The same source as plain text, wrapped at 76 characters; addresses are never broken.
 * Headings, paragraphs, flat lists and quotations, as the templates use them; no nesting.
 */
export function markdownToText(source: string): string {
  const lines: string[] = [];
  let first = '';
  let rest = '';
  let quoting = false;
  for (const token of markdown.parse(source, {})) {
    if (token.type === 'blockquote_open') first = rest = QUOTE;
    if (token.type === 'list_item_open') [first, rest] = ITEM;
    if (token.type === 'blockquote_close' || token.type === 'list_item_close') {
      quoting = false;
      first = rest = '';
    }
    if (token.type === 'bullet_list_open' || token.type === 'heading_open') lines.push('');
    if (token.type === 'paragraph_open' && !token.hidden) lines.push(quoting ? QUOTE.trimEnd() : '');
    if (token.type !== 'inline') continue;
    if (rest === QUOTE) quoting = true;
    for (const piece of inlineText(token)
      .split('\n')
      .flatMap((line) => wrap(line, WIDTH - rest.length))) {
      lines.push(`${first}${piece}`.trimEnd());
      first = rest;
    }
  }
  return `${lines.slice(1).join('\n')}\n`;
}

function inlineText(token: Token): string {
  return (token.children ?? [])
    .map((child) => (child.type === 'softbreak' || child.type === 'hardbreak' ? '\n' : child.content))
    .join('');
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
