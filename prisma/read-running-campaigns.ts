import { lacksContact } from '../domain/campaign.js';
import { nextEntry } from '../domain/agenda.js';
import type { Entry } from '../domain/case.js';
import { readCampaign, readMembers } from './campaign-members.js';
import type { Database, Transaction } from './database.js';

/** A campaign that runs, so far as those who look at something else want to know of it. */
export interface RunningCampaign {
  readonly name: string;
  /** The entry of the next wave; null: all were released. */
  readonly nextWave: Entry | null;
  /** Slugs of the products that no wave woke yet and whose own review is not open either: that one tells of itself. */
  readonly asleep: readonly string[];
  /** Slugs of those that it woke, and whose review is open still. */
  readonly asking: readonly string[];
  /** So many of those are to be asked later, and nobody is there to ask. */
  readonly withoutContact: number;
  /** Something of it was set aside. */
  readonly stuck: boolean;
}

/** The campaigns that run, the oldest first. */
export async function readRunningCampaigns(database: Database): Promise<readonly RunningCampaign[]> {
  return database.$transaction(async (transaction) => {
    const running: RunningCampaign[] = [];
    const order = [{ startedAt: 'asc' }, { name: 'asc' }] as const;
    for (const { name } of await transaction.campaign.findMany({ where: { state: 'running' }, orderBy: [...order] })) {
      const record = await readCampaign(transaction, name);
      const members = await readMembers(transaction, name);
      const agenda = record?.agenda ?? [];
      const opened = await openOf(
        transaction,
        members.map(({ slug }) => slug),
      );
      const sleeping = members.filter(({ slug, released }) => !released && !opened.has(slug));
      running.push({
        name,
        nextWave: nextEntry(agenda.filter(({ what }) => what === 'wave')),
        asleep: sleeping.map(({ slug }) => slug),
        asking: members.filter(({ released, open }) => released && open).map(({ slug }) => slug),
        withoutContact: sleeping.filter(lacksContact).length,
        stuck: record?.stuck === true || agenda.some(({ aside }) => aside === true),
      });
    }
    return running;
  });
}

async function openOf(transaction: Transaction, slugs: readonly string[]): Promise<ReadonlySet<string>> {
  const where = { open: true, slug: { in: [...slugs] } };
  const open = await transaction.application.findMany({ where, select: { slug: true } });
  return new Set(open.map(({ slug }) => slug));
}
