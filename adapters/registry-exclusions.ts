/** The list of exclusions: a table in Markdown with name, day and reason. */
import { cleanLine, lengthOf } from '../domain/answer-text.js';
import type { Day } from '../domain/calendar.js';
import type { FormerRecord } from '../domain/former-record.js';
import { slugOf } from '../domain/slug.js';
import { formerOf } from './registry-former.js';
import { dayFrom } from './registry-record.js';
import { plainText, withoutPeople } from './registry-text.js';

/** A row of the table, or why there is none to take. */
export type ExclusionRow =
  | { readonly record: FormerRecord; readonly remarks: readonly string[] }
  | { readonly reason: string };

const LONGEST_REASON = 5_000;

/** The rows of the first table with a column for names; empty if there is no such table. */
export function readExclusions(markdown: string): readonly ExclusionRow[] {
  const rows = markdown.split(/\r?\n/u).map(cellsOf);
  const head = rows.findIndex((cells) => cells.some(isName) && cells.length > 1);
  const columns = rows[head] ?? [];
  const at = (is: (cell: string) => boolean) => columns.findIndex(is);
  const [name, on, reason] = [
    at(isName),
    at((cell) => /date|day|when/iu.test(cell)),
    at((cell) => /reason|why/iu.test(cell)),
  ];
  const found: ExclusionRow[] = [];
  for (const cells of head < 0 ? [] : rows.slice(head + 1)) {
    if (cells.length < 2) break;
    if (cells.every((cell) => /^:?-*:?$/u.test(cell))) continue;
    found.push(rowOf({ name: cells[name] ?? '', on: cells[on] ?? '', reason: cells[reason] ?? '' }));
  }
  return found;
}

function isName(cell: string): boolean {
  return /name|nominee|project|solution/iu.test(cell);
}

/** The cells of a line of a table; none for any other line. */
function cellsOf(line: string): readonly string[] {
  const text = line.trim();
  if (!text.includes('|')) return [];
  return text
    .replace(/^\|/u, '')
    .replace(/\|$/u, '')
    .split(/(?<!\\)\|/u)
    .map((cell) => cell.replaceAll('\\|', '|').trim());
}

function rowOf({ name, on, reason }: { name: string; on: string; reason: string }): ExclusionRow {
  const remarks: string[] = [];
  const clean = (text: string): string => {
    const plain = plainText(text);
    const kept = withoutPeople({ text: plain, people: [] });
    if (kept !== plain) remarks.push("reason: a person's name or email address was taken out");
    return kept;
  };
  const called = cleanLine(clean(name.replace(/\[([^\]]*)\]\([^)]*\)/gu, '$1').replace(/[*_`]/gu, '')));
  const source = slugOf(called);
  if (source === '' || lengthOf(called) > 200) return { reason: 'a line of the list of exclusions without a name' };
  const day = dayInWords(on);
  if (day === null && on !== '') remarks.push('date: not a date, taken as unknown');
  const why = clean(reason.replace(/\[([^\]]*)\]\(([^)]*)\)/gu, '$1 ($2)')).slice(0, LONGEST_REASON) || null;
  return { record: formerOf({ kind: 'exclusion', source, name: called, on: day, reason: why }), remarks };
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A day as ISO writes it, or with its month in words; numbers alone could be month or day first. */
function dayInWords(text: string): Day | null {
  const given = /(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})/iu.exec(text);
  const turned = /([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})/iu.exec(text);
  const [day, month, year] = given?.slice(1) ?? (turned === null ? [] : [turned[2], turned[1], turned[3]]);
  if (day === undefined || month === undefined || year === undefined) return dayFrom(text.trim());
  const number = months.indexOf(month.toLowerCase()) + 1;
  return dayFrom(`${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}`);
}
