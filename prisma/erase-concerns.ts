import type { Transaction } from './database.js';
import { ERASED, type Search } from './erase-mentions.js';
import { sameAddress } from './same-address.js';

/**
 * Who raised concerns, and in which words; and what other concerns say of the person. Of one that staff have, that it
 * was raised, the sections and what became of it stay. The count is of the person's own.
 */
export async function eraseConcerns(
  transaction: Transaction,
  { address, search }: { readonly address: string; readonly search: Search },
): Promise<number> {
  const found = await transaction.concern.findMany({ where: { address: sameAddress(address) }, select: { id: true } });
  const theirs = { id: { in: found.map(({ id }) => id) } };
  const gone = await transaction.concern.deleteMany({ where: { ...theirs, stage: 'unconfirmed' } });
  const concern = theirs;
  await transaction.email.updateMany({ where: { concern }, data: { subject: null, text: null, html: null } });
  // What staff wrote was for the person alone, but for what an owner is asked.
  const answered = { ...theirs, stage: { in: ['asked', 'rejected'] } };
  await transaction.concern.updateMany({ where: answered, data: { answer: ERASED } });
  await transaction.$executeRaw`
    update "Submission" set body = jsonb_set(body, '{publicReason}', to_jsonb(${ERASED}::text))
    where kind in ('ask_concern', 'reject_concern') and body->>'concern' = any(${theirs.id.in}::text[])`;
  const own = await transaction.concern.updateMany({ where: theirs, data: { address: '', text: '', details: null } });
  await eraseMentions(transaction, { address, search });
  return gone.count + own.count;
}

async function eraseMentions(
  transaction: Transaction,
  { address, search }: { readonly address: string; readonly search: Search },
): Promise<void> {
  const slugs = [...search.cases].flatMap((id) => (id.startsWith('dpg/') ? [id.slice('dpg/'.length)] : []));
  const says = { contains: address, mode: 'insensitive' } as const;
  const found = await transaction.concern.findMany({
    where: { OR: [{ slug: { in: slugs } }, { text: says }, { details: says }, { answer: says }] },
  });
  for (const { id, slug, text, details, answer } of found) {
    const { erase } = slugs.includes(slug) ? search.own : search.elsewhere;
    const data = { text: erase(text), details: details && erase(details), answer: answer && erase(answer) };
    await transaction.concern.update({ where: { id }, data });
  }
}
