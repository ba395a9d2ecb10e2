/** One record of any form: which reader it goes to, and what of it was not taken. */
import { cleanLine, lengthOf } from '../domain/answer-text.js';
import type { FormerRecord } from '../domain/former-record.js';
import type { ListingRecord } from '../domain/listing-record.js';
import { slugOf } from '../domain/slug.js';
import { applicationWithoutPlace, readApplication } from './registry-application.js';
import { factsWithoutPlace, readFacts } from './registry-facts.js';
import { feedContacts, feedWithoutPlace, peopleIn, readFeed } from './registry-feed.js';
import { formOf, isRecord, whyUnknown, type Form } from './registry-form.js';
import { nomineeWithoutPlace, readNominee, readSummary, summaryWithoutPlace } from './registry-nominee.js';
import { opinionWithoutPlace, readOpinion, volunteersIn } from './registry-opinion.js';
import type { RegistryFile } from './registry-paths.js';
import { readerOf, type RawRecord, type RecordReader } from './registry-record.js';
import { readScreening, screeningWithoutPlace } from './registry-screening.js';
import type { FieldLeft, FoundFormer, FoundListing, FoundRefused, Oddities, Place } from './registry-stream.js';
import { withoutPeople } from './registry-text.js';

const LONGEST_NAME = 200;
const LONGEST_SOURCE = 100;
/** Of what is kept aside of one record. */
const ASIDE = { fields: 50, characters: 2_000 } as const;
const dpgIdForm = /^GID\d{7}$/u;

type Read = Omit<FoundListing, keyof Place> | Omit<FoundFormer, keyof Place> | Refused;
type Refused = Omit<FoundRefused, keyof Place>;

