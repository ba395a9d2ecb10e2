/**
 * Reads listings of the registry from files: registry-facts.json, registry-current.json and raw records of the feed.
 * People named in them are never taken. A record that cannot be used is refused with its reason and stops no other.
 */
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { cleanLine, lengthOf } from '../domain/answer-text.js';
import type { ListingRecord } from '../domain/listing-record.js';
import { factsWithoutPlace, readFacts } from './registry-facts.js';
import { feedContacts, feedWithoutPlace, peopleIn, readFeed } from './registry-feed.js';
import { readerOf } from './registry-record.js';
import type { RawRecord, RecordReader } from './registry-record.js';
import { withoutPeople } from './registry-text.js';

/** Where in the files something is: the file's name, and the number of the record in it, from 1. */
export interface Place {
  readonly source: string;
  /** Null: the file as a whole. */
  readonly position: number | null;
}

export interface RefusedRecord extends Place {
  readonly name?: string;
  /** So far as the record has a valid one. */
  readonly dpgId?: string;
  /** In words, for staff. */
  readonly reason: string;
}

/** What was odd about a record that was taken all the same. */
export interface Remark extends Place {
  readonly dpgId: string;
  readonly name: string;
  readonly text: string;
}

/** A field that was not taken over, and from how many records. */
export interface LeftOut {
  readonly field: string;
  readonly records: number;
  /** contact: names people. no_place: the form does not ask it. unknown: not a field that we know. */
  readonly why: 'contact' | 'no_place' | 'unknown';
}

export interface RegistryFiles {
  /** Records found, refused ones included. */
  readonly read: number;
  readonly records: readonly ListingRecord[];
  readonly refused: readonly RefusedRecord[];
  readonly remarks: readonly Remark[];
  readonly leftOut: readonly LeftOut[];
}

const LARGEST_FILE = 100 * 1024 * 1024;
const LONGEST_NAME = 200;
const dpgIdForm = /^GID\d{7}$/u;

/**
 * Reads a file, or every .json file of a folder in the order of their names. Throws an error whose message is one
 * sentence for people when the path cannot be read, has no JSON in it, or a folder has no such file; in a folder an
 * unreadable file is refused and the others are read.
 */
export async function readRegistryFiles(path: string): Promise<RegistryFiles> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new Error(`${path} cannot be read: ${whyUnreadable(cause)}. Give a JSON file, or a folder of them.`, {
      cause,
    });
  });
  if (!found.isDirectory()) return collect([await contentsOf(path)], []);
  const names = (await readdir(path)).filter((name) => name.toLowerCase().endsWith('.json')).sort();
  if (names.length === 0) throw new Error(`${path} has no .json file in it. Give a JSON file, or a folder of them.`);
  const files: FileContents[] = [];
  const unreadable: RefusedRecord[] = [];
  for (const name of names) {
    try {
      files.push(await contentsOf(join(path, name)));
    } catch (error) {
      unreadable.push({ source: name, position: null, reason: error instanceof Error ? error.message : 'unreadable' });
    }
  }
  return collect(files, unreadable);
}

interface FileContents {
  readonly source: string;
  readonly items: readonly unknown[];
}

async function contentsOf(path: string): Promise<FileContents> {
  const source = basename(path);
  const { size } = await stat(path);
  if (size > LARGEST_FILE) throw new Error(`${source} is larger than 100 MB. Split it into several files.`);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`${source} cannot be read: ${whyUnreadable(cause)}.`, { cause });
  });
  const json = text.replace(/^\ufeff/u, '');
  if (json.trim() === '') throw new Error(`${source} is empty. Give a file with records of the registry as JSON.`);
  try {
    return { source, items: itemsOf(JSON.parse(json)) };
  } catch (cause) {
    throw new Error(`${source} is not JSON: it may be cut off or of another kind. Give a JSON file.`, { cause });
  }
}

function itemsOf(content: unknown): readonly unknown[] {
  if (Array.isArray(content)) return content;
  return isRecord(content) && Array.isArray(content['items']) ? content['items'] : [content];
}

function whyUnreadable(cause: unknown): string {
  const code = isRecord(cause) ? cause['code'] : undefined;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'you may not read it';
  return typeof code === 'string' ? `the system says ${code}` : 'reading failed';
}

