/** What a file of the registry says about one listing, whatever the file looked like. */
import type { Answers } from './answers.js';
import type { Day } from './calendar.js';

/** What can happen to personal data, or to content, in a product. */
export type HandlingLevel = 'none' | 'collected' | 'collected_stored' | 'collected_stored_distributed';
export type YesNo = 'yes' | 'no';

/** The facts that decide which questions apply; null is not known. */
export interface HandlingFacts {
  readonly piiHandling: HandlingLevel | null;
  readonly contentHandling: HandlingLevel | null;
  readonly userInteraction: YesNo | null;
  readonly collectsNonPii: YesNo | null;
  readonly usesClosedComponents: YesNo | null;
}

/** One listing as read. Null and empty lists mean "the file does not say", never "delete what is here". */
export interface ListingRecord {
  /** The registry's own id: GID and seven digits. */
  readonly dpgId: string;
  /** The number of the present approval where it was made. */
  readonly applicationId: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly website: string | null;
  readonly repositories: readonly string[];
  /** SPDX identifiers. */
  readonly licences: readonly string[];
  /** 1 to 17, ascending. */
  readonly sdgs: readonly number[];
  /** Words of the registry, such as "Open Software". */
  readonly types: readonly string[];
  readonly firstListedOn: Day | null;
  /** First day on which the present approval was seen. */
  readonly approvedOn: Day | null;
  /** Null: the last review is unknown, which counts as overdue. */
  readonly validUntil: Day | null;
  readonly facts: HandlingFacts;
  /** By question id; carried over, so no owner has confirmed them here. */
  readonly answers: Answers;
}

/** The figures of a registry on one day. */
export interface RegistryReport {
  readonly listed: number;
  /** Valid until a day before the asked one, or last review unknown. */
  readonly overdue: number;
  /** Known to handle personal data in some way. */
  readonly personalData: number;
  readonly lastReviewUnknown: number;
}

/** Counts a registry as of a day. A listing that is valid until that very day is not overdue. */
export function reportOf({ records, asOf }: { records: readonly ListingRecord[]; asOf: Day }): RegistryReport {
  return {
    listed: records.length,
    overdue: records.filter(({ validUntil }) => validUntil === null || validUntil < asOf).length,
    personalData: records.filter(({ facts }) => facts.piiHandling !== null && facts.piiHandling !== 'none').length,
    lastReviewUnknown: records.filter(({ validUntil }) => validUntil === null).length,
  };
}
