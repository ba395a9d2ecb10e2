import type { Database } from '../../prisma/database.js';

/** What became of questions to experts, of absences and of appeals. */
export interface PeopleFigures {
  /** Of all whom a question was sent: how many answered in time, declined, let the time pass, and came late all the same. */
  readonly experts: {
    readonly asked: number;
    readonly answered: number;
    readonly declined: number;
    readonly silent: number;
    readonly late: number;
  };
  /** Verdicts that somebody gave for a reviewer who was away. */
  readonly byDeputies: number;
  readonly appeals: { readonly made: number; readonly won: number; readonly lost: number };
  /** Of concerns whose address was confirmed: how many staff accepted and rejected, and the reviews that asked about them. */
  readonly concerns: {
    readonly raised: number;
    readonly accepted: number;
    readonly rejected: number;
    readonly reviews: number;
  };
  /** Who may draft and never sends, and how many of them came by their link. */
  readonly colleagues: { readonly invited: number; readonly came: number };
}

/** Counts them. */
export async function figuresOfPeople(database: Database): Promise<PeopleFigures> {
  const asked = await database.advice.findMany({ select: { stage: true, late: true } });
  const stages = (...words: readonly string[]) => asked.filter(({ stage }) => words.includes(stage)).length;
  const made = await database.submission.findMany({
    where: { kind: 'appeal', outcome: { result: 'accepted' } },
    select: { applicationId: true },
  });
  const ended = await database.application.findMany({
    where: { id: { in: made.flatMap(({ applicationId }) => applicationId ?? []) } },
    select: { state: true },
  });
  const ends = (word: string) => ended.filter(({ state }) => state === word).length;
  return {
    experts: {
      ...{ asked: asked.length, answered: stages('answered'), declined: stages('declined') },
      ...{ silent: stages('silent', 'over'), late: asked.filter(({ late }) => late).length },
    },
    byDeputies: await database.verdict.count({ where: { forWhom: { not: null } } }),
    appeals: { made: made.length, won: ends('approved'), lost: ends('ineligible') },
    concerns: await concernsIn(database),
    colleagues: await colleaguesIn(database),
  };
}

async function concernsIn(database: Database): Promise<PeopleFigures['concerns']> {
  const stages = await database.concern.findMany({ select: { stage: true, applicationId: true } });
  const count = (holds: (one: (typeof stages)[number]) => boolean) => stages.filter(holds).length;
  return {
    raised: count(({ stage }) => stage !== 'unconfirmed'),
    accepted: count(({ stage, applicationId }) => stage === 'accepted' || applicationId !== null),
    rejected: count(({ stage }) => stage === 'rejected'),
    reviews: await database.application.count({ where: { kind: 'concern' } }),
  };
}

async function colleaguesIn(database: Database): Promise<PeopleFigures['colleagues']> {
  const found = await database.recipient.findMany({ where: { rank: 'colleague' }, select: { id: true } });
  const came = await database.session.findMany({
    where: { recipientId: { in: found.map(({ id }) => id) } },
    distinct: ['recipientId'],
    select: { recipientId: true },
  });
  return { invited: found.length, came: came.length };
}
