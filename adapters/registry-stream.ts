/**
 * Reads files of the registry record by record, whatever form they have: listings, and what older files tell of the
 * past. People named in them are never taken. A record that cannot be used is refused and stops no other.
 */
import { readFile } from 'node:fs/promises';
import type { FormerRecord } from '../domain/former-record.js';
import type { ListingRecord } from '../domain/listing-record.js';
import { readExclusions } from './registry-exclusions.js';
import type { Form } from './registry-form.js';
import { piecesOf } from './registry-json.js';
import { registryFiles, whyUnreadable, type RegistryFile } from './registry-paths.js';
import { readRecord } from './registry-read.js';

/** Where in the files something is: the file's name, and the number of the record in it, from 1. */
export interface Place {
  readonly source: string;
  /** Null: the file as a whole. */
  readonly position: number | null;
}

/** A field that was not taken over. */
export interface FieldLeft {
  readonly field: string;
  /** contact: names people. no_place: the form does not ask it. unknown: not a field that we know, kept aside. */
  readonly why: 'contact' | 'no_place' | 'unknown';
}

/** What was odd about a record that was taken all the same. */
export interface Oddities {
  /** In words, without anything of the record's contents. */
  readonly remarks: readonly string[];
  readonly leftOut: readonly FieldLeft[];
  /** The contents of unknown fields, without people. */
  readonly aside: Readonly<Record<string, string>>;
}

export interface FoundListing extends Place, Oddities {
  readonly what: 'listing';
  readonly record: ListingRecord;
}

export interface FoundFormer extends Place, Oddities {
  readonly what: 'former';
  readonly record: FormerRecord;
}

export interface FoundRefused extends Place {
  readonly what: 'refused';
  readonly form: Form | 'exclusion' | null;
  readonly name?: string;
  /** So far as the record has a valid one. */
  readonly dpgId?: string;
  /** In words, for staff. */
  readonly reason: string;
}

export type Found = FoundListing | FoundFormer | FoundRefused;

/** The records of a path, and how many of its files nobody reads. */
export interface RegistryStream {
  readonly others: number;
  readonly found: AsyncGenerator<Found>;
}

/**
 * Opens a file, or a folder with all that is in it. Throws one sentence for people when the path cannot be read or has
 * no such file, and while reading when the one file given is no JSON; in a folder an unreadable file is refused and
 * the others are read.
 */
export async function openRegistry(path: string): Promise<RegistryStream> {
  const { files, others } = await registryFiles(path);
  const [only] = files;
  const strict = files.length === 1 && only?.path === path;
  return { others, found: readAll(files, strict) };
}

async function* readAll(files: readonly RegistryFile[], strict: boolean): AsyncGenerator<Found> {
  for (const file of files) {
    try {
      yield* file.hint === 'exclusion' ? readList(file) : readJson(file);
    } catch (error) {
      const sentence = error instanceof Error ? error.message : 'unreadable';
      if (strict) throw error;
      yield { what: 'refused', form: file.hint, source: file.shown, position: null, reason: sentence };
    }
  }
}

async function* readJson(file: RegistryFile): AsyncGenerator<Found> {
  let position = 0;
  try {
    for await (const { json, alone } of piecesOf({ path: file.path, source: file.shown })) {
      position += 1;
      const place = { source: file.shown, position };
      if (json === null) {
        yield { what: 'refused', form: file.hint, ...place, reason: 'longer than any record of the registry' };
      } else {
        yield { ...readRecord({ json, alone, file }), ...place };
      }
    }
  } catch (cause) {
    throw isOfSystem(cause) ? new Error(`${file.shown} cannot be read: ${whyUnreadable(cause)}.`, { cause }) : cause;
  }
}

function isOfSystem(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}

async function* readList(file: RegistryFile): AsyncGenerator<Found> {
  const text = await readFile(file.path, 'utf8').catch((cause: unknown) => {
    throw new Error(`${file.shown} cannot be read: ${whyUnreadable(cause)}.`, { cause });
  });
  const rows = readExclusions(text);
  if (rows.length === 0) throw new Error(`${file.shown} has no table of names, days and reasons in it.`);
  for (const [index, row] of rows.entries()) {
    const place = { source: file.shown, position: index + 1 };
    if ('reason' in row) yield { what: 'refused', form: 'exclusion', ...place, reason: row.reason };
    else yield { what: 'former', ...place, record: row.record, remarks: row.remarks, leftOut: [], aside: {} };
  }
}
