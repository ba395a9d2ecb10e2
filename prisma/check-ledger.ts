import { hash } from 'node:crypto';
import pg from 'pg';
import type { Database } from './database.js';

/** The last line of a case's chain. */
export interface LedgerHead {
  readonly caseId: string;
  readonly seq: number;
  /** 64 hexadecimal digits. */
  readonly hash: string;
}

/**
 * What does not hold. `changed`: this line, or one before it in another order. `missing`: it is gone. `extra`: it
 * stands twice. `rewritten`: the chain holds, and is not the exported one. `cut`: it was exported and is gone, with
 * what came after it. `erased`: its actor is gone, and no line says so.
 */
export interface LedgerProblem {
  readonly caseId: string;
  readonly seq: number;
  readonly is: 'changed' | 'missing' | 'extra' | 'rewritten' | 'cut' | 'erased';
}

/** What a check looked at, and found. */
export interface LedgerCheck {
  readonly cases: number;
  readonly lines: number;
  /** Lines whose actor was erased, as a line of the same case says. */
  readonly erased: number;
  readonly problems: readonly LedgerProblem[];
}

/** Lines fetched at once. */
const PAGE = 5_000;

/** In the order of `Line`. What is hashed is what the migration's ledger_commitment and ledger_hash hash. */
const LINES = `
  declare lines no scroll cursor for select
    "caseId", seq, hash, commitment,
    case when salt is null and actor is null then null else jsonb_build_array(salt, actor)::text end,
    jsonb_build_array(
      id, "caseId", seq, "applicationId", at, what, why, role, detail, before, after, "workflowId", "runId"
    )::text,
    case when what = 'actor_erased' then detail ->> 'seq' end
  from "LedgerEntry" order by "caseId", seq, id`;

type Line = readonly [
  caseId: string,
  seq: number,
  hash: string,
  commitment: string,
  actor: string | null,
  content: string,
  erases: string | null,
];

/**
 * Computes every chain of the ledger anew, line by line and outside the database, as it stands at one instant, and
 * compares it with exported heads if there are any: without them a chain whose end was cut, or that was written anew
 * as a whole, looks whole. Reads only. Throws if the database is away.
 */
export async function checkLedger(
  databaseUrl: string,
  { heads = [] }: { heads?: readonly LedgerHead[] } = {},
): Promise<LedgerCheck> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(LINES);
    const walk = startWalk(heads);
    let page = await fetchPage(client);
    while (page.length > 0) {
      // The database prepares the next lines while these are looked at.
      const next = fetchPage(client);
      for (const line of page) walk.take(line);
      page = await next;
    }
    return walk.end();
  } finally {
    await client.end();
  }
}

async function fetchPage(client: pg.Client): Promise<readonly Line[]> {
  const text = `fetch forward ${PAGE} from lines`;
  const { rows } = await client.query<[string, number, string, string, string | null, string, string | null]>({
    text,
    rowMode: 'array',
  });
  return rows;
}

interface Chain {
  readonly caseId: string;
  readonly head: LedgerHead | undefined;
  place: number;
  hash: string;
  /** Lines without an actor, and those of which a line says so. */
  readonly bare: number[];
  readonly erased: Set<number>;
}

function startWalk(heads: readonly LedgerHead[]): { take: (line: Line) => void; end: () => LedgerCheck } {
  const unseen = new Map(heads.map((head) => [head.caseId, head]));
  const problems: LedgerProblem[] = [];
  const counts = { cases: 0, lines: 0, erased: 0 };
  let chain: Chain | null = null;
  const finish = (one: Chain | null) => {
    if (one === null) return;
    const { caseId, head, place, bare, erased } = one;
    for (const seq of bare) {
      if (erased.has(seq)) counts.erased += 1;
      else problems.push({ caseId, seq, is: 'erased' });
    }
    if (head !== undefined && place < head.seq) problems.push({ caseId, seq: place + 1, is: 'cut' });
  };
  const begin = (caseId: string): Chain => {
    finish(chain);
    counts.cases += 1;
    const head = unseen.get(caseId);
    unseen.delete(caseId);
    return { caseId, head, place: 0, hash: '', bare: [], erased: new Set() };
  };
  return {
    take: (line) => {
      const of = chain?.caseId === line[0] ? chain : begin(line[0]);
      chain = of;
      counts.lines += 1;
      const is = takeLine(of, line);
      if (is !== null) problems.push({ caseId: of.caseId, seq: is === 'missing' ? of.place : line[1], is });
      of.place = Math.max(of.place, line[1]);
    },
    end: () => {
      finish(chain);
      chain = null;
      for (const { caseId } of unseen.values()) problems.push({ caseId, seq: 1, is: 'cut' });
      unseen.clear();
      return { ...counts, problems };
    },
  };
}

/** What is wrong with a line after those before it; of a missing one, `place` is set to it. */
function takeLine(chain: Chain, [, seq, found, commitment, actor, content, erases]: Line): LedgerProblem['is'] | null {
  const previous = chain.hash;
  chain.hash = found;
  if (actor === null) chain.bare.push(seq);
  if (erases !== null) chain.erased.add(Number(erases));
  if (seq <= chain.place) return 'extra';
  if (seq > chain.place + 1) {
    chain.place += 1;
    return 'missing';
  }
  const committed = actor === null ? commitment : hash('sha256', actor);
  if (committed !== commitment || hash('sha256', previous + commitment + content) !== found) return 'changed';
  const { head } = chain;
  return head !== undefined && head.seq === seq && head.hash !== found ? 'rewritten' : null;
}

/** The last line of every chain as it now stands. */
export async function ledgerHeads(database: Database): Promise<readonly LedgerHead[]> {
  return database.$queryRaw<LedgerHead[]>`
    select distinct on ("caseId") "caseId", seq, hash from "LedgerEntry" order by "caseId", seq desc`;
}

/** The cases of which exported heads know what is no longer there. Cheap: it computes nothing anew. */
export async function casesLost(database: Database, heads: readonly LedgerHead[]): Promise<readonly string[]> {
  const lost = await database.$queryRaw<{ caseId: string }[]>`
    select known."caseId"
    from unnest(
      ${heads.map(({ caseId }) => caseId)}::text[],
      ${heads.map(({ seq }) => seq)}::int[],
      ${heads.map(({ hash }) => hash)}::text[]
    ) as known ("caseId", seq, hash)
    left join "LedgerEntry" line using ("caseId", seq)
    where line.hash is distinct from known.hash
    order by known."caseId"`;
  return lost.map(({ caseId }) => caseId);
}
