/** What `campaign plan` prints for people. */
import type { CampaignPlan, LeftOutProduct, PlannedMember } from '../../domain/campaign-plan.js';
import { waveTime } from './campaign-words.js';
import { counted, firstOf, handful, shortInstant, tallied } from './words.js';

/** Of each group the first handful, or all. */
interface HowMuch {
  readonly all: boolean;
}

/** Who is in and why, who has nobody to ask, the waves, who has several products, who is not in and why. */
export function planInWords(plan: CampaignPlan, much: HowMuch): string {
  const short = groupsInWords(plan, much);
  const isCut = short.length < groupsInWords(plan, { all: true }).length;
  return isCut ? `${short}\n--all names every product, and so does --json.` : short;
}

function groupsInWords(plan: CampaignPlan, { all }: HowMuch): string {
  return [
    ...countsInWords(plan),
    ...withoutContactInWords(plan, { all }),
    ...wavesInWords(plan, { all }),
    ...severalInWords(plan, { all }),
    ...leftOutInWords(plan, { all }),
  ].join('\n');
}

function countsInWords({ members, leftOut, plannedAt }: CampaignPlan): readonly string[] {
  const because = (word: PlannedMember['because']) => members.filter((one) => one.because === word).length;
  const out = (word: LeftOutProduct['because']) => leftOut.filter((one) => one.because === word).length;
  const kind = (word: PlannedMember['kind']) => members.filter((one) => !one.joins && one.kind === word).length;
  const reasons = tallied([
    [because('overdue'), 'overdue'],
    [because('due'), 'due'],
    [because('never_asked_privacy'), 'never asked the privacy questions'],
    [because('hand_picked'), 'picked by name'],
  ]);
  const kinds = tallied([
    [kind('annual_review'), 'to open an annual review'],
    [kind('privacy'), 'to open a privacy case'],
    [members.filter(({ joins }) => joins).length, 'to join an open review'],
  ]);
  const others = tallied([
    [out('not_asked'), 'not to be asked'],
    [out('filter'), 'left out by a filter'],
    [out('excluded'), 'excluded by name'],
    [out('refused'), 'refused: see the reason'],
  ]);
  return [
    `Of ${counted(members.length + leftOut.length, 'product')}, as of ${shortInstant(plannedAt)} UTC:`,
    `  ${members.length} in: ${reasons}`,
    `    ${kinds}`,
    `  ${leftOut.length} not in: ${others}`,
  ];
}

const TEMPLATE = '"perennial contacts template --missing" makes a file to fill in';

/** Where most have nobody to ask, one line says what to do; where few have, they are named. */
function withoutContactInWords({ members, withoutContact }: CampaignPlan, { all }: HowMuch): readonly string[] {
  if (members.length === 0) return [];
  const nobody = withoutContact.length;
  if (nobody === 0) return ['Every one that is in has somebody to ask.'];
  if (nobody === members.length) return [`None of them has anybody to ask yet: ${TEMPLATE}.`];
  const others = counted(members.length - nobody, 'other');
  const few = nobody * 2 <= members.length;
  return [
    few
      ? `${counted(nobody, 'has', 'have')} nobody to ask: ${handful(withoutContact, { all })}. Such a case waits on the secretariat, and nothing expires; ${TEMPLATE}.`
      : `${nobody} of the ${members.length} have nobody to ask: ${TEMPLATE}. To ask only the ${others}, add: --where contact=yes`,
    ...(all && !few ? [`  ${withoutContact.join(', ')}`] : []),
  ];
}

function wavesInWords({ days, scope, members, plannedAt }: CampaignPlan, { all }: HowMuch): readonly string[] {
  const [first] = days;
  if (first === undefined) return [];
  const { shown, more } = firstOf(days, { all });
  return [
    `${counted(days.length, 'wave')}, at most ${counted(scope.perDay, 'case')} a day; products of one person stay together.`,
    `Started now, the first wave is due ${waveTime(first.at, plannedAt)}:`,
    ...shown.map(({ wave, day, opens, joins, emails }) => {
      const own = members.filter((member) => member.wave === wave);
      const slugs = own.map(({ slug, kind }) => (kind === 'privacy' ? `${slug} (privacy)` : slug));
      const joining = joins === 0 ? '' : `, ${counted(joins, 'joins', 'join')}`;
      const what = `${counted(opens, 'opens', 'open')}${joining}, ${counted(emails, 'first email')}`;
      return `  wave ${wave}, ${day}: ${what}: ${handful(slugs, { all })}`;
    }),
    ...(more === 0 ? [] : [`  and ${counted(more, 'more wave')}, the last on ${days.at(-1)?.day ?? ''}`]),
  ];
}

function severalInWords({ peopleWithSeveral }: CampaignPlan, { all }: HowMuch): readonly string[] {
  if (peopleWithSeveral.length === 0) return [];
  const { shown, more } = firstOf(peopleWithSeveral, { all });
  return [
    `${counted(peopleWithSeveral.length, 'person has', 'people have')} several products:`,
    ...shown.map((slugs) => `  ${handful(slugs, { all })}`),
    ...(more === 0 ? [] : [`  and ${more} more`]),
  ];
}

function leftOutInWords({ leftOut }: CampaignPlan, { all }: HowMuch): readonly string[] {
  if (leftOut.length === 0) return [];
  const filters = [...new Set(leftOut.flatMap(({ filter }) => filter ?? []))];
  const { shown, more } = firstOf(
    leftOut.filter(({ filter }) => filter === undefined),
    { all },
  );
  return [
    'Not in:',
    ...filters.map((failed) => {
      const slugs = leftOut.flatMap(({ slug, filter }) => (filter === failed ? [slug] : []));
      return `  ${counted(slugs.length, 'is', 'are')} not ${failed}: ${handful(slugs, { all })}`;
    }),
    ...shown.map(({ slug, reason }) => `  ${slug}: ${reason}`),
    ...(more === 0 ? [] : [`  and ${more} more`]),
  ];
}
