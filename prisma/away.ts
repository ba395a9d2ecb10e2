/** Codes of PostgreSQL, of the network and of Prisma that say that the database was away, or too busy to answer. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  // PostgreSQL: connections and shutdown (classes 08 and 57P), too many connections, cancelled by a time limit.
  '08000',
  '08001',
  '08003',
  '08006',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  '57014',
  // Prisma: cannot reach, timed out, closed the connection, no connection of the pool, transaction over its limit.
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  // Prisma's driver, where a raw query hides the code.
  'DatabaseNotReachable',
  'SocketTimeout',
  'ConnectionClosed',
  'TooManyConnections',
]);

/** Words of the driver for connections that ended under a query; it gives them no code. */
const AWAY_WORDS = /terminat|timeout exceeded|connection (closed|ended)|not queryable|server has closed/iu;

/** Whether an error means that the database was away: then nothing is wrong with what was asked of it. */
export function isDatabaseAway(error: unknown): boolean {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
    if (codesOf(at).some((code) => AWAY.has(code))) return true;
    // This one quotes what was to be written, and with it what people typed.
    if (at.name !== 'PrismaClientValidationError' && AWAY_WORDS.test(at.message)) return true;
  }
  return false;
}

/** The codes of an error; Prisma keeps PostgreSQL's own in what its driver said (P2039: "Database error"). */
function codesOf(error: Error): readonly string[] {
  const driver = fieldOf(fieldOf(error, 'meta'), 'driverAdapterError');
  const said = [error, fieldOf(driver, 'cause')];
  return said
    .flatMap((one) => ['code', 'originalCode', 'kind'].map((name) => fieldOf(one, name)))
    .filter((code) => typeof code === 'string');
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
