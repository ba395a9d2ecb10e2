import type { Command } from 'commander';
import { findCase } from '../../prisma/find-case.js';
import { readEmails, type EmailRecord } from '../../prisma/read-emails.js';
import type { Database } from '../../prisma/database.js';
import { whyInWords } from '../words/email-words.js';
import { numberGiven } from '../given.js';
import { UsageError } from '../usage.js';
import { withDatabase } from './with-database.js';
import { counted, shortInstant, tableOf } from '../words/words.js';

const STATES = ['queued', 'handing_over', 'sent', 'deferred', 'refused', 'unknown', 'skipped'];

interface EmailsOptions {
  readonly state?: string;
  readonly limit: string;
  readonly json?: true;
}

/** Adds `emails [REF]`. */
export function addEmails(program: Command, print: (text: string) => void): void {
  program
    .command('emails')
    .summary('the emails of a review with their texts, or the newest of all')
    .argument('[reference]', 'a review such as 2026-7Q2MK, or the slug of a product')
    .option('--state <state>', `only in this state: ${STATES.join(', ')}`)
    .option('--limit <number>', 'at most so many, the newest', '100')
    .option('--json', 'print one JSON object')
    .action(async (reference: string | undefined, { state, limit, json }: EmailsOptions) => {
      if (state !== undefined && !STATES.includes(state)) {
        throw new UsageError(`--state is one of ${STATES.join(', ')}.`);
      }
      const most = numberGiven({ option: '--limit', given: limit, least: 1, most: 10_000 });
      const emails = await withDatabase(async (database) => {
        const named = reference === undefined ? {} : { reference: await reviewNamed(database, reference) };
        return readEmails(database, { ...named, ...(state === undefined ? {} : { state }), most });
      });
      if (json === true) print(JSON.stringify({ emails }));
      else print(reference === undefined ? listInWords(emails) : textsInWords(emails));
    });
}

async function reviewNamed(database: Database, given: string): Promise<string> {
  const reference = (await findCase(database, given))?.review?.reference;
  if (reference !== undefined) return reference;
  throw new UsageError(`There is no review called "${given.slice(0, 80)}": "perennial case list" shows them.`);
}

function listInWords(emails: readonly EmailRecord[]): string {
  if (emails.length === 0) return 'There is no such email.';
  const rows = emails.map((email) => [
    String(email.id),
    email.reference ?? '-',
    email.kind,
    email.to,
    email.state,
    shortInstant(email.at),
    whyInWords(email) ?? '',
  ]);
  const names = ['email', 'review', 'kind', 'to', 'state', 'since (UTC)', 'why'];
  return `${tableOf(names, rows)}\n${counted(emails.length, 'email')}`;
}

function textsInWords(emails: readonly EmailRecord[]): string {
  if (emails.length === 0) return 'There is no such email.';
  return emails.map(textInWords).join('\n\n');
}

function textInWords(email: EmailRecord): string {
  const { id, kind, to, state, at, subject, text } = email;
  const why = whyInWords(email);
  return [
    `Email ${id}: ${kind} to ${to}: ${state} since ${shortInstant(at)} UTC${why === null ? '' : `; ${why}`}`,
    subject === null ? '  Its text is made when it is handed over.' : `  Subject: ${subject}`,
    ...(text === null ? [] : text.split('\n').map((line) => `  | ${line}`.trimEnd())),
  ].join('\n');
}
