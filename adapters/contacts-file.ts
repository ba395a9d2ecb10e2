/** The contacts of products as a CSV file: a template to fill in, and its lines read back or refused one by one. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { ProductContact } from '../domain/contact.js';

const columns = ['slug', 'name', 'address', 'language', 'country', 'rank'] as const;
type Column = (typeof columns)[number];
type Cells = Readonly<Record<Column, string>>;

/** A contact as a line of the file names it. */
export interface FileContact extends ProductContact {
  /** Where it stands in the file; gives the order among alternates. */
  readonly line: number;
}

export interface ContactsFile {
  readonly contacts: readonly FileContact[];
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
  /** Slugs that no accepted line names, in the order of the known ones. */
  readonly withoutAnybody: readonly string[];
  /** Slugs with alternates only: the file itself names nobody to write to first. */
  readonly withoutPrimary: readonly string[];
}

const LONGEST = { slug: 64, name: 200, address: 254, language: 3, country: 80, rank: 20 } as const;
const MOST_LINES = 100_000;

/** A CSV with one empty line for each product, to be filled in; a product may get more lines, for alternates. */
export function writeContactsTemplate(products: readonly { readonly slug: string }[]): string {
  const rows = products.map(({ slug }) => ({ slug, rank: 'primary' }));
  return stringify(rows, { header: true, columns: [...columns], escape_formulas: true, record_delimiter: '\r\n' });
}

/**
 * Reads a contacts file: comma, semicolon or tab between the columns, in any order, with or without byte order mark.
 * Lines of the template that nobody filled in are passed over. Addresses are compared without regard to case.
 */
export function parseContacts(csvText: string, knownSlugs: readonly string[]): ContactsFile {
  const read = readLines(csvText);
  const known = new Set(knownSlugs);
  const contacts: FileContact[] = [];
  const refused = [...read.refused];
  for (const { line, cells } of read.lines) {
    if (isUnfilled(cells)) continue;
    const reason = whyRefused({ cells, known, before: contacts });
    if (reason !== null) {
      refused.push({ line, reason });
      continue;
    }
    contacts.push({
      slug: cells.slug,
      name: cells.name,
      address: withLowerCaseSite(cells.address),
      language: cells.language.toLowerCase() || 'en',
      country: countryOf(cells.country),
      rank: cells.rank.toLowerCase() === 'primary' ? 'primary' : 'alternate',
      line,
    });
  }
  const named = new Set(contacts.map(({ slug }) => slug));
  const withPrimary = new Set(contacts.flatMap(({ slug, rank }) => (rank === 'primary' ? [slug] : [])));
  return {
    contacts,
    refused: refused.sort((one, other) => one.line - other.line),
    withoutAnybody: knownSlugs.filter((slug) => !named.has(slug)),
    withoutPrimary: [...named].filter((slug) => !withPrimary.has(slug)),
  };
}

interface Lines {
  readonly lines: readonly { readonly line: number; readonly cells: Cells }[];
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}

function readLines(csvText: string): Lines {
  const refused: { line: number; reason: string }[] = [];
  const rows = rowsOf(csvText, (line) => {
    refused.push({ line, reason: 'this line is not valid CSV: check its quotation marks' });
  });
  const [header, ...rest] = rows;
  const names = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? [];
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) {
    const reason = `the first line must name the columns ${columns.join(', ')}; missing: ${missing.join(', ')}`;
    return { lines: [], refused: [{ line: 1, reason }] };
  }
  if (rest.length > MOST_LINES) {
    return { lines: [], refused: [{ line: 1, reason: `the file has more than ${MOST_LINES} lines: split it` }] };
  }
  const lines = rest.flatMap(({ line, cells }) => {
    if (cells.length === names.length) return [{ line, cells: cellsOf({ names, cells }) }];
    refused.push({ line, reason: `this line has ${cells.length} columns, the first line has ${names.length}` });
    return [];
  });
  return { lines, refused };
}

interface Row {
  /** The line of the file on which it ends; it starts there too unless a cell has line breaks. */
  readonly line: number;
  readonly cells: readonly string[];
}

