import type { History } from '@temporalio/common/lib/proto-utils.js';
import { createCases } from '../../client/cases.js';
import { caseTime } from '../../domain/clock.js';
import { eventually, type CaseWorld, type LivingCase } from '../support/case-world.js';
import { createMemoryCampaign } from '../support/memory-campaign.js';
import { answers, asks, refuses, verdict, wake } from '../support/wishes.js';

/** The history of a workflow as it was in a state, by the state's name. */
export type Histories = ReadonlyMap<string, History>;

/** Plays cases through every state, in real time on a dev server; keeps the history of each as it stood then. */
export async function playEveryState(world: CaseWorld): Promise<Histories> {
  const kept = new Map<string, History>();
  const keep = async (name: string, id: string, runId?: string): Promise<void> => {
    kept.set(name, await world.temporal.env.client.workflow.getHandle(id, runId).fetchHistory());
  };
  const whole = await world.begin('seed-ledger', { listing: { validUntil: '2026-10-01' }, takesMail: false });
  const [removed, silent] = [await world.begin('rain-gauge'), await world.begin('quiet-well', QUIET)];
  await Promise.all([
    playWhole(world, whole, keep),
    playRemoval(removed, keep),
    playSilence(silent, keep),
    playCampaign(world, keep),
  ]);
  return kept;
}

type Keep = (name: string, id: string, runId?: string) => Promise<void>;
const QUIET = { missingOnFile: ['pii_level'] };

/** From sleep through mail, owner, reminder, both levels, clarification and a request to the next sleep. */
async function playWhole(world: CaseWorld, one: LivingCase, keep: Keep): Promise<void> {
  await one.shown();
  await keep('asleep', one.id);
  await one.says(wake());
  await keep('waiting-on-mail', one.id);
  for (const email of one.kept.emails) email.state = 'sent';
  one.kept.takesMail = true;
  await one.says({ is: 'email_taken', turn: 1, takenAt: await one.now() });
  await keep('owner', one.id);
  await one.until('2026-09-01T09:00:00.000Z');
  await keep('owner-reminded', one.id);
  await one.says(answers);
  await keep('l1', one.id);
  await one.says(verdict(one.kept, { level: 'l1', by: 'ada' }));
  await keep('l2', one.id);
  await one.says(verdict(one.kept, { level: 'l2', by: 'ben', word: 'clarify' }));
  await keep('clarification', one.id);
  await one.says(answers);
  await one.says(asks('withdrawal'));
  await one.says(verdict(one.kept, { level: 'l2', by: 'ben' }));
  await keep('decided', one.id);
  const { runId } = await world.temporal.env.client.workflow.getHandle(one.id).describe();
  await one.says(refuses('withdrawal'));
  await eventually('the decision', async () => (one.kept.decisions.length > 0 ? true : null));
  await one.shown();
  await keep('approved', one.id, runId);
  await keep('asleep-again', one.id);
}

/** A product that leaves the list, and its case after the days in which it could return. */
async function playRemoval(one: LivingCase, keep: Keep): Promise<void> {
  await one.says(wake());
  await one.says(answers);
  await one.says(verdict(one.kept, { level: 'l1', by: 'ada' }));
  await one.says(verdict(one.kept, { level: 'l2', by: 'ben', word: 'does_not_meet' }));
  await keep('expired', one.id);
  await one.until('2027-02-06T12:00:00.000Z');
  await keep('ended', one.id);
}

/** An owner who says nothing, while all of Temporal was away between the first reminder and the deadline. */
async function playSilence(one: LivingCase, keep: Keep): Promise<void> {
  await one.says(wake());
  await one.until('2026-08-09T09:00:00.000Z');
  await one.until('2026-09-09T12:00:00.000Z');
  await keep('clarification-by-machine', one.id);
}

/** A campaign that releases its one wave. */
async function playCampaign(world: CaseWorld, keep: Keep): Promise<void> {
  const real = await world.temporal.env.currentTimeMs();
  const beforeWave = '2026-07-10T08:59:59.000Z';
  const clock = [{ realAt: new Date(real).toISOString(), caseAt: beforeWave, dayMs: 86_400_000 }];
  const time = () => ({ clock, now: caseTime(clock, Date.now()) });
  const campaign = createMemoryCampaign('annual-2026', { slugs: ['seed-ledger', 'rain-gauge'], time });
  const id = 'campaign/annual-2026';
  world.records.campaigns.set(id, campaign);
  await createCases(world.temporal.env.client).start(id, campaign.look());
  const released = async () => (campaign.members.every((one) => one.released) ? true : null);
  await eventually('the wave', released);
  await world.quiet(id);
  await keep('campaign', id);
}
