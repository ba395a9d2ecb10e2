import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { BOUNDS, keeps } from '../../dev/bench/bounds.js';
import { FIGURES } from '../../dev/bench/measurement.js';
import { cpuSecondsOf } from '../../dev/bench/process-usage.js';
import { judge, resultOf } from '../../dev/bench/report.js';
import { percentile } from '../../dev/bench/statistics.js';

const run = { seconds: 60, size: 1, rounds: 2, failed: [] };

test('a run is good only if every figure keeps its bound and every measurement was taken', () => {
  const good = judge({ name: 'case_cpu', value: 1.25, how: '' });
  const bad = judge({ name: 'relay_rate', value: 0.59, how: '' });
  expect([good.ok, bad.ok]).toEqual([true, false]);
  expect(resultOf({ ...run, figures: [good] }).ok).toBe(true);
  expect(resultOf({ ...run, figures: [good, bad] }).ok).toBe(false);
  expect(resultOf({ ...run, figures: [good], failed: ['sender_rate: the catcher did not start'] }).ok).toBe(false);
  expect(resultOf({ ...run, figures: [] }).ok).toBe(false);
});

test('what is no number keeps no bound', () => {
  const judged = FIGURES.map((name) => keeps(BOUNDS[name], Number.NaN));
  expect(judged).toEqual(FIGURES.map(() => false));
});

test('the 95th of 100 values is the one that 5 lie above', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([percentile(values, 50), percentile(values, 95), percentile([7], 95)]).toEqual([50, 95, 7]);
});

const onLinux = process.platform === 'linux' ? test : test.skip;

onLinux(
  'CPU of a program counts what its children used, those that ended too',
  async () => {
    const busy = 'while (process.cpuUsage().user < 300_000);';
    const script = `require('child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(busy)}]); console.log('ended'); setTimeout(() => {}, 60_000)`;
    const program = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      await once(program.stdout, 'data');
      const withChildren = cpuSecondsOf([program.pid ?? 0]);
      expect(withChildren).toBeGreaterThanOrEqual(0.3);
      expect(cpuSecondsOf([process.pid])).toBeGreaterThan(withChildren);
    } finally {
      program.kill('SIGKILL');
    }
  },
  20_000,
);
