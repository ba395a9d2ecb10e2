import { logToStandardError } from '../adapters/log.js';
import { ensureRealClock } from '../prisma/clock.js';
import { installRuntime } from '../worker/runtime.js';
import { isDemoHome, perennialHome } from './home.js';
import { startInstallation } from './installation.js';
import { stackPorts } from './stack.js';
import { brokenBy, untilStopped } from './until-stopped.js';

const say = (sentence: string) => process.stdout.write(`${sentence}\n`);

installRuntime(logToStandardError);
await untilStopped(async () => {
  const home = perennialHome();
  if (isDemoHome(home)) throw new Error(`${home} is the demo's folder. Set PERENNIAL_HOME to another one.`);
  const installation = await startInstallation({
    home,
    ports: stackPorts(),
    say,
    log: logToStandardError,
    organisation: 'Perennial trial installation',
    signer: 'The secretariat',
    domain: 'perennial.example',
    prepare: ({ database }) => ensureRealClock(database),
  });
  const { database, config, stack } = installation;
  const products = await database.listing.count();
  say(`
A trial installation runs on this machine, in real time. Its emails are caught here; none is sent.

  Registry       ${config.publicUrl}/
  Mailbox        ${config.publicUrl}/dev/mail
  Temporal UI    ${stack.temporalUiUrl}
  Data           ${home}

${products === 0 ? 'The registry is empty. In a second terminal:\n\n  npm run perennial -- import dev/registry-2026-07-10.json' : `${products} products are on file. In a second terminal: npm run perennial -- status`}

Ctrl-C ends it; its data stays.`);
  return { stop: installation.stop, ended: brokenBy(installation.broken) };
});
