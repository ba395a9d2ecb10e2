import type pg from 'pg';

/** Numbers from 0 up to a limit, the same for each seed (mulberry32). */
export type Chance = (limit: number) => number;
export function chanceOf(seed: number): Chance {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** What is done to the ledger of one case of so many lines, by the owner of a database whose guard is off. */
interface Target {
  readonly client: pg.Client;
  readonly caseId: string;
  readonly lines: number;
  readonly chance: Chance;
}
type Tamper = (target: Target) => Promise<unknown>;

const EDITS = [
  'id = id + 1000000',
  `"caseId" = "caseId" || '-other'`,
  'seq = seq + 1000',
  `"applicationId" = coalesce("applicationId", '') || 'X'`,
  `at = at + interval '1 millisecond'`,
  `what = what || 'x'`,
  `why = 'row:0'`,
  `role = 'nobody'`,
  `actor = 'somebody else'`,
  `actor = case when actor is null then 'somebody' end`,
  'actor = null, salt = null',
  'salt = null',
  `salt = gen_random_uuid()::text`,
  `detail = detail || '{"nth": -1}'`,
  `detail = '{}'`,
  `before = before || '{"state": "x"}'`,
  `after = '[]'`,
  `"workflowId" = 'inbox'`,
  `"runId" = null`,
  `commitment = ledger_commitment(salt, 'somebody else'), actor = 'somebody else'`,
  `commitment = reverse(commitment)`,
  `hash = reverse(hash)`,
];

const edit: Tamper = ({ client, caseId, lines, chance }) =>
  client.query(`update "LedgerEntry" set ${EDITS[chance(EDITS.length)] ?? ''} where "caseId" = $1 and seq = $2`, [
    caseId,
    1 + chance(lines),
  ]);

/** A line that is not the last: what cuts the end is another thing. */
const remove: Tamper = ({ client, caseId, lines, chance }) =>
  client.query('delete from "LedgerEntry" where "caseId" = $1 and seq = $2', [caseId, 1 + chance(lines - 1)]);

/** Two lines change places: by their number, by their id, or in all that they say. */
const reorder: Tamper = async ({ client, caseId, lines, chance }) => {
  const one = 1 + chance(lines);
  const other = 1 + ((one - 1 + 1 + chance(lines - 1)) % lines);
  const column = ['seq', 'id'][chance(2)] ?? 'seq';
  const found = await client.query<{ id: number; seq: number }>(
    'select id, seq from "LedgerEntry" where "caseId" = $1 and seq in ($2, $3)',
    [caseId, one, other],
  );
  const [first, second] = found.rows;
  if (first === undefined || second === undefined) throw new Error('there are no two lines');
  const move = (from: number, to: number) =>
    client.query(`update "LedgerEntry" set ${column} = $3 where "caseId" = $1 and ${column} = $2`, [caseId, from, to]);
  const free = -Math.max(first.id, second.id);
  await move(first[column === 'id' ? 'id' : 'seq'], free);
  await move(second[column === 'id' ? 'id' : 'seq'], first[column === 'id' ? 'id' : 'seq']);
  await move(free, second[column === 'id' ? 'id' : 'seq']);
};

/** The last lines, or all. */
const cut: Tamper = ({ client, caseId, lines, chance }) =>
  client.query('delete from "LedgerEntry" where "caseId" = $1 and seq > $2', [caseId, chance(lines)]);

/** A line says something else, and every line after it is computed anew, as the migration's functions do. */
const rewrite: Tamper = async ({ client, caseId, lines, chance }) => {
  const first = 1 + chance(lines);
  await client.query(`update "LedgerEntry" set what = 'x' where "caseId" = $1 and seq = $2`, [caseId, first]);
  for (let seq = first; seq <= lines; seq += 1) {
    await client.query(
      `update "LedgerEntry" line set hash = ledger_hash(line, coalesce(
        (select hash from "LedgerEntry" where "caseId" = $1 and seq = $2 - 1), ''
      )) where "caseId" = $1 and seq = $2`,
      [caseId, seq],
    );
  }
};

/** By name: what can be done to a chain. */
export const tamperings = { edit, remove, reorder, cut, rewrite } as const;
