import type { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import { printDay } from '../../adapters/dates.js';
import type { Day } from '../../domain/calendar.js';
import type { Standard } from '../../domain/standard.js';
import { coming, newestBinding, STANDARDS, type Standards } from '../../domain/standards.js';
import { warningOf, type LackedQuestion, type StandardWarning } from '../../domain/standard-warning.js';
import type { Database } from '../../prisma/database.js';
import { readListedAnswers } from '../../prisma/read-listed-answers.js';
import { UsageError } from '../usage.js';
import { withDatabase } from './with-database.js';
import { counted, cut, tableOf } from '../words/words.js';

interface WarnOptions {
  readonly version?: string;
  readonly csv?: true;
  readonly json?: true;
}

/** Adds `standard warn`. */
export function addStandard(program: Command, print: (text: string) => void): void {
  const standard = program.command('standard').summary('the versions of the Standard');
  standard
    .command('warn')
    .summary('which listed products would lack which mandatory answers of the version to come; changes nothing')
    .option('--version <version>', 'look at this version instead')
    .option('--csv', 'print a line for each product and answer that it lacks')
    .option('--json', 'print one JSON object')
    .action(async (options: WarnOptions) => print(await withDatabase((database) => warn(database, options))));
}

/** What `standard warn` prints. Throws a UsageError if there is no such version. */
export async function warn(
  database: Database,
  { version, csv, json }: WarnOptions,
  standards: Standards = STANDARDS,
): Promise<string> {
  if (csv === true && json === true) throw new UsageError('Give --csv or --json, not both.');
  const { today, products } = await readListedAnswers(database);
  const inForce = newestBinding(standards, today);
  const standard = version === undefined ? coming(standards, today)[0] : named(standards, version);
  const warning = standard === undefined ? null : warningOf({ standard, inForce, today, products });
  if (csv === true) return csvOf(warning);
  if (json === true) return JSON.stringify(warning ?? { version: null, inForce: inForce.version, today });
  return warning === null ? noneInWords(standards, inForce) : inWords(warning);
}

function named(standards: Standards, version: string): Standard {
  const found = standards.find((one) => one.version === version);
  if (found !== undefined) return found;
  throw new UsageError(`There is no version "${version.slice(0, 40)}". There are ${wordsOf(standards)}.`);
}

function wordsOf(standards: Standards): string {
  return standards.map(({ version }) => version).join(', ');
}

function noneInWords(standards: Standards, { version, bindsFrom }: Standard): string {
  return `No version is to come: ${version} binds since ${printDay(bindsFrom)}. Name one of ${wordsOf(standards)} with --version.`;
}

function inWords(warning: StandardWarning): string {
  const { version, listed, products, lackingNew, questions, inForce } = warning;
  return [
    `Version ${version}: ${datesInWords(warning)}`,
    `${counted(listed, 'product is', 'products are')} listed. ${products.length} would lack a mandatory answer, ` +
      `${lackingNew} of them to a question that ${inForce} does not demand.`,
    ...(questions.length === 0 ? [] : ['', tableOf(['products', 'new', 'question', 'title'], questions.map(rowOf))]),
    ...(products.length === 0 ? [] : ['']),
    ...cut(products.map(({ slug, lacks }) => `  ${slug}: ${lacks.join(', ')}`)),
    '',
    'Nothing was changed, and nobody was asked.',
  ].join('\n');
}

function datesInWords({ answerableFrom, bindsFrom, today }: StandardWarning): string {
  const since = (day: Day, what: string) => `${what} ${day <= today ? 'since' : 'from'} ${printDay(day)}`;
  return `${since(answerableFrom, 'may be answered')}, ${since(bindsFrom, 'binds')}.`;
}

function rowOf({ products, isNew, id, title }: LackedQuestion): readonly string[] {
  return [String(products), isNew ? 'new' : '-', id, title];
}

/** Cells that a spreadsheet would take for formulas are made text. */
function csvOf(warning: StandardWarning | null): string {
  const questions = new Map(warning?.questions.map((question) => [question.id, question]));
  const rows = (warning?.products ?? []).flatMap(({ slug, name, lacks }) =>
    lacks.map((id) => {
      const { title = '', isNew = false } = questions.get(id) ?? {};
      return { version: warning?.version, slug, name, question: id, title, new: isNew ? 'yes' : 'no' };
    }),
  );
  const columns = ['version', 'slug', 'name', 'question', 'title', 'new'];
  return stringify(rows, { header: true, columns, escape_formulas: true, record_delimiter: '\r\n' }).trimEnd();
}
