import { daysBetween, dayOf } from '../../domain/calendar.js';
import { readMembers, type Member } from '../../prisma/campaign-members.js';
import { readClock } from '../../prisma/case-time.js';
import type { Database } from '../../prisma/database.js';

/**
 * How a campaign stands, in one line: the day of case time, who answered, whose turn it is, emails sent, decided.
 * Days are counted from the campaign's start.
 */
export async function liveLine(database: Database, campaign: string): Promise<string> {
  const { now, members, startedAt, sent } = await database.$transaction(async (transaction) => {
    const found = await transaction.campaign.findUnique({ where: { name: campaign }, select: { startedAt: true } });
    return {
      ...(await readClock(transaction)),
      members: await readMembers(transaction, campaign),
      startedAt: found?.startedAt.toISOString(),
      sent: await transaction.email.count({ where: { state: 'sent' } }),
    };
  });
  const day = daysBetween(dayOf(startedAt ?? now), dayOf(now));
  const opened = members.filter(({ reference }) => reference !== null);
  const answered = members.filter((one) => one.answered).length;
  const decided = opened.filter(({ open }) => !open).length;
  return [
    `day ${String(day).padStart(3)}, ${dayOf(now)}`,
    `opened ${opened.length} of ${members.length}`,
    `answered ${answered}`,
    `turn: ${turns(opened)}`,
    `emails ${sent}`,
    `decided ${decided}`,
  ].join(' | ');
}

/** Whose turn it is in open reviews, in the order of the procedure; what is nobody's is left out but for the main ones. */
function turns(members: readonly Member[]): string {
  const open = members.filter(({ waitingOn }) => waitingOn !== null && waitingOn !== 'nobody');
  const count = (word: string) => open.filter((member) => turnOf(member) === word).length;
  const mail = count('mail');
  return [
    ...(mail > 0 ? [`mail ${mail}`] : []),
    ...['owner', 'l1', 'l2', 'clarification', 'secretariat'].map((word) => `${word} ${count(word)}`),
  ].join(', ');
}

function turnOf({ waitingOn, state }: Member): string | null {
  return waitingOn === 'owner' && state === 'clarification' ? 'clarification' : waitingOn;
}
