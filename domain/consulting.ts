import { addDays, dayOf, endOfDayAnywhere, sendingTime, type Day } from './calendar.js';
import type { Entry } from './case.js';
import { amend, askedBy, note, reschedule, reviewOf, type Change } from './change.js';
import {
  askedNow,
  nextExpert,
  type Asked,
  type Consultation,
  type ConsultationEnd,
  type ExpertStage,
} from './consultation.js';
import { endConsultation } from './consultation-end.js';
import { questionMeant } from './expert-guards.js';
import type { SectionId } from './standard.js';
import { giveBack, timeLeft } from './time-left.js';

/** What questions to experts do, by name. */
export const consulting = {
  consult: (change: Change) => {
    const { event } = change;
    if (event.is !== 'consult') throw new Error('a reviewer consults by a row of their own');
    const review = reviewOf(change);
    const number = (review.consultation?.number ?? 0) + 1;
    const at = change.facts.now;
    const common = { number, by: event.by, level: event.level, at, left: timeLeft(change) };
    amend(change, {
      ...{ state: 'consultation', round: review.round + 1, reviewersLate: false },
      claim: review.claim ?? { by: event.by, at, aside: null },
      consultation: { ...common, asked: [] },
    });
    change.effects.push({ do: 'keep_questions', number });
    reschedule(change, ['reviewers', 'watch']);
    note(change, 'consulted', { number, sections: event.questions.map(({ section }) => section).join(' ') });
    for (const { section, experts } of event.questions) {
      const first: Asked = { section, experts, at: 0, stage: 'invited', until: acceptBy(change), end: null };
      setAsked(change, first);
      invite(change, first);
    }
  },
  accept_question: (change: Change) => {
    const meant = meantBy(change);
    const { consultationDays: days, consultationReminderAfter: after } = reviewOf(change).policy;
    const today = dayOf(change.facts.now);
    const accepted: Asked = { ...meant, stage: 'accepted', until: addDays(today, days) };
    setAsked(change, accepted);
    arm(change, accepted);
    const due = sendingTime(addDays(today, after));
    const reminder = { ...entryOf(change, accepted), what: 'expert_reminder', due } as const;
    if (after < days) change.agenda = [...change.agenda, { ...reminder, id: `${reminder.id}:reminder` }];
    tellOf(change, meant, { stage: 'accepted', until: accepted.until });
    note(change, 'expert_accepted', { section: meant.section });
  },
  ask_next: (change: Change) => {
    const meant = meantBy(change);
    const at = nextExpert(meant, change.facts.experts);
    if (at === null) throw new Error('nobody is next');
    leaves(change, meant);
    const next: Asked = { ...meant, at, stage: 'invited', until: acceptBy(change) };
    setAsked(change, next);
    invite(change, next);
  },
  give_up: (change: Change) => {
    const meant = meantBy(change);
    leaves(change, meant);
    closeOne(change, meant, 'nobody_left');
  },
  take_advice: (change: Change) => {
    const meant = meantBy(change);
    tellOf(change, meant, { stage: 'answered' });
    fileAdvice(change, false);
    note(change, 'advice', { section: meant.section });
    closeOne(change, meant, 'answered');
  },
  file_late_advice: (change: Change) => {
    fileAdvice(change, true);
    note(change, 'late_advice');
  },
  remind_expert: (change: Change) => {
    const meant = meantBy(change);
    const expert = askedNow(meant);
    if (expert !== null) write(change, { kind: 'expert_reminder', expert, section: meant.section });
    note(change, 'expert_reminded', { section: meant.section });
  },
  call_off: (change: Change) => {
    endConsultation(change, 'called_off');
    comeBack(change);
  },
} as const satisfies Record<string, (change: Change) => void>;

function consultationOf(change: Change): Consultation {
  const { consultation } = reviewOf(change);
  if (consultation === null) throw new Error('no expert is asked');
  return consultation;
}

