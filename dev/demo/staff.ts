import { addDays, dayOf } from '../../domain/calendar.js';
import type { Attention, OpenRequest } from '../../domain/case.js';
import { staffAct, type ActGiven } from '../../client/staff-acts.js';
import { readClock } from '../../prisma/case-time.js';
import type { Database } from '../../prisma/database.js';
import { forEachNew } from './rounds.js';
import type { Pace } from './types.js';
import { storedReview } from '../../prisma/stored-review.js';

type Answer = Pick<ActGiven, 'act' | 'publicReason'>;

/** Invented staff: they deal with whatever needs a human, within some days, by the command's functions. */
export function startStaff(plan: {
  readonly database: Database;
  readonly pace: Pace;
  /** Their own list of the keys of what was taken. */
  readonly told?: string[];
}): Promise<void> {
  const { database, pace, told = [] } = plan;
  const waited = new Set<string>();
  return forEachNew({
    pace,
    find: async () => {
      const cases = await database.case.findMany({
        where: { slug: { not: null }, NOT: { attention: { isEmpty: true } } },
        include: { applications: { where: { open: true }, include: { _count: { select: { emails: LOST } } } } },
      });
      return cases.flatMap(({ attention, applications }) =>
        applications.flatMap(({ id, slug, round, review: stored, _count: { emails: lost } }) => {
          // Both were written by save-case.ts.
          const review = storedReview(stored);
          return (attention as Attention[]).flatMap((word) => {
            const request = word === 'request' ? review.requests[0] : undefined;
            const answer = answerTo(word, request);
            // An email that is sent once more may be lost once more.
            const state = `${word} ${round} ${review.turn?.deadline ?? ''} ${answer?.act.is === 'resend' ? lost : ''}`;
            const about = request === undefined ? state : `request ${request.row}`;
            return answer === null ? [] : [{ key: `${id} ${about}`, id, turn: `${slug} ${word} ${round}`, answer }];
          });
        }),
      );
    },
    act: async ({ id, turn, answer, key }) => {
      await pace.days(0.5 + 2 * pace.random(`staff ${turn}`));
      const act = { reference: id, by: 'fatou', key: `staff ${key}`, ...answer };
      const answered = await pace.patiently(() => staffAct({ database, ...act }));
      told.push(`staff ${key}`);
      // Somebody has begun to answer: that is no silence.
      if (answer.act.is === 'expire' && answered !== 'received' && answered.result === 'refused') {
        await pace.patiently(() => giveTime({ database, reference: id, again: waited.has(id) }));
        waited.add(id);
      }
    },
  });
}

/** Emails that somebody may send once more. */
const LOST = { where: { state: { in: ['refused', 'unknown'] } } };

/** Two more weeks for who has begun, once; then the review is closed. */
async function giveTime(plan: { database: Database; reference: string; again: boolean }): Promise<void> {
  const { database, reference, again } = plan;
  const { now } = await database.$transaction(readClock);
  const more = { act: { is: 'extend', until: addDays(dayOf(now), 14) } } as const;
  const over = { act: { is: 'close' }, publicReason: 'Invented: begun twice, and never sent.' } as const;
  await staffAct({ database, reference, by: 'fatou', ...(again ? over : more) });
}

function answerTo(word: Attention, request: OpenRequest | undefined): Answer | null {
  switch (word) {
    case 'request':
      return request === undefined ? null : answerToRequest(request);
    case 'silence':
      return { act: { is: 'expire' }, publicReason: 'Invented: nobody answered, neither the email nor its reminders.' };
    // Everybody has a contact here: the mail server refused an earlier email.
    case 'no_contact':
    case 'undeliverable':
    case 'unknown_handover':
      return { act: { is: 'resend', unknown: word === 'unknown_handover' } };
    case 'stuck':
      return { act: { is: 'release' } };
    default:
      // The others pass by themselves here: reviewers come late, contacts and mail are in order.
      return null;
  }
}

function answerToRequest({ kind }: OpenRequest): Answer {
  if (kind === 'more_time') return { act: { is: 'grant', request: kind, days: 14 } };
  if (kind === 'withdrawal') {
    return { act: { is: 'grant', request: kind }, publicReason: 'Invented: the owner asked to leave the registry.' };
  }
  return {
    act: { is: 'refuse', request: kind },
    publicReason: 'Invented: our records say otherwise. Please answer here.',
  };
}
