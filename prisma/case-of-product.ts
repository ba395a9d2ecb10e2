import type { Database, Transaction } from './database.js';

/** The case that asks about a product: of one that is not listed yet, its nomination's. */
export async function caseOfProduct(client: Database | Transaction, slug: string): Promise<string> {
  const nominated = await client.case.findFirst({
    where: { slug, workflow: 'nomination', ended: false },
    select: { id: true },
  });
  const listed = `dpg/${slug}`;
  if (nominated === null) return listed;
  return (await client.case.count({ where: { id: listed } })) > 0 ? listed : nominated.id;
}
