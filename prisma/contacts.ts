import { randomUUID } from 'node:crypto';
import { appendRow } from './append.js';
import { casesOfProduct } from './case-of-product.js';
import { lockCase, type Database, type Transaction } from './database.js';
import type { RowBody } from './event-of-row.js';
import { inOrder } from './load-case.js';
import type { ProductContact } from '../domain/contact.js';

/** What became of contacts: slugs of the products whose contacts changed, and of those named whose did not. */
export interface ContactsSaved {
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
}

/**
 * Makes the given contacts those of the products that they name; other products keep theirs. If only alternates of a
 * product are given, its primary stays. One transaction a product, under its case's lock, with a row for the case; for that of its nomination too, as long as it lives.
 * Run again it changes nothing. Throws on a slug that no product has.
 */
export async function saveContacts(
  database: Database,
  { contacts, actor }: { contacts: readonly ProductContact[]; actor: string },
): Promise<ContactsSaved> {
  const id = randomUUID();
  const changed: string[] = [];
  const unchanged: string[] = [];
  for (const slug of new Set(contacts.map((contact) => contact.slug))) {
    const given = contacts.filter((contact) => contact.slug === slug);
    const wrote = await database.$transaction((transaction) =>
      saveOne(transaction, { slug, given, actor, key: `contacts:${id}` }),
    );
    (wrote ? changed : unchanged).push(slug);
  }
  return { changed, unchanged };
}

interface Present extends ProductContact {
  readonly position: number;
}

async function saveOne(
  transaction: Transaction,
  { slug, given, actor, key }: { slug: string; given: readonly ProductContact[]; actor: string; key: string },
): Promise<boolean> {
  const cases = await casesOfProduct(transaction, slug);
  for (const caseId of cases) {
    if (!(await lockCase(transaction, caseId))) throw new Error('There is no product with such a slug.');
  }
  const found = await transaction.contact.findMany({ where: { slug }, omit: { id: true } });
  // Only this file writes contacts, with one of the two ranks.
  const before = inOrder(found.map((one, index) => ({ ...one, id: index }))) as readonly Present[];
  const after = asPresent(given, before);
  if (JSON.stringify(before.map(shown)) === JSON.stringify(after.map(shown))) return false;
  await transaction.contact.deleteMany({ where: { slug } });
  await transaction.contact.createMany({
    data: after.map((contact, position) => ({ ...shown(contact), slug, position })),
  });
  const body: RowBody<'contact_changed'> = { primaryChanged: addressOf(before[0]) !== addressOf(after[0]) };
  for (const caseId of cases) {
    await appendRow(transaction, {
      ...{ key: `${key}:${caseId}`, caseId, applicationId: null, round: null },
      ...{ kind: 'contact_changed', role: 'import', actor, body },
    });
  }
  return true;
}

/** Primary first, then the alternates as they stand in the file. */
function asPresent(given: readonly ProductContact[], before: readonly ProductContact[]): readonly ProductContact[] {
  const primary = given.filter(({ rank }) => rank === 'primary');
  const alternates = given.filter(({ rank }) => rank === 'alternate');
  const stays = before.filter(
    (one) => one.rank === 'primary' && !given.some((other) => addressOf(other) === addressOf(one)),
  );
  return [...(primary.length > 0 ? primary : stays), ...alternates];
}

function shown({ name, address, language, country, rank }: ProductContact): Omit<ProductContact, 'slug'> {
  return { rank, name, address, language, country };
}

function addressOf(contact: ProductContact | undefined): string | null {
  return contact === undefined ? null : contact.address.toLowerCase();
}

/** Slugs of the products that are listed, or under review, in their order; only those with nobody to ask, if wanted. */
export async function productsToAsk(database: Database, which: 'all' | 'without_contact'): Promise<readonly string[]> {
  const underReview = await database.application.findMany({ where: { open: true }, select: { slug: true } });
  const found = await database.listing.findMany({
    where: {
      OR: [{ removedOn: null, nominated: null }, { slug: { in: underReview.map(({ slug }) => slug) } }],
      ...(which === 'all' ? {} : { contacts: { none: {} } }),
    },
    select: { slug: true },
    orderBy: { slug: 'asc' },
  });
  return found.map(({ slug }) => slug);
}
