import { amend, askedBy, note, reschedule, type Change } from './change.js';
import { askedNow, type ConsultationEnd } from './consultation.js';

/** Closes whatever is asked of experts, if anything is: their answers are late from then on. */
export function endConsultation(change: Change, why: ConsultationEnd): void {
  const consultation = change.review?.consultation ?? null;
  if (consultation === null || consultation.asked.every(({ end }) => end !== null)) return;
  const { number } = consultation;
  const asked = consultation.asked.map((one) => (one.end === null ? { ...one, end: why } : one));
  amend(change, { consultation: { ...consultation, asked } });
  change.effects.push({ do: 'close_questions', number, why });
  for (const one of consultation.asked) {
    const to = askedNow(one);
    const facts = { number, section: one.section };
    if (to !== null)
      change.effects.push({ do: 'email_person', kind: 'expert_called_off', to, askedBy: askedBy(change), facts });
  }
  reschedule(change, ['expert', 'expert_reminder']);
  note(change, 'consultation_closed', { number, why });
}
