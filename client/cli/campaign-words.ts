/** What the commands of campaigns print for people. */
import type { CampaignPlan } from '../../domain/campaign-plan.js';
import type { Started } from '../../prisma/campaign.js';
import type { CampaignLine, CampaignStatus } from '../../prisma/campaign-status.js';

const minute = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** "12 overdue, 3 due"; words with a count of nothing are left out. */
function tallied(counts: readonly (readonly [number, string])[]): string {
  const words = counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return words.length === 0 ? 'none' : words.join(', ');
}

const entries = (tally: Readonly<Record<string, number | undefined>>) =>
  tallied(Object.entries(tally).map(([word, count]) => [count ?? 0, word.replaceAll('_', ' ')]));

/** Who is in, how many a day, and what staff should look at first. */
export function planInWords(plan: CampaignPlan): string {
  const { members, leftOut, days, scope, peopleWithSeveral, withoutContact } = plan;
  const because = (word: string) => members.filter((one) => one.because === word).length;
  const out = (word: string) => leftOut.filter((one) => one.because === word).length;
  const kind = (word: string) => members.filter((one) => !one.joins && one.kind === word).length;
  const reasons = tallied([
    [because('overdue'), 'overdue'],
    [because('due'), 'due'],
    [because('never_asked_privacy'), 'never asked the privacy questions'],
    [because('hand_picked'), 'picked by name'],
  ]);
  const kinds = tallied([
    [kind('annual_review'), 'open an annual review'],
    [kind('privacy'), 'open a privacy case'],
    [members.filter(({ joins }) => joins).length, 'join an open review'],
  ]);
  const others = tallied([
    [out('not_asked'), 'not to be asked'],
    [out('filter'), 'left out by a filter'],
    [out('excluded'), 'excluded by name'],
    [out('refused'), 'would refuse'],
  ]);
  return [
    `Of ${counted(members.length + leftOut.length, 'product')}, as of ${minute(plan.plannedAt)}:`,
    `  ${members.length} in: ${reasons}`,
    `    ${kinds}`,
    `  ${leftOut.length} not in: ${others}`,
    `${counted(days.length, 'wave')}, at most ${counted(scope.perDay, 'case')} a day; products of one person stay together:`,
    ...days.map(({ wave, day, opens, joins, emails }) => {
      const joining = joins === 0 ? '' : `, ${joins} join`;
      return `  wave ${wave}, ${day}: ${opens} open${joining}, ${emails} first emails`;
    }),
    `${peopleWithSeveral.length} people with several products${peopleWithSeveral.length === 0 ? '' : ':'}`,
    ...peopleWithSeveral.map((slugs) => `  ${slugs.join(', ')}`),
    ...(withoutContact.length === 0
      ? ['Every product has somebody to ask.']
      : [
          `${withoutContact.length} have nobody to ask: their cases wait on the secretariat, and nothing expires.`,
          `  ${withoutContact.join(', ')}`,
          '  "perennial contacts template --missing" makes a file to fill in.',
        ]),
  ].join('\n');
}

/** Each product by wave, and each that is not in with its reason. */
export function inWaves({ days, members, leftOut }: CampaignPlan): string {
  return [
    'In, by wave:',
    ...days.map(({ wave }) => {
      const own = members.filter((member) => member.wave === wave);
      return `  ${wave}: ${own.map(({ slug, kind }) => (kind === 'privacy' ? `${slug} (privacy)` : slug)).join(', ')}`;
    }),
    'Not in:',
    ...leftOut.map(({ slug, reason }) => `  ${slug}: ${reason}`),
    ...(members.length === 0 ? [] : ['Next: perennial campaign start NAME --by YOU, with the same options.']),
  ].join('\n');
}

/** What a start did, and what comes next. */
export function startedInWords(started: Exclude<Started, { refused: string }>, plan: CampaignPlan): string {
  const { name, isNew, startedAt, firstWaveAt } = started;
  const look = `"perennial campaign status ${name}" tells how it stands.`;
  if (!isNew)
    return `${name} was started on ${minute(startedAt)} already, with the same scope. Nothing was changed. ${look}`;
  const first =
    firstWaveAt === null ? '' : ` The first wave is released on ${minute(firstWaveAt)}, its emails go at 09:00 UTC.`;
  const products = counted(plan.members.length, 'product');
  return `${name} is started: ${products} in ${counted(plan.days.length, 'wave')}.${first} ${look}`;
}

/** How a campaign stands, for staff. */
export function statusInWords(status: CampaignStatus, { members }: { members: boolean }): string {
  const { name, state, counts, waves, next, closedAt } = status;
  const until = closedAt === null ? '' : `, closed ${minute(closedAt)}`;
  return [
    `${name}: ${state}, started ${minute(status.startedAt)} by ${status.startedBy}${until}; at most ${counted(status.perDay, 'case')} a day`,
    `  ${waves.released} of ${waves.of} waves released` +
      (next === null ? '' : `; next: ${next.what}${next.nth === undefined ? '' : ` ${next.nth}`}, ${minute(next.due)}`),
    `  ${counted(counts.members, 'product')} (${counts.leftOut} left out): ${counts.released} woken, of these ${counts.opened} opened, ` +
      `${counts.joined} joined an open review, ${counts.refused} refused, ${counts.waiting} not taken yet`,
    ...Object.entries(status.refusedBecause).map(([sentence, count]) => `    refused ${count}: ${sentence}`),
    `  ${counts.answered} answered by their owners; ${counts.open} open, ${counts.ended} ended`,
    `  whose turn: ${entries(status.turns)}`,
    `  outcomes: ${entries(status.outcomes)}`,
    `  overdue: ${counts.overdue}; nobody to ask: ${counts.noContact}; needs a human: ${entries(status.needsHuman)}`,
    ...(members ? status.members.map(memberInWords) : ['  --members lists the products.']),
  ].join('\n');
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
      return `${name}: ${state}, started ${minute(startedAt)}${end}; ${released} of ${members} products woken${human}`;
    })
    .join('\n');
}
