import { dueEntry, nextEntry } from '../domain/agenda.js';
import {
  applyCampaign,
  campaignAttention,
  campaignCase,
  campaignOf,
  wakeKey,
  waveOf,
  type CampaignChange,
  type CampaignEvent,
  type CampaignRecord,
} from '../domain/campaign.js';
import type { Instant } from '../domain/calendar.js';
import { resultOfCampaign, type StepResult } from '../domain/step-result.js';
import { appendRow } from './append.js';
import { readClock } from './case-time.js';
import { readCampaign, readMembers, type Member } from './campaign-members.js';
import { lockCase, type Database, type Transaction } from './database.js';
import type { RowBody, StoredRow } from './event-of-row.js';
import { json } from './json.js';
import { plainNote, writeLines, type Execution } from './ledger.js';
import { oldestRow } from './oldest-row.js';

/**
 * One step of a campaign, by the contract of `step`. If a wave is due its members are woken first, each in a
 * transaction of its own, since a transaction locks one case only; then the campaign's own transaction takes the
 * entry out. Safe to run twice: a wake's key is its campaign's and product's. Throws if there is no such campaign.
 */
export async function campaignStep(
  database: Database,
  { caseId, armedFor, ranBy = null }: { caseId: string; armedFor: string | null; ranBy?: Execution | null },
): Promise<StepResult> {
  const name = campaignOf(caseId) ?? '';
  await releaseDueWave(database, { name, armedFor });
  return database.$transaction(async (transaction) => {
    const loaded = await load(transaction, name);
    if (loaded === null) throw new Error('There is no record of this case.');
    const row = await oldestRow(transaction, caseId);
    const event = row === null ? dueEvent(loaded, armedFor) : eventOf(row);
    if (event === null) return resultOf(transaction, { loaded, wrote: false });
    const change = applyCampaign({ ...loaded, event });
    await save(transaction, { loaded, change, row, event, ranBy });
    return resultOf(transaction, { loaded: { ...loaded, record: change.record }, wrote: true });
  });
}

/** The state of a campaign as it now is; nothing is written. Null if there is no such campaign. */
export async function lookAtCampaign(database: Database, caseId: string): Promise<StepResult | null> {
  return database.$transaction(async (transaction) => {
    const loaded = await load(transaction, campaignOf(caseId) ?? '');
    return loaded === null ? null : resultOf(transaction, { loaded, wrote: false });
  });
}

interface Loaded {
  readonly record: CampaignRecord;
  readonly members: readonly Member[];
  readonly now: Instant;
  readonly clock: StepResult['clock'];
}

/** Locks a campaign's case and reads it. */
async function load(transaction: Transaction, name: string): Promise<Loaded | null> {
  if (!(await lockCase(transaction, campaignCase(name)))) return null;
  const record = await readCampaign(transaction, name);
  if (record === null) return null;
  return { record, members: await readMembers(transaction, name), ...(await readClock(transaction)) };
}

/** Wakes the members of the wave that is due, unless a row comes first. */
async function releaseDueWave(
  database: Database,
  { name, armedFor }: { name: string; armedFor: string | null },
): Promise<void> {
  const due = await database.$transaction(async (transaction) => {
    const loaded = await load(transaction, name);
    if (loaded === null || (await oldestRow(transaction, campaignCase(name))) !== null) return [];
    const entry = dueEntry({ agenda: loaded.record.agenda, armedFor, now: loaded.now });
    const wave = entry === null ? null : waveOf(entry);
    return loaded.members.filter((member) => member.wave === wave && !member.released);
  });
  const failed: unknown[] = [];
  for (const member of due) {
    try {
      await wake(database, { campaign: name, ...member });
    } catch (error) {
      // One product that fails keeps no other asleep.
      failed.push(error);
    }
  }
  if (failed.length > 0) throw failed[0];
}

