import { randomUUID } from 'node:crypto';
import { dayOf, type Day } from '../domain/calendar.js';
import { campaignOf } from '../domain/campaign.js';
import type { RequestWord, Review, SectionVerdict } from '../domain/case.js';
import type { RowOutcome } from '../domain/effect.js';
import type { Level, Seat } from '../domain/policy.js';
import { levelsOf } from '../domain/seats.js';
import type { SectionId } from '../domain/standard.js';
import { appendSubmission, type NewSubmission } from '../prisma/append.js';
import { awaitOutcome } from '../prisma/await-outcome.js';
import { readClock } from '../prisma/case-time.js';
import type { Database } from '../prisma/database.js';
import { concernOfRow, type RowBody, type StaffReasons, type StaffWord } from '../prisma/event-of-row.js';
import { findCase, type FoundCase } from '../prisma/find-case.js';
import { readReviewers } from '../prisma/staff.js';
import { UsageError } from './usage.js';

/** So long a command waits for the outcome of its row, in real milliseconds. */
const PATIENCE = 30_000;

/** What became of a row; `received` if it has no outcome yet: it is not lost. */
export type Answered = RowOutcome | 'received';

interface Common {
  readonly database: Database;
  /** A reference such as 2026-7Q2MK, or the slug of a product: its newest review. */
  readonly reference: string;
  /** The person's name, the same each time. */
  readonly by: string;
  /** One-time key; the second row of a key is the first one. A new one by default. */
  readonly key?: string;
  /** How long to wait for the outcome, in real milliseconds; 30 s by default. */
  readonly waitMs?: number;
}

export interface VerdictGiven extends Common {
  readonly level: Seat;
  /** One for each section that the reviewer looked at. */
  readonly sections: readonly SectionVerdict[];
  /** The version of the answers that was read; the newest by default. */
  readonly answersVersion?: number;
  /** The round that was seen; the present one by default. */
  readonly round?: number;
  /** How long the owner has for a clarification; the policy's days by default. */
  readonly days?: number | null;
  /** Why the owner is asked a second time. */
  readonly secondRoundReason?: string | null;
}

/** Gives a reviewer's verdict and waits for what becomes of it. Throws a UsageError if there is no such review. */
export async function giveVerdict(given: VerdictGiven): Promise<Answered> {
  const { level, sections, days = null, secondRoundReason = null } = given;
  const found = await findOrThrow(given);
  const by = personOf(given.by);
  const answersVersion = given.answersVersion ?? found.review?.answersVersion ?? 0;
  const body: RowBody<'verdict'> = { level, by, answersVersion, sections, days, secondRoundReason };
  return append(given, found, {
    kind: 'verdict',
    role: await roleOf(given.database, { by, level }),
    actor: by,
    round: given.round ?? found.review?.round ?? null,
    body,
  });
}

/** As what a verdict is written down: on an appeal by a level of its reviewer, for an appeal is no role. */
async function roleOf(database: Database, { by, level }: { by: string; level: Seat }): Promise<Level> {
  if (level !== 'appeal') return level;
  const reviewer = (await readReviewers(database, level)).find(({ id }) => id === by);
  return levelsOf(reviewer?.roles ?? [])[0] ?? 'l1';
}

/** What staff do to a case by command. */
export type StaffAct =
  /** Opens a review; whether an annual one or the privacy questions, the dates decide. */
  | { readonly is: 'open' }
  | { readonly is: 'extend'; readonly until: Day }
  /** The open request that is meant; the oldest by default. `days`: how much more time; 14 by default. */
  | { readonly is: 'grant'; readonly request?: RequestWord | null; readonly days?: number | null }
  | { readonly is: 'refuse'; readonly request?: RequestWord | null }
  /** `unknown`: also what nobody knows of; it may have arrived. */
  | { readonly is: 'resend'; readonly unknown?: boolean }
  /** The case of one reviewer goes to another one. */
  | { readonly is: 'hand_over'; readonly to: string }
  /** An approval is looked at again, from a level on. */
  | { readonly is: 'reconsider'; readonly level: Level }
  /** A concern is reviewed: these sections are asked about. */
  | { readonly is: 'accept_concern'; readonly concern: string; readonly sections: readonly SectionId[] }
  | { readonly is: 'reject_concern' | 'ask_concern'; readonly concern: string }
  | {
      readonly is: Exclude<
        StaffWord,
        'extend' | 'grant' | 'refuse' | 'resend' | 'hand_over' | 'undo' | 'reconsider' | ConcernAct
      >;
    };

type ConcernAct = 'accept_concern' | 'reject_concern' | 'ask_concern';

export interface ActGiven extends Common {
  readonly act: StaffAct;
  /** For owner and public, or whoever raised a concern. Required by what stands in NEED_REASON. */
  readonly publicReason?: string;
  readonly internalReason?: string;
  /** The round that was seen; the present one by default. */
  readonly round?: number;
}

