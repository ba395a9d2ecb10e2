import pg from 'pg';

/** Of all advisory locks of a database, this is the sender's: "post", in letters. */
const SENDER_LOCK = 0x706f7374;
/** A lost line is noticed after so long at most, in milliseconds. */
const PROBE_EVERY = 5_000;

/**
 * Takes the lock that only one sender of a database has, on a connection of its own; null if another one has it. The
 * server gives it back when that connection ends, however it ends: `broken` then hears of it.
 */
export async function lockOutbox(
  connectionString: string,
  broken: (error: Error) => void,
): Promise<(() => Promise<void>) | null> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    keepAlive: true,
    application_name: 'perennial sender',
  });
  let over = false;
  const lost = (error: Error) => {
    if (!over) broken(error);
  };
  client.on('error', lost);
  client.on('end', () => lost(new Error('the database closed the connection that holds the lock of the sender')));
  const end = async () => {
    over = true;
    await client.end().catch(() => undefined);
  };
  try {
    await client.connect();
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [SENDER_LOCK]);
    if (rows[0]?.mine !== true) {
      await end();
      return null;
    }
  } catch (error) {
    await end();
    throw error;
  }
  const probe = setInterval(() => {
    client.query('select 1').catch(lost);
  }, PROBE_EVERY);
  return async () => {
    clearInterval(probe);
    await end();
  };
}