function meantBy(change: Change): Asked {
  const meant = questionMeant(change);
  if (meant === null) throw new Error('this question does not run');
  return meant;
}

function setAsked(change: Change, asked: Asked): void {
  const consultation = consultationOf(change);
  const others = consultation.asked.filter(({ section }) => section !== asked.section);
  amend(change, { consultation: { ...consultation, asked: [...others, asked] } });
}

function acceptBy(change: Change): Day {
  return addDays(dayOf(change.facts.now), reviewOf(change).policy.consultationAcceptDays);
}

function entryOf(change: Change, { section, at, stage, until }: Asked): Entry {
  const { number } = consultationOf(change);
  const id = `expert:${number}:${section}:${at}:${stage}`;
  return { id, what: 'expert', due: endOfDayAnywhere(until), for: 'expert', section };
}

/** One entry a section: until when its expert may accept, or answer. */
function arm(change: Change, asked: Asked): void {
  disarm(change, asked.section);
  change.agenda = [...change.agenda, entryOf(change, asked)];
}

function disarm(change: Change, section: SectionId): void {
  change.agenda = change.agenda.filter(
    (entry) => entry.section !== section || (entry.what !== 'expert' && entry.what !== 'expert_reminder'),
  );
}

/** Asks the expert whose turn it is. */
function invite(change: Change, asked: Asked): void {
  const expert = askedNow(asked);
  if (expert === null) throw new Error('there is nobody to ask');
  arm(change, asked);
  tellOf(change, asked, { stage: 'invited', until: asked.until });
  write(change, { kind: 'expert_asked', expert, section: asked.section });
  note(change, 'expert_asked', { section: asked.section, nth: asked.at + 1 });
}

function write(
  change: Change,
  { kind, expert, section }: { kind: 'expert_asked' | 'expert_reminder'; expert: string; section: SectionId },
): void {
  const facts = { number: consultationOf(change).number, section };
  change.effects.push({ do: 'email_person', kind, to: expert, askedBy: askedBy(change), facts });
}

/** Keeps where a question stands with the expert who is asked. */
function tellOf(change: Change, asked: Asked, how: { readonly stage: ExpertStage; readonly until?: Day }): void {
  const expert = askedNow(asked);
  if (expert === null) return;
  const { number } = consultationOf(change);
  change.effects.push({ do: 'expert_is', number, section: asked.section, expert, ...how });
}

/** The expert who is asked goes: by their own word, or because the time is over. */
function leaves(change: Change, meant: Asked): void {
  const { event } = change;
  const silent = meant.stage === 'accepted' ? 'over' : 'silent';
  const stage = event.is === 'expert_decline' ? 'declined' : silent;
  tellOf(change, meant, { stage });
  note(change, `expert_${stage}`, { section: meant.section });
  if (event.is === 'expert_decline' && event.why === 'conflict') {
    change.effects.push({ do: 'remember_conflict', by: event.by });
  }
}

/** The question is closed; it returns to the reviewer when no other section waits. */
function closeOne(change: Change, meant: Asked, why: ConsultationEnd): void {
  const { number } = consultationOf(change);
  setAsked(change, { ...meant, stage: 'closed', end: why });
  disarm(change, meant.section);
  change.effects.push({ do: 'close_questions', number, section: meant.section, why });
  if (consultationOf(change).asked.every(({ end }) => end !== null)) comeBack(change);
}

/** The case is on the reviewer's desk again, with the time that was left. */
function comeBack(change: Change): void {
  const { claim } = reviewOf(change);
  const { level, left, number } = consultationOf(change);
  giveBack(change, { level, reader: claim?.by ?? null, left });
  note(change, 'consultation_over', { number });
}

function fileAdvice(change: Change, late: boolean): void {
  const { event } = change;
  if (event.is !== 'advice') throw new Error('advice comes by a row of its expert');
  const { by: expert, number, section } = event;
  change.effects.push({ do: 'file_advice', number, section, expert, late });
}
