/** Reading one raw record: its values by path, what was not taken from it, and the record that comes out. */
import { LIMITS, cleanLine, lengthOf } from '../domain/answer-text.js';
import type { Answers, AnswerValue } from '../domain/answers.js';
import { addYear } from '../domain/calendar.js';
import type { Day } from '../domain/calendar.js';
import { answersOfFacts } from '../domain/facts.js';
import type { HandlingFacts, HandlingLevel, ListingRecord, YesNo } from '../domain/listing-record.js';
import { spelledLicence } from '../domain/standard-lists.js';
import { linksIn, plainText, withoutPeople } from './registry-text.js';

export type RawRecord = Readonly<Record<string, unknown>>;

/** The longest text that is taken over; the longest honest one that was seen has 7,438 characters. */
const LONGEST_TEXT = 20_000;
const MOST_ITEMS = 250;
const DEEPEST = 12;

/** Reads a raw record and remembers what was asked for and what was wrong with it. */
export interface RecordReader {
  /** The strings at a path, as they stand; lists on the way and at its end are walked through. */
  readonly values: (path: string) => readonly string[];
  /** All texts of a path as one, cleaned; null when there is none. */
  readonly text: (path: string) => string | null;
  /** The first text of a path, on one line; null when there is none. */
  readonly line: (path: string) => string | null;
  /** The items of a list, cleaned, each once; items that were cut at a comma are put together again. */
  readonly list: (path: string, cut?: 'sentences' | 'names') => readonly string[];
  /** The links in the strings of a path, bare ones included. */
  readonly links: (path: string) => readonly string[];
  readonly day: (path: string) => Day | null;
  readonly level: (path: string) => HandlingLevel | null;
  readonly yesNo: (path: string) => YesNo | null;
  /** Adds a remark about the record, in words; nothing of the record's contents belongs into it. */
  readonly remark: (text: string) => void;
  readonly remarks: () => readonly string[];
  /** The paths with contents that nobody asked for. */
  readonly unread: () => readonly string[];
}

/** A reader of one record; `people` are names that are taken out of every text. */
export function readerOf({ raw, people = [] }: { raw: RawRecord; people?: readonly string[] }): RecordReader {
  const leaves = leavesOf(raw);
  const asked = new Set<string>();
  const remarks = new Set<string>();
  const remark = (text: string): void => void remarks.add(text);
  const values = (path: string): readonly string[] => {
    asked.add(path);
    return (leaves.get(path) ?? []).slice(0, MOST_ITEMS);
  };
  const cleaned = (path: string, value: string): readonly string[] => {
    if (lengthOf(value) > LONGEST_TEXT) {
      remark(`${path}: longer than ${LONGEST_TEXT} characters, left out`);
      return [];
    }
    const plain = plainText(value);
    const text = withoutPeople({ text: plain, people });
    if (text !== plain) remark(`${path}: a person's name or email address was taken out`);
    return text === '' ? [] : [text];
  };
  const texts = (path: string): readonly string[] => values(path).flatMap((value) => cleaned(path, value));
  const one = <T>(path: string, read: (value: string) => T | null, sentence: string): T | null => {
    const value = values(path)[0]?.trim() ?? '';
    const found = value === '' ? null : read(value);
    if (value !== '' && found === null) remark(`${path}: ${sentence}`);
    return found;
  };
  return {
    values,
    text: (path) => texts(path).join('\n') || null,
    line: (path) => cleanLine(texts(path)[0] ?? '') || null,
    list: (path, cut = 'names') => {
      const items = putTogether(values(path), cut).flatMap((item) => cleaned(path, item));
      return [...new Set(items.map(cleanLine))];
    },
    links: (path) => {
      const plain = values(path).map((value) => plainText(value.slice(0, LONGEST_TEXT)));
      const found = [...new Set(plain.flatMap((text) => linksIn({ text, bare: true })))].slice(0, LIMITS.items);
      if (found.length === 0 && plain.some((text) => text !== '')) remark(`${path}: no usable link in it`);
      return found;
    },
    day: (path) => one(path, dayFrom, 'not a date, taken as unknown'),
    level: (path) => one(path, levelFrom, 'not one of the known sentences, taken as unknown'),
    yesNo: (path) => one(path, yesNoFrom, 'neither yes nor no, taken as unknown'),
    remark,
    remarks: () => [...remarks],
    unread: () => [...leaves.keys()].filter((path) => !asked.has(path)),
  };
}

/** All strings and numbers of a record by dotted path; lists do not count in it. Empty strings are no contents. */
function leavesOf(raw: RawRecord): ReadonlyMap<string, readonly string[]> {
  const leaves = new Map<string, string[]>();
  const walk = (value: unknown, path: string, depth: number): void => {
    if (depth > DEEPEST || value === null || value === undefined) return;
    if (Array.isArray(value)) {
      for (const item of value) walk(item, path, depth + 1);
    } else if (typeof value === 'object') {
      for (const [name, inner] of Object.entries(value)) walk(inner, path === '' ? name : `${path}.${name}`, depth + 1);
    } else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      const text = String(value);
      if (text.trim() === '') return;
      const there = leaves.get(path);
      if (there === undefined) leaves.set(path, [text]);
      else there.push(text);
    }
  };
  walk(raw, '', 0);
  return leaves;
}

