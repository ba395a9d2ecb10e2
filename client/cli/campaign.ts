import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import type { CampaignPlan } from '../../domain/campaign-plan.js';
import { CASES_A_DAY } from '../../domain/policy.js';
import { awaitOutcome } from '../../prisma/await-outcome.js';
import { closeCampaign, releaseCampaign, startCampaign } from '../../prisma/campaign.js';
import { campaignStatus, listCampaigns } from '../../prisma/campaign-status.js';
import type { Appended } from '../../prisma/append.js';
import type { Database } from '../../prisma/database.js';
import { byOption } from './answered.js';
import { planInWords } from '../words/campaign-plan-words.js';
import { listInWords, startedInWords, statusInWords } from '../words/campaign-words.js';
import { planAsText, planOptions, planOrThrow, type ScopeGiven } from '../campaign-plan.js';
import { reasonGiven } from '../given.js';
import { personOf } from '../staff-acts.js';
import { UsageError } from '../usage.js';
import { withDatabase } from './with-database.js';

/** So long `campaign close` and `campaign release` wait for the outcome of their row, in real milliseconds. */
const PATIENCE = 30_000;

/** Adds `campaign plan | start | status | list | close | release`. */
export function addCampaign(program: Command, print: (text: string) => void): void {
  const campaign = program.command('campaign').summary('ask many products, in waves, and follow what becomes of it');
  addPlan(campaign, print);
  addStart(campaign, print);
  addStatus(campaign, print);
  addClose(campaign, print);
  addRelease(campaign, print);
  campaign
    .command('list')
    .summary('all campaigns, the newest first')
    .option('--json', 'print one JSON object')
    .action(async ({ json }: { json?: true }) => {
      const campaigns = await withDatabase(listCampaigns);
      print(json === true ? JSON.stringify({ campaigns }) : listInWords(campaigns));
    });
}

/** The options that say whom a campaign asks. */
function withScope(command: Command): Command {
  const collect = (value: string, earlier: readonly string[]) => [...earlier, value];
  return command
    .option('--where <filter>', 'only those of the default scope that fit, such as sdg=3; all must fit', collect, [])
    .option('--include <slug>', 'ask this product whatever the default scope says', collect, [])
    .option('--exclude <slug=reason>', 'do not ask this product; the reason is kept', collect, [])
    .option('--per-day <number>', `cases opened a day at most (default: ${CASES_A_DAY})`)
    .addHelpText(
      'after',
      '\nDefault scope: due within 60 days, overdue, or never asked the privacy questions while handling personal data.' +
        '\nFilters: kind, because, personal-data, contact, type, licence, sdg, language, country with = or !=; ' +
        'valid-until with < or >. Only products with somebody to ask: --where contact=yes',
    );
}

function addPlan(campaign: Command, print: (text: string) => void): void {
  withScope(campaign.command('plan'))
    .summary('who would be asked, in which wave, who would not, and why; changes nothing')
    .option('--all', 'name every product, not the first of each group only')
    .option('--json', 'print one JSON object, with every product')
    .action(async ({ json, all, ...scope }: ScopeGiven & { json?: true; all?: true }) => {
      const options = planOptions(scope);
      await withDatabase(async (database) => {
        const plan = await planOrThrow(database, options);
        if (json === true) print(JSON.stringify(plan));
        else print(await planAsText(database, plan, { all: all === true }));
      });
    });
}

interface StartOptions extends ScopeGiven {
  readonly by: string;
  readonly confirm?: string;
}

