import type { History } from '@temporalio/common/lib/proto-utils.js';
import { eventually, startCaseWorld, type CaseWorld, type LivingCase } from '../support/case-world.js';
import { devServer, type TestTemporal } from '../support/temporal.js';
import { answers, asks, refuses, verdict, wake } from '../support/wishes.js';
import { playAnew, SUGGESTS_ANEW_AFTER } from './anew.js';
import { playCampaign } from './campaign.js';
import { playWays } from './ways-played.js';

/** The history of a workflow as it was in a state, by the state's name. */
export type Histories = ReadonlyMap<string, History>;
/** Keeps the history of a workflow as it now is: of its newest run, or of the one that is named. */
export type Keep = (name: string, id: string, runId?: string) => Promise<void>;

/** Plays workflows through every state, in real time on dev servers; keeps the history of each as it stood then. */
export async function playEveryState(): Promise<Histories> {
  const kept = new Map<string, History>();
  const play = async (start: () => Promise<TestTemporal>, all: (world: CaseWorld, keep: Keep) => Promise<unknown>) => {
    const world = await startCaseWorld(start);
    const workflow = (id: string, runId?: string) => world.temporal.env.client.workflow.getHandle(id, runId);
    const keep: Keep = async (name, id, runId) => void kept.set(name, await workflow(id, runId).fetchHistory());
    await all(world, keep).finally(world.stop);
  };
  await play(devServer, playCases);
  await play(devServer, playWays);
  await play(() => devServer({ suggestsAnewAfter: SUGGESTS_ANEW_AFTER }), playAnew);
  return kept;
}

async function playCases(world: CaseWorld, keep: Keep): Promise<void> {
  const begin: CaseWorld['begin'] = (slug, some) => world.begin(slug, some);
  const whole = await begin('seed-ledger', { listing: { validUntil: '2026-10-01' }, takesMail: false });
  const silent = await begin('quiet-well', { missingOnFile: ['pii_level'] });
  const yielding = await begin('tide-table', { listing: { validUntil: '2027-01-10' } });
  await Promise.all([
    playWhole(world, whole, keep),
    playRemoval(world, await begin('rain-gauge'), keep),
    playSilence(world, silent, keep),
    playYielding(yielding, keep),
    playTrouble(await begin('lost-letter', { takesMail: false }), keep),
    playEnd(world, await begin('left-field'), keep, { wish: 'withdraw', name: 'withdrawn' }),
    playEnd(world, await begin('far-shore'), keep, { wish: 'close', name: 'closed-elsewhere' }),
    playFailure(await begin('slow-tide'), keep),
    playCampaign(world, keep),
  ]);
}

/** The run of a case as it now is: soon it continues as another. */
async function runOf(world: CaseWorld, { id }: LivingCase): Promise<string> {
  return (await world.temporal.env.client.workflow.getHandle(id).describe()).runId;
}

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
  const run = await runOf(world, one);
  await one.says(refuses('withdrawal'));
  await eventually('the decision', async () => (one.kept.decisions.length > 0 ? true : null));
  await one.shown();
  await keep('approved', one.id, run);
  await keep('asleep-again', one.id);
}

/** A product that leaves the list, and its case after the days in which it could return. */
async function playRemoval(world: CaseWorld, one: LivingCase, keep: Keep): Promise<void> {
  await one.says(wake());
  await one.says(answers);
  await one.says(verdict(one.kept, { level: 'l1', by: 'ada' }));
  const run = await runOf(world, one);
  await one.says(verdict(one.kept, { level: 'l2', by: 'ben', word: 'does_not_meet' }));
  await keep('ineligible', one.id, run);
  await keep('expired', one.id);
  await one.until('2027-02-06T12:00:00.000Z');
  await keep('ended', one.id);
}

/**
 * An owner who says nothing, while all of Temporal was away between the first reminder and the deadline; asked again
 * by the machine, before the secretariat, ended by a person, reopened.
 */
async function playSilence(world: CaseWorld, one: LivingCase, keep: Keep): Promise<void> {
  await one.says(wake());
  await one.until('2026-08-09T09:00:00.000Z');
  await one.until('2026-09-09T12:00:00.000Z');
  await keep('clarification-by-machine', one.id);
  await one.until('2026-10-10T12:00:00.000Z');
  await keep('silence', one.id);
  const run = await runOf(world, one);
  await one.says({ is: 'expire' });
  await keep('unanswered', one.id, run);
  await one.says({ is: 'reopen' });
  await keep('reopened', one.id);
}

/** A privacy case whose reviewer is late, until the annual review opens by itself and takes its place. */
async function playYielding(one: LivingCase, keep: Keep): Promise<void> {
  await one.says(wake());
  await keep('privacy', one.id);
  await one.says(answers);
  await one.until('2026-07-24T09:00:00.000Z');
  await keep('reviewer-late', one.id);
  await one.until('2026-11-11T06:00:00.000Z');
  await keep('superseded', one.id);
}

/** An owner whom no email reaches. */
async function playTrouble(one: LivingCase, keep: Keep): Promise<void> {
  await one.says(wake());
  await one.until('2026-07-13T09:00:00.000Z');
  await keep('undeliverable', one.id);
}

/** A row whose step fails inside the workflow's task, and is done by the ordinary one. */
async function playFailure(one: LivingCase, keep: Keep): Promise<void> {
  await one.says(wake());
  let failures = 1;
  one.kept.before = () => {
    failures -= 1;
    return failures < 0 ? Promise.resolve() : Promise.reject(new Error('PLANTED'));
  };
  await one.says(answers);
  await keep('failed-in-task', one.id);
}

/** A review that staff end. */
async function playEnd(
  world: CaseWorld,
  one: LivingCase,
  keep: Keep,
  { wish, name }: { readonly wish: 'withdraw' | 'close'; readonly name: string },
): Promise<void> {
  await one.says(wake());
  const run = await runOf(world, one);
  await one.says({ is: wish });
  await keep(name, one.id, run);
}