/** Names that the feed cuts at their apostrophe. */
const cutNames: Readonly<Record<string, string>> = {
  'Côte d': "Côte d'Ivoire",
  'Lao People': "Lao People's Democratic Republic",
  'Democratic People': "Democratic People's Republic of Korea",
  'United Nations International Children': "United Nations International Children's Emergency Fund (UNICEF)",
};

/** Lists were split at every comma, which left a blank before what had followed one. */
function putTogether(items: readonly string[], cut: 'sentences' | 'names'): readonly string[] {
  const whole: string[] = [];
  for (const item of items) {
    const last = whole.at(-1);
    if (last !== undefined && /^\s/u.test(item) && belongs({ last, next: item.trim(), cut })) {
      whole[whole.length - 1] = `${last},${item}`;
    } else {
      whole.push(item);
    }
  }
  return whole.map((item) => cutNames[item.trim()] ?? item);
}

function belongs({ last, next, cut }: { last: string; next: string; cut: 'sentences' | 'names' }): boolean {
  if (last.split('(').length > last.split(')').length) return true;
  if (/^Scientific and Cultural Organi[sz]ation/u.test(next)) return true;
  return cut === 'sentences' && /^\p{Ll}/u.test(next) && last.trim().split(/\s+/u).length > 3;
}

/** A day as ISO writes it, also at the start of an instant; null for all else. */
export function dayFrom(value: string): Day | null {
  const day = /^(20\d\d-\d\d-\d\d)(?:$|T)/u.exec(value)?.[1];
  if (day === undefined || Number.isNaN(Date.parse(day))) return null;
  return new Date(day).toISOString().slice(0, 10) === day ? day : null;
}

/** Each wording so far names what is not done as "NOT collected", "NOT be stored" and so on. */
function levelFrom(value: string): HandlingLevel | null {
  const words = value.toLowerCase().replace(/[^a-z]+/gu, ' ');
  const isDone = (what: string): boolean => words.includes(what) && !new RegExp(`not (?:be )?${what}`, 'u').test(words);
  if (/^\s*(?:no|none)\s*$/u.test(words) || /not (?:be )?collected/u.test(words)) return 'none';
  if (!isDone('collected')) return null;
  if (!isDone('stored')) return 'collected';
  return isDone('distributed') ? 'collected_stored_distributed' : 'collected_stored';
}

function yesNoFrom(value: string): YesNo | null {
  const word = value.toLowerCase();
  return word === 'yes' || word === 'true' ? 'yes' : word === 'no' || word === 'false' ? 'no' : null;
}

const types: ReadonlyMap<string, string> = new Map(
  ['Open Software', 'Open Content', 'Open Data', 'Open AI Model', 'Open AI System'].map((type) => [
    type.toLowerCase(),
    type,
  ]),
);

/** Categories in the registry's words; unknown ones are remarked. */
export function typesAt(reader: RecordReader, path: string): readonly string[] {
  return reader.list(path).flatMap((given) => {
    const type = types.get(given.toLowerCase());
    if (type === undefined) reader.remark(`${path}: an unknown category was left out`);
    return type === undefined ? [] : [type];
  });
}

/** Goals by their number, whatever the label: "SDG9: Industry¸ Innovation", "9", 9. */
export function goalsAt(reader: RecordReader, path: string): readonly number[] {
  const goals = reader.values(path).flatMap((label) => {
    const goal = Number(/^\D{0,12}(\d{1,2})(?!\d)/u.exec(label)?.[1] ?? 0);
    if (goal < 1 || goal > 17) reader.remark(`${path}: an unknown goal was left out`);
    return goal < 1 || goal > 17 ? [] : [goal];
  });
  return [...new Set(goals)].sort((one, other) => one - other);
}

/** Licences as SPDX spells them. */
export function licencesAt(reader: RecordReader, path: string): readonly string[] {
  const given = reader.list(path).filter((licence) => lengthOf(licence) <= 100);
  return [...new Set(given.map(spelledLicence))];
}

/** What both kinds of file say, read. */
export interface Findings extends Omit<ListingRecord, 'website' | 'answers' | 'facts' | 'validUntil'> {
  readonly websites: readonly string[];
  readonly validUntil: Day | null;
  readonly facts: HandlingFacts;
  /** Answers beyond those that the facts give; empty ones are left out. */
  readonly answers: Readonly<Record<string, AnswerValue | null>>;
}

/** The record of what was found: the facts as answers too, and an expiry one year after the approval if none is given. */
export function recordOf({ websites, ...found }: Findings): ListingRecord {
  const website = websites[0] ?? null;
  const answers = filled({ website: websites, short_description: found.description, ...found.answers });
  return {
    ...found,
    website,
    validUntil: found.validUntil ?? (found.approvedOn === null ? null : addYear(found.approvedOn)),
    answers: { ...answersOfFacts({ ...found, ...found.facts, website }), ...answers },
  };
}

/** Answers without the empty ones. */
export function filled(answers: Findings['answers']): Answers {
  return Object.fromEntries(Object.entries(answers).flatMap(([id, value]) => (isEmpty(value) ? [] : [[id, value]])));
}

function isEmpty(value: AnswerValue | null): value is null {
  if (value === null || value === '') return true;
  if (typeof value === 'string') return false;
  return 'urls' in value ? value.text === '' && value.urls.length === 0 : Array.isArray(value) && value.length === 0;
}
