import { scopeOfReview, type Answers, type Asking } from '../domain/answers.js';
import type { FormFields } from '../domain/answer-form.js';
import { dayOf, type Day } from '../domain/calendar.js';
import type { AdviceWord, ConsultationEnd, ExpertStage } from '../domain/consultation.js';
import { sectionTitle } from '../domain/standard.js';
import { formOf, STANDARDS, type Standards } from '../domain/standards.js';
import { readClock } from './case-time.js';
import type { Database } from './database.js';
import { dayOfColumn } from './day-column.js';
import { storedReview } from './stored-review.js';

/** A question to one expert, as their list shows it: nothing of the review but its reference. */
export interface ExpertLine {
  readonly reference: string;
  readonly number: number;
  readonly section: string;
  readonly title: string;
  readonly stage: ExpertStage;
  /** The last day to accept, or to answer. */
  readonly until: Day | null;
  /** Null: it runs. */
  readonly end: ConsultationEnd | null;
  readonly hasAdvice: boolean;
}

/** A question to one expert, with what they may see to answer it: the answers of its section alone. */
export interface ExpertView extends ExpertLine {
  readonly caseId: string;
  readonly question: string;
  readonly asking: Asking;
  /** Of the whole form: which questions of the section apply depends on others. Pages show its section alone. */
  readonly values: Answers;
  readonly forReviewers: Readonly<Record<string, string>>;
  readonly advice: {
    readonly word: AdviceWord;
    readonly text: string;
    readonly on: Day;
    readonly late: boolean;
  } | null;
  /** What they typed and did not send, and its version; 0: nothing. */
  readonly draft: { readonly form: FormFields; readonly version: number };
}

const withReview = {
  consultation: { include: { application: { select: { standard: true, review: true, caseId: true } } } },
};

/** All that an expert was ever asked, the newest first. */
export async function readExpertLines(
  database: Database,
  { expert, standards = STANDARDS }: { expert: string; standards?: Standards },
): Promise<readonly ExpertLine[]> {
  const found = await database.advice.findMany({
    where: { expert },
    include: withReview,
    orderBy: [{ invitedAt: 'desc' }, { consultationId: 'desc' }],
  });
  const { now } = await database.$transaction(readClock);
  return found.map((advice) => lineOf(advice, formOf({ ...askingOf(advice, standards), on: dayOf(now) })));
}

/** One question to an expert; null: they were never asked it. */
export async function readExpertView(
  database: Database,
  of: { expert: string; reference: string; number: number; section: string; standards?: Standards },
): Promise<ExpertView | null> {
  const { expert, reference, number, section, standards = STANDARDS } = of;
  const found = await database.advice.findFirst({
    where: { expert, consultation: { applicationId: reference, number, section } },
    include: withReview,
  });
  if (found === null) return null;
  const { consultation, consultationId, word, text, answeredAt, late } = found;
  const { answersVersion, question, application } = consultation;
  const applicationId_version = { applicationId: reference, version: answersVersion };
  const set = await database.answerSet.findUnique({ where: { applicationId_version } });
  const draft = await database.adviceDraft.findUnique({
    where: { consultationId_expert: { consultationId, expert } },
  });
  const { now } = await database.$transaction(readClock);
  const standard = formOf({ ...askingOf(found, standards), on: dayOf(now) });
  return {
    ...lineOf(found, standard),
    ...{ caseId: application.caseId, question },
    asking: { standard, scope: scopeOfReview(storedReview(application.review)) },
    // JSON columns hold what steps and pages wrote.
    values: (set?.answers ?? {}) as Answers,
    forReviewers: (set?.forReviewers ?? {}) as Readonly<Record<string, string>>,
    advice:
      word === null || answeredAt === null
        ? null
        : { word: word as AdviceWord, text: text ?? '', on: dayOf(answeredAt.toISOString()), late },
    draft: { form: (draft?.form ?? {}) as FormFields, version: draft?.version ?? 0 },
  };
}

interface Found {
  readonly stage: string;
  readonly until: Date | null;
  readonly word: string | null;
  readonly consultation: {
    readonly applicationId: string;
    readonly number: number;
    readonly section: string;
    readonly end: string | null;
    readonly application: { readonly standard: string };
  };
}

function askingOf({ consultation }: Found, standards: Standards) {
  return { standards, version: consultation.application.standard };
}

function lineOf({ stage, until, word, consultation }: Found, standard: Asking['standard']): ExpertLine {
  const { applicationId, number, section, end } = consultation;
  return {
    ...{ reference: applicationId, number, section, title: sectionTitle(standard, section) },
    // Words as steps wrote them.
    stage: stage as ExpertStage,
    until: dayOfColumn(until),
    end: end as ConsultationEnd | null,
    hasAdvice: word !== null,
  };
}
