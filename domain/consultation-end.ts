import { amend, note, reschedule, type Change } from './change.js';
import type { ConsultationEnd } from './consultation.js';

/** Closes whatever is asked of experts, if anything is: their answers are late from then on. */
export function endConsultation(change: Change, why: ConsultationEnd): void {
  const consultation = change.review?.consultation ?? null;
  if (consultation === null || consultation.asked.every(({ end }) => end !== null)) return;
  const { number } = consultation;
  const asked = consultation.asked.map((one) => (one.end === null ? { ...one, end: why } : one));
  amend(change, { consultation: { ...consultation, asked } });
  change.effects.push({ do: 'close_questions', number, why });
  reschedule(change, ['expert', 'expert_reminder']);
  note(change, 'consultation_closed', { number, why });
}
