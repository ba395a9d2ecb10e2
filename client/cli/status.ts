import type { Command } from 'commander';
import { readTemporalUi } from '../../adapters/config.js';
import { printInstant } from '../../adapters/dates.js';
import type { CaseLine } from '../../prisma/read-cases.js';
import { readStatus, type StatusReport } from '../../prisma/read-status.js';
import { savedViews, type SavedView } from '../saved-views.js';
import { withDatabase } from './with-database.js';
import { attentionWords, entryInWords, shortInstant } from './words.js';

/** So many of a long list are printed; --json has all. */
const SHOWN = 20;

/** Adds `status`. */
export function addStatus(program: Command, print: (text: string) => void): void {
  program
    .command('status')
    .summary('what needs a human and why, what is overdue, what waits')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: true }) => {
      const report = await withDatabase(readStatus);
      const place = readTemporalUi();
      const views = place === null ? [] : savedViews({ ...place, now: report.now });
      print(json === true ? JSON.stringify({ ...report, bouncesSeen: false, views }) : inWords(report, views));
    });
}

function inWords(report: StatusReport, views: readonly SavedView[]): string {
  return [
    `${printInstant(report.now)}: ${report.open} reviews are open.`,
    '',
    `Needs a human: ${report.needHuman.length}`,
    ...cut(report.needHuman.flatMap(whyInWords)),
    `Overdue and not under review: ${report.overdue.length}`,
    ...cut(report.overdue.map((slug) => `  ${slug}`)),
    ...(report.overdue.length === 0 ? [] : ['  -> perennial campaign plan, or: perennial case open SLUG']),
    `Late because nothing acted on them: ${report.behind.length}`,
    ...cut(report.behind.map(behindInWords)),
    ...(report.behind.length === 0 ? [] : ['  -> is the worker running? perennial doctor']),
    `Hand-overs of emails whose fate is unknown: ${report.unknown.length}`,
    ...cut(
      report.unknown.map(
        ({ email, reference, kind, at }) => `  email ${email}, ${kind} of ${reference ?? 'staff'}, ${shortInstant(at)}`,
      ),
    ),
    ...(report.unknown.length === 0
      ? []
      : ['  -> look at the mail server; if it was not taken: perennial case resend REF']),
    `Emails due and waiting: ${report.emailsWaiting}, of them ${report.keptByMode} kept by the mail mode`,
    `Rows waiting for their outcome: ${report.rowsWaiting}` +
      (report.oldestRow === null ? '' : `, the oldest since ${shortInstant(report.oldestRow)}`) +
      (report.rowsAside === 0 ? '' : `; ${report.rowsAside} set aside: perennial case release REF`),
    '',
    'Not seen yet: emails that come back later (bounces). "Sent" means that the mail server took it.',
    ...(views.length === 0 ? [] : ['', 'In the Temporal UI:', ...views.map(({ name, url }) => `  ${name}: ${url}`)]),
  ].join('\n');
}

function whyInWords({ reference, slug, attention, requests, waitingOn, deadline }: CaseLine): readonly string[] {
  const name = `  ${reference ?? '-'}  ${slug}`;
  const until = deadline === null ? '' : ` (deadline ${deadline})`;
  if (attention.length === 0) return [`${name}: waits on ${waitingOn}${until}`];
  return attention.map((word) => {
    const { why, help } = attentionWords[word];
    const what = word === 'request' ? `${why}: ${requests.join(', ')}` : why;
    return `${name}: ${what}${until} -> ${help.replaceAll('REF', reference ?? slug)}`;
  });
}

function behindInWords({ reference, slug, next }: CaseLine): string {
  return `  ${reference ?? '-'}  ${slug}: ${next === null ? '' : entryInWords(next)}`;
}

function cut(lines: readonly string[]): readonly string[] {
  return lines.length <= SHOWN ? lines : [...lines.slice(0, SHOWN), `  and ${lines.length - SHOWN} more: see --json`];
}
