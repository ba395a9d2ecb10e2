import { cpus, loadavg } from 'node:os';
import type { Say } from '../cache.js';
import { BOUNDS, boundInWords, keeps } from './bounds.js';
import type { FigureName, Reading } from './measurement.js';

/** A figure with its judgement. */
export interface Figure extends Reading {
  /** In words; empty: there is none. */
  readonly bound: string;
  readonly ok: boolean;
  /** The machine's load average of the last minute when it was measured. */
  readonly load: number;
}

/** What a run came to. */
export interface BenchResult {
  readonly ok: boolean;
  readonly cores: number;
  readonly node: string;
  readonly seconds: number;
  /** The part of the full sizes; below 1 it shows that the bench runs, and no more. */
  readonly size: number;
  readonly rounds: number;
  readonly figures: readonly Figure[];
  /** Measurements that could not be taken, each with its sentence. */
  readonly failed: readonly string[];
}

/** Judges a reading by the table of bounds. */
export function judge(reading: Reading): Figure {
  const bound = BOUNDS[reading.name];
  const value = Math.round(reading.value * 1_000) / 1_000;
  return { ...reading, value, bound: boundInWords(bound), ok: keeps(bound, reading.value), load: loadNow() };
}

/** The load average of the last minute. */
export function loadNow(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10;
}

/** All that a run measured, and whether every bound holds. */
export function resultOf(run: Omit<BenchResult, 'ok' | 'cores' | 'node'>): BenchResult {
  const ok = run.failed.length === 0 && run.figures.length > 0 && run.figures.every((figure) => figure.ok);
  return { ok, cores: cpus().length, node: process.version, ...run };
}

/** One figure in two lines. */
export function figureInWords({ name, value, bound, ok, how, load }: Figure): string {
  const { what, unit } = BOUNDS[name];
  const judged = bound === '' ? '' : `  ${bound}: ${ok ? 'holds' : 'MISSED'}`;
  return `${nameInWords(name)} ${value}${unit === undefined ? '' : ` ${unit}`}${judged}\n    ${what}\n    ${how} (load ${load})`;
}

function nameInWords(name: FigureName): string {
  return name.padEnd(20);
}

/** Prints the table, and with `json` the result as one line, the last one. */
export function printResult(result: BenchResult, { json, say }: { json: boolean; say: Say }): void {
  const { ok, cores, node, seconds, size, rounds, figures, failed } = result;
  say(`\nOn ${cores} cores with Node ${node}, ${rounds} rounds, size ${size}, in ${Math.round(seconds / 60)} min:\n`);
  for (const figure of figures) say(figureInWords(figure));
  for (const sentence of failed) say(`FAILED: ${sentence}`);
  say(ok ? '\nEvery bound holds.' : '\nNot every bound holds.');
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
}
