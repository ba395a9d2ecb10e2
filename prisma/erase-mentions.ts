import { json } from './json.js';
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

/** How many rows of each kind mentioned a person and do so no longer. */
export interface Unmentioned {
  readonly emails: number;
  readonly rows: number;
  readonly drafts: number;
  readonly notes: number;
}

/** Takes every mention out of emails, rows, drafts, and the private notes of owners and reviewers. */
export async function eraseMentions(transaction: Transaction, mentions: Mentions): Promise<Unmentioned> {
  const of = { transaction, mentions };
  return {
    emails: await inEmails(of),
    rows: await inRows(of),
    drafts: await inDrafts(of),
    notes: (await inAnswers(of)) + (await inVerdicts(of)) + (await inReviews(of)),
  };
}

interface Erasing {
  readonly transaction: Transaction;
  readonly mentions: Mentions;
}

async function inEmails({ transaction, mentions }: Erasing): Promise<number> {
  // Locked, so that the sender makes no text meanwhile that this would overwrite.
  const found = await transaction.$queryRaw<
    { id: number; subject: string | null; text: string | null; html: string | null; facts: unknown }[]
  >`select id, subject, text, html, facts from "Email" one
    where exists (select 1 from unnest(${[...mentions.words]}::text[]) word
      where position(lower(word) in lower(concat_ws(' ', subject, text, html, facts::text))) > 0)
    order by id for update`;
  let count = 0;
  for (const { id, ...email } of found) {
    const after = withoutMentions(email, mentions) as typeof email | null;
    if (after === null) continue;
    await transaction.email.update({ where: { id }, data: { ...after, facts: json(after.facts) } });
    count += 1;
  }
  return count;
}

async function inRows({ transaction, mentions }: Erasing): Promise<number> {
  const found = await transaction.$queryRaw<{ id: number; body: unknown }[]>`select id, body from "Submission"
    where exists (select 1 from unnest(${[...mentions.words]}::text[]) word
      where position(lower(word) in lower(body::text)) > 0)`;
  let count = 0;
  for (const { id, body } of found) {
    const after = withoutMentions(body, mentions);
    if (after === null) continue;
    await transaction.submission.update({ where: { id }, data: { body: json(after) } });
    count += 1;
  }
  return count;
}

async function inDrafts({ transaction, mentions }: Erasing): Promise<number> {
  const found = await transaction.$queryRaw<{ applicationId: string; field: string; form: unknown }[]>`
    select "applicationId", field, form from "Draft"
    where exists (select 1 from unnest(${[...mentions.words]}::text[]) word
      where position(lower(word) in lower(form::text)) > 0) for update`;
  let count = 0;
  for (const { form, ...applicationId_field } of found) {
    const after = withoutMentions(form, mentions);
    if (after === null) continue;
    await transaction.draft.update({ where: { applicationId_field }, data: { form: json(after) } });
    count += 1;
  }
  return count;
}

async function inAnswers({ transaction, mentions }: Erasing): Promise<number> {
  const found = await transaction.$queryRaw<{ id: number; notes: unknown }[]>`
    select id, "forReviewers" as notes from "AnswerSet"
    where exists (select 1 from unnest(${[...mentions.words]}::text[]) word
      where position(lower(word) in lower("forReviewers"::text)) > 0)`;
  let count = 0;
  for (const { id, notes } of found) {
    const after = withoutMentions(notes, mentions);
    if (after === null) continue;
    await transaction.answerSet.update({ where: { id }, data: { forReviewers: json(after) } });
    count += 1;
  }
  return count;
}

async function inVerdicts({ transaction, mentions }: Erasing): Promise<number> {
  const found = await transaction.$queryRaw<{ id: number; sections: unknown }[]>`select id, sections from "Verdict"
    where exists (select 1 from unnest(${[...mentions.words]}::text[]) word
      where position(lower(word) in lower(sections::text)) > 0)`;
  let count = 0;
  for (const { id, sections } of found) {
    const after = withoutMentions(sections, mentions, 'internalReason');
    if (after === null) continue;
    await transaction.verdict.update({ where: { id }, data: { sections: json(after) } });
    count += 1;
  }
  return count;
}

/** A review's state carries its verdicts. */
async function inReviews({ transaction, mentions }: Erasing): Promise<number> {
  const found = await transaction.$queryRaw<{ id: string; review: unknown }[]>`select id, review from "Application"
    where exists (select 1 from unnest(${[...mentions.words]}::text[]) word
      where position(lower(word) in lower(review::text)) > 0)`;
  for (const { id, review } of found) {
    const after = withoutMentions(review, mentions, 'internalReason');
    if (after !== null) await transaction.application.update({ where: { id }, data: { review: json(after) } });
  }
  return 0;
}
