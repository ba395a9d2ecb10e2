import { constants } from 'node:fs';
import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HandOverJournal } from '../activities/outbox.js';

const LINE = /^([+-])([0-9a-f]{64})$/u;

/** Bytes that must be on the disk, and who waits for them. */
interface Waiting {
  readonly line: string;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * The hand-over journal in a file outside the database: a line `+<digest>` for each email whose text was about to go,
 * `-<digest>` where the mail server did not take it. Nothing else stands in it. A line is on the disk when its
 * promise resolves; those that come at the same time share one sync. Appends only, so that two processes that hold
 * it for a moment spoil nothing. Half a line, as a power cut leaves it, is passed over.
 */
export function createHandOverJournal(file: string): HandOverJournal {
  const handed = new Set<string>();
  const lines = createLines(file);
  return {
    begin: async () => {
      handed.clear();
      for (const line of await lines.read()) {
        const [, sign, digest = ''] = LINE.exec(line) ?? [];
        if (sign === '+') handed.add(digest);
        if (sign === '-') handed.delete(digest);
      }
    },
    has: (digest) => handed.has(digest),
    // What could not be noted did not go: only what is on the disk counts as handed over.
    add: async (digest) => {
      await lines.append(`+${digest}`);
      handed.add(digest);
    },
    takeBack: async (digest) => {
      handed.delete(digest);
      await lines.append(`-${digest}`);
    },
    end: lines.close,
  };
}

interface Lines {
  readonly read: () => Promise<readonly string[]>;
  /** Resolves when the line is on the disk. */
  readonly append: (line: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

function createLines(file: string): Lines {
  const waiting: Waiting[] = [];
  let handle: FileHandle | null = null;
  let writing = false;
  let torn = false;
  const write = async (lines: string): Promise<void> => {
    try {
      handle ??= await openToAppend(file);
      await handle.appendFile(torn ? `\n${lines}` : lines);
      await handle.datasync();
      torn = false;
    } catch (error) {
      torn = true;
      throw error;
    }
  };
  const writeAll = async (): Promise<void> => {
    writing = true;
    for (let batch = waiting.splice(0); batch.length > 0; batch = waiting.splice(0)) {
      try {
        await write(batch.map(({ line }) => `${line}\n`).join(''));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    writing = false;
  };
  return {
    read: async () => {
      handle ??= await openToAppend(file);
      const text = await readFile(file, 'utf8');
      torn = text !== '' && !text.endsWith('\n');
      return text.split('\n');
    },
    append: (line) =>
      new Promise((done, failed) => {
        waiting.push({ line, done, failed });
        if (!writing) void writeAll();
      }),
    close: async () => {
      const open = handle;
      handle = null;
      await open?.close();
    },
  };
}

/** For us alone; the folder's entry is on the disk too. */
async function openToAppend(file: string): Promise<FileHandle> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const handle = await open(file, constants.O_APPEND | constants.O_CREAT | constants.O_RDWR, 0o600);
  const parent = await open(folder, constants.O_RDONLY);
  try {
    await parent.sync();
  } catch {
    // Some systems sync no folders; the file itself is synced with each line.
  } finally {
    await parent.close();
  }
  return handle;
}
