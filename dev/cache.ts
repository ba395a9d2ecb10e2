import { accessSync, constants, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from './processes.js';

/** Tells a person what is being waited for: one sentence, already complete. */
export type Say = (sentence: string) => void;

/** The folder that keeps what is fetched or built once for all projects of this user. It is made when missing. */
export function cacheFolder(): string {
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'perennial');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A program's file name on this system. */
export function programName(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name;
}

/** Whether a file is there and may be run by us. */
export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The first program of this name on PATH. */
export function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, programName(name))).find(isProgram);
}

/**
 * Does work that others on this machine may want to do at the same moment (a download, a build): one does it, the
 * rest wait. A lock whose owner has died counts for nothing.
 * @param ready - asked again after every wait; work that somebody else has done is not done twice.
 */
export async function alone(options: {
  readonly name: string;
  readonly say: Say;
  readonly ready: () => boolean;
  readonly work: () => Promise<void>;
}): Promise<void> {
  const lock = join(cacheFolder(), `${options.name}.lock`);
  let told = false;
  while (!takeLock(lock)) {
    if (options.ready()) return;
    if (!told) options.say(`Waiting for another program that is preparing ${options.name}.`);
    told = true;
    await pause(500);
  }
  try {
    if (!options.ready()) await options.work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (ownerLives(lock)) return false;
    rmSync(lock, { force: true });
    return false;
  }
}

function ownerLives(lock: string): boolean {
  try {
    const owner = Number(readFileSync(lock, 'utf8'));
    // An empty file is a lock that is just being written.
    return owner === 0 || isAlive(owner);
  } catch {
    // Gone in the meantime: the next try takes it.
    return true;
  }
}

/** Says what is waited for after two seconds, and again every fifteen with the time so far. Quick work says nothing. */
export async function withProgress<Result>(say: Say, what: string, work: () => Promise<Result>): Promise<Result> {
  const began = performance.now();
  const first = setTimeout(() => say(`${what} ...`), 2_000);
  const again = setInterval(
    () => say(`${what} ... ${Math.round((performance.now() - began) / 1000)} s so far`),
    15_000,
  );
  try {
    return await work();
  } finally {
    clearTimeout(first);
    clearInterval(again);
  }
}
