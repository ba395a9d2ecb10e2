import { createCases } from '../../client/cases.js';
import { later, type Instant } from '../../domain/calendar.js';
import { caseTime } from '../../domain/clock.js';
import { eventually, type CaseWorld } from '../support/case-world.js';
import { createMemoryCampaign } from '../support/memory-campaign.js';
import type { Keep } from './scenarios.js';

const ID = 'campaign/annual-2026';
const DAY_MS = 86_400_000;

/** A campaign that releases its one wave, follows it, and closes when its reviews have ended. */
export async function playCampaign(world: CaseWorld, keep: Keep): Promise<void> {
  const { client } = world.temporal.env;
  let clock = [shortlyBefore('2026-07-10T09:00:00.000Z')];
  let behind = 0;
  const time = () => ({ clock, now: caseTime(clock, Date.now() - behind) });
  const campaign = createMemoryCampaign('annual-2026', { slugs: ['seed-ledger', 'rain-gauge'], time });
  const cases = createCases(client);
  // As the clock of a case jumps in case-world.ts: it is always the timer that acts, however busy the machine is.
  const jump = async (instant: Instant): Promise<void> => {
    clock = [...clock, shortlyBefore(instant)];
    behind = 60_000;
    await cases.nudge(ID, { id: 0, kind: 'overdue' });
    await world.quiet(ID);
    behind = 0;
  };
  world.records.campaigns.set(ID, campaign);
  await cases.start(ID, campaign.look());
  const released = async () => (campaign.members.every((one) => one.released) ? true : null);
  await eventually('the wave', released);
  await world.quiet(ID);
  await keep('campaign', ID);
  await jump('2026-07-11T09:00:00.000Z');
  const followed = async () => (campaign.look().next?.id === 'follow:2026-07-12' ? true : null);
  await eventually('the first following', followed);
  await world.quiet(ID);
  await keep('campaign-followed', ID);
  campaign.members = campaign.members.map((one) => ({ ...one, open: false }));
  await jump('2026-07-12T09:00:00.000Z');
  await client.workflow.getHandle(ID).result();
  await keep('campaign-closed', ID);
}

/** A segment of the clock: now it is two seconds before an instant, longer than the pause after a nudge for nothing. */
function shortlyBefore(instant: Instant) {
  return { realAt: new Date().toISOString(), caseAt: later(instant, -2_000), dayMs: DAY_MS };
}
