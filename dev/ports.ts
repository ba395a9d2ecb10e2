import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A port that is about to be opened: by what, and which variable moves it elsewhere. */
export interface WantedPort {
  readonly name: string;
  readonly port: number;
  readonly variable: string;
}

/** One port is needed and something else has it. The message names all that are taken and how to choose others. */
export class PortsTakenError extends Error {}

/** Whether a program could listen there now. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

const PATIENCE_MS = 3_000;

/** The ports that stay taken: what a run that was just ended held is free in a moment. */
async function stillTaken(wanted: readonly WantedPort[], host: string): Promise<readonly WantedPort[]> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const states = await Promise.all(wanted.map(async (entry) => ({ entry, free: await isFree(entry.port, host) })));
    const taken = states.filter((state) => !state.free).map((state) => state.entry);
    if (taken.length === 0 || performance.now() > end) return taken;
    await pause(200);
  }
}

/**
 * Checks every port before anything is started; waits three seconds for one that is being let go.
 * @throws PortsTakenError with one sentence that lists all taken ones and the variables that move them.
 */
export async function checkPorts(wanted: readonly WantedPort[], host = '127.0.0.1'): Promise<void> {
  const taken = await stillTaken(wanted, host);
  const [first] = taken;
  if (first === undefined) return;
  const list = taken.map(({ name, port, variable }) => `${port} (${name}, ${variable})`).join(', ');
  const many = taken.length > 1;
  const example = `${first.variable}=${await freePort(host)}`;
  throw new PortsTakenError(
    `Another program, or another installation of Perennial, already uses ${many ? 'the ports' : 'the port'} ${list}: end it, or choose ${many ? 'others' : 'another'} by ${
      many ? 'those variables' : 'that variable'
    }, as in ${example}.`,
  );
}

/** A port of this machine that was free a moment ago, chosen by the system. */
export function freePort(host = '127.0.0.1'): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen({ port: 0, host }, () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('The system gave no port.'));
        else resolve(address.port);
      });
    });
  });
}