/** Reads the text of one record; `alone`: it is its whole file, whose name then says which it is. */
export function readRecord({ json, alone, file }: { json: string; alone: boolean; file: RegistryFile }): Read {
  const raw = parsed(json);
  if (raw === undefined && alone) {
    throw new Error(`${file.shown} is not JSON: it may be cut off or of another kind. Give a JSON file.`);
  }
  if (!isRecord(raw)) {
    return refused(
      file.hint === 'exclusion' ? null : file.hint,
      raw === undefined ? 'it is no JSON' : 'not a record, but a bare value',
    );
  }
  const form = formOf({ raw, hint: file.hint });
  if (form === null) return refused(null, whyUnknown(raw), nameIn(raw));
  const reader = readerOf({ raw, people: peopleOf({ raw, form }) });
  return form === 'facts' || form === 'feed'
    ? listingIn({ raw, reader, form })
    : formerIn({ raw, reader, form, stem: alone ? file.stem : null });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function peopleOf({ raw, form }: { raw: RawRecord; form: Form }): readonly string[] {
  return form === 'opinion' ? volunteersIn(raw) : form === 'facts' ? [] : peopleIn(raw);
}

function refused(form: Form | null, reason: string, more: Pick<Refused, 'name' | 'dpgId'> = {}): Refused {
  return { what: 'refused', form, reason, ...more };
}

function nameIn(raw: RawRecord): Pick<Refused, 'name'> {
  return typeof raw['name'] === 'string' ? { name: shortened(raw['name']) } : {};
}

interface Reading {
  readonly raw: RawRecord;
  readonly reader: RecordReader;
}

function listingIn({ raw, reader, form }: Reading & { form: 'facts' | 'feed' }): Read {
  const name = reader.line('name');
  const named = name === null ? {} : { name: shortened(name) };
  const dpgId = (reader.values(form === 'feed' ? 'dpgid' : 'id')[0] ?? '').trim().toUpperCase();
  if (!dpgIdForm.test(dpgId)) return refused(form, 'its DPG id is not GID and seven digits', named);
  if (name === null) return refused(form, 'it has no name', { dpgId });
  if (lengthOf(name) > LONGEST_NAME) return refused(form, tooLong, { ...named, dpgId });
  const record: ListingRecord =
    form === 'feed' ? readFeed({ raw, reader, dpgId, name }) : readFacts({ reader, dpgId, name });
  return { what: 'listing', record, ...oddities({ reader, form }) };
}

const tooLong = `its name is longer than ${LONGEST_NAME} characters`;

function formerIn({
  raw,
  reader,
  form,
  stem,
}: Reading & { form: Exclude<Form, 'facts' | 'feed'>; stem: string | null }): Read {
  const name = reader.line('name') ?? '';
  if (lengthOf(name) > LONGEST_NAME) return refused(form, tooLong, { name: shortened(name) });
  if (form === 'opinion') {
    const record = readOpinion({ raw, reader, stem: stem ?? name });
    if (record.said.length === 0) return refused(form, 'a review by a volunteer, without any answer');
    return { what: 'former', record, ...oddities({ reader, form }) };
  }
  const source = sourceOf({ reader, form, name, stem });
  if (source === '') return refused(form, 'nothing says which record it is: it has no name and no number');
  const record = readAs({ raw, reader, form, source });
  return { what: 'former', record, ...oddities({ reader, form }) };
}

function readAs({
  raw,
  reader,
  form,
  source,
}: Reading & { form: Exclude<Form, 'facts' | 'feed' | 'opinion'>; source: string }): FormerRecord {
  switch (form) {
    case 'nominee':
    case 'archived':
    case 'excluded':
      return readNominee({ raw, reader, source, kind: form });
    case 'screening':
      return readScreening({ reader, source });
    case 'summary':
      return readSummary({ reader, source });
    case 'application':
      return readApplication({ raw, reader, source });
    default: {
      const never: never = form;
      return never;
    }
  }
}

/** Numbers for applications, `id` for summaries, names of files for the others, and of products where files hold many. */
function sourceOf({
  reader,
  form,
  name,
  stem,
}: {
  reader: RecordReader;
  form: Form;
  name: string;
  stem: string | null;
}): string {
  const id = form === 'application' || form === 'summary' ? (reader.line('id') ?? '') : '';
  if (form === 'application') {
    return [id, stem ?? ''].find((number) => /^\d{1,12}$/u.test(number)) ?? '';
  }
  const given = id !== '' ? id : (stem ?? slugOf(name));
  const plain = withoutPeople({ text: cleanLine(given), people: [] })
    .toLowerCase()
    .replace(/\s+/gu, '-');
  return lengthOf(plain) > LONGEST_SOURCE ? Array.from(plain).slice(0, LONGEST_SOURCE).join('') : plain;
}

const withoutPlace: Readonly<Record<Form, readonly string[]>> = {
  facts: factsWithoutPlace,
  feed: feedWithoutPlace,
  nominee: nomineeWithoutPlace,
  archived: nomineeWithoutPlace,
  excluded: nomineeWithoutPlace,
  screening: screeningWithoutPlace,
  opinion: opinionWithoutPlace,
  application: applicationWithoutPlace,
  summary: summaryWithoutPlace,
};

/** Names of fields that may name people, known or not. */
const aboutPeople =
  /contact|e-?mail|phone|(?:^|[._-])(?:tel|user|username|account|person|author|submitter|nominator|reviewer|assignee)(?:[._-]|$)/iu;

function oddities({ reader, form }: { reader: RecordReader; form: Form }): Oddities {
  const unread = reader.unread();
  const leftOut = unread.map((field) => ({ field, why: whyLeftOut(field, form) }));
  const unknown = leftOut.flatMap(({ field, why }) => (why === 'unknown' ? [field] : []));
  const aside = unknown.slice(0, ASIDE.fields).flatMap((field) => {
    const text = reader.text(field);
    return text === null ? [] : [[shortened(field), Array.from(text).slice(0, ASIDE.characters).join('')] as const];
  });
  return {
    remarks: reader.remarks(),
    leftOut: leftOut.map(({ field, why }) => ({ field: shortened(field), why })),
    aside: Object.fromEntries(aside),
  };
}

function whyLeftOut(field: string, form: Form): FieldLeft['why'] {
  if (feedContacts.includes(field) || aboutPeople.test(field)) return 'contact';
  return withoutPlace[form].includes(field) ? 'no_place' : 'unknown';
}

/** A name as reports show it: one line, without addresses, not longer than a line. */
export function shortened(text: string): string {
  const line = withoutPeople({ text: cleanLine(text), people: [] });
  return lengthOf(line) > 80 ? `${Array.from(line).slice(0, 79).join('')}…` : line;
}
