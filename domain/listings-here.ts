/** What is here already, as far as new products are compared with it. */
import { findAlike, type Identity, type Likeness } from './same-product.js';

/** A nomination that is open here. */
export interface OpenNomination extends Identity {
  readonly reference: string;
}

/** A listing or open nomination that a product may be the same as. */
export interface AlikeHere {
  /** Slug or reference. */
  readonly id: string;
  readonly what: 'listing' | 'open nomination';
  readonly by: readonly Likeness[];
}

export interface ListingsHere {
  readonly alike: (product: Identity) => readonly AlikeHere[];
  /** Slugs that are given; an import adds those that it gives. */
  readonly taken: Set<string>;
}

/** Listings, removed ones included, and open nominations, as they are before an import. */
export function listingsHere(
  listings: readonly (Identity & { readonly slug: string })[],
  openNominations: readonly OpenNomination[] = [],
): ListingsHere {
  const find = findAlike([
    ...listings.map((listing) => ({ ...identityOf(listing), id: listing.slug, what: 'listing' as const })),
    ...openNominations.map((one) => ({ ...identityOf(one), id: one.reference, what: 'open nomination' as const })),
  ]);
  return {
    alike: (product) => find(product).map(({ of: { id, what }, by }) => ({ id, what, by })),
    taken: new Set(listings.map(({ slug }) => slug)),
  };
}

/** Only what is compared, so that large registries need little memory. */
function identityOf({ name, website, repositories }: Identity): Identity {
  return { name, website, repositories };
}
