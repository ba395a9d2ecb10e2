import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Database } from '../../prisma/database.js';
import { waitingRows } from '../../prisma/waiting.js';
import { checkBy, type Check } from '../demo/checks/check.js';
import type { ToldActs } from '../demo/types.js';
import type { Installation } from '../installation.js';
import { lookAtLedger, lookAtRows, stuckCases } from './checks.js';
import { faultsOfMail, faultsOfPrograms } from './of-parts.js';
import { faultsOfRows, type RowTrials } from './of-rows.js';
import { startStorm } from './storm.js';

/** The checks of bad days, beside those of every demonstration. */
export const FAULT_CHECKS = ['rowsHaveOneEffect', 'nobodyStuck', 'ledgerComplete'] as const;
export type FaultCheckName = (typeof FAULT_CHECKS)[number];

/** What bad days came to. */
export interface BadDaysResult {
  /** How many faults of each kind struck. */
  readonly kinds: Readonly<Record<string, number>>;
  /** Rows that reviewers and staff were told were taken, those that came late or together too. */
  readonly acts: number;
  /** Those of them that are not there, or have no outcome. */
  readonly lostActs: readonly string[];
  readonly stuck: number;
  readonly checks: Readonly<Record<FaultCheckName, Check>>;
}

/** Faults that strike an installation, and what must be kept in mind of them. */
export interface BadDays {
  /** Ends the faults; resolves when everything runs again. */
  readonly stop: () => Promise<void>;
  /** Waits until nothing moves any more, at most two minutes, and looks at what it came to. */
  readonly result: (client: Pick<Client, 'workflow'>) => Promise<BadDaysResult>;
}

/** Mean pauses between faults, in real milliseconds; mail misbehaves while programs are down, and rows come wrongly. */
const PAUSES = { mail: 5_000, rows: 3_000 } as const;
/**
 * Between those of programs. Where minutes are counted they hardly get up before they are struck again, and much stays
 * undone; a demonstration is to come to its end.
 */
const PROGRAMS_PAUSE = { counted: 8_000, toTheEnd: 25_000 } as const;
const SETTLING_MS = 120_000;

/** Lets the faults of a seed begin. Throws if worker and pages run in this process: they could not be killed. */
export function startBadDays({
  installation,
  seed,
  counted,
  told,
}: {
  readonly installation: Installation;
  readonly seed: number;
  /** For some minutes only, and not until everything has come to its end. */
  readonly counted: boolean;
  /** What reviewers and staff were told was taken, by the time of the result. */
  readonly told: ToldActs;
}): BadDays {
  const { programs, database, stack, config } = installation;
  if (programs === null) throw new Error('Faults strike programs that run apart only.');
  const trials: RowTrials = { again: [], late: [], together: [] };
  const programsPause = counted ? PROGRAMS_PAUSE.counted : PROGRAMS_PAUSE.toTheEnd;
  const storm = startStorm({
    seed,
    lanes: [
      { name: 'programs', faults: faultsOfPrograms({ programs, database }), pauseMs: programsPause },
      { name: 'mail', faults: faultsOfMail(stack.mailbox), pauseMs: PAUSES.mail },
      { name: 'rows', faults: faultsOfRows({ database, trials }), pauseMs: PAUSES.rows },
    ],
  });
  return {
    stop: storm.stop,
    result: async (client) => {
      await settle(database, config.databaseUrl);
      const { cases, stuck } = await stuckCases({ database, databaseUrl: config.databaseUrl, client });
      const keys = [...new Set([...told.keys, ...trials.late, ...trials.together.flat()])];
      const rows = [...new Set(told.rows)];
      const look = { tried: cases, problems: stuck, found: `${cases} cases wait for somebody or for a day` };
      return {
        kinds: storm.counts(),
        acts: keys.length + rows.length,
        lostActs: await lostActs(database, { keys, rows }),
        stuck: stuck.length,
        checks: {
          rowsHaveOneEffect: await checkBy(() => lookAtRows({ database, trials }), 0),
          nobodyStuck: await checkBy(() => Promise.resolve(look), 0),
          ledgerComplete: await checkBy(() => lookAtLedger({ database, databaseUrl: config.databaseUrl }), 0),
        },
      };
    },
  };
}

/** Until every row has its outcome and no email is on its way; what takes longer is found by the checks. */
async function settle(database: Database, databaseUrl: string): Promise<void> {
  const end = performance.now() + SETTLING_MS;
  const { waiting } = waitingRows(database, databaseUrl);
  while (performance.now() < end) {
    const onTheWay = await database.email.count({ where: { state: 'handing_over' } });
    if (onTheWay === 0 && (await waiting()).length === 0) return;
    await pause(500);
  }
}

async function lostActs(database: Database, { keys, rows }: ToldActs): Promise<readonly string[]> {
  const found = await database.submission.findMany({
    where: { OR: [{ key: { in: keys } }, { id: { in: rows } }] },
    include: { outcome: true },
  });
  const fine = found.filter(({ outcome }) => outcome !== null);
  const fineKeys = new Set(fine.map(({ key }) => key));
  const fineRows = new Set(fine.map(({ id }) => id));
  return [
    ...keys.filter((key) => !fineKeys.has(key)),
    ...rows.filter((row) => !fineRows.has(row)).map((row) => `row ${row}`),
  ];
}
