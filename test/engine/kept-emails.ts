import type { Instant } from '../../domain/calendar.js';
import type { Review } from '../../domain/case.js';
import type { Effect } from '../../domain/effect.js';
import type { CarryingOut } from './carry-out.js';
import { writableOf, type KeptCase, type KeptEmail } from './kept-case.js';

type EmailEffect = Extract<Effect, { do: 'email' }>;

/** Emails that are owed after an end too. */
const OWED: readonly string[] = ['decision', 'closed'];

/** What asked for an email at first, however often staff sent it again. */
export const askedByOf = ({ key, facts }: KeptEmail) => String(facts['askedBy'] ?? key.split('|').at(-1));
/** What asked for it, with whatever sent it again: the last parts of its key. */
const whichOf = ({ key }: KeptEmail) => key.split('|').slice(4).join('|');

/** An email once and for all: the second of a key is none. */
function add(kept: KeptCase, email: Omit<KeptEmail, 'key' | 'deadline'>, askedBy: string): void {
  const key = [email.reference, email.to, email.kind, email.round, askedBy].join('|');
  if (!kept.emails.some((one) => one.key === key)) kept.emails.push({ ...email, key, deadline: null });
}

/** Queues an email to whom it is for. */
export function queue(
  kept: KeptCase,
  { effect, review, dueAt }: { effect: EmailEffect; review: Review; now: Instant; dueAt: Instant },
): void {
  const { reference, round } = review;
  const { kind, turn, facts = {}, askedBy } = effect;
  const state = effect.skipped === undefined ? 'queued' : 'skipped';
  for (const to of peopleOf(kept, { effect, reference })) {
    add(kept, { reference, to, kind, round, turn, facts, dueAt, state }, askedBy);
  }
}

function peopleOf(
  kept: KeptCase,
  { effect, reference }: { effect: EmailEffect; reference: string },
): readonly number[] {
  if (typeof effect.to === 'number') return [effect.to];
  const all = writableOf(kept, reference).map(({ id }) => id);
  if (all.length === 0 && OWED.includes(effect.kind)) return lastKnown(kept, reference);
  return effect.to === 'everybody' ? all : all.slice(0, 1);
}

/** Whoever was asked last. */
function lastKnown({ recipients }: KeptCase, reference: string): readonly number[] {
  const since = (at: Instant | null) => at ?? '9999';
  const [last] = recipients
    .filter((one) => one.reference === reference)
    .sort((one, other) =>
      one.revokedAt === other.revokedAt
        ? one.position - other.position
        : since(one.revokedAt) < since(other.revokedAt)
          ? 1
          : -1,
    );
  return last === undefined ? [] : [last.id];
}

/** Queues a refused email about no turn for the next address. */
export function forward(kept: KeptCase, { key, now }: { key: string; now: Instant }): void {
  const email = kept.emails.find((one) => one.key === key);
  if (email === undefined || email.turn !== null || email.state !== 'refused' || isFarewell(email)) return;
  const [next] = writableOf(kept, email.reference);
  if (next === undefined) return;
  add(kept, { ...email, to: next.id, dueAt: now, state: 'queued' }, whichOf(email));
}

/** The answer to "not me" is for who leaves, and for nobody else. */
export function isFarewell({ kind, facts }: KeptEmail): boolean {
  return kind === 'request_answered' && facts['request'] === 'not_me' && facts['answer'] === 'granted';
}

/** Queues emails anew, each with what asked for the first one. */
export function resend(
  kept: KeptCase,
  { emails, askedBy, now }: { emails: readonly number[]; askedBy: string; now: Instant },
): void {
  for (const email of kept.emails.filter((_, id) => emails.includes(id))) {
    const first = askedByOf(email);
    const facts = { ...email.facts, askedBy: first };
    add(kept, { ...email, facts, dueAt: now, state: 'queued' }, `${first}|${askedBy}`);
  }
}

/** The contacts become the recipients; what waits for who leaves goes to the first of the others. */
export function renewRecipients(step: CarryingOut, review: Review, without?: number): void {
  const { kept, now, names } = step;
  const { reference } = review;
  const leaver = kept.recipients.find(({ id }) => id === without);
  if (leaver !== undefined) kept.contacts = kept.contacts.filter(({ address }) => address !== leaver.address);
  const earlier = kept.recipients.filter((one) => one.reference === reference);
  const present = earlier.filter(({ revokedAt }) => revokedAt === null);
  const staying = kept.contacts.map(({ address, rank }, index) => {
    const position = earlier.length + index;
    const same = present.find((one) => one.address === address);
    if (same !== undefined) return Object.assign(same, { rank, position });
    const known = new Set(kept.recipients.map(({ id }) => id));
    const made = names.recipients.find(
      (one) => one.applicationId === reference && one.address === address && !known.has(one.id),
    );
    if (made === undefined) throw new Error(`${address} became no recipient`);
    const recipient = { id: made.id, reference, address, rank, position, revokedAt: null, refused: false };
    kept.recipients.push(recipient);
    return recipient;
  });
  for (const one of present) if (!staying.includes(one)) one.revokedAt = now;
  queueAnew(kept, { review, left: present.filter((one) => !staying.includes(one)).map(({ id }) => id), staying });
}

function queueAnew(
  kept: KeptCase,
  given: { review: Review; left: readonly number[]; staying: readonly { id: number; refused: boolean }[] },
): void {
  const { review, left, staying } = given;
  const gone = new Set(
    kept.recipients.flatMap((one) => (one.reference === review.reference && one.revokedAt !== null ? [one.id] : [])),
  );
  const all = kept.emails.filter(({ reference }) => reference === review.reference);
  const went = (email: KeptEmail) =>
    all.some((one) => one.state === 'sent' && one.kind === email.kind && one.round === email.round);
  const waiting = all.filter((email) => left.includes(email.to) && email.state === 'queued');
  const owed = all.filter(
    (email) =>
      OWED.includes(email.kind) &&
      gone.has(email.to) &&
      ['queued', 'refused', 'skipped'].includes(email.state) &&
      !went(email),
  );
  const anew = all.filter((email) => waiting.includes(email) || owed.includes(email));
  for (const email of waiting) email.state = 'skipped';
  const to = staying.find(({ refused }) => !refused);
  if (to === undefined) return;
  for (const email of anew) {
    const stillTrue = email.turn === null || email.turn === review.turn?.number;
    if (stillTrue) add(kept, { ...email, to: to.id, state: 'queued' }, whichOf(email));
  }
}
