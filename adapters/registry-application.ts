/** Applications of the former portal, of both generations. Each says "DPG", whatever was decided: that is not taken. */
import type { FormerRecord } from '../domain/former-record.js';
import { formerOf } from './registry-former.js';
import { feedWithoutPlace, readFeed } from './registry-feed.js';
import type { RawRecord, RecordReader } from './registry-record.js';

export const applicationWithoutPlace: readonly string[] = feedWithoutPlace.filter((field) => field !== 'dpgid');

/** Under what names the number of the application before stands. */
const parents = ['parentId', 'parent_id', 'parent'];

/** Reads one application; it may have next to nothing in it. */
export function readApplication({
  raw,
  reader,
  source,
}: {
  raw: RawRecord;
  reader: RecordReader;
  source: string;
}): FormerRecord {
  const name = reader.line('name') ?? '';
  const { dpgId: _id, website: _website, facts: _facts, ...found } = readFeed({ raw, reader, dpgId: '', name });
  const { description, repositories, licences, sdgs, types, answers } = found;
  const given = reader.line('dpgid')?.toUpperCase() ?? '';
  return formerOf({
    ...{ kind: 'application', source, name, description, repositories, licences, sdgs, types, answers },
    websites: reader.links('website'),
    dpgId: /^GID\d{7}$/u.test(given) ? given : null,
    parent: parents.flatMap((path) => reader.line(path) ?? []).find((number) => /^\d{1,12}$/u.test(number)) ?? null,
  });
}
