import type { Context } from 'hono';
import { posted, type FormFields } from '../../domain/answer-form.js';
import type { Level, Seat } from '../../domain/policy.js';
import { REMOVAL_WORDS, removalWord } from '../../domain/nomination.js';
import { cleanText } from '../../domain/answer-text.js';
import { levelsOf, seatsOf } from '../../domain/seats.js';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import { awaitOutcome } from '../../prisma/await-outcome.js';
import type { DeskCase } from '../../prisma/read-desk-case.js';
import type { WebContext } from '../context.js';
import { AWAY_NOTES } from './away.js';
import { oneTime } from '../one-time.js';
import type { Staff } from './session.js';

/** So long a page waits for the outcome of a row, in real milliseconds; after that it says "received". */
const PATIENCE = 3_000;
const RECEIVED = 'Received. Open this page again in a moment to see what became of it.';
/** What a page says of what was done before it, by the word in its address. */
export const NOTES: Readonly<Record<string, string>> = {
  saved: 'Saved. Only you see it.',
  changed: 'Your text has changed since you looked at the decision. Look at it again.',
  'no-day': 'That is no day. Give one as YYYY-MM-DD, such as 2026-07-10, or none. Nothing was changed.',
  'no-why': 'Select why the nomination is removed. Nothing was changed.',
  'no-colleague': 'Nobody of your level has that name now. Nothing was changed.',
  'not-yours': 'This case is not yours now. Nothing was changed.',
  before: 'This was done before, and the case has moved on since. Look at what it says now.',
  'rows-wait':
    'Much of this case still waits to be worked through. Your text is saved: look at the decision again later.',
  nothing: 'Nothing waits for you to take it.',
  ...AWAY_NOTES,
};
/** The reviewers' acts on a case as a whole, and the row that each appends. */
export const ACTS = {
  claim: 'claim',
  'give-back': 'give_back',
  'set-aside': 'set_aside',
  conflict: 'conflict',
  'hand-over': 'hand_over',
  undo: 'undo',
  'call-off': 'call_off',
  remove: 'remove',
} as const;

/** One of them. */
export type DeskAct = keyof typeof ACTS;

/** Somebody who looks at a case. */
export interface Looking {
  readonly staff: Staff;
  readonly record: DeskCase;
}

/** The body of an act's row. */
function bodyOf(act: DeskAct, staff: Staff, { review }: DeskCase, form: FormFields): object {
  const by = staff.person.id;
  switch (act) {
    case 'claim':
      return { by, level: seatAt(staff, review) };
    case 'set-aside': {
      const until = posted(form, 'until');
      return { by, until: until === '' ? null : until };
    }
    case 'remove': {
      const why = removalWord(posted(form, 'why')) ?? 'spam';
      return { by, why, publicReason: REMOVAL_WORDS[why], internalReason: reasonIn(form) };
    }
    case 'hand-over':
      return {
        by,
        to: posted(form, 'to'),
        publicReason: '',
        internalReason: reasonIn(form),
      };
    default:
      return { by };
  }
}

function reasonIn(form: FormFields): string {
  return cleanText(posted(form, 'reason')).slice(0, 5_000);
}

/** As what somebody takes a case: as what is asked now, if it is theirs. */
function seatAt(staff: Staff, review: DeskCase['review']): Seat {
  return seatsOf(staff.roles).find((seat) => seat === review.state) ?? levelAt(staff, review);
}

/** The level as which somebody acts: the one that is asked now, if it is one of theirs. */
export function levelAt({ roles }: Staff, review: DeskCase['review']): Level {
  const levels = levelsOf(roles);
  return levels.find((level) => level === review.state) ?? levels[0] ?? 'l1';
}

interface Acting extends Looking {
  readonly act: DeskAct;
  readonly form: FormFields;
}

/** The row of an act, but for its key. */
export function rowOfAct({ staff, record, act, form }: Acting): Omit<NewSubmission, 'key'> {
  const { review, caseId, reference } = record;
  return {
    ...{ caseId, applicationId: reference, kind: ACTS[act], role: levelAt(staff, review), actor: staff.person.id },
    body: bodyOf(act, staff, record, form),
    round: Number(posted(form, 'round')) || review.round,
  };
}

/** Appends the row of an act, and waits a moment for its outcome. */
export async function say(context: WebContext, given: Acting): Promise<Answered> {
  const { staff, record, act, form } = given;
  const row = rowOfAct(given);
  const key = posted(form, 'key') || keyOf(staff, record, 'act');
  return answered(context, { ...row, key: oneTime(key, act, row.body) });
}

/** A row and its outcome; `id` null: it could not be appended. */
export interface Answered {
  readonly id: number | null;
  readonly result: string;
  /** What its author reads of it; null: nothing yet. */
  readonly sentence: string | null;
}

/** Appends a row, and waits a moment for its outcome. */
export async function answered(context: WebContext, row: NewSubmission): Promise<Answered> {
  const appended = await appendSubmission(context.database, row);
  if ('problem' in appended) return { id: null, result: 'refused', sentence: null };
  return outcomeOf(context, appended.id);
}

/** Waits a moment for the outcome of a row. */
export async function outcomeOf({ database }: WebContext, id: number): Promise<Answered & { readonly id: number }> {
  const outcome = await awaitOutcome(database, { submissionId: id, milliseconds: PATIENCE });
  return { id, result: outcome?.result ?? 'received', sentence: outcome?.sentence ?? null };
}

/** A one-time key that lasts until something is done to the case: who gave it back may take it again. */
export function keyOf({ form }: Staff, { reference, review, newestRow }: DeskCase, what: string): string {
  return oneTime(form, what, reference, review.round, newestRow);
}

/** Goes to a page that says what became of a row. */
export function back(request: Context, path: string, { id }: Answered): Response {
  return request.redirect(id === null ? `${path}?note=changed` : `${path}?row=${id}`, 303);
}

/** What became of the row that the page's address names, if it is one of this person's. */
export async function saidBefore({ database }: WebContext, request: Context, staff: Staff): Promise<string | null> {
  const note = request.req.query('note');
  if (note !== undefined) return NOTES[note] ?? null;
  const row = Number(request.req.query('row'));
  if (!Number.isSafeInteger(row) || row <= 0 || row > 2_147_483_647) return null;
  const found = await database.submission.findFirst({
    where: { id: row, actor: staff.person.id },
    include: { outcome: true },
  });
  return found === null ? null : (found.outcome?.sentence ?? RECEIVED);
}
