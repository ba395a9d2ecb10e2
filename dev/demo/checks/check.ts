import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Database } from '../../../prisma/database.js';
import type { Mailbox } from '../../mailbox.js';
import type { ExpertRead, FirstRead, Undone } from '../office.js';
import type { Attempt } from '../trespass.js';
import type { Reserved, Told, World } from '../types.js';

/** What the checks look at: the records, and everything around them that can be looked at from outside. */
export interface CheckParts {
  readonly database: Database;
  readonly mailbox: Pick<Mailbox, 'emails'>;
  readonly client: Client;
  readonly world: World;
  /** What owners were told was received, by their own lists. */
  readonly told: readonly Told[];
  /** Names, addresses and answers for reviewers only. */
  readonly planted: readonly string[];
  /** The tokens of all links that there are. */
  readonly tokens: () => Promise<readonly string[]>;
  /** Temporal's SQLite file; what stands beside it (`-wal`) is read too. */
  readonly temporalDatabaseFile: string;
  readonly logFolder: string;
  /** Folders and files that leave the machine, or outlive whoever is erased: heads of the ledger, hand-over journal. */
  readonly kept: readonly string[];
  /** No slash at its end. */
  readonly publicUrl: string;
  /** Null: it was about nominations alone. */
  readonly campaign: string | null;
  /** How often people did what only they know: `scanner` requests of link scanners, `entered` pressed a link's button. */
  readonly tried: Readonly<Record<string, number>>;
  /** What people tried at the end without the right to. */
  readonly attempts: readonly Attempt[];
  /** What reviewers of the second level saw before they had said anything. */
  readonly firstReads: readonly FirstRead[];
  readonly undone: readonly Undone[];
  /** What was written for reviewers and staff only, by owners and by themselves. */
  readonly hidden: readonly string[];
  /** What may stand in emails to some, and nowhere else. */
  readonly reserved: readonly Reserved[];
  /** Pages of questions, as experts opened them before they answered. */
  readonly expertReads: readonly ExpertRead[];
  /** Parts were struck down meanwhile: what fell due then may have been overtaken by what people did. */
  readonly struck: boolean;
}

/** Whether something holds, how often it was put to the test, and what was found. */
export interface Check {
  readonly ok: boolean;
  readonly tried: number;
  readonly detail: string;
}

/** What a look found: how often it was put to the test, what is wrong, and a sentence for the case that nothing is. */
export interface Looked {
  readonly tried: number;
  readonly problems: readonly string[];
  readonly found: string;
}

const SHOWN = 3;
const EVERY_MS = 1_000;

/**
 * A check from a look: nothing may be wrong, and something must have been tried. What still moves is looked at again
 * each second, for `patienceMs` at most. A look that fails is a check that fails.
 */
export async function checkBy(look: () => Promise<Looked>, patienceMs: number): Promise<Check> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const check = await lookOnce(look);
    if (check.ok || performance.now() + EVERY_MS > until) return check;
    await pause(EVERY_MS);
  }
}

async function lookOnce(look: () => Promise<Looked>): Promise<Check> {
  try {
    const { tried, problems, found } = await look();
    if (problems.length > 0) return { ok: false, tried, detail: listed(problems) };
    if (tried === 0) return { ok: false, tried, detail: 'It was never put to the test.' };
    return { ok: true, tried, detail: found };
  } catch (error) {
    return { ok: false, tried: 0, detail: `It could not be checked: ${String(error)}` };
  }
}

function listed(problems: readonly string[]): string {
  const more = problems.length - SHOWN;
  return `${problems.slice(0, SHOWN).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}
