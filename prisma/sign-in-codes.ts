import { HOUR } from '../domain/calendar.js';
import { CODE_LASTS, CODE_TRIES, CODES_AN_HOUR, CODES_AT_ONCE, type CodeOwner } from '../domain/sign-in-code.js';
import { readClock } from './case-time.js';
import type { Database, Transaction } from './database.js';
import { json } from './json.js';

/** What is of no use any more is deleted so long after it began. In milliseconds, real time, as all that follows. */
const KEPT = HOUR;
const LASTS = CODE_LASTS * 60_000;

/**
 * Begins the sign-in of an expert: an email with a code goes to their address. Of an address that is no expert's, or was
 * sent enough codes already, the same is kept, and no email goes; whoever asks cannot tell.
 */
export async function askForCode(
  database: Database,
  { address, ...begun }: { address: string; browser: string; nonce: string; returnTo: string },
): Promise<void> {
  await database.$transaction(async (transaction) => {
    const createdAt = new Date();
    await transaction.signInCode.deleteMany({ where: { createdAt: { lt: new Date(createdAt.getTime() - KEPT) } } });
    const personId = await expertAt(transaction, { address, browser: begun.browser });
    const { id } = await transaction.signInCode.create({ data: { ...begun, personId, createdAt } });
    if (personId === null) return;
    const { now } = await readClock(transaction);
    const at = new Date(now);
    await transaction.email.create({
      data: {
        ...{ key: `code:${begun.nonce}`, personId, kind: 'sign_in_code', round: 0, facts: json({ code: id }) },
        ...{ dueAt: at, state: 'queued', stateAt: at },
      },
    });
  });
}

/** The expert of an address who may be sent one more code; null: nobody. */
async function expertAt(
  transaction: Transaction,
  { address, browser }: { address: string; browser: string },
): Promise<string | null> {
  const person = await transaction.staffPerson.findFirst({
    where: { address: address.toLowerCase(), offAt: null, roles: { has: 'expert' } },
    select: { id: true },
  });
  if (person === null) return null;
  const { id: personId } = person;
  const createdAt = { gt: new Date(Date.now() - LASTS) };
  const here = await transaction.signInCode.count({ where: { personId, browser, createdAt } });
  // Older ones are deleted.
  const sent = await transaction.signInCode.count({ where: { personId } });
  return here >= CODES_AT_ONCE || sent >= CODES_AN_HOUR ? null : personId;
}

/** What the code of a sign-in derives from beside its person, while it can be used; null: it cannot. */
export async function liveCode(client: Database | Transaction, id: number): Promise<string | null> {
  const found = await client.signInCode.findFirst({ where: { id, ...usable() }, select: { nonce: true } });
  return found?.nonce ?? null;
}

/** Whether a browser has a sign-in under way. */
export async function awaitsCode(database: Database, browser: string): Promise<boolean> {
  return (await database.signInCode.count({ where: { browser, ...usable() } })) > 0;
}

/** Who signed in, and the page to come back to. `wrong`: another try is left. `over`: this sign-in is of no use any more. */
export type CodeTried = { readonly personId: string; readonly returnTo: string } | 'wrong' | 'over';

/**
 * Tries a code in the browser that asked for it, against all that were asked for there: an older email may be the one
 * that is at hand. Each try counts before it is looked at, and a right one counts once.
 */
export async function tryCode(
  database: Database,
  { browser, isRight }: { browser: string; isRight: (owner: CodeOwner) => boolean },
): Promise<CodeTried> {
  const where = { browser, ...usable() };
  const tried = await database.signInCode.updateManyAndReturn({ where, data: { tries: { increment: 1 } } });
  const right = tried.find(({ personId, nonce }) => personId !== null && isRight({ personId, nonce }));
  if (right === undefined) return tried.some(({ tries }) => tries < CODE_TRIES) ? 'wrong' : 'over';
  const { id, returnTo } = right;
  const personId = right.personId ?? '';
  const used = await database.signInCode.updateMany({ where: { id, usedAt: null }, data: { usedAt: new Date() } });
  if (used.count === 0) return 'over';
  const still = await database.staffPerson.count({ where: { id: personId, offAt: null, roles: { has: 'expert' } } });
  return still === 0 ? 'over' : { personId, returnTo };
}

function usable() {
  return { usedAt: null, tries: { lt: CODE_TRIES }, createdAt: { gt: new Date(Date.now() - LASTS) } };
}
