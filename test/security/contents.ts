import type { Database } from '../../prisma/database.js';

/** Every table with a digest of all that it holds: equal if and only if nothing was changed. */
export async function contentsOf(database: Database): Promise<Readonly<Record<string, string>>> {
  const digests = (await tablesOf(database)).map(
    (table) =>
      `select '${table}' as name, count(*) || ' ' || md5(coalesce(string_agg(one::text, '|' order by one::text), '')) as digest from "${table}" one`,
  );
  // One statement for all: walks ask thousands of times.
  const found = await database.$queryRawUnsafe<{ name: string; digest: string }[]>(digests.join(' union all '));
  return Object.fromEntries(found.map(({ name, digest }) => [name, digest]));
}

/** `table.column` of every column that holds a text: its rows are searched as text, whatever their type. */
export async function placesOf(database: Database, text: string): Promise<readonly string[]> {
  const found = await Promise.all(
    (await tablesOf(database)).map(async (table) => {
      const rows = await database.$queryRawUnsafe<{ id: string }[]>(
        `select left(one::text, 300) as id from "${table}" one where position(lower($1) in lower(one::text)) > 0`,
        text,
      );
      return rows.map(({ id }) => `${table}: ${id}`);
    }),
  );
  return found.flat();
}

async function tablesOf(database: Database): Promise<readonly string[]> {
  const tables = await database.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' order by table_name`;
  return tables.map(({ name }) => name);
}