/** Wakes one product, unless the campaign was closed meanwhile. */
async function wake(
  database: Database,
  { campaign, slug, handPicked }: { campaign: string; slug: string; handPicked: boolean },
): Promise<void> {
  const body: RowBody<'wake'> = { campaign, handPicked, cause: campaign };
  const caseId = `dpg/${slug}`;
  await database.$transaction(async (transaction) => {
    if (!(await lockCase(transaction, caseId))) throw new Error('There is no record of this case.');
    // Closing waits for this transaction, or is over: no wake comes after it.
    const running = await transaction.$queryRaw<unknown[]>`
      select 1 from "Campaign" where name = ${campaign} and state = 'running' for share`;
    if (running.length === 0) return;
    const about = {
      caseId,
      applicationId: null,
      round: null,
      kind: 'wake',
      role: 'campaign',
      actor: campaign,
    } as const;
    await appendRow(transaction, { key: wakeKey({ campaign, slug }), ...about, body });
  });
}

/** What is due; a wave only once its members are awake: until then the next step sees to it. */
function dueEvent({ record, members, now }: Loaded, armedFor: string | null): CampaignEvent | null {
  const entry = dueEntry({ agenda: record.agenda, armedFor, now });
  if (entry === null) return null;
  const wave = waveOf(entry);
  const waits = members.some((member) => member.wave === wave && !member.released);
  return waits ? null : { is: 'due', entry };
}

function eventOf({ kind, body }: StoredRow): CampaignEvent {
  if (kind === 'release') return { is: 'release' };
  // closeCampaign wrote it.
  return kind === 'close' ? { is: 'close', reason: (body as { reason: string }).reason } : { is: 'other' };
}

interface Saving {
  readonly loaded: Loaded;
  readonly change: CampaignChange;
  readonly row: StoredRow | null;
  readonly event: CampaignEvent;
  readonly ranBy: Execution | null;
}

async function save(transaction: Transaction, { loaded, change, row, event, ranBy }: Saving): Promise<void> {
  const { record, notes, outcome } = change;
  const caseId = campaignCase(record.name);
  const at = new Date(loaded.now);
  const next = nextEntry(record.agenda);
  if (record.state === 'closed' && loaded.record.state !== 'closed') {
    await transaction.campaign.update({ where: { name: record.name }, data: { state: 'closed', closedAt: at } });
  }
  if (row?.kind === 'release') {
    await transaction.submission.updateMany({ where: { caseId, aside: true }, data: { aside: false } });
  }
  await transaction.case.update({
    where: { id: caseId },
    data: {
      revision: { increment: 1 },
      agenda: json(record.agenda),
      attention: [...campaignAttention({ record, members: loaded.members })],
      nextDueAt: next === null ? null : new Date(next.due),
      ended: record.state === 'closed',
      failures: 0,
      failedAt: null,
    },
  });
  await writeLines(
    transaction,
    {
      ...{ caseId, at: loaded.now, row, ranBy },
      why: row === null ? `entry:${event.is === 'due' ? event.entry.id : event.is}` : `row:${row.id}`,
      before: { state: loaded.record.state, entries: loaded.record.agenda.length },
      after: { state: record.state, entries: record.agenda.length },
    },
    (notes.length > 0 ? notes : [plainNoteOf({ row, event, change })]).map((note) => ({
      ...note,
      applicationId: null,
    })),
  );
  if (row !== null && outcome !== null) {
    await transaction.outcome.create({ data: { submissionId: row.id, ...outcome, at } });
  }
}

function plainNoteOf({ row, event, change }: Pick<Saving, 'row' | 'event' | 'change'>) {
  const due = event.is === 'due' ? event.entry.what : event.is;
  return plainNote(row === null ? { due } : { kind: row.kind, result: change.outcome?.result ?? 'taken' });
}

async function resultOf(
  transaction: Transaction,
  { loaded, wrote }: { loaded: Loaded; wrote: boolean },
): Promise<StepResult> {
  const more = (await oldestRow(transaction, campaignCase(loaded.record.name))) !== null;
  return resultOfCampaign({ ...loaded, more, wrote });
}
