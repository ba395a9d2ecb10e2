import { deadlineOf } from '../domain/agenda.js';
import { dayOf, daysBetween, endOfDayAnywhere, latest, type Day } from '../domain/calendar.js';
import type { Review, Turn } from '../domain/case.js';
import { asked } from '../domain/answers.js';
import { GATE_ID, sectionTitle, type Question } from '../domain/standard.js';
import type {
  ClarificationEmail,
  ClarificationReminderEmail,
  LastReminderEmail,
  NoticeEmail,
  NoticeReminderEmail,
  OpenPoint,
  PromptEmail,
  ReminderEmail,
  Silence,
} from '../mail/content.js';
import { wordsToOwner } from '../domain/verdict.js';
import { printed, printedAnswer, standOfForm, type LettersForm } from './email-questions.js';
import { caseFrame, type Letter } from './letter.js';
import { wordsToOwners } from './concerns.js';
import { dayOfColumn } from './day-column.js';
import { sectionResults } from './section-results.js';

/** Asks for the answers of a review. */
export async function promptOf(letter: Letter): Promise<PromptEmail> {
  const { review, listing, today, standard } = letter;
  const form = await standOfForm(letter);
  // A privacy case asks about the five; that its gate may have an answer is no reason to call it filled in.
  const five = asked({ standard, scope: 'privacy' }).filter(({ id }) => id !== GATE_ID);
  const prefilled = review.kind === 'privacy' ? five : form.visible;
  const isNew = (one: Question) => one.set !== undefined && printedAnswer(one, form.onFile[one.id]) === null;
  const questions = review.kind === 'privacy' ? five : form.visible.filter(isNew);
  return {
    ...caseFrame(letter),
    ...(await turnFrame(letter)),
    kind: 'prompt',
    validUntil: listing.validUntil,
    overdue: listing.validUntil !== null && listing.validUntil < today,
    prefilled: prefilled.some(({ id }) => form.answers[id] !== undefined),
    questions: questions.map((one) => printed(standard, one)),
    reminders: review.policy.reminders.length,
    ...(await askedByConcerns(letter)),
  };
}

/** What a review of concerns asks, in the words of staff; nothing of a concern's own words or author. */
async function askedByConcerns({
  transaction,
  review,
  reference,
  standard,
}: Letter): Promise<Pick<PromptEmail, 'concern'>> {
  const { about } = review;
  if (about === undefined) return {};
  const found = await wordsToOwners(transaction, reference);
  return { concern: { sections: about.map((id) => sectionTitle(standard, id)), words: found } };
}

/** Says how much is answered, some weeks before the deadline. */
export async function reminderOf(letter: Letter): Promise<ReminderEmail> {
  const stand = await standing(letter);
  return { ...caseFrame(letter), ...(await turnFrame(letter)), kind: 'reminder', ...stand };
}

/** The last reminder of a turn. */
export async function lastReminderOf(letter: Letter): Promise<LastReminderEmail> {
  const turn = await turnFrame(letter);
  const daysLeft = Math.max(0, daysBetween(letter.today, turn.deadline));
  return { ...caseFrame(letter), ...turn, kind: 'last_reminder', ...(await standing(letter)), daysLeft };
}

/** Asks about the open points alone: those of the sections that a verdict names, or those that have no answer. */
export async function clarificationOf(letter: Letter): Promise<ClarificationEmail> {
  const turn = await turnFrame(letter);
  return {
    ...caseFrame(letter),
    ...turn,
    kind: 'clarification',
    variant: variantOf(letter.review),
    points: pointsOf(letter, await standOfForm(letter)),
    daysLeft: Math.max(0, daysBetween(letter.today, turn.deadline)),
  };
}

/** A reminder of them. */
export async function clarificationReminderOf(letter: Letter): Promise<ClarificationReminderEmail> {
  const turn = await turnFrame(letter);
  return {
    ...caseFrame(letter),
    ...turn,
    kind: 'clarification_reminder',
    variant: variantOf(letter.review),
    ...(await standing(letter)),
    daysLeft: Math.max(0, daysBetween(letter.today, turn.deadline)),
  };
}

