import { repliesLate } from './agenda.js';
import { hasCase } from './reviewer-guards.js';
import type { Change } from './change.js';
import { askedNow, LONGEST_QUESTION, MOST_EXPERTS, nextExpert, running, type Asked } from './consultation.js';
import { lengthOf } from './answer-text.js';
import { decides } from './verdict.js';

/** The question that an event is about, while it runs and is of this consultation; null: there is none. */
export function questionMeant({ event, review }: Pick<Change, 'event' | 'review'>): Asked | null {
  const consultation = review?.consultation ?? null;
  if (event.is === 'due') {
    const { section } = event.entry;
    return section === undefined ? null : running(consultation, section);
  }
  if (event.is !== 'expert_accept' && event.is !== 'expert_decline' && event.is !== 'advice') return null;
  return event.number === consultation?.number ? running(consultation, event.section) : null;
}

/** Whether no question waits for an expert but the one that an event is about. */
function othersWait({ event, review }: Change): boolean {
  const meant = questionMeant({ event, review });
  return (review?.consultation?.asked ?? []).some((one) => one.end === null && one.section !== meant?.section);
}

function hasBadQuestion({ event }: Change): boolean {
  if (event.is !== 'consult') return false;
  const { questions } = event;
  const sections = new Set(questions.map(({ section }) => section));
  const bad = questions.some(
    ({ question, experts }) =>
      question.trim() === '' ||
      lengthOf(question) > LONGEST_QUESTION ||
      experts.length === 0 ||
      experts.length > MOST_EXPERTS ||
      new Set(experts).size < experts.length,
  );
  return questions.length === 0 || sections.size < questions.length || bad;
}

/** The conditions of the table about experts, each with the words that the documents use. */
export const expertGuards = {
  not_last_level: {
    words: 'of a level that does not decide',
    holds: ({ event, review }: Change) =>
      event.is === 'consult' && review !== null && !decides(review.policy, event.level),
  },
  no_question: { words: 'without a question, or an expert to ask', holds: hasBadQuestion },
  not_free: {
    words: 'of somebody who cannot be asked',
    holds: ({ event, facts }: Change) =>
      event.is === 'consult' &&
      event.questions.some(({ experts }) =>
        experts.some((expert) => expert === event.by || !facts.experts.free.includes(expert)),
      ),
  },
  not_asked: { words: 'by somebody who was never asked', holds: ({ facts }: Change) => !facts.experts.wasAsked },
  answered_before: { words: 'answered before', holds: ({ facts }: Change) => facts.experts.hasAnswered },
  not_theirs: {
    words: 'by somebody who is not asked any more',
    holds: (change: Change) => {
      const meant = questionMeant(change);
      const by = 'by' in change.event ? change.event.by : null;
      return meant === null || askedNow(meant) !== by;
    },
  },
  accepted: { words: 'accepted before', holds: (change: Change) => questionMeant(change)?.stage === 'accepted' },
  gone: { words: 'its question is closed', holds: (change: Change) => questionMeant(change) === null },
  another_is_next: {
    words: 'another expert is next',
    holds: (change: Change) => {
      const meant = questionMeant(change);
      return meant !== null && nextExpert(meant, change.facts.experts) !== null;
    },
  },
  others_wait: { words: 'other sections wait', holds: othersWait },
  consults_l2: {
    words: 'L2 consults',
    holds: ({ review }: Change) => review?.consultation?.level === 'l2',
  },
  not_consulting: {
    words: 'by another than who asked',
    holds: ({ event, review, facts }: Change) =>
      event.is === 'call_off' &&
      event.by !== review?.consultation?.by &&
      (review === null || !hasCase(review, { person: event.by, standIn: facts.standIn })),
  },
  after_notice_l1: {
    words: 'after a notice by L1, not replied to yet',
    holds: ({ review }: Change) => review !== null && repliesLate(review) && review.askedBy === 'l1',
  },
} as const satisfies Record<string, { words: string; holds: (change: Change) => boolean }>;
