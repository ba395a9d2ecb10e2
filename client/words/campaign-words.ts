/** What the commands of campaigns print for people; of plans see campaign-plan-words.ts. */
import { dayOf, sendingTime, type Instant } from '../../domain/calendar.js';
import type { CampaignPlan } from '../../domain/campaign-plan.js';
import type { Entry } from '../../domain/case.js';
import type { Started } from '../../prisma/campaign.js';
import type { CampaignLine, CampaignStatus } from '../../prisma/campaign-status.js';
import { counted, shortInstant, tallied } from './words.js';

const minute = (instant: string): string => `${shortInstant(instant)} UTC`;

/**
 * When a wave is due and when its emails go: "wave 1 of 9 is due 2026-11-25 08:00 UTC, its emails go at 09:00 UTC".
 * A wave goes within moments of its time: of one that did not, what to look at.
 */
export function waveInWords({ nth, of, due }: Entry, now: Instant): string {
  const wave = `wave ${nth ?? '?'} of ${of ?? '?'}`;
  if (due > now) return `${wave} is due ${waveTime(due, now)}`;
  return `${wave} was due ${minute(due)} and has not gone yet: is the worker running? "perennial doctor" tells`;
}

/** "2026-11-25 08:00 UTC, its emails go at 09:00 UTC"; "at once" if the time is past. */
export function waveTime(due: Instant, now: Instant): string {
  return `${due > now ? minute(due) : 'at once'}, its emails go at ${sendingTime(dayOf(due)).slice(11, 16)} UTC`;
}

const entries = (tally: Readonly<Record<string, number | undefined>>) =>
  tallied(Object.entries(tally).map(([word, count]) => [count ?? 0, word.replaceAll('_', ' ')]));

/** What a start did, and what comes next. */
export function startedInWords(started: Exclude<Started, { refused: string }>, plan: CampaignPlan): string {
  const { name, isNew, startedAt, firstWaveAt } = started;
  const look = `"perennial campaign status ${name}" tells how it stands.`;
  if (!isNew)
    return `${name} was started on ${minute(startedAt)} already, with the same scope. Nothing was changed. ${look}`;
  const products = counted(plan.members.length, 'product');
  return [
    `${name} is started: ${products} in ${counted(plan.days.length, 'wave')}.`,
    ...(firstWaveAt === null
      ? []
      : [`The first wave is due ${waveTime(firstWaveAt, startedAt)}. ${firstEmailInWords(plan)}`]),
    look,
  ].join('\n');
}

function firstEmailInWords({ days, withoutContact }: CampaignPlan): string {
  const first = days.find(({ emails }) => emails > 0);
  if (first?.wave === 1) return 'Until then it sends nothing.';
  if (first !== undefined)
    return `The first email goes ${minute(sendingTime(first.day))}; until then it sends nothing.`;
  return withoutContact.length === 0
    ? 'It sends no first email: each joins a review that is open.'
    : 'It sends no first email, for nobody can be asked: "perennial contacts template --missing" makes a file to fill in.';
}

/** How a campaign stands, for staff. */
export function statusInWords(status: CampaignStatus, { members }: { members: boolean }): string {
  const { name, state, counts, waves, next, closedAt } = status;
  const until = closedAt === null ? '' : `, closed ${minute(closedAt)}`;
  return [
    `${name}: ${state}, started ${minute(status.startedAt)} by ${status.startedBy}${until}; at most ${counted(status.perDay, 'case')} a day`,
    `  ${waves.released} of ${counted(waves.of, 'wave')} released${next === null ? '' : `; ${nextOfCampaign(next, status.now)}`}`,
    `  ${counted(counts.members, 'product')} (${counts.leftOut} left out): ${counts.released} woken, of these ${counts.opened} opened, ` +
      `${counts.joined} joined an open review, ${counts.refused} refused, ${counts.waiting} not taken yet`,
    ...Object.entries(status.refusedBecause).map(([sentence, count]) => `    refused ${count}: ${sentence}`),
    `  ${counts.answered} answered by their owners; ${counts.open} open, ${counts.ended} ended`,
    `  whose turn: ${entries(status.turns)}`,
    `  outcomes: ${entries(status.outcomes)}`,
    `  overdue: ${counts.overdue}; nobody to ask: ${counts.noContact}; open reviews that need a human: ${entries(status.needsHuman)}`,
    ...(members ? status.members.map(memberInWords) : ['  --members lists the products.']),
  ].join('\n');
}

function nextOfCampaign(next: Entry, now: Instant): string {
  return next.what === 'wave' ? waveInWords(next, now) : `next: ${next.what.replaceAll('_', ' ')}, ${minute(next.due)}`;
}

function memberInWords({
  slug,
  wave,
  released,
  outcome,
  reference,
  state,
  waitingOn,
  attention,
}: CampaignStatus['members'][number]): string {
  if (!released) return `  ${slug}: asleep until wave ${wave}`;
  if (outcome === null) return `  ${slug}: woken, not taken yet`;
  if (reference === null) return `  ${slug}: ${outcome}`;
  const turn = waitingOn === null ? '' : `, waits on ${waitingOn}`;
  const human = attention.length === 0 ? '' : `, needs a human: ${attention.join(', ')}`;
  return `  ${slug}: ${reference}, ${state ?? ''}${turn}${human}`;
}

/** All campaigns, a line each. */
export function listInWords(campaigns: readonly CampaignLine[]): string {
  if (campaigns.length === 0) return 'No campaign was started yet. "perennial campaign plan" shows whom one would ask.';
  return campaigns
    .map(({ name, state, startedAt, closedAt, members, released, attention }) => {
      const end = closedAt === null ? '' : `, closed ${minute(closedAt)}`;
      const human = attention.length === 0 ? '' : `; needs a human: ${attention.join(', ')}`;
      return `${name}: ${state}, started ${minute(startedAt)}${end}; ${released} of ${counted(members, 'product')} woken${human}`;
    })
    .join('\n');
}
