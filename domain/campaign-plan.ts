/** Whom a campaign asks, whom it does not and why, and in which wave. Pure: decided before anything is started. */
import { daysBetween, dayOf, type Day, type Instant } from './calendar.js';
import type { CaseRecord, Facts } from './case.js';
import { filterProblem, fits, type Described } from './campaign-filter.js';
import { daysOf, wavesOf, type PlannedDay } from './campaign-waves.js';
import { presumedAsked } from './guards.js';
import type { Kind } from './policy.js';
import { apply } from './review.js';
import { opensByItself } from './sync.js';

/** A product that a campaign may ask, as it is when the campaign is planned. */
export interface Candidate extends Described {
  readonly record: CaseRecord;
  readonly facts: Facts;
  /** As the registry has it. */
  readonly name: string;
  /** The primary contact's address in lower case: who has the same one is the same person. Null: nobody to ask. */
  readonly person: string | null;
}

/** What staff ask for. */
export interface CampaignScope {
  /** Filters, all of which a product of the default scope must pass (campaign-filter.ts). */
  readonly where: readonly string[];
  /** Slugs of products that are asked whatever the default scope says. */
  readonly include: readonly string[];
  readonly exclude: readonly { readonly slug: string; readonly reason: string }[];
  /** Cases opened a day, at most; one person's products stay together even if they are more. */
  readonly perDay: number;
}

/** Why a product is in. */
export type ScopeReason = 'hand_picked' | 'overdue' | 'due' | 'never_asked_privacy';

export interface PlannedMember {
  readonly slug: string;
  readonly name: string;
  readonly because: ScopeReason;
  readonly kind: Kind;
  /** A review is open, which the wake will join: nothing opens and nobody is written to. */
  readonly joins: boolean;
  readonly handPicked: boolean;
  /** From 1. */
  readonly wave: number;
  readonly hasContact: boolean;
}

export interface LeftOutProduct {
  readonly slug: string;
  readonly name: string;
  /** not_asked: outside of the default scope. refused: the wake would be. */
  readonly because: 'excluded' | 'filter' | 'not_asked' | 'refused';
  /** A sentence for staff. */
  readonly reason: string;
  /** The filter that it fails, where that is why. */
  readonly filter?: string;
}

export interface CampaignPlan {
  readonly scope: CampaignScope;
  readonly plannedAt: Instant;
  readonly members: readonly PlannedMember[];
  readonly leftOut: readonly LeftOutProduct[];
  readonly days: readonly PlannedDay[];
  /** For each person with more than one member: the slugs. */
  readonly peopleWithSeveral: readonly (readonly string[])[];
  /** Slugs of members whose case would open with nobody to ask. */
  readonly withoutContact: readonly string[];
}

/**
 * Plans a campaign over products. The same input gives the same plan; the order of the candidates does not matter.
 * `name` is that of the campaign, as wakes carry it. Returns the mistakes of the scope instead, each in a sentence.
 */
export function planPopulation(input: {
  readonly candidates: readonly Candidate[];
  readonly scope: CampaignScope;
  readonly name: string;
  readonly now: Instant;
}): CampaignPlan | { readonly problems: readonly string[] } {
  const { scope, now } = input;
  const candidates = [...input.candidates].sort(byNeed);
  const problems = scopeProblems({ scope, candidates });
  if (problems.length > 0) return { problems };
  const chosen = candidates.map((candidate) => ({ candidate, choice: choose({ ...input, candidate }) }));
  const asked = chosen.flatMap(({ candidate, choice }) => ('kind' in choice ? [{ candidate, choice }] : []));
  const leftOut = chosen.flatMap(({ candidate: { name, record }, choice }) =>
    'reason' in choice ? [{ slug: record.listing.slug, name, ...choice }] : [],
  );
  const people = groups(asked.map(({ candidate }) => candidate));
  const opens = new Set(asked.flatMap(({ candidate, choice }) => (choice.joins ? [] : [slugOf(candidate)])));
  const waves = wavesOf({ groups: people, perDay: scope.perDay, counts: (slug) => opens.has(slug) });
  const members = asked.map(({ candidate, choice }): PlannedMember => {
    const slug = slugOf(candidate);
    const wave = waves.findIndex((slugs) => slugs.includes(slug)) + 1;
    return { slug, name: candidate.name, ...choice, wave, hasContact: hasContact(candidate) };
  });
  return {
    scope,
    plannedAt: now,
    members,
    leftOut,
    days: daysOf({ waves: waves.length, members, now }),
    peopleWithSeveral: people.filter((slugs) => slugs.length > 1),
    withoutContact: members.flatMap(({ slug, hasContact, joins }) => (hasContact || joins ? [] : [slug])),
  };
}

const slugOf = ({ record }: Candidate): string => record.listing.slug;

const hasContact = ({ facts }: Candidate): boolean => facts.reachable.length > 0;

