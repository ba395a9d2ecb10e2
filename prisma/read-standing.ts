import pg from 'pg';

/** How we stand with a database. */
export interface Standing {
  readonly encrypted: boolean;
  /** The user could change lines of the ledger: an owner, who should only migrate. */
  readonly mayChangeLedger: boolean;
}

/** Reads how we stand with a migrated database. Throws what the driver throws. */
export async function readStanding(databaseUrl: string): Promise<Standing> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const { rows } = await client.query<Standing>(
      `select coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as "encrypted",
              has_table_privilege('"LedgerEntry"', 'UPDATE') as "mayChangeLedger"`,
    );
    return rows[0] ?? { encrypted: false, mayChangeLedger: true };
  } finally {
    await client.end();
  }
}
