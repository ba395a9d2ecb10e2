import type { CaughtEmail } from '../../dev/mailbox.js';
import type { OwnerSubmission } from '../../domain/answers.js';
import type { Review, SectionWord } from '../../domain/case.js';
import type { SectionId } from '../../domain/standard.js';
import type { NewSubmission } from '../../prisma/append.js';
import { readClock } from '../../prisma/case-time.js';
import { step } from '../../prisma/step.js';
import { section } from './case-records.js';
import type { TestDatabase } from './database.js';
import { listProduct } from './listed-product.js';
import { say, takeAll, wake } from './post.js';

/** What owners of tests say unless told otherwise: nothing, since last year's answers are complete. */
export const nothingPersonal: OwnerSubmission = {
  answers: { pii_level: 'none' },
  forReviewers: {},
  confirmed: [],
  declaration: { name: 'Amina', role: 'lead', maySpeak: true },
};

/** A review that goes through its life by the real steps, while emails are only said to be handed over. */
export interface DemoReview {
  readonly caseId: string;
  readonly slug: string;
  readonly reference: string;
  /** Moves case time on, and takes what is due by then. */
  readonly at: (instant: string) => Promise<void>;
  /** Says of everything that is due that a mail server took it. */
  readonly deliver: () => Promise<void>;
  readonly say: (row: Partial<NewSubmission>) => ReturnType<typeof say>;
  readonly answer: (sent?: Partial<OwnerSubmission>) => ReturnType<typeof say>;
  readonly verdict: (given: {
    level: 'l1' | 'l2';
    by: string;
    word?: SectionWord;
    about?: SectionId;
  }) => ReturnType<typeof say>;
}

/** Opens the review of a new product by a wake. What is handed over comes into `caught`. */
export async function openDemoReview(
  home: TestDatabase,
  {
    slug,
    caught,
    row = wake,
    validUntil = '2026-09-01',
  }: {
    slug: string;
    caught: CaughtEmail[];
    row?: Partial<NewSubmission>;
    validUntil?: string;
  },
): Promise<DemoReview> {
  const { database } = home;
  const caseId = await listProduct(database, slug, { validUntil });
  const { result } = await say(database, caseId, row);
  const reference = result.reference ?? '';
  const reviewNow = async (): Promise<Review> => {
    const found = await database.application.findUniqueOrThrow({ where: { id: reference } });
    // What steps wrote.
    return found.review as unknown as Review;
  };
  const sayOf = (some: Partial<NewSubmission>) => say(database, caseId, { applicationId: reference, ...some });
  return {
    caseId,
    slug,
    reference,
    at: async (instant) => {
      await home.setClock(instant);
      while ((await step(database, { caseId, armedFor: null })).wrote);
    },
    deliver: () => deliver(home, { caseId, caught }),
    say: sayOf,
    answer: async (sent = {}) => {
      const { round } = await reviewNow();
      return sayOf({ kind: 'answers', role: 'owner', actor: '1', round, body: { ...nothingPersonal, ...sent } });
    },
    verdict: async ({ level, by, word = 'meets', about = '9a' }) => {
      const { round, answersVersion } = await reviewNow();
      const sections = [{ ...section(word), section: about }];
      const body = { level, by, answersVersion, sections, days: null, secondRoundReason: null };
      return sayOf({ kind: 'verdict', role: level, actor: by, round, body });
    },
  };
}

/** Asked on 10 July; answered; the first level has said that it meets. */
export async function reviewAtSecondLevel(home: TestDatabase, caught: CaughtEmail[]): Promise<DemoReview> {
  const review = await openDemoReview(home, { slug: 'seedling', caught });
  await review.at('2026-07-10T09:00:01.000Z');
  await review.deliver();
  await review.at('2026-07-20T10:00:00.000Z');
  await review.answer();
  await review.verdict({ level: 'l1', by: 'ada' });
  return review;
}

async function deliver(
  { database }: TestDatabase,
  { caseId, caught }: { caseId: string; caught: CaughtEmail[] },
): Promise<void> {
  const { now } = await database.$transaction(readClock);
  const at = new Date(now);
  const due = await database.email.findMany({ where: { caseId, state: 'queued', dueAt: { lte: at } } });
  for (const { id, key, kind, turn, applicationId } of due) {
    await database.email.update({ where: { id }, data: { state: 'sent', stateAt: at, claimedAt: at } });
    caught.push(caughtOf(key));
    if (kind !== 'prompt' && kind !== 'clarification') continue;
    await say(database, caseId, { kind: 'email_taken', role: 'mail', applicationId, body: { turn, takenAt: now } });
  }
  await takeAll(database, caseId);
}

/** An email as the catcher has it; only its key matters here. */
export function caughtOf(key: string): CaughtEmail {
  return {
    ...{ id: '00001', key, to: 'amina@seed.example', from: '', subject: '', at: new Date(0), text: '' },
    ...{ html: undefined, links: [], headers: [], file: '' },
  };
}
