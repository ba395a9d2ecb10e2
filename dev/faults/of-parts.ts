import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../prisma/database.js';
import type { KeptProcess } from '../kept-process.js';
import type { MailAnswer } from '../mailbox-smtp.js';
import type { Mailbox } from '../mailbox.js';
import { patiently } from './patience.js';
import type { Fault } from './storm.js';

/** The programs of an installation, each in a process of its own. */
export interface Programs {
  readonly worker: KeptProcess;
  readonly web: KeptProcess;
  readonly temporal: KeptProcess;
  readonly postgres: KeptProcess;
}

/** A part is down for at most so long after it was killed, beside the time that it takes to start. */
const LONGEST_DOWN_MS = 1_500;

/** Programs killed without a word, deploys, and connections that are cut under whoever uses them. */
export function faultsOfPrograms({ programs, database }: { programs: Programs; database: Database }): readonly Fault[] {
  const killed = (kind: string, program: KeptProcess): Fault => ({
    kind,
    strike: async (random) => {
      await program.strike({ signal: 'SIGKILL', downMs: Math.round(random('down') * LONGEST_DOWN_MS) });
      return true;
    },
  });
  return [
    killed('workerKilled', programs.worker),
    killed('temporalKilled', programs.temporal),
    killed('databaseKilled', programs.postgres),
    killed('webKilled', programs.web),
    {
      kind: 'workerDeployed',
      strike: async () => {
        await programs.worker.strike({ signal: 'SIGTERM', downMs: 0 });
        return true;
      },
    },
    { kind: 'connectionsCut', strike: () => cutConnections(database) },
  ];
}

/** Waits for a moment with a transaction under way, half a second at most, and ends all connections but its own. */
async function cutConnections(database: Database): Promise<boolean> {
  const others = `pid <> pg_backend_pid() and datname = current_database() and backend_type = 'client backend'`;
  for (let look = 0; look < 20; look += 1) {
    const [row] = await patiently(() =>
      database.$queryRawUnsafe<{ busy: number }[]>(
        `select count(*)::int as busy from pg_stat_activity where ${others} and xact_start is not null`,
      ),
    );
    if ((row?.busy ?? 0) > 0) break;
    await pause(25);
  }
  await patiently(() =>
    database.$queryRawUnsafe(`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`),
  );
  return true;
}

/** How a mail server misbehaves, for how long at most in real milliseconds, and whether towards some only. */
const MAIL: Readonly<Record<string, { readonly answer: MailAnswer; readonly forMs: number; readonly share: number }>> =
  {
    mailLater: { answer: 'later', forMs: 4_000, share: 1 },
    mailRefused: { answer: 'refuse', forMs: 3_000, share: 0.4 },
    mailRefusedAfterData: { answer: 'refuse_after_data', forMs: 3_000, share: 0.4 },
    mailDroppedBeforeData: { answer: 'drop_before_data', forMs: 4_000, share: 1 },
    mailDroppedAfterData: { answer: 'drop_after_data', forMs: 2_500, share: 0.5 },
    mailSilent: { answer: 'silent', forMs: 2_000, share: 0.1 },
  };

/** A mail server on bad days. Between them it takes everything. */
export function faultsOfMail(mailbox: Pick<Mailbox, 'answerWith' | 'emails'>): readonly Fault[] {
  return Object.entries(MAIL).map(([kind, { answer, forMs, share }]) => ({
    kind,
    strike: async (random) => {
      let struck = 0;
      mailbox.answerWith((recipient) => {
        if (random(recipient) >= share) return 'accept';
        struck += 1;
        return answer;
      });
      await pause(Math.round(forMs * (0.4 + 0.6 * random('long'))));
      mailbox.answerWith(() => 'accept');
      return struck > 0;
    },
  }));
}
