import type { Answers } from '../domain/answers.js';
import type { Instant } from '../domain/calendar.js';
import { readMembers } from './campaign-members.js';
import type { Database } from './database.js';

/** The newest answers of one review of a campaign. */
export interface CampaignAnswers {
  readonly slug: string;
  readonly product: string;
  readonly reference: string;
  readonly kind: string;
  readonly state: string;
  readonly version: number;
  /** owner | machine */
  readonly by: string;
  readonly at: Instant;
  readonly answers: Answers;
  /** What its owner wrote for reviewers only, by question. */
  readonly forReviewers: Readonly<Record<string, string>>;
  readonly confirmed: readonly string[];
}

/** The answers that came in the reviews of a campaign, by wave and slug; null: there is no such campaign. */
export async function readCampaignAnswers(
  database: Database,
  name: string,
): Promise<readonly CampaignAnswers[] | null> {
  return database.$transaction(async (transaction) => {
    if ((await transaction.campaign.count({ where: { name } })) === 0) return null;
    const members = await readMembers(transaction, name);
    const sets = await transaction.answerSet.findMany({
      where: { applicationId: { in: members.flatMap(({ reference }) => reference ?? []) } },
      orderBy: { version: 'asc' },
    });
    // Of several versions the last one stays.
    const newest = new Map(sets.map((set) => [set.applicationId, set]));
    return members.flatMap(({ slug, name: product, reference, reviewKind, kind, state }) => {
      const set = reference === null ? undefined : newest.get(reference);
      if (set === undefined || reference === null) return [];
      return {
        ...{ slug, product, reference, kind: reviewKind ?? kind, state: state ?? '' },
        ...{ version: set.version, by: set.by, at: set.at.toISOString(), confirmed: set.confirmed },
        // Parsed before they were written.
        answers: set.answers as unknown as Answers,
        forReviewers: set.forReviewers as Readonly<Record<string, string>>,
      };
    });
  });
}
