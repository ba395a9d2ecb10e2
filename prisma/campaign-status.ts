import type { Attention, Ended, Entry, WaitingOn } from '../domain/case.js';
import type { Instant } from '../domain/calendar.js';
import { campaignAttention, campaignCase, lacksContact } from '../domain/campaign.js';
import { nextEntry } from '../domain/agenda.js';
import { readClock } from './case-time.js';
import { readCampaign, readMembers, type Member } from './campaign-members.js';
import type { Database, Transaction } from './database.js';

/** How often each of some words occurs; words that do not occur are absent. */
export type Tally<Word extends string> = Readonly<Partial<Record<Word, number>>>;

/** The figures of a campaign. */
export interface CampaignCounts {
  readonly members: number;
  readonly leftOut: number;
  /** Wakes given to their cases. */
  readonly released: number;
  /** Of these without an outcome yet. */
  readonly waiting: number;
  readonly opened: number;
  readonly joined: number;
  readonly refused: number;
  /** Reviews with an owner's own answers. */
  readonly answered: number;
  readonly open: number;
  readonly ended: number;
  /** Open reviews in which something was due and has not happened yet. */
  readonly overdue: number;
  /** To be asked, and nobody is there to ask. */
  readonly noContact: number;
}

/** A campaign as staff follow it. Names of products, no names of people. */
export interface CampaignStatus {
  readonly name: string;
  readonly state: 'running' | 'closed';
  readonly startedAt: Instant;
  readonly startedBy: string;
  readonly closedAt: Instant | null;
  readonly perDay: number;
  /** Case time of this report. */
  readonly now: Instant;
  readonly next: Entry | null;
  readonly waves: { readonly of: number; readonly released: number };
  readonly attention: readonly Attention[];
  readonly counts: CampaignCounts;
  /** Why wakes were refused, and how many. */
  readonly refusedBecause: Readonly<Record<string, number>>;
  /** Whose turn it is in the open reviews. */
  readonly turns: Tally<WaitingOn>;
  /** Open reviews that need a human, by reason. */
  readonly needsHuman: Tally<Attention>;
  /** How the ended reviews ended. */
  readonly outcomes: Tally<Ended>;
  readonly members: readonly Member[];
  readonly leftOut: readonly { readonly slug: string; readonly reason: string }[];
}

/** The state of a campaign; null if there is none of that name. */
export async function campaignStatus(database: Database, name: string): Promise<CampaignStatus | null> {
  return database.$transaction(async (transaction) => {
    const record = await readCampaign(transaction, name);
    if (record === null) return null;
    const { state, startedAt, startedBy, closedAt, perDay } = await transaction.campaign.findUniqueOrThrow({
      where: { name },
    });
    const { now } = await readClock(transaction);
    const members = await readMembers(transaction, name);
    const leftOut = await readLeftOut(transaction, name);
    const waves = new Set(members.map(({ wave }) => wave));
    const asleep = new Set(members.flatMap(({ released, wave }) => (released ? [] : [wave])));
    const ended = members.filter(({ reference, open }) => reference !== null && !open);
    return {
      name,
      state: state === 'closed' ? 'closed' : 'running',
      startedAt: startedAt.toISOString(),
      startedBy,
      closedAt: closedAt?.toISOString() ?? null,
      perDay,
      now,
      next: nextEntry(record.agenda),
      waves: { of: waves.size, released: waves.size - asleep.size },
      attention: campaignAttention({ record, members }),
      counts: countsOf({ members, leftOut: leftOut.length, now }),
      refusedBecause: tally(members.flatMap((one) => (one.outcome === 'refused' ? [one.sentence ?? ''] : []))),
      turns: tally(members.flatMap(({ waitingOn }) => waitingOn ?? [])),
      needsHuman: tally(members.flatMap(({ attention }) => attention)),
      // An ended review's state is its outcome.
      outcomes: tally(ended.flatMap((one) => (one.state as Ended | null) ?? [])),
      members,
      leftOut,
    };
  });
}

async function readLeftOut(transaction: Transaction, name: string): Promise<CampaignStatus['leftOut']> {
  const found = await transaction.campaignMember.findMany({
    where: { name, excluded: { not: null } },
    orderBy: { slug: 'asc' },
  });
  return found.map(({ slug, excluded }) => ({ slug, reason: excluded ?? '' }));
}

function countsOf({
  members,
  leftOut,
  now,
}: {
  members: readonly Member[];
  leftOut: number;
  now: Instant;
}): CampaignCounts {
  const count = (holds: (member: Member) => boolean) => members.filter(holds).length;
  return {
    members: members.length,
    leftOut,
    released: count(({ released }) => released),
    waiting: count(({ released, outcome }) => released && outcome === null),
    opened: count(({ outcome }) => outcome === 'accepted'),
    joined: count(({ outcome }) => outcome === 'joined'),
    refused: count(({ outcome }) => outcome === 'refused' || outcome === 'late'),
    answered: count(({ answered }) => answered),
    open: count(({ open }) => open),
    ended: count(({ reference, open }) => reference !== null && !open),
    overdue: count(({ nextDueAt }) => nextDueAt !== null && nextDueAt.toISOString() < now),
    noContact: count(lacksContact),
  };
}

function tally<Word extends string>(words: readonly Word[]): Readonly<Record<Word, number>> {
  const counts = new Map<Word, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const sorted = [...counts].sort(([one, first], [other, second]) => second - first || (one < other ? -1 : 1));
  // Words that do not occur are absent, which Tally says to callers.
  return Object.fromEntries(sorted) as Record<Word, number>;
}

/** A line of the list of campaigns. */
export interface CampaignLine {
  readonly name: string;
  readonly state: string;
  readonly startedAt: Instant;
  readonly closedAt: Instant | null;
  readonly members: number;
  readonly released: number;
  /** Of its case: why staff must look. */
  readonly attention: readonly string[];
}

/** All campaigns, the newest first. */
export async function listCampaigns(database: Database): Promise<readonly CampaignLine[]> {
  return database.$transaction(async (transaction) => {
    const campaigns = await transaction.campaign.findMany({
      orderBy: [{ startedAt: 'desc' }, { name: 'asc' }],
      include: { _count: { select: { members: { where: { excluded: null } } } } },
    });
    const lines: CampaignLine[] = [];
    for (const { name, state, startedAt, closedAt, _count } of campaigns) {
      const { attention } = await transaction.case.findUniqueOrThrow({ where: { id: campaignCase(name) } });
      lines.push({
        name,
        state,
        startedAt: startedAt.toISOString(),
        closedAt: closedAt?.toISOString() ?? null,
        members: _count.members,
        released: await transaction.submission.count({ where: { kind: 'wake', role: 'campaign', actor: name } }),
        attention,
      });
    }
    return lines;
  });
}
