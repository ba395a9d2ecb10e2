import { attentionOf, hasEnded, nextEntry, waitingOn } from './agenda.js';
import type { Instant } from './calendar.js';
import { campaignAttention, campaignWaitingOn, type CampaignRecord, type MemberProgress } from './campaign.js';
import type { Attention, CaseRecord, Ended, Entry, Facts, ReviewState, WaitingOn } from './case.js';
import { clockFrom, type Clock } from './clock.js';
import type { Kind } from './policy.js';

/** What a workflow learns from a step: ids, dates, counts and words of closed lists, no names and no texts. */
export interface StepResult {
  /** Null for a campaign, and for a nominee. */
  readonly product: string | null;
  readonly state: ReviewState | 'asleep' | 'expired' | 'running' | 'closed';
  readonly kind: Kind | null;
  readonly reference: string | null;
  readonly campaign: string | null;
  /** How the newest review ended; null while one is open, or if there was none. */
  readonly outcome: Ended | null;
  readonly waitingOn: WaitingOn;
  readonly attention: readonly Attention[];
  readonly next: Entry | null;
  /** More rows wait. */
  readonly more: boolean;
  readonly wrote: boolean;
  /** An open review has ended in this step. */
  readonly reviewEnded: boolean;
  /** The case has ended; its workflow may. */
  readonly ended: boolean;
  readonly clock: Clock;
}

/** What a step knows of itself. */
interface Taken {
  /** More rows wait. */
  readonly more: boolean;
  readonly wrote: boolean;
}

/** The result of a step of a product's case that it left as `record`; `before` is its review as the step found it. */
export function resultOfCase(
  step: Taken & {
    readonly record: CaseRecord;
    readonly before: CaseRecord['review'];
    readonly facts: Pick<Facts, 'now' | 'clock' | 'reachable'>;
  },
): StepResult {
  const { record, before, facts, more, wrote } = step;
  const { review, listing } = record;
  const reachable = facts.reachable.length > 0;
  const open = review === null || hasEnded(review) ? null : review;
  return {
    // A nomination shows its reference alone until it has passed the first level.
    product: listing.nominated === 'nominee' ? null : listing.slug,
    state: open?.state ?? restingState(record),
    kind: open?.kind ?? null,
    reference: review?.reference ?? null,
    campaign: review?.campaign ?? null,
    // An ended review's state is its outcome.
    outcome: open === null && review !== null ? (review.state as Ended) : null,
    waitingOn: waitingOn({ review, reachable }),
    attention: attentionOf({ review, reachable, stuck: record.stuck, concerns: record.concerns }),
    next: nextEntry(record.agenda),
    more,
    wrote,
    reviewEnded: open === null && before !== null && !hasEnded(before),
    ended: record.ended,
    clock: clockFrom(facts.clock, facts.now),
  };
}

/** What a case is called between reviews; one of a nomination has none but its own. */
function restingState({ review, listing }: CaseRecord): StepResult['state'] {
  if (review?.kind === 'nomination') return review.state;
  return listing.removedOn === null ? 'asleep' : 'expired';
}

/** The result of a step of a campaign that it left as `record`. */
export function resultOfCampaign(
  step: Taken & {
    readonly record: CampaignRecord;
    readonly members: readonly MemberProgress[];
    readonly now: Instant;
    readonly clock: Clock;
  },
): StepResult {
  const { record, members, now, clock, more, wrote } = step;
  const attention = campaignAttention({ record, members });
  return {
    product: null,
    state: record.state,
    kind: null,
    reference: null,
    campaign: record.name,
    outcome: null,
    waitingOn: campaignWaitingOn(attention),
    attention,
    next: nextEntry(record.agenda),
    more,
    wrote,
    reviewEnded: false,
    ended: record.state === 'closed',
    clock: clockFrom(clock, now),
  };
}
