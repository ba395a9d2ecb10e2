import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyFromJSON, historyToJSON, type History } from '@temporalio/common/lib/proto-utils.js';
import type { Replayed } from './replaying.js';

const FOLDER = join(dirname(dirname(fileURLToPath(import.meta.url))), 'histories');

/** A recorded history with its golden list: the commands of the workflows that go through it. */
export interface Kept {
  readonly name: string;
  readonly history: History;
  /** Null: no list was made yet. */
  readonly commands: string | null;
}

/** All recorded histories, by name. */
export function readKept(): readonly Kept[] {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];
  const names = files.flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : []));
  return names.sort().map((name) => {
    const history = historyFromJSON(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')));
    const list = join(FOLDER, `${name}.txt`);
    const commands = existsSync(list) ? readFileSync(list, 'utf8') : null;
    return { name, history, commands };
  });
}

/**
 * Writes those histories whose names are new: what was recorded once is what old workflows did, and stays.
 * @returns their names.
 */
export function writeNew(histories: ReadonlyMap<string, History>): readonly string[] {
  mkdirSync(FOLDER, { recursive: true });
  const fresh = [...histories].filter(([name]) => !existsSync(join(FOLDER, `${name}.json`)));
  for (const [name, history] of fresh) {
    const { events } = withoutMachine(JSON.parse(historyToJSON(history))) as { events: readonly object[] };
    // An event a line: so a difference can be read.
    const lines = events.map((event) => JSON.stringify(event)).join(',\n');
    writeFileSync(join(FOLDER, `${name}.json`), `{"events":[\n${lines}\n]}\n`);
  }
  return fresh.map(([name]) => name);
}

/** Writes the golden lists anew. Throws, and writes none, if a history is not gone through. */
export function writeLists(replayed: ReadonlyMap<string, Replayed>): void {
  const broken = [...replayed].flatMap(([name, { problem }]) => (problem === null ? [] : [`${name} (${problem})`]));
  if (broken.length > 0) throw new Error(`These workflows do not go through ${broken.join(', ')}.`);
  for (const [name, { commands }] of replayed) writeFileSync(join(FOLDER, `${name}.txt`), commands);
}

/** Without what tells of the machine that made it: who polled, and from which queue of its own. */
function withoutMachine(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMachine);
  if (typeof value !== 'object' || value === null) return value;
  const sticky = 'kind' in value && value.kind === 'TASK_QUEUE_KIND_STICKY';
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'identity' || (sticky && key === 'name')) return [key, 'recorded'];
      return [key, withoutMachine(inner)];
    }),
  );
}
