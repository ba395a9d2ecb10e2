import { dayOf, type Day } from '../../domain/calendar.js';
import type { ReviewState } from '../../domain/case.js';
import { stageInWords } from '../../domain/public-words.js';
import type { NominationProgress } from '../../prisma/public-nomination.js';
import type { readNominees } from '../../prisma/read-nominations.js';
import type { PublicApplication } from '../../prisma/read-published.js';
import { REGISTRY_LICENCE, type WebContext } from '../context.js';
import { decisionData } from './data.js';
import type { NomineesData, ReviewData } from './nomination-shape.js';

type Context = Pick<WebContext, 'organisation' | 'publicUrl' | 'invented'>;

function installation({ organisation, invented }: Context, asOf: Day) {
  return { organisation, asOf, invented, licence: { id: REGISTRY_LICENCE.id, url: REGISTRY_LICENCE.url } };
}

/** The nominations that wait for a decision, as /nominees.json gives them. */
export function nomineesData(
  context: Context,
  { today, nominations, durations }: Awaited<ReturnType<typeof readNominees>>,
): NomineesData {
  return {
    format: 'perennial-nominees-1',
    ...installation(context, today),
    durations,
    nominations: nominations.map(({ reference, name, status, state, sentOn }) => {
      return { ...{ reference, url: addressOf(context, reference), name, status }, ...stage(state, true), sentOn };
    }),
  };
}

/** A review, as /a/<reference>/data.json gives it. */
export function reviewData(context: Context, application: PublicApplication): ReviewData {
  const { today, reference, kind, state, begunAt, product, progress, timeline, decisions } = application;
  return {
    format: 'perennial-review-1',
    ...installation(context, today),
    reference,
    url: addressOf(context, reference),
    kind,
    product,
    ...stage(state, begunAt !== null),
    nomination: progress === null ? null : progressData(progress),
    timeline: timeline.map(({ at, words }) => ({ date: dayOf(at), words })),
    decisions: decisions.map(decisionData),
  };
}

function progressData({ stages, estimate, ...progress }: NominationProgress): ReviewData['nomination'] {
  return {
    ...progress,
    ...(typeof estimate === 'string' ? { estimate: null, noEstimate: estimate } : { estimate, noEstimate: null }),
    stages: stages.map(({ state, since, until }) => ({ ...stage(state, true), since, until })),
  };
}

/** Where it stands for everybody; nobody learns here of what is not public yet. */
function stage(state: ReviewState, begun: boolean) {
  const stateInWords = stageInWords({ state, begun });
  return { state: state === 'consultation' || state === 'decided' ? ('l2' as const) : state, stateInWords };
}

function addressOf({ publicUrl }: Context, reference: string): string {
  return `${publicUrl}/a/${reference}`;
}
