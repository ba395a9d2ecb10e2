import { inConsultations } from './erase-consultations.js';
import { inPast, inSuggestions } from './erase-past.js';
import { Prisma } from './generated/client.js';
import { json } from './json.js';
import { mentionsOneOf } from './mentions.js';
import type { Transaction } from './database.js';

/** What stands in the place of a person who was erased. */
export const ERASED = '[erased]';

/** The address and the names by which texts mention a person. */
export interface Mentions {
  /** As the database looks for them: no row without one of them mentions the person. */
  readonly words: readonly string[];
  /** A text without them. */
  readonly erase: (text: string) => string;
}

/** Other spellings of a character in HTML. */
const IN_HTML: Readonly<Record<string, string>> = {
  '&': '&(?:amp;|#38;)?',
  '<': '(?:<|&lt;|&#60;)',
  '>': '(?:>|&gt;|&#62;)',
  '"': '(?:"|&quot;|&#34;)',
  "'": "(?:'|&#39;|&#x27;|&apos;)",
};

/** What mentions a person: the address, and each name as whole words, however they are spaced and escaped. */
export function mentionsOf({ address, names }: { address: string; names: readonly string[] }): Mentions {
  const patterns = [
    `(?<![\\p{L}\\p{N}._%+-])${spelled(address)}(?![\\p{L}\\p{N}-]|\\.[\\p{L}\\p{N}])`,
    ...names.map((name) => `(?<![\\p{L}\\p{N}])${spelled(name)}(?![\\p{L}\\p{N}])`),
  ];
  const pattern = new RegExp(patterns.join('|'), 'giu');
  return { words: [address, ...names.map(longestWord)], erase: (text) => text.replace(pattern, ERASED) };
}

function spelled(text: string): string {
  return Array.from(text.trim().replace(/\s+/gu, ' '), (one) => {
    if (one === ' ') return '\\s+';
    return IN_HTML[one] ?? one.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&');
  }).join('');
}

/** Whether a name is of more than one word. One word alone may be any word: `Support`, `Rose`. */
export function isOfWords(name: string): boolean {
  return /\S\s+\S/u.test(name.trim());
}

/** The longest part of a name that is spelled alike everywhere. */
function longestWord(name: string): string {
  const words = name.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [name];
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

/** Texts of these names stay as they are: they are published, or were decided on. */
const STAYS: ReadonlySet<string> = new Set(['answers', 'publicReason']);

/** A plain value with every text in it changed; null if none was. `within`: only below keys of this name. */
export function withoutMentions(value: unknown, { erase }: Mentions, within: string | null = null): object | null {
  const changed = eraseIn(value, erase, within);
  return JSON.stringify(changed) === JSON.stringify(value) ? null : (changed as object);
}

function eraseIn(value: unknown, erase: Mentions['erase'], within: string | null): unknown {
  if (typeof value === 'string') return within === null ? erase(value) : value;
  if (Array.isArray(value)) return value.map((one) => eraseIn(one, erase, within));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      STAYS.has(key) ? inner : eraseIn(inner, erase, key === within ? null : within),
    ]),
  );
}

/** What to look for, and where. */
export interface Search {
  /** In reviews that asked the person, and of products whose contact the person was. */
  readonly own: Mentions;
  /** In those of others. */
  readonly elsewhere: Mentions;
  /** By all of it a text may name the person; what still does is counted. */
  readonly all: Mentions;
  readonly applications: ReadonlySet<string>;
  readonly cases: ReadonlySet<string>;
  /** The cases whose locks are held. */
  readonly locked: ReadonlySet<string>;
}

/** Thrown when a review came to name the person after the cases were locked. */
export function namedMeanwhile(): Error {
  return new Error('Another review came to name this person meanwhile. Nothing was erased. Run it again.');
}

/** How many rows of each kind mentioned a person and do so no longer, and how many may do so still. */
export interface Unmentioned {
  readonly emails: number;
  readonly rows: number;
  readonly drafts: number;
  readonly notes: number;
  readonly former: number;
  /** Suggestions. */
  readonly starts: number;
  readonly left: number;
}

/**
 * Takes mentions out of emails, rows, drafts, and the private notes of owners and reviewers. The caller holds the locks
 * of all cases of `casesNaming` for the address: whole values are read and written back.
 */
export async function eraseMentions(transaction: Transaction, search: Search): Promise<Unmentioned> {
  const of = { transaction, search, words: [...search.all.words] };
  const emails = await inEmails(of);
  const rows = await inRows(of);
  const typed = [await inDrafts(of), await inVerdictDrafts(of)];
  const answers = await inAnswers(of);
  const verdicts = await inVerdicts(of);
  const consultations = await inConsultations(of);
  const past = await inPast(of);
  const suggestions = await inSuggestions(of);
  await inReviews(of);
  const all = [emails, rows, ...typed, answers, verdicts, consultations, past, suggestions];
  return {
    emails: emails.changed,
    rows: rows.changed,
    drafts: typed.reduce((sum, { changed }) => sum + changed, 0),
    notes: answers.changed + verdicts.changed + consultations.changed,
    former: past.changed,
    starts: suggestions.changed,
    left: all.reduce((sum, { left }) => sum + left, 0),
  };
}

export interface Erasing {
  readonly transaction: Transaction;
  readonly search: Search;
  /** As the database looks for them. */
  readonly words: string[];
}

