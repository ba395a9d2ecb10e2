import type { Database, Transaction } from './database.js';

/** Whom an email is for: an owner's recipient, one of ours, an address to confirm, or (none) the staff's mailbox. */
interface ForWhom {
  readonly recipientId: number | null;
  readonly personId: string | null;
  readonly startId: string | null;
}

/** Reads the addresses of emails; '' for one whose reader is gone. */
export async function readAddresses(
  client: Database | Transaction,
  { emails, staffAddress }: { readonly emails: readonly ForWhom[]; readonly staffAddress: string },
): Promise<(email: ForWhom) => string> {
  const ids = emails.flatMap(({ recipientId }) => recipientId ?? []);
  const starts = emails.flatMap(({ startId }) => startId ?? []);
  const people = emails.flatMap(({ personId }) => personId ?? []);
  const select = { id: true, address: true } as const;
  const found = [
    ...(ids.length === 0 ? [] : await client.recipient.findMany({ where: { id: { in: ids } }, select })),
    ...(people.length === 0 ? [] : await client.staffPerson.findMany({ where: { id: { in: people } }, select })),
    ...(starts.length === 0 ? [] : await client.nominationStart.findMany({ where: { id: { in: starts } }, select })),
  ];
  // Numbers and words never meet.
  const addresses = new Map<number | string, string>(found.map(({ id, address }) => [id, address]));
  return ({ recipientId, personId, startId }) => {
    const id = personId ?? startId ?? recipientId;
    return id === null ? staffAddress : (addresses.get(id) ?? '');
  };
}
