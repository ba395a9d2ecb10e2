import type { Database } from '../../prisma/database.js';
import { json } from '../../prisma/json.js';

/** A listed product of an invented owner, as an import and a file of contacts would leave it. */
export interface Listed {
  readonly slug: string;
  /** Instant of case time at which it came in. */
  readonly at: string;
  readonly validUntil?: string | null;
  readonly approvedOn?: string;
  readonly opensByItself?: boolean;
  /** Entries of its agenda, such as the review that opens by itself. */
  readonly agenda?: readonly object[];
  /** None: nobody can be asked. */
  readonly contacts?: readonly { readonly rank: 'primary' | 'alternate'; readonly address: string }[];
}

/** Writes a listing, its contacts (a primary and an alternate unless told otherwise) and its case; returns the case's id. */
export async function createListed(database: Database, listed: Listed): Promise<string> {
  const { slug, at, validUntil = '2026-09-01', approvedOn = '2025-09-01', opensByItself = true, agenda = [] } = listed;
  const contacts = listed.contacts ?? [
    { rank: 'primary', address: `amina@${slug}.example` },
    { rank: 'alternate', address: `bao@${slug}.example` },
  ];
  await database.listing.create({
    data: {
      slug,
      name: slug,
      approvedOn: new Date(approvedOn),
      validUntil: validUntil === null ? null : new Date(validUntil),
      opensByItself,
      createdAt: new Date(at),
      contacts: {
        create: contacts.map((one, position) => ({ ...one, position, name: nameIn(one.address), language: 'en' })),
      },
    },
  });
  const id = `dpg/${slug}`;
  await database.case.create({ data: { id, slug, workflow: 'certification', revision: 0, agenda: json(agenda) } });
  return id;
}

function nameIn(address: string): string {
  const name = address.split('@')[0] ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
}
