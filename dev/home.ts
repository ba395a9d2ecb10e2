import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installationIn, type Variables } from '../adapters/config.js';
import { isAlive } from './processes.js';

const PROJECT = dirname(dirname(fileURLToPath(import.meta.url)));
const LOCK = 'in-use-by';
const DEMO_MARK = 'made-by-the-demo';
const DEMO_WORDS = 'This folder was made by `npm run demo`, which empties it each time it starts.\n';

/** The folder that holds all data of a one-machine installation: PERENNIAL_HOME, or `.perennial` in the project. */
export function perennialHome(environment: Variables = process.env): string {
  const chosen = environment['PERENNIAL_HOME'];
  return chosen === undefined || chosen === '' ? join(PROJECT, '.perennial') : resolve(chosen);
}

/** A folder of data that is ours until it is closed. */
export interface Home {
  readonly folder: string;
  /** A path inside. */
  readonly path: (name: string) => string;
  readonly close: () => void;
}

/**
 * Takes a folder of data for this process alone; it is made when missing.
 * @throws with which process has it and where its pages are, when that one lives.
 */
export function openHome(folder: string): Home {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const lock = join(folder, LOCK);
  const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
  if (owner > 0 && owner !== process.pid && isAlive(owner)) {
    throw new Error(runsAlready({ folder, lock, owner }));
  }
  writeFileSync(lock, `${process.pid}\n`);
  return { folder, path: (name) => join(folder, name), close: () => rmSync(lock, { force: true }) };
}

/** An installation that runs on a folder already: which process, and where its pages are. */
function runsAlready({ folder, lock, owner }: { folder: string; lock: string; owner: number }): string {
  const pages = installationIn(folder)['PERENNIAL_BASE_URL'];
  return [
    `An installation runs on the data in ${folder} already: process ${owner}${pages === undefined ? '' : `, pages at ${pages}/`}.`,
    'Use that one, or end it first (Ctrl-C in its terminal).',
    'For a second one beside it, set PERENNIAL_HOME to another folder and choose other ports.',
    `(If process ${owner} is something else, remove ${lock}.)`,
  ].join('\n');
}

/**
 * Empties the demo's folder, or makes it.
 * @throws with a sentence when the folder holds something and was not made by the demo: nothing is touched then.
 */
export function freshDemoHome(folder: string): void {
  const filled = existsSync(folder) && readdirSync(folder).length > 0;
  if (filled && !existsSync(join(folder, DEMO_MARK))) {
    throw new Error(
      `${folder} holds data that the demo did not make, and the demo begins by emptying its folder. ` +
        'Move that data away, or set PERENNIAL_HOME to another folder.',
    );
  }
  if (filled) {
    // Only if nobody works in it.
    openHome(folder).close();
    rmSync(folder, { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, DEMO_MARK), DEMO_WORDS);
}

/** Whether this folder was made by the demo. */
export function isDemoHome(folder: string): boolean {
  return existsSync(join(folder, DEMO_MARK));
}
