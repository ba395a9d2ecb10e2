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

/** An email to confirm an address may get lost: then the form is sent again after so many days, so often in all. */
const PATIENCE = 20;
const MOST_TRIES = 4;

/** Sends a form that brings an email, as often as it takes; null: it was not taken, none came, or everything stops. */
export async function sendUntilCaught(
  pace: Pace,
  mailbox: Pick<Mailbox, 'emails'>,
  email: { readonly to: string; readonly key: string; readonly send: (nth: number) => Promise<boolean> },
): Promise<CaughtEmail | null> {
  for (let tries = 0; tries < MOST_TRIES && !pace.stopping.aborted; tries += 1) {
    if (!(await email.send(tries))) return null;
    const caught = await untilCaught(pace, mailbox, { ...email, days: PATIENCE });
    if (caught !== null) return caught;
  }
  return null;
}
