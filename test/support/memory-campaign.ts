import type { Records, StepCall } from '../../activities/steps.js';
import { dueEntry } from '../../domain/agenda.js';
import {
  applyCampaign,
  followEntry,
  waveEntry,
  waveOf,
  type CampaignRecord,
  type MemberProgress,
} from '../../domain/campaign.js';
import { nextSendingTime, type Instant } from '../../domain/calendar.js';
import type { Clock } from '../../domain/clock.js';
import { resultOfCampaign, type StepResult } from '../../domain/step-result.js';

/** A campaign of one wave in memory, by the same rules. */
export interface MemoryCampaign {
  record: CampaignRecord;
  members: readonly MemberProgress[];
  readonly step: Records['step'];
  readonly look: () => StepResult;
}

/** Makes one that starts now, for products by their slugs. */
export function createMemoryCampaign(
  name: string,
  { slugs, time }: { slugs: readonly string[]; time: () => { readonly clock: Clock; readonly now: Instant } },
): MemoryCampaign {
  const { now } = time();
  const first = nextSendingTime(now);
  const campaign: MemoryCampaign = {
    record: {
      name,
      state: 'running',
      agenda: [waveEntry({ wave: 1, of: 1, due: first }), followEntry(first)],
      stuck: false,
    },
    members: slugs.map((slug) => ({ slug, wave: 1, released: false, outcome: null, open: false, hasContact: true })),
    step: async (call) => resultOf(campaign, { ...time(), wrote: takeStep(campaign, call, time().now) }),
    look: () => resultOf(campaign, { ...time(), wrote: false }),
  };
  return campaign;
}

function takeStep(campaign: MemoryCampaign, { armedFor }: StepCall, now: Instant): boolean {
  const { record } = campaign;
  const entry = dueEntry({ agenda: record.agenda, armedFor, now });
  if (entry === null) return false;
  if (waveOf(entry) !== null) {
    campaign.members = campaign.members.map((one) => ({ ...one, released: true, outcome: 'accepted', open: true }));
  }
  campaign.record = applyCampaign({ record, event: { is: 'due', entry }, now, members: campaign.members }).record;
  return true;
}

function resultOf(
  { record, members }: MemoryCampaign,
  taken: { clock: Clock; now: Instant; wrote: boolean },
): StepResult {
  return resultOfCampaign({ record, members, more: false, ...taken });
}
