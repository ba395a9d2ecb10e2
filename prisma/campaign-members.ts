import type { Kind } from '../domain/policy.js';
import type { Attention, Entry, ReviewState, WaitingOn } from '../domain/case.js';
import type { CampaignRecord, MemberProgress } from '../domain/campaign.js';
import { campaignCase } from '../domain/campaign.js';
import type { Transaction } from './database.js';

/** What became of a member of a campaign, with what staff want to know of it. */
export interface Member extends MemberProgress {
  readonly name: string;
  /** As planned; the case decided when it was woken. */
  readonly kind: Kind;
  readonly handPicked: boolean;
  /** What the wake's outcome says. */
  readonly sentence: string | null;
  /** Of the review that the wake opened or joined; so are the next ones. */
  readonly reference: string | null;
  readonly reviewKind: Kind | null;
  readonly state: ReviewState | null;
  readonly waitingOn: WaitingOn | null;
  /** An owner answered, not the machine. */
  readonly answered: boolean;
  readonly attention: readonly Attention[];
  /** When something is due in the case. */
  readonly nextDueAt: Date | null;
}

/**
 * The members of a campaign's frozen population, by wave and slug. The review is the one that the wake opened or
 * joined: the newest when the wake was taken.
 */
export async function readMembers(transaction: Transaction, campaign: string): Promise<readonly Member[]> {
  // The columns hold what steps and `startCampaign` wrote: the domain's own words.
  return transaction.$queryRaw<Member[]>`
    select m.slug, l.name, m.wave, m.kind, m."handPicked",
           s.id is not null as released, o.result as outcome, o.sentence,
           a.id as reference, a.kind as "reviewKind", a.state, coalesce(a.open, false) as open,
           case when a.open then a."waitingOn" end as "waitingOn",
           exists (select 1 from "AnswerSet" t where t."applicationId" = a.id and t.by = 'owner') as answered,
           case when a.open then c.attention else '{}' end as attention,
           case when a.open then c."nextDueAt" end as "nextDueAt",
           case when a.open
             then exists (select 1 from "Recipient" r
                          where r."applicationId" = a.id and r."revokedAt" is null and r."refusedAt" is null)
             else exists (select 1 from "Contact" p where p.slug = m.slug)
           end as "hasContact"
    from "CampaignMember" m
    join "Listing" l on l.slug = m.slug
    join "Case" c on c.id = 'dpg/' || m.slug
    left join "Submission" s on s.key = 'wake:' || m.name || ':' || m.slug
    left join "Outcome" o on o."submissionId" = s.id
    left join lateral (
      select * from "Application" one
      where o.result in ('accepted', 'joined') and one.slug = m.slug and one."openedAt" <= o.at
      order by one."openedAt" desc limit 1
    ) a on true
    where m.name = ${campaign} and m.excluded is null
    order by m.wave, m.slug`;
}

/** A campaign as its rules see it; null if there is none of that name. */
export async function readCampaign(transaction: Transaction, name: string): Promise<CampaignRecord | null> {
  const caseId = campaignCase(name);
  const campaign = await transaction.campaign.findUnique({ where: { name } });
  const found = await transaction.case.findUnique({ where: { id: caseId } });
  if (campaign === null || found === null) return null;
  const aside = await transaction.submission.count({ where: { caseId, aside: true, outcome: null } });
  return {
    name,
    state: campaign.state === 'closed' ? 'closed' : 'running',
    // What startCampaign and the steps wrote.
    agenda: found.agenda as unknown as readonly Entry[],
    stuck: aside > 0,
  };
}