/** Says what does not meet, before anybody decides. */
export async function noticeOf(letter: Letter): Promise<NoticeEmail> {
  return { ...(await noticeFrame(letter)), kind: 'notice' };
}

/** A reminder of it. */
export async function noticeReminderOf(letter: Letter): Promise<NoticeReminderEmail> {
  return { ...(await noticeFrame(letter)), kind: 'notice_reminder' };
}

async function noticeFrame(letter: Letter) {
  const { deadline, passed } = await turnFrame(letter);
  const sections = letter.review.verdicts.at(-1)?.sections ?? [];
  return {
    ...caseFrame(letter),
    deadline,
    passed,
    sections: sectionResults(
      letter.standard,
      sections.map((one) => ({ ...one, publicReason: wordsToOwner(one) })),
    ).filter(({ result }) => result === 'does_not_meet'),
    daysLeft: Math.max(0, daysBetween(letter.today, deadline)),
  };
}

/** The deadline of the owner's turn as it is, or as it would be if the turn began now; null: it is not the owner's. */
export async function deadlineNow({ transaction, review, reference, listing, now }: Letter): Promise<Day | null> {
  const { turn } = review;
  if (turn === null || review.state !== turn.of) return null;
  if (turn.deadline !== null) return turn.deadline;
  const earlier = await transaction.email.aggregate({
    where: { applicationId: reference, turn: turn.number },
    _max: { deadline: true },
  });
  const stated = dayOfColumn(earlier._max.deadline);
  const day = deadlineOf({ review, turn, begunAt: now, validUntil: listing.validUntil, stated });
  return latest(day, dayOf(now));
}

/** Whether a deadline is over; what is not there is not. */
export function isPassed({ now }: Letter, deadline: Day | null): boolean {
  return deadline !== null && endOfDayAnywhere(deadline) <= now;
}

async function turnFrame(letter: Letter): Promise<{ deadline: Day; passed: boolean; silence: Silence }> {
  const deadline = await deadlineNow(letter);
  if (deadline === null || letter.review.turn === null) throw new Error('an email that asks needs a turn of the owner');
  return { deadline, passed: isPassed(letter, deadline), silence: silenceOf(letter.review, letter.review.turn) };
}

/** What silence does in this turn: only a first turn ends by itself or is answered by the machine. */
function silenceOf({ policy, reopened }: Review, turn: Turn): Silence {
  if (turn.of === 'draft') return 'end';
  if (turn.of !== 'owner') return 'secretariat';
  return policy.silence === 'submit_previous' && reopened ? 'secretariat' : policy.silence;
}

async function standing(letter: Letter) {
  const { open, count } = await standOfForm(letter);
  const questions = open.filter(({ required }) => required);
  const openQuestions = questions.map((one) => printed(letter.standard, one));
  return { answered: count.answered, total: count.of, openQuestions };
}

function variantOf({ turn }: Review): 'reviewer' | 'machine' {
  return turn?.by === 'machine' ? 'machine' : 'reviewer';
}

/** A reviewer's reason belongs to a section: it stands at the first of the section's questions. */
function pointsOf({ review, standard }: Letter, { visible, onFile }: LettersForm): readonly OpenPoint[] {
  if (variantOf(review) === 'machine')
    return visible.map((one) => ({ ...printed(standard, one), answer: null, note: null }));
  const sections = review.verdicts.at(-1)?.sections ?? [];
  const reasons = new Map(
    sections.flatMap((one) => (one.verdict === 'clarify' ? [[one.section, wordsToOwner(one)]] : [])),
  );
  return visible.map((one, index) => {
    const isFirst = visible.findIndex(({ section }) => section === one.section) === index;
    const reason = isFirst ? reasons.get(one.section)?.trim() : undefined;
    return { ...printed(standard, one), answer: printedAnswer(one, onFile[one.id]), note: reason || null };
  });
}
