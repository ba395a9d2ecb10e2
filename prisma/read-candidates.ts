import { NO_EXPERTS } from '../domain/consultation.js';
import { NO_COLLEAGUES } from '../domain/colleagues.js';
import { dayOf } from '../domain/calendar.js';
import type { Candidate } from '../domain/campaign-plan.js';
import { FREE, type Facts } from '../domain/case.js';
import { policies } from '../domain/policy.js';
import { GATE_ID } from '../domain/standard.js';
import { newestBinding, STANDARDS } from '../domain/standards.js';
import { readClock } from './case-time.js';
import type { Transaction } from './database.js';
import { hasPrivacyOnFile, inOrder, onFileOf, writable } from './load-case.js';
import { recordOf } from './record-of-case.js';

/**
 * The products that a campaign may ask: everything listed, and what is named although it is not. Without locks: what
 * changes until a product is woken is decided by its own case then.
 */
export async function readCandidates(
  transaction: Transaction,
  named: readonly string[],
): Promise<readonly Candidate[]> {
  const { clock, now } = await readClock(transaction);
  const standard = newestBinding(STANDARDS, dayOf(now));
  const listings = await transaction.listing.findMany({
    where: { nominated: null, OR: [{ removedOn: null }, { slug: { in: [...named] } }] },
    include: {
      contacts: true,
      answerSets: { where: { publishedAt: { not: null } }, orderBy: [{ publishedAt: 'asc' }, { id: 'asc' }] },
    },
  });
  const cases = await transaction.case.findMany({
    where: { workflow: 'certification', slug: { in: listings.map(({ slug }) => slug) } },
    include: { applications: { orderBy: { openedAt: 'asc' }, include: { recipients: true } } },
  });
  const caseOf = new Map(cases.map((found) => [found.slug, found]));
  return listings.flatMap((listing) => {
    const found = caseOf.get(listing.slug);
    if (found === undefined) return [];
    const onFile = onFileOf(listing.answerSets);
    const newest = found.applications.at(-1);
    const contacts = inOrder(listing.contacts);
    const asked = newest?.open === true ? newest.recipients.filter(writable) : contacts;
    const gate = onFile.answers[GATE_ID] ?? listing.piiHandling;
    return {
      record: recordOf({ found, listing, aside: false }),
      facts: {
        ...unasked,
        now,
        clock,
        reachable: asked.map(({ id }) => id),
        privacyOnFile: hasPrivacyOnFile(standard, onFile),
      },
      name: listing.name,
      person: contacts[0]?.address.toLowerCase() ?? null,
      personalData: gate !== null && gate !== 'none',
      types: listing.types,
      licences: listing.licences,
      sdgs: listing.sdgs,
      language: contacts[0]?.language ?? null,
      country: contacts[0]?.country ?? null,
    };
  });
}

/** What no wake asks about: turns, emails and drafts. */
const unasked = {
  policies,
  reviewer: FREE,
  standIn: null,
  hearers: 0,
  takers: [],
  reviewedSince: false,
  experts: NO_EXPERTS,
  colleagues: NO_COLLEAGUES,
  asked: false,
  firstTaken: false,
  remindersTaken: 0,
  cameBack: false,
  firstWaits: null,
  stated: null,
  draftSaved: false,
  draftSavedOn: null,
  missingOnFile: [],
  lost: [],
} as const satisfies Partial<Facts>;
