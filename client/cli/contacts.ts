import { readFile, writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { parseContacts, writeContactsTemplate, type ContactsFile } from '../../adapters/contacts-file.js';
import { productsToAsk, saveContacts, type ContactsSaved } from '../../prisma/contacts.js';
import { personOf } from '../staff-acts.js';
import { UsageError } from '../usage.js';
import { withDatabase } from './with-database.js';
import { counted, handful } from '../words/words.js';

/** Adds `contacts template` and `contacts import FILE`. */
export function addContacts(program: Command, print: (text: string) => void): void {
  const contacts = program.command('contacts').summary('whom to ask about each product');
  contacts
    .command('template')
    .summary('a CSV file with a line for each product, to be filled in')
    .option('--out <file>', 'write it there (default: standard output); a file that is there is kept')
    .option('--missing', 'only products with nobody to ask')
    .action(async ({ out, missing }: { out?: string; missing?: true }) => {
      const slugs = await withDatabase((database) =>
        productsToAsk(database, missing === true ? 'without_contact' : 'all'),
      );
      const csv = writeContactsTemplate(slugs.map((slug) => ({ slug })));
      if (out === undefined) {
        print(csv.trimEnd());
        return;
      }
      await writeNew(out, csv);
      print(`Wrote ${counted(slugs.length, 'product')} to ${out}. Fill it in, then: perennial contacts import ${out}`);
    });
  contacts
    .command('import')
    .summary('take contacts from a filled-in file; refuses line by line')
    .argument('<file>', 'CSV with the columns slug, name, address, language, country, rank (primary or alternate)')
    .option('--by <person>', 'who does this', 'contacts import')
    .option('--json', 'print one JSON object')
    .action(async (path: string, { by, json }: { by: string; json?: true }) => {
      const report = await importContacts({ path, actor: personOf(by) });
      print(json === true ? JSON.stringify(report) : inWords(report));
      if (report.refused.length === 0) return;
      if (report.accepted === 0) throw new Error('No line was taken.');
      const refused = `${counted(report.refused.length, 'line was', 'lines were')} not taken`;
      throw new Error(`${refused}: mend them, and import the file again. What was taken stays as it is.`);
    });
}

/** What `contacts import` did; no name and no address is in it. */
interface ContactsReport {
  readonly accepted: number;
  readonly refused: ContactsFile['refused'];
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
  readonly withoutAnybody: readonly string[];
}

async function importContacts({ path, actor }: { path: string; actor: string }): Promise<ContactsReport> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${path} cannot be read. Give a CSV file; "perennial contacts template" makes one.`, {
      cause,
    });
  });
  return withDatabase(async (database) => {
    const read = parseContacts(text, await knownSlugs(database));
    const saved: ContactsSaved = await saveContacts(database, { contacts: read.contacts, actor });
    const withoutAnybody = await productsToAsk(database, 'without_contact');
    return { accepted: read.contacts.length, refused: read.refused, ...saved, withoutAnybody };
  });
}

/** Products that left the list may be reopened, so they too may get contacts. */
async function knownSlugs(database: Parameters<typeof productsToAsk>[0]): Promise<readonly string[]> {
  const found = await database.listing.findMany({ select: { slug: true }, orderBy: { slug: 'asc' } });
  return found.map(({ slug }) => slug);
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    const isThere = typeof cause === 'object' && cause !== null && 'code' in cause && cause.code === 'EEXIST';
    const why = isThere ? `${path} is there already and was kept` : `${path} cannot be written`;
    throw new UsageError(`${why}. Give --out another name.`, { cause });
  }
}

function inWords({ accepted, refused, changed, unchanged, withoutAnybody }: ContactsReport): string {
  const lines = [
    `Took ${counted(accepted, 'contact')}, refused ${counted(refused.length, 'line')}.`,
    `  ${counted(changed.length, 'product has', 'products have')} other contacts now, ${counted(unchanged.length, 'has', 'have')} the same.`,
    ...refused.map(({ line, reason }) => `  refused: line ${line}: ${reason}`),
  ];
  if (withoutAnybody.length === 0) return [...lines, 'Every product has somebody to ask.'].join('\n');
  return [
    ...lines,
    `${counted(withoutAnybody.length, 'product has', 'products have')} nobody to ask: ${handful(withoutAnybody)}`,
    'Next: "perennial contacts template --missing" makes a file of them.',
  ].join('\n');
}
