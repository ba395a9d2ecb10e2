/** The listings in files of the registry, all at once: for what needs no more than a registry's worth of them. */
import type { ListingRecord } from '../domain/listing-record.js';
import type { Form } from './registry-form.js';
import { openRegistry, type FieldLeft, type Found, type FoundRefused, type Place } from './registry-stream.js';

export interface RefusedRecord extends Place, Pick<FoundRefused, 'name' | 'dpgId' | 'reason'> {}

/** What was odd about a record that was taken all the same. */
export interface Remark extends Place {
  readonly dpgId: string;
  readonly name: string;
  readonly text: string;
}

/** A field that was not taken over, and from how many records. */
export interface LeftOut extends FieldLeft {
  readonly records: number;
}

export interface RegistryFiles {
  /** Records found, refused ones included. */
  readonly read: number;
  readonly records: readonly ListingRecord[];
  readonly refused: readonly RefusedRecord[];
  readonly remarks: readonly Remark[];
  readonly leftOut: readonly LeftOut[];
}

/** Reads the listings at a path; see `openRegistry` for when it throws. What is no listing, or a second one, is refused. */
export async function readRegistryFiles(path: string): Promise<RegistryFiles> {
  const records: ListingRecord[] = [];
  const refused: RefusedRecord[] = [];
  const remarks: Remark[] = [];
  const leftOut = new Map<string, LeftOut>();
  const firstAt = new Map<string, string>();
  let read = 0;
  for await (const found of (await openRegistry(path)).found) {
    if (found.position !== null) read += 1;
    const refusal = whyNoListing(found, firstAt);
    if (refusal !== null || found.what !== 'listing') {
      if (refusal !== null) refused.push(refusal);
      continue;
    }
    const { record, source, position } = found;
    const { dpgId, name } = record;
    firstAt.set(dpgId, `record ${position ?? 1} of ${source}`);
    records.push(record);
    remarks.push(...found.remarks.map((text) => ({ source, position, dpgId, name, text })));
    for (const { field, why } of found.leftOut) {
      leftOut.set(field, { field, records: (leftOut.get(field)?.records ?? 0) + 1, why });
    }
  }
  return { read, records, refused, remarks, leftOut: [...leftOut.values()] };
}

function whyNoListing(found: Found, firstAt: ReadonlyMap<string, string>): RefusedRecord | null {
  const { source, position } = found;
  if (found.what === 'refused') {
    const { what: _what, form: _form, ...refusal } = found;
    return refusal;
  }
  const { name } = found.record;
  if (found.what === 'former') return { source, position, name, reason: formerInWords[found.record.kind] };
  const { dpgId } = found.record;
  const first = firstAt.get(dpgId);
  return first === undefined ? null : { source, position, name, dpgId, reason: `${dpgId} was already read: ${first}` };
}

const nominee = 'a nominee of the old repository, not a listing: it has no DPG id';

const formerInWords: Readonly<Record<Exclude<Form, 'facts' | 'feed'> | 'exclusion', string>> = {
  nominee,
  archived: nominee,
  excluded: nominee,
  summary: nominee,
  exclusion: 'a line of the list of exclusions, not a listing',
  screening: 'answers from the old repository, not a listing: no DPG id',
  opinion: 'a review by a volunteer, not a listing',
  application: 'an application from the portal, not a listing: it has no DPG id, and says "DPG" whatever was decided',
};
