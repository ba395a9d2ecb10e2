import { lacksContact } from '../domain/campaign.js';
import { nextEntry } from '../domain/agenda.js';
import type { Entry } from '../domain/case.js';
import { readCampaign, readMembers } from './campaign-members.js';
import type { Database } from './database.js';

/** A campaign that runs, so far as those who look at something else want to know of it. */
export interface RunningCampaign {
  readonly name: string;
  /** The entry of the next wave; null: all were released. */
  readonly nextWave: Entry | null;
  /** Slugs of the products that no wave woke yet. */
  readonly asleep: readonly string[];
  /** So many products are to be asked, now or later, and nobody is there to ask. */
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
      running.push({
        name,
        nextWave: nextEntry(agenda.filter(({ what }) => what === 'wave')),
        asleep: members.filter(({ released }) => !released).map(({ slug }) => slug),
        withoutContact: members.filter(lacksContact).length,
        stuck: record?.stuck === true || agenda.some(({ aside }) => aside === true),
      });
    }
    return running;
  });
}
