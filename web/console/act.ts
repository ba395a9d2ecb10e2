import { cleanText } from '../../domain/answer-text.js';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { dayGiven, numberGiven, reasonGiven, sectionsGiven } from '../../client/given.js';
import { NEED_REASON, staffAct, type StaffAct } from '../../client/staff-acts.js';
import { UsageError } from '../../client/usage.js';
import type { RequestWord } from '../../domain/case.js';
import type { Database } from '../../prisma/database.js';
import { rowOfKey } from '../../prisma/owner-rows.js';
import type { Staff } from '../desk/session.js';
import { fieldOf } from './fields.js';
import { rowKey } from './one-time.js';

/** So long a page waits for the outcome of an act, in real milliseconds; then it says that it was received. */
const PATIENCE = 2_000;

/** What became of a posted act: the number of its row, or what is to be put right. */
export type Acted = { readonly row: number } | { readonly problems: readonly Problem[] };

const REQUESTS: readonly RequestWord[] = ['more_time', 'withdrawal', 'not_me', 'answered_elsewhere'];
const WORDS: readonly StaffAct['is'][] = [
  ...(['open', 'extend', 'grant', 'refuse', 'resend', 'expire', 'withdraw', 'close', 'reopen', 'release'] as const),
  'hand_over',
  'reconsider',
  ...(['accept_concern', 'reject_concern', 'ask_concern'] as const),
];

/**
 * Does what a form of the console says, by the same function as the command. The second post of a form gives the first
 * one's row. `reference` names the review that was seen, or the case where there was none.
 */
export async function actOn(
  database: Database,
  { staff, form, reference }: { readonly staff: Staff; readonly form: FormFields; readonly reference: string },
): Promise<Acted> {
  const key = rowKey(staff, form);
  if (key === null) return { problems: [{ field: 'act', sentence: 'Open the page again: this form is too old.' }] };
  const known = await rowOfKey(database, key);
  if (known !== null) return { row: known };
  const read = readAct(form);
  if ('problems' in read) return read;
  const round = /^\d{1,6}$/u.test(posted(form, 'round')) ? { round: Number(posted(form, 'round')) } : {};
  try {
    await staffAct({ database, reference, by: staff.person.id, key, waitMs: PATIENCE, ...round, ...read });
  } catch (failure) {
    if (failure instanceof UsageError) return { problems: [{ field: firstField(form), sentence: failure.message }] };
    throw failure;
  }
  const row = await rowOfKey(database, key);
  if (row === null) throw new Error('an act was taken and its row is not there');
  return { row };
}

/** The field that says more of an act. */
const FIELDS: Readonly<Partial<Record<StaffAct['is'], string>>> = {
  ...{ extend: 'until', grant: 'days', reconsider: 'level', accept_concern: 'sections' },
};

interface ReadAct {
  readonly act: StaffAct;
  readonly publicReason: string;
  readonly internalReason: string;
}

/** The act that a form means; what is to be put right, each at its field. */
export function readAct(form: FormFields): ReadAct | { readonly problems: readonly Problem[] } {
  const is = WORDS.find((one) => one === posted(form, 'act'));
  if (is === undefined) return { problems: [{ field: 'act', sentence: 'Choose what is to be done.' }] };
  const problems: Problem[] = [];
  const trying = <Value>(name: string, read: () => Value, instead: Value): Value => {
    try {
      return read();
    } catch (failure) {
      if (!(failure instanceof UsageError)) throw failure;
      problems.push({ field: fieldOf(idOf(form), name), sentence: failure.message });
      return instead;
    }
  };
  const publicReason = trying('publicReason', () => reasonGiven('reason', posted(form, 'publicReason')), '');
  const internalReason = trying('internalReason', () => reasonGiven('note', posted(form, 'internalReason')), '');
  if (NEED_REASON.includes(is) && cleanText(posted(form, 'publicReason')) === '') {
    const reader = is.endsWith('_concern') ? 'whoever raised the concern' : 'the owner';
    problems.push({ field: fieldOf(idOf(form), 'publicReason'), sentence: `Write the reason: ${reader} reads it.` });
  }
  const act = trying(FIELDS[is] ?? 'to', () => actOf(is, form), { is: 'open' });
  return problems.length > 0 ? { problems } : { act, publicReason, internalReason };
}

function actOf(is: StaffAct['is'], form: FormFields): StaffAct {
  const request = REQUESTS.find((one) => one === posted(form, 'request')) ?? null;
  switch (is) {
    case 'extend':
      return { is, until: dayGiven('the new last day', posted(form, 'until').trim()) };
    case 'grant': {
      const given = posted(form, 'days').trim();
      const option = 'the number of days';
      return { is, request, days: given === '' ? null : numberGiven({ option, given, least: 1, most: 180 }) };
    }
    case 'refuse':
      return { is, request };
    case 'resend':
      return { is, unknown: posted(form, 'unknown') === 'yes' };
    case 'hand_over': {
      const to = posted(form, 'to').trim();
      if (to === '') throw new UsageError('Choose who is to have the case.');
      return { is, to };
    }
    case 'reconsider': {
      const level = posted(form, 'level').trim();
      if (level !== 'l1' && level !== 'l2') throw new UsageError('Choose the level that looks at it first.');
      return { is, level };
    }
    case 'accept_concern': {
      const sections = sectionsGiven(posted(form, 'sections').split('\n'));
      return { is, concern: posted(form, 'concern'), sections };
    }
    case 'reject_concern':
    case 'ask_concern':
      return { is, concern: posted(form, 'concern') };
    default:
      return { is };
  }
}

/** Which of the forms of a page was posted. */
export function idOf(form: FormFields): string {
  return posted(form, 'form').replaceAll(/[^\w-]/gu, '') || 'act';
}

function firstField(form: FormFields): string {
  const name = ['until', 'days', 'to', 'level', 'publicReason'].find((one) => form[one] !== undefined);
  return fieldOf(idOf(form), name ?? 'form');
}
