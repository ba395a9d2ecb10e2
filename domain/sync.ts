/**
 * Import is a sync: what a file of the registry means for the records here. Pure; nothing is removed, relisted or
 * blanked, and what was decided here stays.
 */
import type { Answers } from './answers.js';
import { addDays, daysBetween } from './calendar.js';
import type { Day } from './calendar.js';
import type { HandlingFacts, ListingRecord } from './listing-record.js';
import { DECIDED_LATELY, OPENS_BEFORE } from './policy.js';
import { isOurs } from './nomination.js';
import { listingsHere, type ListingsHere, type OpenNomination } from './listings-here.js';
import type { Likeness } from './same-product.js';
import { uniqueSlug } from './slug.js';
import { changesOf, onlyAbsent } from './sync-changes.js';

/** A listing as it is recorded here. */
export interface ExistingListing extends Omit<ListingRecord, 'dpgId'> {
  readonly slug: string;
  /** Of a product that was approved here, one of ours (domain/nomination.ts), which no file has. Null: it has none. */
  readonly dpgId: string | null;
  /** Day of the last decision made here. */
  readonly decidedHereOn: Day | null;
  /** No longer listed here, whatever the reason. */
  readonly removed: boolean;
}

/** The facts of a listing that an import writes; what is absent stays as it is. */
export interface ListingChanges {
  readonly applicationId?: string;
  readonly name?: string;
  readonly description?: string;
  readonly website?: string;
  readonly repositories?: readonly string[];
  readonly licences?: readonly string[];
  readonly sdgs?: readonly number[];
  readonly types?: readonly string[];
  readonly firstListedOn?: Day;
  /** Only those that change. */
  readonly facts?: Partial<HandlingFacts>;
  /** Only those that are new or differ. */
  readonly answers?: Answers;
}

/** What the file says about an approval, for the case's own step: an import never writes validity itself. */
export interface ValidityElsewhere {
  readonly applicationId: string | null;
  readonly approvedOn: Day | null;
  readonly validUntil: Day | null;
  /** The approval is later than the one recorded here, or than the last decision made here. */
  readonly laterApproval: boolean;
}

export interface NewListing {
  readonly slug: string;
  readonly record: ListingRecord;
  /** Decided once, now: false for a listing that is due or overdue, or whose last review is unknown. */
  readonly opensByItself: boolean;
}

export interface ListingUpdate {
  readonly slug: string;
  readonly changes: ListingChanges;
  readonly validity: ValidityElsewhere | null;
}

export interface SetAside {
  readonly record: ListingRecord;
  /** Slugs of listings and references of nominations here that it may be the same as. */
  readonly alike: readonly string[];
  readonly reason: string;
}

export interface SyncPlan {
  readonly create: readonly NewListing[];
  readonly update: readonly ListingUpdate[];
  /** Slugs. */
  readonly unchanged: readonly string[];
  /** Slugs of listings here that the file does not have; they stay listed. */
  readonly missing: readonly string[];
  /** Slugs of products removed here that the file has; they stay removed. */
  readonly elsewhereListed: readonly string[];
  readonly setAside: readonly SetAside[];
  /** Slugs of listings of which the file shows an older approval than the recorded one; nothing of it is taken. */
  readonly older: readonly string[];
  /** Where the file differs from what was decided here: by slug, the names of the fields that stay. */
  readonly kept: readonly { readonly slug: string; readonly fields: readonly string[] }[];
  /** What staff should look at: by slug, in words. */
  readonly forStaff: readonly { readonly slug: string; readonly reason: string }[];
}

/** What is compared with what. */
export interface SyncInput {
  /** One for each DPG id. */
  readonly records: readonly ListingRecord[];
  /** Every listing here, removed ones included, as they were before this import; with `here`, those of the records. */
  readonly existing: readonly ExistingListing[];
  readonly openNominations?: readonly OpenNomination[];
  /** All that is here, for an import in several parts; `missing` then means nothing. */
  readonly here?: ListingsHere;
  /** DPG ids of records that the reader refused: they are in the file, so their listings are not missing. */
  readonly refusedIds?: readonly string[];
  /** DPG ids that staff looked at and take as new products although they resemble one here. */
  readonly takenAsNew?: readonly string[];
  readonly today: Day;
}

/** Plans an import; see `SyncPlan` for what each list means. Order and slugs depend on the input alone. */
export function planSync(input: SyncInput): SyncPlan {
  const { records, existing, today } = input;
  const byId = new Map(existing.flatMap((listing) => (listing.dpgId === null ? [] : [[listing.dpgId, listing]])));
  const inFile = new Set([...records.map(({ dpgId }) => dpgId), ...(input.refusedIds ?? [])]);
  const met = records.flatMap((record) => {
    const listing = byId.get(record.dpgId);
    return listing === undefined ? [] : [{ record, listing }];
  });
  const effects = met.map(({ record, listing }) => ({ slug: listing.slug, ...effectOf({ record, listing, today }) }));
  const slugsOf = (what: Effect['what']): readonly string[] =>
    effects.flatMap((effect) => (effect.what === what ? [effect.slug] : []));
  return {
    ...planNew(
      input,
      records.filter(({ dpgId }) => !byId.has(dpgId)),
    ),
    update: effects.flatMap(({ what, slug, changes, validity }) =>
      what === 'update' ? [{ slug, changes, validity }] : [],
    ),
    unchanged: slugsOf('unchanged'),
    missing: existing
      .filter(({ dpgId, removed }) => dpgId !== null && !isOurs(dpgId) && !removed && !inFile.has(dpgId))
      .map(({ slug }) => slug),
    elsewhereListed: slugsOf('elsewhere_listed'),
    older: slugsOf('older'),
    kept: effects.flatMap(({ slug, kept }) => (kept.length === 0 ? [] : [{ slug, fields: kept }])),
    forStaff: effects.flatMap(({ slug, forStaff }) => (forStaff === null ? [] : [{ slug, reason: forStaff }])),
  };
}

