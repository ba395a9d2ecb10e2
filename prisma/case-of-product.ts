import type { Database, Transaction } from './database.js';

/** The case that asks about a product: of one that is not listed yet, its nomination's. */
export async function caseOfProduct(client: Database | Transaction, slug: string): Promise<string> {
  const [first] = await casesOfProduct(client, slug);
  return first;
}

/**
 * The cases that are told of a product's new contacts, in the order in which cases are locked: its own, and its
 * nomination's as long as that one lives, which may have a decision to tell them yet, or be looked at again.
 */
export async function casesOfProduct(
  client: Database | Transaction,
  slug: string,
): Promise<readonly [string, ...string[]]> {
  const nominated = await client.case.findFirst({
    where: { slug, workflow: 'nomination', ended: false },
    select: { id: true },
  });
  const listed = `dpg/${slug}`;
  if (nominated === null) return [listed];
  return (await client.case.count({ where: { id: listed } })) > 0 ? [listed, nominated.id] : [nominated.id];
}