/** A record that may mention the person: of an application, or of a case as a whole. */
export interface Found {
  readonly applicationId: string | null;
  readonly caseId: string | null;
  readonly value: unknown;
}

export interface Tally {
  readonly changed: number;
  readonly left: number;
}

export async function inEach<Row extends Found>(
  { search }: Erasing,
  {
    found,
    within = null,
    write,
  }: {
    found: readonly Row[];
    within?: string | null;
    write: (row: Row, after: Row['value']) => Promise<unknown>;
  },
): Promise<Tally> {
  let changed = 0;
  let left = 0;
  for (const row of found) {
    const { applicationId, caseId, value } = row;
    const isOwn =
      applicationId === null ? caseId !== null && search.cases.has(caseId) : search.applications.has(applicationId);
    const after = withoutMentions(value, isOwn ? search.own : search.elsewhere, within);
    if (withoutMentions(after ?? value, search.all, within) !== null) left += 1;
    if (after === null) continue;
    await write(row, after);
    changed += 1;
  }
  return { changed, left };
}

interface EmailTexts {
  readonly subject: string | null;
  readonly text: string | null;
  readonly html: string | null;
  readonly facts: unknown;
}

async function inEmails(of: Erasing): Promise<Tally> {
  // Locked, so that the sender makes no text meanwhile that this would overwrite.
  const found = await of.transaction.$queryRaw<
    ({ id: number; applicationId: string | null; caseId: string | null } & EmailTexts)[]
  >`select id, "applicationId", "caseId", subject, text, html, facts from "Email" one
    where ${mentionsOneOf(of.words, Prisma.sql`concat_ws(' ', subject, text, html, facts::text)`)}
    order by id for update`;
  return inEach(of, {
    found: found.map(({ id, applicationId, caseId, ...value }) => ({ id, applicationId, caseId, value })),
    write: ({ id }, after) =>
      of.transaction.email.update({ where: { id }, data: { ...after, facts: json(after.facts) } }),
  });
}

async function inRows(of: Erasing): Promise<Tally> {
  const found = await of.transaction.$queryRaw<(Found & { id: number })[]>`
    select id, "applicationId", "caseId", body as value from "Submission"
    where ${mentionsOneOf(of.words, Prisma.sql`body::text`)}`;
  return inEach(of, {
    found,
    write: ({ id }, after) => of.transaction.submission.update({ where: { id }, data: { body: json(after) } }),
  });
}

async function inDrafts(of: Erasing): Promise<Tally> {
  const found = await of.transaction.$queryRaw<(Found & { applicationId: string; field: string })[]>`
    select "applicationId", null as "caseId", field, form as value from "Draft"
    where ${mentionsOneOf(of.words, Prisma.sql`form::text`)} for update`;
  return inEach(of, {
    found,
    write: ({ applicationId, field }, after) =>
      of.transaction.draft.update({
        where: { applicationId_field: { applicationId, field } },
        data: { form: json(after) },
      }),
  });
}

async function inVerdictDrafts(of: Erasing): Promise<Tally> {
  const found = await of.transaction.$queryRaw<(Found & { applicationId: string; reviewer: string })[]>`
    select "applicationId", null as "caseId", reviewer, form as value from "VerdictDraft"
    where ${mentionsOneOf(of.words, Prisma.sql`form::text`)} for update`;
  return inEach(of, {
    found,
    write: ({ applicationId, reviewer }, after) =>
      of.transaction.verdictDraft.update({
        where: { applicationId_reviewer: { applicationId, reviewer } },
        data: { form: json(after) },
      }),
  });
}

async function inAnswers(of: Erasing): Promise<Tally> {
  const found = await of.transaction.$queryRaw<(Found & { id: number })[]>`
    select s.id, s."applicationId", coalesce(a."caseId", 'dpg/' || s.slug) as "caseId", s."forReviewers" as value
    from "AnswerSet" s left join "Application" a on a.id = s."applicationId"
    where ${mentionsOneOf(of.words, Prisma.sql`"forReviewers"::text`)}`;
  return inEach(of, {
    found,
    write: ({ id }, after) => of.transaction.answerSet.update({ where: { id }, data: { forReviewers: json(after) } }),
  });
}

async function inVerdicts(of: Erasing): Promise<Tally> {
  const found = await of.transaction.$queryRaw<(Found & { id: number })[]>`
    select id, "applicationId", null as "caseId", sections as value from "Verdict"
    where ${mentionsOneOf(of.words, Prisma.sql`sections::text`)}`;
  return inEach(of, {
    found,
    within: 'internalReason',
    write: ({ id }, after) => of.transaction.verdict.update({ where: { id }, data: { sections: json(after) } }),
  });
}

/** A review's state carries its verdicts: they were counted as such. */
async function inReviews(of: Erasing): Promise<void> {
  const found = await of.transaction.$queryRaw<(Found & { applicationId: string; caseId: string })[]>`
    select id as "applicationId", "caseId", review as value from "Application"
    where ${mentionsOneOf(of.words, Prisma.sql`review::text`)}`;
  await inEach(of, {
    found,
    within: 'internalReason',
    write: ({ applicationId: id, caseId }, after) => {
      if (!of.search.locked.has(caseId)) throw namedMeanwhile();
      return of.transaction.application.update({ where: { id }, data: { review: json(after) } });
    },
  });
}