function planNew(
  { existing, openNominations, here = listingsHere(existing, openNominations), takenAsNew = [], today }: SyncInput,
  records: readonly ListingRecord[],
): Pick<SyncPlan, 'create' | 'setAside'> {
  const create: NewListing[] = [];
  const setAside: SetAside[] = [];
  for (const record of records) {
    const alike = takenAsNew.includes(record.dpgId) ? [] : here.alike(record);
    if (alike.length > 0) {
      const reasons = alike.map(({ id, what, by }) => `same ${inWords(by)} as the ${what} "${id}"`);
      setAside.push({ record, alike: alike.map(({ id }) => id), reason: reasons.join('; ') });
      continue;
    }
    const slug = uniqueSlug({ name: record.name, dpgId: record.dpgId, taken: here.taken });
    here.taken.add(slug);
    create.push({ slug, record, opensByItself: opensByItself({ validUntil: record.validUntil, today }) });
  }
  return { create, setAside };
}

/** Whether a listing that comes in on a day opens its annual review by itself: its review is not yet due then. */
export function opensByItself({ validUntil, today }: { validUntil: Day | null; today: Day }): boolean {
  return validUntil !== null && validUntil > addDays(today, OPENS_BEFORE);
}

interface Effect {
  readonly what: 'update' | 'unchanged' | 'older' | 'elsewhere_listed';
  readonly changes: ListingChanges;
  readonly validity: ValidityElsewhere | null;
  readonly kept: readonly string[];
  readonly forStaff: string | null;
}

const nothing = { changes: {}, validity: null, kept: [], forStaff: null } as const;

interface Pair {
  readonly record: ListingRecord;
  readonly listing: ExistingListing;
}

function effectOf({ record, listing, today }: Pair & { today: Day }): Effect {
  if (listing.removed) return { ...nothing, what: 'elsewhere_listed' };
  const known = listing.decidedHereOn ?? listing.approvedOn;
  const approved = record.approvedOn;
  // The first date that is known of an approval says nothing about its being later.
  const laterApproval = approved !== null && known !== null && approved > known;
  if (approved !== null && known !== null && approved < known && listing.decidedHereOn === null) {
    return { ...nothing, what: 'older' };
  }
  const wanted = changesOf({ record, listing });
  const holds = listing.decidedHereOn !== null && !mayReplace(listing.decidedHereOn, { laterApproval, today });
  const changes = holds ? onlyAbsent(wanted, listing) : wanted;
  const validity =
    listing.decidedHereOn === null || laterApproval ? validityOf({ record, listing, laterApproval }) : null;
  const same = Object.keys(changes).length === 0 && validity === null;
  return {
    what: same ? 'unchanged' : 'update',
    changes,
    validity,
    kept: Object.keys(wanted).filter((field) => !(field in changes)),
    forStaff: forStaffOf({ record, listing, today, laterApproval }),
  };
}

/** A decision made here stands against a file, except a clearly later approval: then the product was reviewed anew. */
function mayReplace(decidedHereOn: Day, { laterApproval, today }: { laterApproval: boolean; today: Day }): boolean {
  return laterApproval && daysBetween(decidedHereOn, today) >= DECIDED_LATELY;
}

function validityOf({ record, listing, laterApproval }: Pair & { laterApproval: boolean }): ValidityElsewhere | null {
  const { applicationId, approvedOn, validUntil } = record;
  const differs =
    (approvedOn !== null && approvedOn !== listing.approvedOn) ||
    (validUntil !== null && validUntil !== listing.validUntil);
  return differs ? { applicationId, approvedOn, validUntil, laterApproval } : null;
}

function forStaffOf({
  record,
  listing,
  today,
  laterApproval,
}: Pair & { today: Day; laterApproval: boolean }): string | null {
  if (laterApproval && listing.decidedHereOn !== null && daysBetween(listing.decidedHereOn, today) < DECIDED_LATELY) {
    return `was approved elsewhere on ${record.approvedOn ?? ''}, shortly after the decision made here on ${listing.decidedHereOn}`;
  }
  const renumbered =
    record.applicationId !== null && listing.applicationId !== null && record.applicationId !== listing.applicationId;
  if (!renumbered || (record.approvedOn !== null && listing.approvedOn !== null)) return null;
  const numbers = `carries application number ${record.applicationId ?? ''} instead of ${listing.applicationId ?? ''}`;
  const date = record.approvedOn === null ? 'without a date' : `with the first known date, ${record.approvedOn}`;
  return `${numbers}, ${date}: it may have been approved anew`;
}

function inWords(by: readonly Likeness[]): string {
  return by.join(' and ');
}
