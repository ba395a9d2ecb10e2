import type { Answers } from '../domain/answers.js';
import { dayOf, type Day } from '../domain/calendar.js';
import { findAlike, type Identity } from '../domain/same-product.js';
import { atOneInstant } from './read-registry.js';
import type { Database } from './database.js';

/** A product that one which somebody wants to nominate may be the same as, so far as everybody may know of it. */
export type AlikeProduct =
  | { readonly is: 'listed' | 'removed'; readonly slug: string; readonly name: string }
  /** Its nomination passed the first level and goes on. */
  | { readonly is: 'nominated'; readonly reference: string; readonly name: string }
  /** Its nomination did not lead to the list. */
  | { readonly is: 'refused'; readonly reference: string; readonly name: string; readonly on: Day };

interface Known extends Identity {
  readonly product: AlikeProduct;
}

/**
 * Which products here have the name (or an alias), the website or a repository of a given one. Nominations that have
 * not passed the first level are not told of: nobody knows of them.
 */
export async function alikeProducts(database: Database, product: Identity): Promise<readonly AlikeProduct[]> {
  const known = await atOneInstant(database, async (transaction) => {
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
      const names = [name, ...aliasesOf(answerSets[0]?.answers)];
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
  return [...new Set(findAlike(known)(product).map(({ of }) => of.product))];
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

function aliasesOf(answers: unknown): readonly string[] {
  // Parsed by domain/questionnaire.ts before they were written.
  const aliases = (answers as Answers | undefined)?.['aliases'];
  return Array.isArray(aliases) ? (aliases as readonly string[]) : [];
}
