import type { Instant } from '../domain/calendar.js';
import type { Database } from './database.js';

/** How references look: the year and five letters and digits without look-alikes. */
export const REFERENCE = /^\d{4}-[2-9A-HJ-NP-Z]{5}$/u;

/** What everybody may know of an application. */
export interface KnownReference {
  readonly reference: string;
  /** Null: it is not on the list, and everybody may ask. */
  readonly product: { readonly slug: string; readonly name: string } | null;
  readonly kind: string;
  readonly openedAt: Instant;
  /** An email about it was handed over, or may have been. */
  readonly written: boolean;
}

/** The application of a reference, or null. */
export async function readReference(database: Database, reference: string): Promise<KnownReference | null> {
  const found = await database.application.findUnique({ where: { id: reference } });
  if (found === null) return null;
  const listing = await database.listing.findUnique({ where: { slug: found.slug } });
  const written = (await database.email.count({ where: { applicationId: reference, NOT: { claimedAt: null } } })) > 0;
  const { slug, kind, openedAt } = found;
  const isPublic = listing !== null && listing.nominated === null;
  const product = isPublic ? { slug, name: listing.name } : null;
  return { reference, product, kind, openedAt: openedAt.toISOString(), written };
}
