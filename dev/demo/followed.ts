import { readMembers, type Member } from '../../prisma/campaign-members.js';
import type { Database, Transaction } from '../../prisma/database.js';

/** A review that a demonstration is about, as it stands. */
export type Followed = Pick<Member, 'reference' | 'state' | 'open' | 'waitingOn' | 'answered' | 'outcome'>;

/** The reviews of a campaign, or all nominations if there is none; those that are planned or not confirmed yet have no reference. */
export async function readFollowed(
  client: Database | Transaction,
  campaign: string | null,
): Promise<readonly Followed[]> {
  if (campaign === null) return readNominations(client);
  return '$transaction' in client
    ? client.$transaction((transaction) => readMembers(transaction, campaign))
    : readMembers(client, campaign);
}

/** All nominations, drafts and those that wait for the confirmation of an address too. */
export async function readNominations(client: Database | Transaction): Promise<readonly Followed[]> {
  const found = await client.application.findMany({
    where: { kind: 'nomination' },
    include: { answerSets: { where: { by: 'owner' }, select: { id: true }, take: 1 } },
    orderBy: { id: 'asc' },
  });
  const starts = await client.nominationStart.findMany({ select: { address: true, reference: true } });
  const begun = new Set(starts.flatMap(({ address, reference }) => (reference === null ? [] : [address])));
  // Whoever sent the form again because no email came has begun once all the same.
  const waiting = new Set(starts.flatMap(({ address }) => (begun.has(address) ? [] : [address])));
  const unconfirmed = { reference: null, state: null, open: false, waitingOn: null, answered: false, outcome: null };
  return [
    // The columns hold what steps wrote: the domain's own words.
    ...found.map(
      ({ id, state, open, waitingOn, answerSets }) =>
        ({ reference: id, state, open, waitingOn, answered: answerSets.length > 0, outcome: 'accepted' }) as Followed,
    ),
    ...Array.from(waiting, () => unconfirmed),
  ];
}