function collect(files: readonly FileContents[], unreadable: readonly RefusedRecord[]): RegistryFiles {
  const records: ListingRecord[] = [];
  const refused: RefusedRecord[] = [...unreadable];
  const remarks: Remark[] = [];
  const leftOut = new Map<string, LeftOut>();
  const firstAt = new Map<string, string>();
  for (const { source, items } of files) {
    for (const [index, item] of items.entries()) {
      const place = { source, position: index + 1 };
      const result = readRecord(item, firstAt);
      if ('reason' in result) {
        refused.push({ ...place, ...result });
        continue;
      }
      const { record, reader } = result;
      firstAt.set(record.dpgId, `record ${place.position} of ${source}`);
      records.push(record);
      const { dpgId, name } = record;
      remarks.push(...reader.remarks().map((text) => ({ ...place, dpgId, name, text })));
      for (const field of reader.unread()) {
        const shown = shortened(field);
        leftOut.set(shown, { field: shown, records: (leftOut.get(shown)?.records ?? 0) + 1, why: whyLeftOut(field) });
      }
    }
  }
  const read = files.reduce((sum, { items }) => sum + items.length, 0);
  return { read, records, refused, remarks, leftOut: [...leftOut.values()] };
}

type Refusal = Omit<RefusedRecord, keyof Place>;

function readRecord(
  item: unknown,
  firstAt: ReadonlyMap<string, string>,
): Refusal | { readonly record: ListingRecord; readonly reader: RecordReader } {
  if (!isRecord(item)) return { reason: 'not a record, but a bare value' };
  const isFeed = typeof item['dpgid'] === 'string' && item['dpgid'].trim() !== '';
  const reader = readerOf({ raw: item, people: isFeed ? peopleIn(item) : [] });
  const name = reader.line('name');
  const named = name === null ? {} : { name: shortened(name) };
  const dpgId = (reader.values(isFeed ? 'dpgid' : 'id')[0] ?? '').trim().toUpperCase();
  if (!dpgIdForm.test(dpgId)) return { ...named, reason: whyNoListing({ item, isFeed }) };
  if (name === null) return { dpgId, reason: 'it has no name' };
  if (lengthOf(name) > LONGEST_NAME) {
    return { ...named, dpgId, reason: `its name is longer than ${LONGEST_NAME} characters` };
  }
  const first = firstAt.get(dpgId);
  if (first !== undefined) return { ...named, dpgId, reason: `${dpgId} was already read: ${first}` };
  const record = isFeed ? readFeed({ raw: item, reader, dpgId, name }) : readFacts({ reader, dpgId, name });
  return { record, reader };
}

function whyNoListing({ item, isFeed }: { item: RawRecord; isFeed: boolean }): string {
  const has = (...fields: readonly string[]): boolean => fields.some((field) => Object.hasOwn(item, field));
  if (isFeed) return 'its DPG id is not GID and seven digits';
  if (Object.keys(item).length === 0) return 'it is empty';
  if (has('user') && has('timestamp')) return 'a review by a volunteer, not a listing';
  if (has('SDGs', 'license')) return 'a nominee of the old repository, not a listing: it has no DPG id';
  if (has('doNoHarm', 'NonPII') && !has('id')) return 'answers from the old repository, not a listing: no DPG id';
  if (has('organizations', 'openlicenses', 'categories')) {
    return 'an application from the portal, not a listing: it has no DPG id, and says "DPG" whatever was decided';
  }
  return 'not a listing of the registry: it has no DPG id (GID and seven digits)';
}

function whyLeftOut(field: string): LeftOut['why'] {
  if (feedContacts.includes(field) || /contact|e-?mail/iu.test(field)) return 'contact';
  return feedWithoutPlace.includes(field) || factsWithoutPlace.includes(field) ? 'no_place' : 'unknown';
}

/** A name as reports show it: one line, without addresses, not longer than a line. */
function shortened(text: string): string {
  const line = withoutPeople({ text: cleanLine(text), people: [] });
  return lengthOf(line) > 80 ? `${Array.from(line).slice(0, 79).join('')}…` : line;
}

function isRecord(value: unknown): value is RawRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
