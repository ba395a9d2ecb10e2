import type { Database, Transaction } from './database.js';

/** Whom an email is for: an owner's recipient, one of ours, an address to confirm, the author of a concern, or (none) the staff's mailbox. */
interface ForWhom {
  readonly recipientId: number | null;
  readonly personId: string | null;
  readonly startId: string | null;
  readonly concernId: string | null;
}

/** Reads the addresses of emails; '' for one whose reader is gone. */
export async function readAddresses(
  client: Database | Transaction,
  { emails, staffAddress }: { readonly emails: readonly ForWhom[]; readonly staffAddress: string },
): Promise<(email: ForWhom) => string> {
  const ids = emails.flatMap(({ recipientId }) => recipientId ?? []);
  const starts = emails.flatMap(({ startId }) => startId ?? []);
  const concerns = emails.flatMap(({ concernId }) => concernId ?? []);
  const people = emails.flatMap(({ personId }) => personId ?? []);
  const select = { id: true, address: true } as const;
  const found = [
    ...(ids.length === 0 ? [] : await client.recipient.findMany({ where: { id: { in: ids } }, select })),
    ...(people.length === 0 ? [] : await client.staffPerson.findMany({ where: { id: { in: people } }, select })),
    ...(starts.length === 0 ? [] : await client.nominationStart.findMany({ where: { id: { in: starts } }, select })),
    ...(concerns.length === 0 ? [] : await client.concern.findMany({ where: { id: { in: concerns } }, select })),
  ];
  // Numbers and words never meet.
  const addresses = new Map<number | string, string>(found.map(({ id, address }) => [id, address]));
  return ({ recipientId, personId, startId, concernId }) => {
    const id = personId ?? startId ?? concernId ?? recipientId;
    return id === null ? staffAddress : (addresses.get(id) ?? '');
  };
}
