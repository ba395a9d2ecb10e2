/** A running campaign: what its entries and rows do, when it has done its work, and why staff must look. Pure. */
import { addDays, dayOf, nextSendingTime, sendingTime, type Instant } from './calendar.js';
import type { CampaignPlan } from './campaign-plan.js';
import { waveDue } from './campaign-waves.js';
import type { Attention, Entry, WaitingOn } from './case.js';
import type { EmailFacts, RowOutcome } from './effect.js';

const PREFIX = 'campaign/';

/** The id of a campaign's case. */
export function campaignCase(name: string): string {
  return `${PREFIX}${name}`;
}

/** The name of the campaign whose case an id is; null for cases of products. */
export function campaignOf(caseId: string): string | null {
  return caseId.startsWith(PREFIX) ? caseId.slice(PREFIX.length) : null;
}

/** What is wrong with the name of a campaign, in a sentence; null if nothing is. Operators see it. */
export function nameProblem(name: string): string | null {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/u.test(name) && name.length <= 64) return null;
  return `"${name}" cannot name a campaign. Use small letters, digits and single hyphens, such as annual-2026.`;
}

/** The one-time key of a wake: one for each campaign and product. */
export function wakeKey({ campaign, slug }: { campaign: string; slug: string }): string {
  return `wake:${campaign}:${slug}`;
}

/** A campaign as its steps see it. */
export interface CampaignRecord {
  readonly name: string;
  readonly state: 'running' | 'closed';
  readonly agenda: readonly Entry[];
  /** A row of the campaign was set aside. */
  readonly stuck: boolean;
}

/** What became of one member so far. */
export interface MemberProgress {
  readonly slug: string;
  readonly wave: number;
  /** Its wake was given to its case. */
  readonly released: boolean;
  /** The wake's outcome; null while there is none. */
  readonly outcome: RowOutcome['result'] | null;
  /** The review that the wake opened or joined is open. */
  readonly open: boolean;
  /** Somebody can be asked: of the review while it is open, of the product before. */
  readonly hasContact: boolean;
}

/** What happens to a campaign: an entry that is due, or a row of staff. */
export type CampaignEvent =
  | { readonly is: 'due'; readonly entry: Entry }
  | { readonly is: 'close'; readonly reason: string }
  | { readonly is: 'release' }
  | { readonly is: 'other' };

export interface CampaignNote {
  readonly what: 'wave_released' | 'followed' | 'campaign_closed' | 'released';
  readonly detail: EmailFacts;
}

/** What a step makes of a campaign. */
export interface CampaignChange {
  readonly record: CampaignRecord;
  /** For rows; null when an entry was due. */
  readonly outcome: RowOutcome | null;
  /** For the ledger: words and counts only. */
  readonly notes: readonly CampaignNote[];
}

/** The entry of a wave, from 1. */
export function waveEntry({ wave, of, due }: { wave: number; of: number; due: Instant }): Entry {
  return { id: `wave:${wave}`, what: 'wave', due, for: 'nobody', nth: wave, of };
}

/** The next following: at the sending time of the next day. */
export function followEntry(now: Instant): Entry {
  const due = sendingTime(addDays(dayOf(now), 1));
  return { id: `follow:${dayOf(due)}`, what: 'follow', due, for: 'nobody' };
}

/** The agenda of a campaign that starts now. */
export function firstAgenda({ plan, now }: { plan: CampaignPlan; now: Instant }): readonly Entry[] {
  const of = plan.days.length;
  const waves = plan.days.map(({ wave }) => waveEntry({ wave, of, due: waveDue({ wave, now }) }));
  return [...waves, followEntry(nextSendingTime(now))];
}

/** The number of the wave that an entry releases; null for other entries. */
export function waveOf(entry: Entry): number | null {
  return entry.what === 'wave' && entry.nth !== undefined ? entry.nth : null;
}

/**
 * Applies one event to a campaign. An entry that was due is gone, or lies ahead. A wave's entry is to be given only
 * when its members were released. A campaign whose wakes all have an outcome, and whose reviews have all ended, closes.
 */
