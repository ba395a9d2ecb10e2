import type { Command } from 'commander';
import { readOwnerDatabase } from '../../adapters/config.js';
import { APPLICATION_USER, makeApplicationUser } from '../../prisma/application-user.js';
import { startClock } from '../../prisma/case-time.js';
import { openDatabase } from '../../prisma/database.js';
import { deploy } from '../../prisma/migrate.js';
import { UsageError } from '../usage.js';
import { counted } from '../words/words.js';

/** Adds `worker`, `web` and `migrate`: what runs an installation on servers of its own. */
export function addServices(program: Command, print: (text: string) => void): void {
  // Each is a process of its own; only then what it needs is loaded.
  program
    .command('worker')
    .summary('run workflows, steps, sender and relay until it is asked to end (SIGTERM)')
    .action(async () => {
      await import('../../worker/main.js');
    });
  program
    .command('web')
    .summary('serve all pages until it is asked to end (SIGTERM)')
    .action(async () => {
      await import('../../web/main.js');
    });
  program
    .command('migrate')
    .summary('bring the database to this version; before worker and pages of a new version')
    .addHelpText(
      'after',
      `
Acts as PERENNIAL_OWNER_DATABASE_URL, the owner of the database, and then makes the user of DATABASE_URL, who owns nothing;
without it as DATABASE_URL. It may be run again at any time, and by several at once.`,
    )
    .action(async () => {
      const { owner, user } = readOwnerDatabase();
      const password = user === null ? null : passwordOf(user);
      const applied = await deploy(owner);
      print(
        applied.length === 0
          ? 'The database is up to date.'
          : `Applied ${counted(applied.length, 'migration')}: ${applied.join(', ')}.`,
      );
      await withClock(owner);
      if (user === null) return;
      await makeApplicationUser(owner, password);
      print(`Worker, pages and commands act as ${APPLICATION_USER}, who owns nothing.`);
    });
}

/** Case time of a new installation begins now. */
async function withClock(owner: string): Promise<void> {
  const database = openDatabase(owner);
  await startClock(database).finally(() => database.$disconnect());
}

/** The password that the application's user is to have; null if its address has none. */
function passwordOf(databaseUrl: string): string | null {
  const { username, password } = new URL(databaseUrl);
  if (decodeURIComponent(username) !== APPLICATION_USER) {
    throw new UsageError(
      `DATABASE_URL must name the user ${APPLICATION_USER}, whom this makes; or unset PERENNIAL_OWNER_DATABASE_URL.`,
    );
  }
  return password === '' ? null : decodeURIComponent(password);
}
