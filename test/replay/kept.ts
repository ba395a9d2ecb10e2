import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { historyFromJSON, historyToJSON, type History } from '@temporalio/common/lib/proto-utils.js';
import { commandsOf } from './commands.js';
import type { Histories } from './scenarios.js';

const FOLDER = join(dirname(dirname(fileURLToPath(import.meta.url))), 'histories');

/** A recorded history with the list of its commands. */
export interface Kept {
  readonly name: string;
  readonly history: History;
  /** Null: made by an earlier release; only gone through. */
  readonly commands: string | null;
}

/** All recorded histories, by name. */
export function readKept(): readonly Kept[] {
  const names = readdirSync(FOLDER).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : []));
  return names.map((name) => {
    const history = historyFromJSON(JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')));
    const list = join(FOLDER, `${name}.txt`);
    const commands = existsSync(list) ? readFileSync(list, 'utf8') : null;
    return { name, history, commands };
  });
}

/** Writes histories and their commands, in place of those of the same names. */
export function writeKept(histories: Histories): void {
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, history] of histories) {
    const { events } = withoutMachine(JSON.parse(historyToJSON(history))) as { events: readonly object[] };
    // An event a line: so a difference can be read.
    const lines = events.map((event) => JSON.stringify(event)).join(',\n');
    writeFileSync(join(FOLDER, `${name}.json`), `{"events":[\n${lines}\n]}\n`);
    writeFileSync(join(FOLDER, `${name}.txt`), commandsOf(history));
  }
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
