import { missing, type Answers, type OwnerSubmission } from '../domain/answers.js';
import type { CaseEvent, RowFacts } from '../domain/event.js';
import { reviewerOf } from '../domain/reviewer-guards.js';
import type { Loaded } from './load-case.js';

/** A row as the database has it. Its body was parsed at the door where it came in. */
export interface StoredRow {
  readonly id: number;
  readonly applicationId: string | null;
  readonly round: number | null;
  readonly kind: string;
  readonly actor: string;
  readonly role: string;
  readonly body: unknown;
  readonly at: Date;
}

type Body<Word extends CaseEvent['is']> = Omit<Extract<CaseEvent, { is: Word }>, 'is' | 'row'>;

/** Why staff did what a row says. Both may be empty; the rules never read them. */
export interface StaffReasons {
  /** For owner and public. */
  readonly publicReason: string;
  /** For reviewers and staff. */
  readonly internalReason: string;
}

/** Kinds of rows by which staff act, each with its reasons. */
export type StaffWord =
  | 'grant'
  | 'refuse'
  | 'extend'
  | 'resend'
  | 'expire'
  | 'withdraw'
  | 'close'
  | 'reopen'
  | 'reconsider'
  | 'release'
  | 'hand_over'
  | 'remove'
  | 'undo'
  | 'accept_concern'
  | 'reject_concern'
  | 'ask_concern';

/** Whom an owner or staff invite to draft. The rules never read it. */
export interface Invitation {
  readonly address: string;
}

/** The bodies of rows by kind: what the event has beside the row itself, and the reasons of staff. */
export type RowBody<Word extends CaseEvent['is']> = Word extends 'answers'
  ? OwnerSubmission
  : Word extends 'invite'
    ? Invitation
    : Word extends 'nominate'
      ? Pick<OwnerSubmission, 'answers' | 'forReviewers'>
      : Word extends StaffWord
        ? Body<Word> & StaffReasons
        : Body<Word>;

/** The public reason in the body of a row of staff; null if it has none. */
export function publicReasonOf(body: unknown): string | null {
  const has = typeof body === 'object' && body !== null && 'publicReason' in body;
  return has && typeof body.publicReason === 'string' && body.publicReason !== '' ? body.publicReason : null;
}

/** The concern that a row is about; null: it is about none. */
export function concernOfRow({ kind, body }: Pick<StoredRow, 'kind' | 'body'>): string | null {
  const has = typeof body === 'object' && body !== null && 'concern' in body;
  return (kind === 'concern' || kind.endsWith('_concern')) && has && typeof body.concern === 'string'
    ? body.concern
    : null;
}

/** The reviewer whom a row would put to work; null: none. */
export function reviewerOfRow({ kind, body }: Pick<StoredRow, 'kind' | 'body'>): string | null {
  // The kind decides the shape of the body, which its door has checked.
  return kinds.has(kind) ? reviewerOf({ ...(body as object), is: kind } as CaseEvent) : null;
}

/** What a row means to the rules. Throws on a kind that no door appends. */
export function eventOfRow(stored: StoredRow, loaded: Loaded): CaseEvent {
  const row: RowFacts = {
    id: stored.id,
    reference: stored.applicationId,
    round: stored.round,
    at: stored.at.toISOString(),
    recipient: stored.role === 'owner' ? Number(stored.actor) : null,
    byReviewer: stored.role === 'l1' || stored.role === 'l2',
  };
  if (stored.kind === 'answers') return answersEvent(stored, loaded, row);
  if (stored.kind === 'invite') return { is: 'invite', row };
  if (!kinds.has(stored.kind)) throw new Error(`a row of a kind that nobody appends: ${stored.kind}`);
  // The kind decides the shape of the body, which its door has checked.
  return { ...(stored.body as object), is: stored.kind, row } as CaseEvent;
}

const kinds: ReadonlySet<string> = new Set<CaseEvent['is']>([
  'wake',
  'nominate',
  'uninvite',
  'link_used',
  'new_link',
  'request',
  'appeal',
  'verdict',
  'consult',
  'call_off',
  'expert_accept',
  'expert_decline',
  'advice',
  'claim',
  'give_back',
  'set_aside',
  'conflict',
  'hand_over',
  'undo',
  'grant',
  'refuse',
  'extend',
  'resend',
  'expire',
  'remove',
  'withdraw',
  'close',
  'reopen',
  'reconsider',
  'release',
  'concern',
  'accept_concern',
  'reject_concern',
  'ask_concern',
  'contact_changed',
  'listing_changed',
  'email_taken',
  'email_refused',
  'email_unknown',
]);

/** Complete are answers that, laid over what is on file, leave no mandatory question of the turn open. */
function answersEvent(stored: StoredRow, { onFile, record, standard }: Loaded, row: RowFacts): CaseEvent {
  const sent = stored.body as OwnerSubmission;
  const answers: Answers = { ...onFile, ...sent.answers };
  return {
    is: 'answers',
    row,
    missing: missing({ standard, scope: record.review?.asks ?? 'all', answers }),
    empty: Object.keys(sent.answers).length === 0 && sent.confirmed.length === 0,
  };
}
