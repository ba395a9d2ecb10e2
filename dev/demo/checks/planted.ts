import { existsSync, statSync } from 'node:fs';
import { dirname, join, basename } from 'node:path';
import type { Database } from '../../../prisma/database.js';
import type { CheckParts, Looked } from './check.js';
import { readPages, type Page } from './pages.js';
import { createSearch, filesIn, type Search } from './search.js';
import { bytesOf, type Run, type TemporalReads } from './temporal-reads.js';

type PlantedParts = Pick<
  CheckParts,
  'database' | 'world' | 'planted' | 'tokens' | 'temporalDatabaseFile' | 'logFolder' | 'kept' | 'publicUrl'
> & { readonly temporal: TemporalReads };

const LINES_AT_ONCE = 2_000;

/** A place in which something was looked for. */
interface Place {
  readonly name: string;
  readonly found: ReadonlySet<number>;
}

/**
 * Nothing planted and no token of a link stands in Temporal's histories (payloads and headers included), in its
 * database's files, in logs, in the ledger, in what is kept outside the database, or on public pages. So that the search is known to see, the id of a case must be found in
 * Temporal's histories and files and in the ledger, and a product's slug on the pages.
 */
export async function lookForPlanted(parts: PlantedParts): Promise<Looked> {
  const planted = [...new Set([...parts.world.planted, ...parts.planted])];
  const tokens = [...new Set(await parts.tokens())];
  const control = await controlOf(parts.database);
  const texts = [...planted, ...tokens, control.caseId, control.slug];
  const search = createSearch(texts);
  const [atCase, atSlug] = [texts.length - 2, texts.length - 1];
  const temporal = [
    await inHistories(parts.temporal, search),
    ...(await inDatabase(parts.temporalDatabaseFile, search)),
  ];
  const logs = await inFiles(parts.logFolder, search);
  const kept = [await inLedger(parts.database, search)];
  for (const place of parts.kept) kept.push(...(await inFiles(place, search)));
  const pages = inPages(await readPages(parts), search);
  const sees = (places: readonly Place[], control: number) => places.some(({ found }) => found.has(control));
  const blind = [
    ...(sees(temporal.slice(0, 1), atCase) ? [] : ["nothing of ours was found in Temporal's histories"]),
    ...(sees(temporal.slice(1), atCase) ? [] : ["nothing of ours was found in Temporal's database file"]),
    ...(logs.length > 0 ? [] : ['there is no log file']),
    ...(sees(kept, atCase) ? [] : ['nothing of ours was found in the ledger']),
    ...(sees(pages, atSlug) ? [] : ['nothing of ours was found on public pages']),
  ].map((what) => `the search is blind: ${what}`);
  const places = [...temporal, ...logs, ...kept, ...pages];
  const leaks = places.flatMap(({ name, found }) =>
    [...found].flatMap((number) => {
      if (number >= atCase) return [];
      // What leaked is not repeated here: this sentence is shown and logged.
      const what = number < planted.length ? `planted text ${number + 1}` : `link ${number - planted.length + 1}`;
      return [`${what} stands in ${name}`];
    }),
  );
  return {
    tried: planted.length === 0 || tokens.length === 0 ? 0 : planted.length + tokens.length,
    problems: [...blind, ...leaks],
    found: `${planted.length} names, addresses and answers and ${tokens.length} links were looked for in ${places.length} places`,
  };
}

async function controlOf(database: Database): Promise<{ caseId: string; slug: string }> {
  const { caseId } = await database.application.findFirstOrThrow({ orderBy: { openedAt: 'asc' } });
  const { slug } = await database.listing.findFirstOrThrow({ where: { nominated: null }, orderBy: { slug: 'asc' } });
  return { caseId, slug };
}

async function inHistories(temporal: TemporalReads, search: Search): Promise<Place> {
  const found = new Set<number>();
  for await (const run of temporal.runs()) for (const number of search.inBytes(allOf(run))) found.add(number);
  return { name: "Temporal's histories", found };
}

function allOf({ workflowId, type, events }: Run): Uint8Array {
  return Buffer.concat([Buffer.from(`${workflowId}\n${type}\n`), bytesOf(events)]);
}

/** The database's own file and what SQLite keeps beside it. */
async function inDatabase(file: string, search: Search): Promise<readonly Place[]> {
  const beside = existsSync(dirname(file)) ? await filesIn(dirname(file)) : [];
  const files = beside.filter((one) => one === file || (one.startsWith(`${file}-`) && !one.endsWith('-shm')));
  return Promise.all(files.map(async (one) => ({ name: basename(one), found: await search.inFile(one) })));
}

/** A file, or whatever is in a folder; nothing where there is none. */
async function inFiles(place: string, search: Search): Promise<readonly Place[]> {
  if (!existsSync(place)) return [];
  const files = statSync(place).isFile() ? [place] : await filesIn(place);
  return Promise.all(files.map(async (file) => ({ name: nameOf(file, place), found: await search.inFile(file) })));
}

function nameOf(file: string, place: string): string {
  return file === place ? basename(file) : join(basename(place), basename(file));
}

/** Who is erased stays out of the ledger: its lines can never be changed. */
async function inLedger(database: Database, search: Search): Promise<Place> {
  const found = new Set<number>();
  for (let after = 0; ; ) {
    const lines = await database.ledgerEntry.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: LINES_AT_ONCE,
    });
    for (const number of search.inText(JSON.stringify(lines))) found.add(number);
    const last = lines.at(-1);
    if (last === undefined) return { name: 'the ledger', found };
    after = last.id;
  }
}

function inPages(pages: readonly Page[], search: Search): readonly Place[] {
  return pages.map(({ path, text }) => ({ name: path, found: search.inText(text) }));
}