export function applyCampaign({
  record,
  event,
  now,
  members,
}: {
  readonly record: CampaignRecord;
  readonly event: CampaignEvent;
  readonly now: Instant;
  readonly members: readonly MemberProgress[];
}): CampaignChange {
  if (event.is !== 'due') return applyRow({ record, event, members });
  const { entry } = event;
  const others = record.agenda.filter(({ id }) => id !== entry.id);
  if (record.state === 'closed') return { record: { ...record, agenda: [] }, outcome: null, notes: [] };
  if (isDone(members)) {
    return { record: closed(record), outcome: null, notes: [closing({ members, by: 'itself' })] };
  }
  const wave = waveOf(entry);
  const agenda = entry.what === 'follow' ? [...others, followEntry(now)] : others;
  const note: CampaignNote =
    wave === null
      ? { what: 'followed', detail: countsOf(members) }
      : { what: 'wave_released', detail: { wave, products: members.filter((one) => one.wave === wave).length } };
  return { record: { ...record, agenda }, outcome: null, notes: [note] };
}

function applyRow({
  record,
  event,
  members,
}: {
  record: CampaignRecord;
  event: Exclude<CampaignEvent, { is: 'due' }>;
  members: readonly MemberProgress[];
}): CampaignChange {
  const refused = (sentence: string): CampaignChange => ({
    record,
    outcome: { result: 'refused', sentence },
    notes: [],
  });
  if (event.is === 'other') return refused('A campaign can be closed, and what was set aside can be released.');
  if (event.is === 'release') {
    const agenda = record.agenda.map(({ aside: _, ...entry }) => entry);
    const outcome: RowOutcome = { result: 'accepted', sentence: 'What was set aside goes on.' };
    return { record: { ...record, agenda, stuck: false }, outcome, notes: [{ what: 'released', detail: {} }] };
  }
  if (record.state === 'closed') {
    const sentence = 'The campaign has closed already. Nothing was changed.';
    return { record, outcome: { result: 'late', sentence }, notes: [] };
  }
  if (event.reason.trim() === '') return refused('Say why the campaign closes before its work is done.');
  const { open, asleep } = countsOf(members);
  const sentence =
    `The campaign is closed. ${inWords(asleep)} not woken and stay${asleep === 1 ? 's' : ''} asleep; ` +
    `${inWords(open)} under review and go${open === 1 ? 'es' : ''} on.`;
  const notes = [closing({ members, by: 'staff' })];
  return { record: closed(record), outcome: { result: 'accepted', sentence }, notes };
}

function inWords(count: number): string {
  return count === 1 ? '1 product is' : `${count} products are`;
}

function closed(record: CampaignRecord): CampaignRecord {
  return { ...record, state: 'closed', agenda: [] };
}

function closing({ members, by }: { members: readonly MemberProgress[]; by: 'itself' | 'staff' }): CampaignNote {
  return { what: 'campaign_closed', detail: { by, ...countsOf(members) } };
}

/** Whether every wake has an outcome and every review that it opened or joined has ended. */
export function isDone(members: readonly MemberProgress[]): boolean {
  return members.every(({ outcome, open }) => outcome !== null && !open);
}

function countsOf(members: readonly MemberProgress[]) {
  return {
    products: members.length,
    released: members.filter(({ released }) => released).length,
    asleep: members.filter(({ released }) => !released).length,
    open: members.filter(({ open }) => open).length,
  };
}

/** Whether a member is to be asked, now or later, and nobody is there to ask. */
export function lacksContact({ outcome, open, hasContact }: MemberProgress): boolean {
  return (outcome === null || open) && !hasContact;
}

/** Why staff must look at a campaign; empty when nobody must. A closed one needs nobody. */
export function campaignAttention({
  record,
  members,
}: {
  record: CampaignRecord;
  members: readonly MemberProgress[];
}): readonly Attention[] {
  const stuck = record.stuck || record.agenda.some(({ aside }) => aside === true);
  if (record.state === 'closed') return stuck ? ['stuck'] : [];
  const reasons: Attention[] = members.some(lacksContact) ? ['no_contact'] : [];
  return stuck ? [...reasons, 'stuck'] : reasons;
}

/** Whose turn it is: the secretariat's while it must look; otherwise a campaign waits on nobody itself. */
export function campaignWaitingOn(attention: readonly Attention[]): WaitingOn {
  return attention.length === 0 ? 'nobody' : 'secretariat';
}
