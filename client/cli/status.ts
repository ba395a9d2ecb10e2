import type { Command } from 'commander';
import { readTemporalUi } from '../../adapters/config.js';
import { printInstant } from '../../adapters/dates.js';
import type { Instant } from '../../domain/calendar.js';
import type { CaseLine } from '../../prisma/read-cases.js';
import type { RunningCampaign } from '../../prisma/read-running-campaigns.js';
import { readStatus, type StatusReport } from '../../prisma/read-status.js';
import { savedViews, type SavedView } from '../saved-views.js';
import { agreementInWords, readAgreement, type Agreement } from './agreement.js';
import { waveInWords } from '../words/campaign-words.js';
import { goesInWords } from '../words/email-words.js';
import { withDatabase } from './with-database.js';
import { attentionWords, counted, cut, entryInWords, shortInstant } from '../words/words.js';

/** Adds `status`. */
export function addStatus(program: Command, print: (text: string) => void): void {
  program
    .command('status')
    .summary('what needs a human and why, what is overdue, what waits')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: true }) => {
      const { report, agreement } = await withDatabase(async (database) => {
        const [report, agreement] = await Promise.all([readStatus(database), readAgreement(database)]);
        return { report, agreement };
      });
      const place = readTemporalUi();
      const views =
        place === null
          ? []
          : savedViews({ ...place, now: report.now, campaigns: report.campaigns.map(({ name }) => name) });
      print(
        json === true
          ? JSON.stringify({ ...report, agreement, bouncesSeen: false, views })
          : inWords({ report, agreement, views }),
      );
    });
}

function inWords({
  report,
  agreement,
  views,
}: {
  report: StatusReport;
  agreement: Agreement;
  views: readonly SavedView[];
}): string {
  const human = [...report.campaigns.flatMap(campaignWhy), ...report.needHuman.flatMap(whyInWords)];
  return [
    `${printInstant(report.now)}: ${counted(report.open, 'review is', 'reviews are')} open.`,
    '',
    ...report.campaigns.map((campaign) => `Campaign ${campaign.name}: ${campaignInWords(campaign, report.now)}`),
    `Needs a human: ${human.length}`,
    ...cut(human),
    ...suggestedInWords(report),
    ...overdueInWords(report),
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
      : ['  -> look at the mail server; if it was not taken: perennial case resend REF --unknown']),
    ...untoldInWords(report),
    `Emails due and waiting: ${report.emailsWaiting}, of them ${report.keptByMode} kept by the mail mode`,
    `Emails queued for later: ${report.emailsAhead}` +
      (report.firstAhead === null ? '' : `; the first ${goesInWords(report.firstAhead)}`),
    `Rows waiting for their outcome: ${report.rowsWaiting}` +
      (report.oldestRow === null ? '' : `, the oldest since ${shortInstant(report.oldestRow)}`) +
      (report.rowsAside === 0
        ? ''
        : `; ${report.rowsAside} set aside: perennial case release REF, or: perennial campaign release NAME`),
    ...agreementInWords(agreement),
    '',
    'Not seen yet: emails that come back later (bounces). "Sent" means that the mail server took it.',
    ...(views.length === 0 ? [] : ['', 'In the Temporal UI:', ...views.map(({ name, url }) => `  ${name}: ${url}`)]),
  ].join('\n');
}

function suggestedInWords({ suggested }: StatusReport): readonly string[] {
  if (suggested === null) return [];
  const { waiting, oldest } = suggested;
  return [`Products that people suggest: ${waiting}, since ${oldest} -> /console?reason=suggestion`];
}

function untoldInWords({ untold }: StatusReport): readonly string[] {
  if (untold.length === 0) return [];
  return [
    `Authors of concerns who were not told what became of it, since the mail server refused the email: ${untold.length}`,
    ...cut(untold.map(({ email, slug, at }) => `  email ${email}, ${slug}, ${shortInstant(at)}`)),
  ];
}

function campaignInWords({ nextWave, asleep }: RunningCampaign, now: Instant): string {
  if (nextWave === null) return 'all waves are released';
  return `${waveInWords(nextWave, now)}; ${counted(asleep.length, 'product sleeps', 'products sleep')} until a wave`;
}

function campaignWhy({ name, withoutContact, stuck }: RunningCampaign): readonly string[] {
  const nobody = `${counted(withoutContact, 'product has', 'products have')} nobody to ask`;
  return [
    ...(withoutContact === 0
      ? []
      : [
          `  campaign ${name}: ${nobody} -> perennial contacts template --missing, then: perennial contacts import FILE`,
        ]),
    ...(stuck ? [`  campaign ${name}: ${attentionWords.stuck.why} -> perennial campaign release ${name}`] : []),
  ];
}

/** What a running campaign will wake by itself needs nobody; of the rest, what fits the situation. */
function overdueInWords(report: StatusReport): readonly string[] {
  const { overdue, overdueAsleep, overdueToAsk, campaigns, listed } = report;
  if (listed === 0) return ['The registry is empty. -> perennial import PATH'];
  const asleep = new Set(overdueAsleep);
  const rest = overdue.filter((slug) => !asleep.has(slug));
  const woken = rest.length === 0 ? 'them all' : `${asleep.size} of them`;
  const waits = asleep.size === 0 ? '' : `; a campaign wakes ${woken} by itself`;
  const open = 'perennial case open SLUG';
  const ask = campaigns.length > 0 ? open : `perennial campaign plan, or: ${open}`;
  const advice =
    overdueToAsk.length > 0 ? ask : 'nobody can be asked about these yet: perennial contacts template --missing';
  return [
    `Overdue and not under review: ${overdue.length}${waits}`,
    ...cut(rest.map((slug) => `  ${slug}`)),
    ...(rest.length === 0 ? [] : [`  -> ${advice}`]),
  ];
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
