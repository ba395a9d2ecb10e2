import type { Config } from '../adapters/config.js';
import { logToStandardError } from '../adapters/log.js';
import { ensureRealClock } from '../prisma/clock.js';
import { installRuntime } from '../worker/runtime.js';
import { startInstallation } from './installation.js';
import { startSettings } from './settings.js';
import { brokenBy, untilStopped } from '../adapters/until-stopped.js';

/** Who gets emails: a case whose owner gets none waits. */
function mailModeInWords({ mailMode, allowlist }: Config): string {
  return mailMode === 'catch'
    ? 'Mail mode catch: emails go to addresses that nobody has (.example, .test); all others wait.'
    : `Mail mode allowlist: emails go by the list (entries: ${allowlist.length}); all others wait.`;
}

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

installRuntime(logToStandardError);
await untilStopped(async () => {
  const installation = await startInstallation({
    settings: startSettings(),
    say,
    log: logToStandardError,
    prepare: ({ database }) => ensureRealClock(database),
  });
  const { database, config, stack } = installation;
  const products = await database.listing.count();
  say(`
A trial installation runs on this machine, in real time. Its emails are caught here; none is sent.
${mailModeInWords(config)}

  Registry       ${config.publicUrl}/
  Desk           ${config.publicUrl}/desk (sign in as anybody of the invented staff)
  Mailbox        ${config.publicUrl}/dev/mail
  Temporal UI    ${stack.temporalUiUrl ?? 'none'}
  Data           ${stack.home.folder}

${products === 0 ? 'The registry is empty. In a second terminal:\n\n  npm run perennial -- import dev/registry-2026-07-10.json' : `${products} products are on file. In a second terminal: npm run perennial -- status`}

Ctrl-C ends it; its data stays.`);
  return { stop: installation.stop, ended: brokenBy(installation.broken) };
});
