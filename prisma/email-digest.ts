import { FIRST_EMAILS, type EmailFacts } from '../domain/effect.js';
import { createHash } from 'node:crypto';
import type { Database, Transaction } from './database.js';
import { askedByOf } from './letter.js';
import { OWED } from './save-emails.js';

/** What an email is made of, so far as it says which one it is. */
interface EmailFactsRow {
  readonly id: number;
  readonly key: string;
  readonly kind: string;
  readonly turn: number | null;
  readonly slug: string | null;
  readonly cause: string | null;
  readonly address: string | null;
  /** How often this address has been made a recipient of the review until then: each time has a link of its own. */
  readonly nth: number;
  /** How often the review had been opened again, after a removal or an approval: each time has an end of its own. */
  readonly reopened: number;
  /** The key of the row that asked for it. */
  readonly rowKey: string | null;
  /** The key of the row by which staff sent it again. */
  readonly againKey: string | null;
  readonly facts: unknown;
}

/** The emails that ask in a turn: one a turn for each person. */
const FIRST: readonly string[] = FIRST_EMAILS;

/**
 * The digests of emails, by their numbers: SHA-256, in hexadecimal, of what each email is. It derives from facts
 * alone, never from a counter of the database or from chance, so that the same email has the same digest after an
 * older copy of the database was put back, and another email never has it: product and cause of the review (of a nomination, its reference), address,
 * kind, and the turn, the end, the entry or the one-time key of the row that asked for it, with the key of the row by
 * which staff sent it again. Not the round: it counts what people did, which they need not do again in the same way.
 */
export async function digestsOf(
  client: Database | Transaction,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const found = await client.$queryRaw<EmailFactsRow[]>`
    select e.id, e.key, e.kind, e.turn, e.facts, a.cause, lower(coalesce(r.address, p.address)) as address,
           case when a.kind = 'nomination' then a.id else a.slug end as slug,
           (select count(*)::int from "Recipient" o
            where o."applicationId" = r."applicationId" and lower(o.address) = lower(r.address) and o.id <= r.id) as nth,
           (select count(*)::int from "Submission" o join "Outcome" u on u."submissionId" = o.id
            where o."applicationId" = e."applicationId" and o.kind in ('reopen', 'reconsider') and u.result = 'accepted'
            and coalesce(o.round, 0) < e.round) as reopened,
           s.key as "rowKey", again.key as "againKey"
    from "Email" e
    left join "Application" a on a.id = e."applicationId"
    left join "Recipient" r on r.id = e."recipientId"
    left join "StaffPerson" p on p.id = e."personId"
    left join "Submission" s
      on s.id = substring(coalesce(e.facts->>'askedBy', e.key) from '(?:^|[|])row:([0-9]+)$')::int
    left join "Submission" again on again.kind = 'resend' and again.id = substring(e.key from '[|]row:([0-9]+)$')::int
    where e.id = any(${[...ids]})`;
  return new Map(found.map((row) => [row.id, digest(row)]));
}

/** The digest of one email; see `digestsOf`. */
export async function digestOf(client: Database | Transaction, id: number): Promise<string> {
  const found = (await digestsOf(client, [id])).get(id);
  if (found === undefined) throw new Error('There is no record of this email.');
  return found;
}

function digest(row: EmailFactsRow): string {
  return createHash('sha256')
    .update(JSON.stringify(whichOf(row)))
    .digest('hex');
}

function whichOf(row: EmailFactsRow): readonly unknown[] {
  const { key, kind, slug, cause, address, nth, rowKey, againKey } = row;
  // The key of the staff's list is its day; that of any other of no case says all too, but for the number of a row.
  if (slug === null || address === null) return [rowKey === null ? key : key.replace(/\d+$/u, () => rowKey)];
  return [
    slug,
    cause,
    address,
    nth,
    kind,
    whatAsked(row),
    ...aboutOf(row),
    ...(againKey === null ? [] : [`again ${againKey}`]),
  ];
}

/** One row may ask experts about several sections. */
function aboutOf({ facts }: EmailFactsRow): readonly unknown[] {
  // Written by steps.
  const { number, section } = facts as EmailFacts;
  return section === undefined ? [] : [number, section];
}

/** A decision that is made again after a restore is another row: what is said of it is still the same email. */
function whatAsked({ kind, turn, reopened, rowKey, ...email }: EmailFactsRow): string {
  if (FIRST.includes(kind)) return `turn ${turn ?? ''}`;
  if (OWED.includes(kind)) return `end ${reopened}`;
  return rowKey === null ? `entry ${askedByOf(email)}` : `row ${rowKey}`;
}
