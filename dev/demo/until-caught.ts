import type { CaughtEmail, Mailbox } from '../mailbox.js';
import type { Pace } from './types.js';

const LOOKS_EVERY = 0.25;

/** Waits so many days for the newest email to an address whose key begins so; null: none came, or everything stops. */
export async function untilCaught(
  pace: Pace,
  mailbox: Pick<Mailbox, 'emails'>,
  { to, key, days }: { readonly to: string; readonly key: string; readonly days: number },
): Promise<CaughtEmail | null> {
  for (let waited = 0; waited < days && !pace.stopping.aborted; waited += LOOKS_EVERY) {
    const newest = mailbox.emails().findLast((email) => email.to === to && email.key?.startsWith(key) === true);
    if (newest !== undefined) return newest;
    await pace.days(LOOKS_EVERY);
  }
  return null;
}
