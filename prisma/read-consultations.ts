import type { Day, Instant } from '../domain/calendar.js';
import type { AdviceWord, ConsultationEnd, DeclineWord, ExpertStage } from '../domain/consultation.js';
import type { Database } from './database.js';
import { dayOfColumn } from './day-column.js';

/** What an expert advises. */
export interface AdviceRead {
  readonly word: AdviceWord;
  readonly text: string;
  readonly at: Instant;
  /** It came when this expert was not asked any more. */
  readonly late: boolean;
}

/** An expert who was asked. */
export interface ExpertRead {
  readonly expert: string;
  readonly stage: ExpertStage;
  readonly until: Day | null;
  readonly why: DeclineWord | null;
  readonly advice: AdviceRead | null;
}

/** A question to experts about a section, for reviewers and staff. */
export interface ExpertQuestionRead {
  readonly number: number;
  readonly section: string;
  readonly question: string;
  readonly by: string;
  readonly at: Instant;
  readonly answersVersion: number;
  /** Null: it runs. */
  readonly end: ConsultationEnd | null;
  /** In the order in which they were asked. */
  readonly asked: readonly ExpertRead[];
}

/** The questions of a review to experts, the newest first. */
export async function readQuestions(database: Database, reference: string): Promise<readonly ExpertQuestionRead[]> {
  const found = await database.consultation.findMany({
    where: { applicationId: reference },
    include: { advices: { orderBy: { invitedAt: 'asc' } } },
    orderBy: [{ number: 'desc' }, { id: 'asc' }],
  });
  return found.map(({ number, section, question, by, at, answersVersion, end, advices }) => ({
    ...{ number, section, question, by, answersVersion, at: at.toISOString() },
    // Words as steps wrote them, here and below.
    end: end as ConsultationEnd | null,
    asked: advices.map((advice) => ({
      expert: advice.expert,
      stage: advice.stage as ExpertStage,
      until: dayOfColumn(advice.until),
      why: advice.why as DeclineWord | null,
      advice: adviceOf(advice),
    })),
  }));
}

function adviceOf({
  word,
  text,
  answeredAt,
  late,
}: {
  readonly word: string | null;
  readonly text: string | null;
  readonly answeredAt: Date | null;
  readonly late: boolean;
}): AdviceRead | null {
  if (word === null || answeredAt === null) return null;
  return { word: word as AdviceWord, text: text ?? '', at: answeredAt.toISOString(), late };
}