/** Longest overdue first; an unknown last review counts as such. */
function byNeed(one: Candidate, other: Candidate): number {
  const key = ({ record: { listing } }: Candidate) => `${listing.validUntil ?? ''} ${listing.slug}`;
  return key(one) < key(other) ? -1 : 1;
}

type Choice =
  | Pick<PlannedMember, 'because' | 'kind' | 'joins' | 'handPicked'>
  | Pick<LeftOutProduct, 'because' | 'reason' | 'filter'>;

function choose({
  candidate,
  scope,
  name,
  now,
}: {
  candidate: Candidate;
  scope: CampaignScope;
  name: string;
  now: Instant;
}): Choice {
  const slug = slugOf(candidate);
  const excluded = scope.exclude.find((one) => one.slug === slug);
  if (excluded !== undefined) return { because: 'excluded', reason: excluded.reason };
  const handPicked = scope.include.includes(slug);
  const because = handPicked ? 'hand_picked' : scopeReason({ candidate, today: dayOf(now) });
  if (because === null) return { because: 'not_asked', reason: whyNotAsked({ candidate, today: dayOf(now) }) };
  const foreseen = foresee({ candidate, name, handPicked });
  if (foreseen.kind === null) return { because: 'refused', reason: foreseen.sentence };
  const described = { ...candidate, kind: foreseen.kind, because, hasContact: hasContact(candidate) };
  const failed = handPicked ? undefined : scope.where.find((filter) => !fits(filter, described));
  if (failed !== undefined) return { because: 'filter', reason: `It is not ${failed}.`, filter: failed };
  return { because, kind: foreseen.kind, joins: foreseen.joins, handPicked };
}

/** Why the default scope has a product: due, overdue, or never asked the privacy set while handling personal data. */
function scopeReason({ candidate, today }: { candidate: Candidate; today: Day }): ScopeReason | null {
  const { validUntil } = candidate.record.listing;
  if (validUntil === null || validUntil < today) return 'overdue';
  if (!opensByItself({ validUntil, today })) return 'due';
  return candidate.personalData && !wasAsked(candidate) ? 'never_asked_privacy' : null;
}

function wasAsked({ facts, record }: Candidate): boolean {
  return facts.privacyOnFile || presumedAsked(record.listing);
}

function whyNotAsked({ candidate, today }: { candidate: Candidate; today: Day }): string {
  const { validUntil } = candidate.record.listing;
  const days = validUntil === null ? 0 : daysBetween(today, validUntil);
  const privacy = !candidate.personalData
    ? 'handles no personal data as far as is known'
    : candidate.facts.privacyOnFile
      ? 'answered the privacy questions here'
      : 'was approved since the privacy questions are part of every approval';
  return `It is valid until ${validUntil ?? 'an unknown day'} (${days} days ahead) and ${privacy}.`;
}

/** What the case would make of the wake: the machine itself says it. */
function foresee({ candidate, name, handPicked }: { candidate: Candidate; name: string; handPicked: boolean }): {
  readonly kind: Kind | null;
  readonly joins: boolean;
  readonly sentence: string;
} {
  const { record, facts } = candidate;
  const event = { is: 'wake', campaign: name, handPicked, cause: name } as const;
  const { outcome, record: after } = apply({ record, event, facts });
  const takes = outcome?.result === 'accepted' || outcome?.result === 'joined';
  return {
    kind: takes ? (after.review?.kind ?? null) : null,
    joins: outcome?.result === 'joined',
    sentence: outcome?.sentence ?? '',
  };
}

/** The products of each person together; a product without one stands alone. In the order of the candidates. */
function groups(candidates: readonly Candidate[]): readonly (readonly string[])[] {
  const byPerson = new Map<string, string[]>();
  for (const candidate of candidates) {
    const slug = slugOf(candidate);
    // No address has a blank in it.
    const key = candidate.person ?? `nobody ${slug}`;
    byPerson.set(key, [...(byPerson.get(key) ?? []), slug]);
  }
  return [...byPerson.values()];
}

function scopeProblems({ scope, candidates }: { scope: CampaignScope; candidates: readonly Candidate[] }) {
  const known = new Set(candidates.map(slugOf));
  const excluded = scope.exclude.map(({ slug }) => slug);
  const unknown = [...new Set([...scope.include, ...excluded])].filter((slug) => !known.has(slug));
  const twice = scope.include.filter((slug) => excluded.includes(slug));
  return [
    ...scope.where.flatMap((filter) => filterProblem(filter) ?? []),
    ...unknown.map((slug) => `There is no product "${slug}".`),
    ...twice.map((slug) => `"${slug}" is both included and excluded. Decide for one.`),
    ...excluded.filter((slug, at) => excluded.indexOf(slug) !== at).map((slug) => `"${slug}" is excluded twice.`),
    ...scope.exclude.flatMap(({ slug, reason }) =>
      reason.trim() === '' ? [`Say why "${slug}" is excluded: it is kept with the campaign.`] : [],
    ),
    ...(Number.isInteger(scope.perDay) && scope.perDay >= 1 ? [] : ['At least one case a day must be allowed.']),
  ];
}
