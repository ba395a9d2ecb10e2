import type { ExpertStage } from '../domain/consultation.js';
import type { EmailFacts } from '../domain/effect.js';
import { sectionTitle } from '../domain/standard.js';
import type { ExpertAskedEmail, ExpertCalledOffEmail, ExpertReminderEmail } from '../mail/content-ours.js';
import { dayOfColumn } from './day-column.js';
import { pageAt } from './letter.js';
import { caseOf, personalFrame, type PersonalLetter } from './personal-letter.js';

/** Whether a question to this expert runs, and stands so with them. */
export async function isAt(letter: PersonalLetter, stage: ExpertStage): Promise<boolean> {
  const { consultation, ...advice } = await adviceOf(letter);
  return consultation.end === null && advice.stage === stage;
}

/** Asks an expert. It names section, question and page alone: neither the product nor any person. */
export async function expertAskedOf(letter: PersonalLetter): Promise<ExpertAskedEmail> {
  return { ...(await frameOf(letter)), kind: 'expert_asked', days: caseOf(letter).review.policy.consultationDays };
}

/** Reminds an expert who accepted. */
export async function expertReminderOf(letter: PersonalLetter): Promise<ExpertReminderEmail> {
  return { ...(await frameOf(letter)), kind: 'expert_reminder' };
}

/** Tells an expert whom we asked that nothing is asked any more. */
export async function expertCalledOffOf(letter: PersonalLetter): Promise<ExpertCalledOffEmail> {
  return { ...(await frameOf(letter)), kind: 'expert_called_off' };
}

/** Whether the question is closed, and its expert read that it was asked. */
export async function wasAskedAndClosed(letter: PersonalLetter): Promise<boolean> {
  const { email, transaction, person } = letter;
  const { consultation } = await adviceOf(letter);
  const { applicationId } = email;
  const asked = await transaction.email.findMany({
    where: { applicationId, personId: person.id, kind: 'expert_asked', state: 'sent' },
    select: { facts: true },
  });
  // Written by steps.
  const isOfIt = ({ number, section }: EmailFacts) =>
    number === consultation.number && section === consultation.section;
  return consultation.end !== null && asked.some(({ facts }) => isOfIt(facts as EmailFacts));
}

async function frameOf(letter: PersonalLetter) {
  const { reference, standard } = caseOf(letter);
  const { until, consultation } = await adviceOf(letter);
  const { number, section, question } = consultation;
  return {
    ...{ ...personalFrame(letter), recipientName: null, reference, question },
    section: sectionTitle(standard, section),
    until: dayOfColumn(until) ?? letter.today,
    page: pageAt(letter.head, `/expert/${reference}/${number}/${section}`),
  };
}

/** What the records say of the question to this expert. Throws if there is none. */
async function adviceOf(letter: PersonalLetter) {
  const { email, transaction, person } = letter;
  // Written by steps.
  const { number, section } = email.facts as EmailFacts;
  const of = { applicationId: email.applicationId ?? '', number: Number(number), section: String(section) };
  const where = { expert: person.id, consultation: of };
  return transaction.advice.findFirstOrThrow({ where, include: { consultation: true } });
}
