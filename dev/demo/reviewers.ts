import { asked, judgedSections, type Answers } from '../../domain/answers.js';
import type { SectionVerdict } from '../../domain/case.js';
import { giveVerdict, type VerdictGiven } from '../../client/staff-acts.js';
import type { Database } from '../../prisma/database.js';
import type { Level } from '../../domain/policy.js';
import { forEachNew } from './rounds.js';
import type { Pace } from './types.js';
import { NEWEST } from '../../domain/standards.js';
import { storedReview } from '../../prisma/stored-review.js';

/** Owners who want to be asked again write this. */
export const UNCLEAR = 'unclear-on-purpose';

const PEOPLE = { l1: ['ada', 'benoit', 'chen', 'divya'], l2: ['ezra', 'femi', 'greta', 'hana'] } as const;

/**
 * Invented reviewers: each takes what waits for its level, reads it for some days, and gives a verdict by the
 * command's function. They ask again, once, where an owner was unclear, and find one in thirty ineligible.
 */
export function startReviewers(plan: {
  readonly database: Database;
  readonly pace: Pace;
  /** Their own list of the keys of what was taken. */
  readonly told?: string[];
}): Promise<void> {
  const { database, pace, told = [] } = plan;
  return forEachNew({
    pace,
    find: async () => {
      const waiting = await database.application.findMany({ where: { open: true, state: { in: ['l1', 'l2'] } } });
      return waiting.map(({ id, slug, kind, round, state, review: stored }) => {
        // Written by save-application.ts. An owner's answers may take the place of those that the machine sent.
        const { answersVersion } = storedReview(stored);
        // By the product, not by the reference: that is another one each time, and the seed decides.
        const about = `${slug} ${kind}`;
        return {
          id,
          state,
          about,
          turn: `${about} ${state} ${round}`,
          key: `${id} ${state} ${round} ${answersVersion}`,
        };
      });
    },
    act: async ({ id, state, about, turn, key }) => {
      await pace.days(0.5 + 4 * pace.random(`reads ${turn}`));
      const level: Level = state === 'l2' ? 'l2' : 'l1';
      const people = PEOPLE[level];
      const somebody = people[Math.floor(pace.random(`who ${turn}`) * people.length)] ?? people[0];
      const { claimedBy, ...judged } = await pace.patiently(() =>
        judge(database, id, () => pace.random(`judged ${about}`)),
      );
      // Pressed again after a failure it is the same verdict, whatever has come in meanwhile.
      const secondRoundReason = 'Still open after the first answer.';
      // Whoever asked the owner has the case again when the answers are there.
      const by = claimedBy ?? somebody;
      const verdict: VerdictGiven = { database, ...judged, reference: id, by, level, secondRoundReason };
      await pace.patiently(() => giveVerdict({ ...verdict, key: `verdict ${key}` }));
      told.push(`verdict ${key}`);
    },
  });
}

type Judged = Pick<VerdictGiven, 'sections' | 'answersVersion' | 'round'> & { readonly claimedBy: string | null };

async function judge(database: Database, reference: string, judged: () => number): Promise<Judged> {
  const { review: stored, claimedBy } = await database.application.findUniqueOrThrow({ where: { id: reference } });
  // Written by save-application.ts.
  const review = storedReview(stored);
  const set = await database.answerSet.findFirst({ where: { applicationId: reference }, orderBy: { version: 'desc' } });
  const answers = (set?.answers ?? {}) as unknown as Answers;
  const scope = review.kind === 'privacy' ? 'privacy' : 'all';
  const asking = { standard: NEWEST, scope } as const;
  const questions = asked(asking);
  const unclear = review.clarifications === 0 ? questions.find(({ id }) => holds(answers[id], UNCLEAR)) : undefined;
  const bad = unclear === undefined && review.kind === 'annual_review' && judged() < 1 / 30;
  const sections = judgedSections(asking).map((section): SectionVerdict => {
    if (section === unclear?.section) {
      return { section, verdict: 'clarify', publicReason: 'Please say this again in other words.', internalReason: '' };
    }
    if (bad && section === '2') {
      return {
        section,
        verdict: 'does_not_meet',
        publicReason: 'Invented: the licence of one part is not an open one.',
        internalReason: 'Invented for the demonstration.',
      };
    }
    return { section, verdict: 'meets', publicReason: '', internalReason: '' };
  });
  return { claimedBy, sections, answersVersion: set?.version ?? review.answersVersion, round: review.round };
}

function holds(value: unknown, words: string): boolean {
  return JSON.stringify(value ?? '').includes(words);
}
