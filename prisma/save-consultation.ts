import type { Review } from '../domain/case.js';
import type { Effect } from '../domain/effect.js';
import { columnOfDay } from './day-column.js';
import type { Saving } from './save-case.js';

const CONSULTING = ['keep_questions', 'expert_is', 'file_advice', 'close_questions'] as const;
type Consulting = Extract<Effect, { do: (typeof CONSULTING)[number] }>;

/** Whether an effect is about questions to experts. */
export function isConsulting(effect: Effect): effect is Consulting {
  return CONSULTING.some((one) => one === effect.do);
}

/** Carries out what questions to experts leave in the records, in the step's transaction. */
export async function saveConsultation(saving: Saving, review: Review, effect: Consulting): Promise<void> {
  switch (effect.do) {
    case 'keep_questions':
      return keepQuestions(saving, review, effect.number);
    case 'expert_is':
      return keepStage(saving, review, effect);
    case 'file_advice':
      return fileAdvice(saving, review, effect);
    case 'close_questions':
      return closeQuestions(saving, review, effect);
    default:
      effect satisfies never;
  }
}

async function keepQuestions(
  { transaction, before, event }: Saving,
  { reference: applicationId }: Review,
  number: number,
): Promise<void> {
  if (event.is !== 'consult') return;
  const { by, answersVersion } = event;
  const common = { applicationId, number, by, answersVersion, at: new Date(before.facts.now) };
  await transaction.consultation.createMany({
    data: event.questions.map(({ section, question }) => ({ ...common, section, question })),
  });
}

async function keepStage(
  saving: Saving,
  { reference }: Review,
  { number, section, expert, stage, until }: Extract<Effect, { do: 'expert_is' }>,
): Promise<void> {
  const { transaction, before, event } = saving;
  const consultationId = await idOf(saving, { reference, number, section });
  const at = new Date(before.facts.now);
  const why = event.is === 'expert_decline' && stage === 'declined' ? event.why : null;
  const now = { stage, at, why, ...(until === undefined ? {} : { until: columnOfDay(until) }) };
  await transaction.advice.upsert({
    where: { consultationId_expert: { consultationId, expert } },
    create: { consultationId, expert, invitedAt: at, ...now },
    update: now,
  });
}

/** Of the review that the row names: advice may come when another one is open. */
async function fileAdvice(
  saving: Saving,
  review: Review,
  { number, section, expert, late }: Extract<Effect, { do: 'file_advice' }>,
): Promise<void> {
  const { transaction, before, event } = saving;
  if (event.is !== 'advice') return;
  const reference = event.row.reference ?? review.reference;
  const consultationId = await idOf(saving, { reference, number, section });
  await transaction.advice.update({
    where: { consultationId_expert: { consultationId, expert } },
    data: { word: event.word, text: event.text, answeredAt: new Date(before.facts.now), late },
  });
  await transaction.adviceDraft.deleteMany({ where: { consultationId, expert } });
}

async function closeQuestions(
  { transaction, before }: Saving,
  { reference: applicationId }: Review,
  { number, section, why }: Extract<Effect, { do: 'close_questions' }>,
): Promise<void> {
  const where = { applicationId, number, end: null, ...(section === undefined ? {} : { section }) };
  await transaction.consultation.updateMany({ where, data: { end: why, endedAt: new Date(before.facts.now) } });
}

async function idOf(
  { transaction }: Saving,
  { reference, number, section }: { reference: string; number: number; section: string },
): Promise<number> {
  const where = { applicationId_number_section: { applicationId: reference, number, section } };
  return (await transaction.consultation.findUniqueOrThrow({ where, select: { id: true } })).id;
}
