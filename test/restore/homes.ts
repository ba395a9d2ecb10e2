import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startInstallation, type Installation } from '../../dev/installation.js';
import type { CaughtEmail } from '../../dev/mailbox.js';
import { freePort } from '../../dev/ports.js';
import { startSettings } from '../../dev/settings.js';
import type { Database } from '../../prisma/database.js';
import { writeChoices } from '../../prisma/policies.js';
import { AT_ONCE } from '../support/at-once.js';
import { eventually } from '../support/case-world.js';
import { perennial } from '../support/command.js';
import { listProduct } from '../support/listed-product.js';
import { quietTemporal } from '../support/temporal.js';

const START = '2026-07-10T09:30:00.000Z';
const DAY_MS = 86_400_000;
const PORTS = ['WEB', 'TEMPORAL', 'TEMPORAL_UI', 'POSTGRES', 'SMTP', 'ISSUER'];

/** Which backup of each store is put back. */
interface Backups {
  readonly database: string;
  readonly temporal: string;
}

/** An installation as `npm start` makes it, whose folder is backed up and put back as docs/operations.md says. */
export interface Homes {
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** The records, while it runs. */
  readonly database: () => Database;
  /** Everything that was ever caught. */
  readonly emails: () => readonly CaughtEmail[];
  /** A listing comes in. */
  readonly list: (slug: string) => Promise<void>;
  readonly setClock: (caseAt: string) => Promise<void>;
  readonly backUp: (name: string) => Promise<void>;
  readonly putBack: (backups: Backups) => Promise<void>;
  readonly perennial: (...args: readonly string[]) => Promise<string>;
  /** Waits until records and Temporal agree. */
  readonly agree: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Makes its folder; the first start lists some products. */
export async function startHomes(slugs: readonly string[]): Promise<Homes> {
  quietTemporal();
  const root = mkdtempSync(join(tmpdir(), 'perennial-restore-'));
  const home = join(root, 'home');
  const recipe = readRecipe();
  const ports = await Promise.all(PORTS.map(async (name) => [`PERENNIAL_${name}_PORT`, String(await freePort())]));
  const settings = startSettings({ PERENNIAL_HOME: home, ...(Object.fromEntries(ports) as Record<string, string>) });
  let running: Installation | null = null;
  let caught: readonly CaughtEmail[] = [];
  const now = () => {
    if (running === null) throw new Error('the installation does not run');
    return running;
  };
  const setClock = (database: Database, caseAt: string) =>
    database.clockSegment.create({ data: { realAt: new Date(Date.now() - 1), caseAt, dayMs: DAY_MS } });
  const shell = (script: string, backup: string) =>
    execFileSync('sh', ['-euc', script], { env: { ...process.env, PERENNIAL_HOME: home, BACKUP: join(root, backup) } });
  const command = (...args: readonly string[]) => perennial(now().stack.databaseUrl, ...args);
  return {
    start: async () => {
      running = await startInstallation({
        ...{ settings, say: () => undefined, log: () => undefined, throwAway: true },
        prepare: async ({ database }) => {
          if ((await database.clockSegment.count()) > 0) return;
          await setClock(database, START);
          await writeChoices(database, AT_ONCE);
          for (const slug of slugs) await listProduct(database, slug);
        },
      });
      process.env['TEMPORAL_ADDRESS'] = running.stack.temporalAddress;
    },
    stop: async () => {
      const ending = running;
      running = null;
      caught = ending?.stack.mailbox.emails() ?? caught;
      await ending?.stop();
      delete process.env['TEMPORAL_ADDRESS'];
    },
    database: () => now().database,
    emails: () => running?.stack.mailbox.emails() ?? caught,
    list: async (slug) => {
      await listProduct(now().database, slug);
    },
    setClock: async (caseAt) => {
      await setClock(now().database, caseAt);
    },
    backUp: async (name) => {
      shell(recipe.backUp, name);
    },
    putBack: async ({ database, temporal }) => {
      shell(recipe.database, database);
      shell(recipe.temporal, temporal);
    },
    perennial: command,
    agree: async () => {
      await eventually('records and Temporal to agree', async () =>
        (await command('status')).includes('Records and Temporal agree.') ? true : null,
      );
    },
    remove: async () => {
      await running?.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** The commands of docs/operations.md, in their order. */
function readRecipe(): { backUp: string; database: string; temporal: string } {
  const page = readFileSync('docs/operations.md', 'utf8');
  const section = page.split('## Backup and restore\n')[1]?.split('\n## ')[0] ?? '';
  const [backUp, database, temporal] = [...section.matchAll(/```sh\n(.*?)```/gsu)].map(([, block]) => block);
  if (backUp === undefined || database === undefined || temporal === undefined) throw new Error('the recipe is gone');
  return { backUp, database, temporal };
}
