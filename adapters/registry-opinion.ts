/** Files of reviews/: opinions of volunteers from 2020 to 2022. Who they were is dropped, also where texts name them. */
import { createHash } from 'node:crypto';
import { cleanLine } from '../domain/answer-text.js';
import { dayOf, type Day } from '../domain/calendar.js';
import type { FormerRecord, Said } from '../domain/former-record.js';
import { slugOf } from '../domain/slug.js';
import { isRecord } from './registry-form.js';
import { formerOf } from './registry-former.js';
import type { RawRecord, RecordReader } from './registry-record.js';

export const opinionWithoutPlace: readonly string[] = ['timeTaken'];

const MOST_CRITERIA = 60;
const LONGEST_CRITERION = 80;
/** Shorter account names are words as well. */
const SHORTEST_ACCOUNT = 4;
/** The first opinions are of 2020; before and long after, a number is no time. */
const YEARS = /^20[12]\d/u;

/** The volunteer, as texts may name them. */
export function volunteersIn(raw: RawRecord): readonly string[] {
  const user = raw['user'];
  return typeof user === 'string' && user.trim().length >= SHORTEST_ACCOUNT ? [user.trim()] : [];
}

/** Reads one opinion. The file is called after product and volunteer, so its name without the latter is the product's. */
export function readOpinion({
  raw,
  reader,
  stem,
}: {
  raw: RawRecord;
  reader: RecordReader;
  stem: string;
}): FormerRecord {
  const product = slugOf(withoutVolunteer({ stem, user: raw['user'] })) || 'unknown';
  const said = Object.keys(raw)
    .filter((about) => isRecord(raw[about]))
    .slice(0, MOST_CRITERIA)
    .map((about) => saidOf({ reader, about }));
  const on = dayAt(reader);
  const mark = createHash('sha256').update(JSON.stringify([reader.line('timestamp'), said]));
  return formerOf({ kind: 'opinion', source: `${product}:${mark.digest('hex').slice(0, 12)}`, on, said });
}

/** The name of the product's file, out of the source of an opinion. */
function withoutVolunteer({ stem, user }: { stem: string; user: unknown }): string {
  const account = typeof user === 'string' ? user.trim().toLowerCase() : '';
  const plain = stem.toLowerCase();
  if (account !== '' && (plain.endsWith(`_${account}`) || plain.endsWith(`-${account}`))) {
    return stem.slice(0, -account.length - 1);
  }
  // Where the account begins is not certain then: rather too little of the name than a part of the account.
  return stem.includes('_') ? stem.slice(0, stem.indexOf('_')) : '';
}

function saidOf({ reader, about }: { reader: RecordReader; about: string }): Said {
  const answer = reader.line(`${about}.answer`)?.toLowerCase();
  const confidence = Number(reader.line(`${about}.confidence`) ?? Number.NaN);
  const known = Number.isInteger(confidence) && confidence >= 1 && confidence <= 5;
  const comment = reader.text(`${about}.comment`);
  return {
    about: Array.from(cleanLine(about)).slice(0, LONGEST_CRITERION).join(''),
    answer: answer === 'true' || answer === 'yes' ? 'yes' : answer === 'false' || answer === 'no' ? 'no' : null,
    text: comment === null ? null : withoutAccounts(comment),
    confidence: known ? confidence : null,
  };
}

/** Comments address others by their account: `@somebody`. */
function withoutAccounts(text: string): string {
  return text.replace(/(?<![\p{L}\p{N}/._-])@[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}/giu, '[name removed]');
}

/** Seconds since 1970, as a number or its text. */
function dayAt(reader: RecordReader): Day | null {
  const seconds = Number(reader.line('timestamp') ?? Number.NaN);
  const moment = new Date(seconds * 1_000);
  const day = Number.isNaN(moment.getTime()) ? null : dayOf(moment.toISOString());
  if (day !== null && YEARS.test(day)) return day;
  if (reader.line('timestamp') !== null) reader.remark('timestamp: not a time, taken as unknown');
  return null;
}
