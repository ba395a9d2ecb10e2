import { cleanText } from '../../../domain/answer-text.js';
import { posted, reviewersField, fieldsOf } from '../../../domain/answer-form.js';
import { equalAnswer, visible, type Answers, type AnswerValue } from '../../../domain/answers.js';
import { parseAnswer } from '../../../domain/questionnaire.js';
import type { Question } from '../../../domain/standard.js';
import { NEWEST } from '../../../domain/standards.js';
import { keepField } from '../../../web/answer/form-state.js';
import type { Database } from '../../../prisma/database.js';
import type { Told } from '../types.js';
import { fieldOf, groupedBy } from './case-story.js';

/** One that was told as received and is not as it was told: why, in words. */
export interface LostRow {
  readonly row: string;
  readonly because: string;
}

/** What a version of the answers holds. */
interface DecidedOn {
  readonly answers: Answers;
  readonly forReviewers: unknown;
}

/** What owners typed into a box of the form: an answer, or a text for reviewers only. */
interface Typed {
  readonly row: string;
  readonly question: Question;
  readonly value: AnswerValue | undefined;
  readonly reviewers: boolean;
}

/**
 * Rows of which people were told that they were received, and that have no outcome, or were accepted and differ from
 * what the case was decided on (or stands on, while it is open). What a later row of the same review said anew counts
 * in place of the earlier.
 */
export async function lostRows(database: Database, told: readonly Told[]): Promise<readonly LostRow[]> {
  const ids = told.flatMap(({ row }) => (/^\d+$/u.test(row) ? [Number(row)] : []));
  const rows = await database.submission.findMany({
    where: { OR: [{ id: { in: ids } }, { kind: 'answers', applicationId: { in: told.map((one) => one.reference) } }] },
    include: { outcome: true },
    orderBy: { id: 'asc' },
  });
  const byId = new Map(rows.map((row) => [String(row.id), row]));
  const gone = told.flatMap(({ reference, row, kind }): readonly LostRow[] => {
    const found = byId.get(row);
    if (found === undefined) return [{ row, because: 'there is no such row' }];
    if (found.applicationId !== reference || found.kind !== kind) return [{ row, because: 'it is another row' }];
    return found.outcome === null ? [{ row, because: 'it has no outcome' }] : [];
  });
  const isTold = new Set(told.map(({ row }) => row));
  const accepted = told.filter(({ kind, row }) => kind === 'answers' && byId.get(row)?.outcome?.result === 'accepted');
  // Answers that nobody's list has replace what was told before them, too.
  const others = rows.filter(
    ({ id, kind, outcome }) => kind === 'answers' && outcome?.result === 'accepted' && !isTold.has(String(id)),
  );
  const different: LostRow[] = [];
  for (const [reference, ones] of groupedBy(accepted, (one) => one.reference)) {
    const standing = await decidedOn(database, reference);
    const replaced = others
      .filter(({ applicationId }) => applicationId === reference)
      .map(({ id, body }) => ({ id, answers: fieldOf(body, 'answers') }));
    different.push(...differences(ones, standing, replaced));
  }
  const lost = [...gone, ...different];
  return lost.filter(({ row }, index) => lost.findIndex((one) => one.row === row) === index);
}

/** The version that the newest decision was about; while there is none, the newest version. */
async function decidedOn(database: Database, applicationId: string): Promise<DecidedOn | null> {
  const decision = await database.decision.findFirst({ where: { applicationId }, orderBy: { id: 'desc' } });
  const set = await database.answerSet.findFirst({
    where: { applicationId, ...(decision === null ? {} : { version: decision.answersVersion }) },
    orderBy: { version: 'desc' },
  });
  // Parsed by domain/questionnaire.ts before it was written.
  return set === null ? null : { answers: set.answers as unknown as Answers, forReviewers: set.forReviewers };
}

function differences(
  told: readonly Told[],
  standing: DecidedOn | null,
  others: readonly { readonly id: number; readonly answers: unknown }[],
): readonly LostRow[] {
  if (standing === null) return told.map(({ row }) => ({ row, because: 'its answers are nowhere' }));
  const inOrder = [...told].sort((one, other) => Number(one.row) - Number(other.row));
  const newest = new Map<string, Typed>();
  for (const typed of inOrder.flatMap(typedIn)) {
    newest.set(`${typed.question.id} ${typed.reviewers}`, typed);
  }
  const shown = new Set(visible({ standard: NEWEST, scope: 'all', answers: standing.answers }).map(({ id }) => id));
  return [...newest.values()].flatMap(({ row, question, value, reviewers }) => {
    const { id } = question;
    const replaced = others.some((other) => other.id > Number(row) && fieldOf(other.answers, id) !== undefined);
    if (replaced || !shown.has(id)) return [];
    const is = reviewers ? (fieldOf(standing.forReviewers, id) as string | undefined) : standing.answers[id];
    return equalAnswer(is, value) ? [] : [{ row, because: `${id} is not as it was typed` }];
  });
}

/** What was typed into the boxes of a row, and not left as it was on file. */
function typedIn({ row, typed }: Told): readonly Typed[] {
  return NEWEST.questions.flatMap((question): readonly Typed[] => {
    const { id } = question;
    const has = (name: string) => Object.hasOwn(typed, name);
    // An owner who kept an earlier answer, or the text of a colleague, typed none.
    const kept = posted(typed, keepField(question)) === 'keep' || posted(typed, `${id}.choose`) === 'theirs';
    const own = !kept && fieldsOf(question).some(has);
    const parsed = parseAnswer({ question, form: typed });
    const box = reviewersField(question);
    const text = cleanText(posted(typed, box));
    return [
      ...(own && parsed.ok && parsed.value !== undefined
        ? [{ row, question, value: parsed.value, reviewers: false }]
        : []),
      ...(has(box) && text !== '' ? [{ row, question, value: text, reviewers: true }] : []),
    ];
  });
}