/** These need a reason that owner and public read. */
export const NEED_REASON: readonly StaffAct['is'][] = [
  ...(['refuse', 'expire', 'withdraw', 'close', 'reopen', 'reconsider'] as const),
  ...(['accept_concern', 'reject_concern', 'ask_concern'] as const),
];

/** Acts for the secretariat and waits for what becomes of it. Throws a UsageError on what cannot be meant. */
export async function staffAct(given: ActGiven): Promise<Answered> {
  const { act, publicReason = '', internalReason = '' } = given;
  if (NEED_REASON.includes(act.is) && publicReason.trim() === '') {
    const reader = 'concern' in act ? 'whoever raised the concern reads' : 'owner and public read';
    throw new UsageError(`This needs a reason that ${reader}: add --reason "..." to ${act.is.replace('_', ' ')}.`);
  }
  const found = await findOrThrow(given);
  if (act.is === 'extend') await checkDay(given.database, act.until, found.review);
  const key = given.key ?? newKey();
  const by = personOf(given.by);
  const body = bodyOf(act, { reasons: { publicReason, internalReason }, key, by });
  const kind = act.is === 'open' ? 'wake' : act.is;
  const { review } = found;
  const row = { kind, role: 'secretariat', actor: by, body } as const;
  const round = act.is === 'open' ? null : (given.round ?? review?.round ?? null);
  return append({ ...given, key }, found, { ...row, round });
}

function bodyOf(act: StaffAct, { reasons, key, by }: { reasons: StaffReasons; key: string; by: string }): object {
  switch (act.is) {
    case 'open':
      return { campaign: null, handPicked: true, cause: key } satisfies RowBody<'wake'>;
    case 'extend':
      return { until: act.until, ...reasons } satisfies RowBody<'extend'>;
    case 'grant':
      return { request: act.request ?? null, days: act.days ?? null, ...reasons } satisfies RowBody<'grant'>;
    case 'refuse':
      return { request: act.request ?? null, ...reasons } satisfies RowBody<'refuse'>;
    case 'resend':
      return { unknown: act.unknown ?? false, ...reasons } satisfies RowBody<'resend'>;
    case 'hand_over':
      return { by, to: act.to, ...reasons } satisfies RowBody<'hand_over'>;
    case 'reconsider':
      return { level: act.level, ...reasons } satisfies RowBody<'reconsider'>;
    case 'accept_concern':
      return { concern: act.concern, sections: act.sections, ...reasons } satisfies RowBody<'accept_concern'>;
    case 'reject_concern':
    case 'ask_concern':
      return { concern: act.concern, ...reasons } satisfies RowBody<typeof act.is>;
    default:
      return reasons satisfies RowBody<typeof act.is>;
  }
}

/** A deadline that was stated is never taken back. */
async function checkDay(database: Database, until: Day, review: Review | null): Promise<void> {
  const { now } = await database.$transaction(readClock);
  const deadline = review?.turn?.deadline ?? null;
  if (until <= dayOf(now)) throw new UsageError(`${until} is not ahead: today is ${dayOf(now)}.`);
  if (deadline !== null && until <= deadline) {
    throw new UsageError(`The owner was told ${deadline} already. Give a later day than that.`);
  }
}

async function append(
  { database, key = newKey(), waitMs = PATIENCE }: Common,
  { caseId, review }: FoundCase,
  row: Pick<NewSubmission, 'kind' | 'role' | 'actor' | 'round' | 'body'>,
): Promise<Answered> {
  const ofReview = row.kind !== 'wake' && concernOfRow(row) === null;
  const applicationId = ofReview ? (review?.reference ?? null) : null;
  const appended = await appendSubmission(database, { key, caseId, applicationId, ...row });
  if ('problem' in appended) throw new UsageError('This was sent before with other content. Nothing was changed.');
  return (await awaitOutcome(database, { submissionId: appended.id, milliseconds: waitMs })) ?? 'received';
}

async function findOrThrow({ database, reference }: Common): Promise<FoundCase> {
  const found = await findCase(database, reference);
  if (found !== null) return found;
  const campaign = campaignOf(reference.trim());
  if (campaign !== null) {
    throw new UsageError(
      `${reference.slice(0, 80)} is a campaign, not a case: use "perennial campaign release|close|status ${campaign.slice(0, 80)}".`,
    );
  }
  throw new UsageError(
    `Nothing here is called "${reference.slice(0, 80)}". Give a reference such as 2026-7Q2MK, or the slug of a product.`,
  );
}

/** The name under which a person acts, in one spelling: the same person never decides at both levels. */
export function personOf(given: string, option = '--by'): string {
  const person = given.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase();
  if (person !== '' && person.length <= 100) return person;
  throw new UsageError(`Give ${option} as a name of at most 100 characters, the same each time.`);
}

function newKey(): string {
  return `command:${randomUUID()}`;
}