function rowsOf(csvText: string, onBroken: (line: number) => void): readonly Row[] {
  const firstLine = /^[^\r\n]*/u.exec(csvText.replace(/^\ufeff/u, ''))?.[0] ?? '';
  const delimiter = [',', ';', '\t'].reduce((best, next) =>
    firstLine.split(next).length > firstLine.split(best).length ? next : best,
  );
  const rows: unknown = parse(csvText, {
    bom: true,
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    on_skip: (error) => {
      onBroken(typeof error?.['lines'] === 'number' ? error['lines'] : 1);
      return undefined;
    },
  });
  return z
    .array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }))
    .parse(rows)
    .map(({ record, info }) => ({ line: info.lines, cells: record }));
}

function cellsOf({ names, cells }: { names: readonly string[]; cells: readonly string[] }): Cells {
  const cell = (column: Column): string => unguarded(cells[names.indexOf(column)] ?? '').trim();
  return {
    slug: cell('slug'),
    name: cell('name'),
    address: cell('address'),
    language: cell('language'),
    country: cell('country'),
    rank: cell('rank'),
  };
}

/** Without the apostrophe that keeps spreadsheets from taking a cell for a formula. */
function unguarded(cell: string): string {
  return /^'[=+\-@\t\r]/u.test(cell) ? cell.slice(1) : cell;
}

function isLanguage(code: string): boolean {
  if (!/^[a-z]{2,3}$/iu.test(code)) return false;
  return new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(code.toLowerCase()) !== undefined;
}

function isUnfilled({ name, address, language, country }: Cells): boolean {
  return [name, address, language, country].every((cell) => cell === '');
}

function whyRefused({
  cells,
  known,
  before,
}: {
  cells: Cells;
  known: ReadonlySet<string>;
  before: readonly FileContact[];
}): string | null {
  const { slug, name, address, language, rank } = cells;
  const unfit = columns.find((column) => /[\p{Cc}\p{Surrogate}\u2028-\u202e\u2066-\u2069]/u.test(cells[column]));
  if (unfit !== undefined) return `the ${unfit} has a line break or another invisible character in it`;
  const long = columns.find((column) => column !== 'language' && cells[column].length > LONGEST[column]);
  if (long !== undefined) return `the ${long} is longer than ${LONGEST[long]} characters`;
  if (slug === '') return "the slug is empty: write the last part of the product's address in the registry";
  if (!known.has(slug)) return `no product has the slug "${slug}": "perennial contacts template" lists them all`;
  if (name === '') return 'the name is empty: write the name of the person or team';
  if (/^[=+\-@]/u.test(name)) return 'the name starts like a spreadsheet formula (= + - @): write the name only';
  const wrongAddress = whyWrongAddress(address);
  if (wrongAddress !== null) return wrongAddress;
  if (language !== '' && !isLanguage(language)) {
    return `"${language.slice(0, 20)}" is not a language code: write two or three letters, such as en, fr, es, pt or ar`;
  }
  if (/^[=+\-@]/u.test(cells.country))
    return 'the country starts like a spreadsheet formula: write two letters or a name';
  if (!/^(?:primary|alternate)$/iu.test(rank)) {
    return rank === ''
      ? 'the rank is empty: write primary or alternate'
      : `"${rank}" is no rank: write primary or alternate`;
  }
  return whyNotBoth({ cells, others: before.filter((contact) => contact.slug === slug) });
}

function whyNotBoth({ cells, others }: { cells: Cells; others: readonly FileContact[] }): string | null {
  const same = others.find(({ address }) => address.toLowerCase() === cells.address.toLowerCase());
  if (same !== undefined) return `line ${same.line} already gives this address for this product`;
  const primary = cells.rank.toLowerCase() === 'primary' ? others.find(({ rank }) => rank === 'primary') : undefined;
  return primary === undefined
    ? null
    : `line ${primary.line} already gives the primary contact of this product: make one of them an alternate`;
}

const mailAddress = z.email().max(LONGEST.address);

function whyWrongAddress(address: string): string | null {
  if (address === '') return 'the address is empty: write one email address';
  if (/[^\p{ASCII}]/u.test(address))
    return 'the address has letters that our mail cannot send to: use plain Latin ones';
  if (/[,;\s<>]/u.test(address)) return 'the address must be one email address alone, such as team@product.example';
  const [local = ''] = address.split('@');
  return mailAddress.safeParse(address).success && local.length <= 64
    ? null
    : 'the address is not a valid email address, such as team@product.example';
}

function withLowerCaseSite(address: string): string {
  const at = address.lastIndexOf('@');
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

function countryOf(country: string): string | null {
  if (country === '') return null;
  return /^[a-z]{2}$/iu.test(country) ? country.toUpperCase() : country;
}
