import { aliasesOf, type Answers } from '../domain/answers.js';
import { dayOf, type Day } from '../domain/calendar.js';
import { findAlike, type Identity } from '../domain/same-product.js';
import type { FormerKind } from '../domain/former-record.js';
import { atOneInstant } from './read-registry.js';
import type { Database } from './database.js';
import { formerAlike, type FormerAlike } from './read-former.js';

/** A product that one which somebody wants to nominate may be the same as, so far as everybody may know of it. */
export type AlikeProduct =
  | { readonly is: 'listed' | 'removed'; readonly slug: string; readonly name: string }
  /** Its nomination passed the first level and goes on. */
  | { readonly is: 'nominated'; readonly reference: string; readonly name: string }
  /** Its nomination did not lead to the list. */
  | { readonly is: 'refused'; readonly reference: string; readonly name: string; readonly on: Day }
  | FormerProduct;

/** What older files of the registry tell of it, where no product here is known to be the same. */
export type FormerProduct =
  | { readonly is: 'excluded'; readonly source: string; readonly name: string; readonly on: Day | null }
  /** It was on the list, and nobody knows of it here; or its nomination led nowhere. */
  | { readonly is: 'formerly_listed' | 'archived'; readonly name: string };

interface Known extends Identity {
  readonly product: AlikeProduct;
}

/**
 * Which products here, and of older files, have the name (or an alias), the website or a repository of a given one.
 * Nominations that have not passed the first level are not told of: nobody knows of them.
 */
export async function alikeProducts(database: Database, product: Identity): Promise<readonly AlikeProduct[]> {
  const known = await knownProducts(database);
  const former = await formerAlike(database, product);
  const found = findAlike(known)(product).map(({ of }) => of.product);
  // A record of the past whose product is here leads to that product, also under the name that it has now.
  const theirs = former.flatMap(({ slug }) => known.filter(({ product: one }) => isOfSlug(one, slug)));
  const unknown = former.filter(({ slug }) => !known.some(({ product: one }) => isOfSlug(one, slug)));
  return [...new Set([...found, ...theirs.map((one) => one.product)]), ...formerProducts(unknown)];
}

function isOfSlug(product: AlikeProduct, slug: string | null): boolean {
  return 'slug' in product && product.slug === slug;
}

/** Once each. Former nominations and applications of which nobody knows the outcome are nothing to tell of. */
function formerProducts(former: readonly FormerAlike[]): readonly FormerProduct[] {
  const found = new Map<string, FormerProduct>();
  for (const { kind, source, name, stage, on } of former) {
    if (EXCLUSIONS.includes(kind)) {
      const known = found.get(source);
      if (known?.is !== 'excluded' || known.on === null) found.set(source, { is: 'excluded', source, name, on });
    } else if (!found.has(source) && (kind === 'archived' || stage === 'listed')) {
      found.set(source, { is: kind === 'archived' ? 'archived' : 'formerly_listed', name });
    }
  }
  return [...found.values()];
}

const EXCLUSIONS: readonly FormerKind[] = ['excluded', 'exclusion'];

async function knownProducts(database: Database): Promise<readonly Known[]> {
  return atOneInstant(database, async (transaction) => {
    const listings = await transaction.listing.findMany({
      where: { OR: [{ nominated: null }, { nominated: 'candidate' }] },
      select: {
        ...{ slug: true, name: true, website: true, repositories: true, nominated: true, removedOn: true },
        answerSets: { orderBy: { id: 'desc' }, take: 1, select: { answers: true } },
      },
    });
    const candidates = listings.filter(({ nominated }) => nominated !== null).map(({ slug }) => slug);
    const nominations = await transaction.application.findMany({
      where: { kind: 'nomination', slug: { in: candidates } },
      select: { id: true, slug: true, state: true, open: true, endedAt: true },
    });
    const bySlug = new Map(nominations.map((one) => [one.slug, one]));
    return listings.flatMap(({ answerSets, nominated, removedOn, ...listing }): readonly Known[] => {
      const { slug, name } = listing;
      // Parsed by domain/questionnaire.ts before they were written.
      const names = [name, ...aliasesOf((answerSets[0]?.answers ?? {}) as Answers)];
      const nomination = bySlug.get(slug);
      const found: AlikeProduct | null =
        nominated === null
          ? { is: removedOn === null ? 'listed' : 'removed', slug, name }
          : nomination === undefined
            ? null
            : nominatedProduct(name, nomination);
      return found === null ? [] : names.map((one) => ({ ...listing, name: one, product: found }));
    });
  });
}

interface Nomination {
  readonly id: string;
  readonly state: string;
  readonly open: boolean;
  readonly endedAt: Date | null;
}

function nominatedProduct(name: string, { id: reference, state, open, endedAt }: Nomination): AlikeProduct | null {
  if (open) return { is: 'nominated', reference, name };
  if (state !== 'ineligible' || endedAt === null) return null;
  return { is: 'refused', reference, name, on: dayOf(endedAt.toISOString()) };
}
