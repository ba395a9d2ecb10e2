import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { freePort } from '../../dev/ports.js';
import { isAlive, startProcess, stopInReverse, waitForPort } from '../../dev/processes.js';

const SLEEPER = ['-e', 'setInterval(() => {}, 1000)'];
const STUBBORN = ['-e', "process.on('SIGINT', () => {}); console.log('ready'); setInterval(() => {}, 1000)"];

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !condition(); tries++) await pause(50);
  expect(condition()).toBe(true);
}

describe('owned processes', () => {
  test('a stop ends it, and one that will not listen is killed', async () => {
    for (const args of [SLEEPER, STUBBORN]) {
      const owned = await startProcess({ name: 'Sleeper', command: process.execPath, args, stopSignal: 'SIGINT' });
      if (args === STUBBORN) await until(() => owned.lastWords() === 'ready');
      expect(isAlive(owned.pid)).toBe(true);
      await owned.stop(300);
      expect(owned.running()).toBe(false);
    }
  });

  test('kill -9 of us leaves no orphan', async () => {
    const parent = spawn(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('../support/parent.ts', import.meta.url))],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const child = Number(line.toString());
    expect(isAlive(child)).toBe(true);
    parent.kill('SIGKILL');
    await until(() => !isAlive(child));
  });

  test('one that ends at once says why instead of keeping us waiting', async () => {
    const args = ['-e', "console.error('no such data folder'); process.exit(1)"];
    const owner = await startProcess({ name: 'The server', command: process.execPath, args, stopSignal: 'SIGTERM' });
    await expect(waitForPort({ owner, port: await freePort(), limitMs: 30_000 })).rejects.toThrow(
      /The server ended at once.*\n?.*no such data folder/s,
    );
  });

  test('a program that is not there is named', async () => {
    const plan = { name: 'The server', command: '/nowhere/server', args: [], stopSignal: 'SIGTERM' } as const;
    await expect(startProcess(plan)).rejects.toThrow('The server could not be started (/nowhere/server).');
  });
});

test('all stops are tried, the last started first, even when one fails', async () => {
  const order: string[] = [];
  const stop =
    (name: string, fails = false) =>
    async () => {
      order.push(name);
      if (fails) throw new Error(name);
    };
  await expect(stopInReverse([stop('database'), stop('worker', true), stop('web')])).rejects.toThrow('worker');
  expect(order).toEqual(['web', 'worker', 'database']);
});