function addStart(campaign: Command, print: (text: string) => void): void {
  withScope(campaign.command('start'))
    .summary('start a campaign over a scope; asks for its name again on a terminal')
    .argument('<name>', 'such as annual-2026: small letters, digits and hyphens')
    .addOption(byOption())
    .option('--confirm <name>', 'the name again, where there is no terminal to ask on')
    .action(async (name: string, { by, confirm, ...scope }: StartOptions) => {
      const person = personOf(by);
      await withDatabase(async (database) => {
        const plan = await planOrThrow(database, { ...planOptions(scope), name });
        if (plan.members.length > 0) await confirmName({ name, confirm, plan });
        const started = await startCampaign(database, { name, by: person, plan });
        if ('refused' in started) throw new Error(started.refused);
        print(startedInWords(started, plan));
      });
    });
}

/** Throws unless the name was given twice: as an option, or typed on a terminal after a look at the plan. */
async function confirmName(asked: { name: string; confirm: string | undefined; plan: CampaignPlan }): Promise<void> {
  const { name, plan } = asked;
  let given = asked.confirm;
  if (given === undefined) {
    if (!process.stdin.isTTY || !process.stderr.isTTY) {
      throw new UsageError(
        `This asks the owners of so many products: ${plan.members.length}. Add --confirm ${name} to do it.`,
      );
    }
    process.stderr.write(`${planInWords(plan, { all: false })}\n`);
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      given = await terminal.question(`Type the name of the campaign to start it (${name}): `);
    } finally {
      terminal.close();
    }
  }
  if (given.trim() !== name) throw new UsageError(`"${given.trim()}" is not ${name}. Nothing was started.`);
}

function addStatus(campaign: Command, print: (text: string) => void): void {
  campaign
    .command('status')
    .summary('how a campaign stands')
    .argument('<name>', 'the campaign')
    .option('--members', 'with a line for each product')
    .option('--json', 'print one JSON object, members included')
    .action(async (name: string, { json, members }: { json?: true; members?: true }) => {
      const status = await withDatabase((database) => campaignStatus(database, name));
      if (status === null) throw unknown(name);
      print(json === true ? JSON.stringify(status) : statusInWords(status, { members: members === true }));
    });
}

function addClose(campaign: Command, print: (text: string) => void): void {
  campaign
    .command('close')
    .summary('close a campaign before its work is done: nobody more is woken, open reviews go on')
    .argument('<name>', 'the campaign')
    .addOption(byOption())
    .requiredOption('--reason <text>', 'why; kept with the campaign')
    .action(async (name: string, given: { by: string; reason: string }) => {
      const by = personOf(given.by);
      const reason = reasonGiven('--reason', given.reason);
      await withDatabase(async (database) => {
        const appended = await closeCampaign(database, { name, by, reason, key: `close:${name}:${randomUUID()}` });
        print(await becameOf(database, { name, appended }));
      });
    });
}

function addRelease(campaign: Command, print: (text: string) => void): void {
  campaign
    .command('release')
    .summary('let go on what of a campaign was set aside as stuck')
    .argument('<name>', 'the campaign')
    .addOption(byOption())
    .action(async (name: string, given: { by: string }) => {
      const by = personOf(given.by);
      await withDatabase(async (database) => {
        const appended = await releaseCampaign(database, { name, by, key: `release:${name}:${randomUUID()}` });
        print(await becameOf(database, { name, appended }));
      });
    });
}

/** What the campaign made of a row, in words. Throws if it did not take it, has no outcome yet, or is unknown. */
async function becameOf(database: Database, { name, appended }: { name: string; appended: Appended }): Promise<string> {
  if ('problem' in appended) throw unknown(name);
  const outcome = await awaitOutcome(database, { submissionId: appended.id, milliseconds: PATIENCE });
  if (outcome === null) {
    throw new Error(
      `${name}: received, but there is no outcome yet. It is not lost; "perennial campaign status ${name}" tells.`,
    );
  }
  if (outcome.result !== 'accepted') throw new Error(`${name}: ${outcome.result}: ${outcome.sentence}`);
  return `${name}: ${outcome.sentence}`;
}

function unknown(name: string): Error {
  return new UsageError(`There is no campaign "${name}". "perennial campaign list" shows all.`);
}
