import type { CaughtEmail } from '../../dev/mailbox.js';
import type { AdviceWord, ExpertQuestion } from '../../domain/consultation.js';
import type { Review } from '../../domain/case.js';
import { storedReview } from '../../prisma/stored-review.js';
import type { TestDatabase } from './database.js';
import { openDemoReview, type DemoReview } from './demo-review.js';
import type { say } from './post.js';

type Said = ReturnType<typeof say>;

/** A review whose second level is asked, and what reviewers and experts do with it by rows. */
export interface ExpertReview extends DemoReview {
  readonly state: () => Promise<Review>;
  readonly consult: (questions: readonly ExpertQuestion[], by?: string) => Said;
  readonly callOff: (by?: string) => Said;
  readonly accept: (by: string, section?: string, number?: number) => Said;
  readonly decline: (by: string, section?: string, number?: number) => Said;
  readonly advise: (by: string, some?: { text?: string; word?: AdviceWord; section?: string; number?: number }) => Said;
}

/** Opens one: the first level said that it meets. Times are case time; what is handed over comes into `caught`. */
export async function openExpertReview(
  home: TestDatabase,
  slug: string,
  caught: CaughtEmail[] = [],
): Promise<ExpertReview> {
  const review = await openDemoReview(home, { slug, caught });
  await review.answer();
  await review.verdict({ level: 'l1', by: 'ben' });
  const state = async () => {
    const found = await home.database.application.findUniqueOrThrow({ where: { id: review.reference } });
    return storedReview(found.review);
  };
  const expert = (kind: string, by: string, body: object) => review.say({ kind, role: 'expert', actor: by, body });
  return {
    ...review,
    state,
    consult: async (questions, by = 'ada') => {
      const { round, answersVersion } = await state();
      const body = { level: 'l2', by, answersVersion, questions };
      return review.say({ kind: 'consult', role: 'l2', actor: by, round, body });
    },
    callOff: async (by = 'ada') => {
      const { round } = await state();
      return review.say({ kind: 'call_off', role: 'l2', actor: by, round, body: { by } });
    },
    accept: (by, section = '9a', number = 1) => expert('expert_accept', by, { by, section, number }),
    decline: (by, section = '9a', number = 1) => expert('expert_decline', by, { by, section, number, why: 'no_time' }),
    advise: (by, { text = 'It is the minimum.', word = 'meets', section = '9a', number = 1 } = {}) =>
      expert('advice', by, { by, section, number, word, text }),
  };
}

/** A question about a section, for experts in this order. */
export function question(section: ExpertQuestion['section'], ...experts: readonly string[]): ExpertQuestion {
  return { section, question: `Is ${section} the minimum?`, experts };
}
