/** Concerns that people raise about listed products. What they write, and who they are, is in the records alone. */

/**
 * Where a concern stands: its address is not confirmed, staff have not answered, staff asked for details, staff rejected
 * it, a review asks or will ask about it, or that review ended.
 */
export type ConcernStage = 'unconfirmed' | 'waiting' | 'asked' | 'rejected' | 'accepted' | 'ended';

/** What the rules want to know of concerns. */
export interface ConcernFacts {
  /** Where the concern stands that the row is about; absent: it is about none that is known. */
  readonly concern?: ConcernStage;
  /** The nomination of the product is open again, in another case; absent: it is not, or nothing asks. */
  readonly approvalOpen?: boolean;
}

/** Longer texts are refused in words. */
export const LONGEST_CONCERN = 5_000;

const CONCERN = 'concern:';

/** What the one link of a concern derives from. */
export function concernOwner({ id, address }: { readonly id: string; readonly address: string }) {
  return { applicationId: `${CONCERN}${id}`, recipientId: 0, address, linkVersion: 1 } as const;
}

/** The concern whose link derives from this; null: it is of something else. */
export function concernOf(applicationId: string): string | null {
  return applicationId.startsWith(CONCERN) ? applicationId.slice(CONCERN.length) : null;
}

/** How a review of concerns ended, or that the product left the list, in one sentence for whoever raised one. */
export function concernsEnd(result: string, product: string): string {
  switch (result) {
    case 'approved':
      return `The reviewers read the answers about your concern and found that ${product} meets the Standard.`;
    case 'ineligible':
      return `The reviewers found that ${product} does not meet the Standard: it is no longer in the registry.`;
    case 'withdrawn':
      return `${product} was withdrawn and is no longer in the registry.`;
    case 'unanswered':
      return `The review was closed without an answer of the owner, and ${product} stays in the registry.`;
    case 'left':
      return `${product} left the registry, so we do not review your concern.`;
    default:
      return `The review of your concern ended without a decision here, and ${product} stays in the registry.`;
  }
}
