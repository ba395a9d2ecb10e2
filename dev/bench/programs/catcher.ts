import { startMailbox } from '../../mailbox.js';
import { untilStopped } from '../../../adapters/until-stopped.js';

// The mail catcher of an installation in a process of its own: its folder and port are the arguments.
await untilStopped(async () => {
  const mailbox = await startMailbox({ folder: process.argv[2] ?? '', port: Number(process.argv[3]) });
  process.stderr.write('catcher_started\n');
  return { stop: mailbox.stop, ended: new Promise<never>(() => undefined) };
});
