import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Looks for many texts at once in bytes. */
export interface Search {
  /** The numbers of the texts that occur, in any of the ways in which software writes texts down. */
  readonly inBytes: (bytes: Uint8Array) => ReadonlySet<number>;
  readonly inText: (text: string) => ReadonlySet<number>;
  /** The same for a file of any size. Throws if it cannot be read. */
  readonly inFile: (file: string) => Promise<ReadonlySet<number>>;
}

interface Pattern {
  readonly bytes: Buffer;
  readonly number: number;
}

/** Shorter ones would be found everywhere. */
const LEAST = 5;
const FILTER_BITS = 18;
const CHUNK = 8 * 1024 * 1024;
/** Taken from Math once: it is called for every byte. */
const { imul } = Math;

/**
 * A search for texts: as they are, as JSON, HTML and web addresses escape them, and in base64, wherever in it they
 * begin. Texts of fewer than five bytes are left out.
 */
export function createSearch(texts: readonly string[]): Search {
  const patterns = texts.flatMap((text, number) => written(text).map((bytes) => ({ bytes, number })));
  const byStart = new Map<number, Pattern[]>();
  // One bit for each start that occurs: most bytes are passed over without asking the map.
  const filter = new Uint8Array(1 << FILTER_BITS);
  for (const pattern of patterns) {
    const start = pattern.bytes.readInt32BE(0);
    byStart.set(start, [...(byStart.get(start) ?? []), pattern]);
    filter[bitOf(start)] = 1;
  }
  const longest = Math.max(LEAST, ...patterns.map(({ bytes }) => bytes.length));
  const inBytes = (bytes: Uint8Array): ReadonlySet<number> => scan({ bytes, byStart, filter });
  return {
    inBytes,
    inText: (text) => inBytes(Buffer.from(text)),
    inFile: (file) => scanFile({ file, inBytes, longest }),
  };
}

/** All files below a folder. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function bitOf(start: number): number {
  return imul(start, 0x9e3779b1) >>> (32 - FILTER_BITS);
}

function scan(options: {
  readonly bytes: Uint8Array;
  readonly byStart: ReadonlyMap<number, readonly Pattern[]>;
  readonly filter: Uint8Array;
}): Set<number> {
  const { byStart, filter } = options;
  const bytes = Buffer.from(options.bytes.buffer, options.bytes.byteOffset, options.bytes.byteLength);
  const found = new Set<number>();
  let start = 0;
  for (let end = 0; end < bytes.length; end += 1) {
    start = (start << 8) | (bytes[end] ?? 0);
    if (end < 3 || filter[bitOf(start)] === 0) continue;
    for (const pattern of byStart.get(start) ?? []) {
      const from = end - 3;
      const { length } = pattern.bytes;
      if (from + length <= bytes.length && bytes.compare(pattern.bytes, 0, length, from, from + length) === 0) {
        found.add(pattern.number);
      }
    }
  }
  return found;
}

async function scanFile(options: {
  readonly file: string;
  readonly inBytes: Search['inBytes'];
  readonly longest: number;
}): Promise<ReadonlySet<number>> {
  const { file, inBytes, longest } = options;
  const found = new Set<number>();
  const handle = await open(file);
  try {
    const buffer = Buffer.alloc(CHUNK + longest);
    // What stands at the end of a piece is looked at again with the next one.
    let kept = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, kept, CHUNK, null);
      if (bytesRead === 0) return found;
      const filled = kept + bytesRead;
      for (const number of inBytes(buffer.subarray(0, filled))) found.add(number);
      kept = Math.min(longest - 1, filled);
      buffer.copy(buffer, 0, filled - kept, filled);
    }
  } finally {
    await handle.close();
  }
}

/** The ways in which a text may stand in bytes. */
function written(text: string): readonly Buffer[] {
  const plain = Buffer.from(text);
  if (plain.length < LEAST) return [];
  const forms = new Set([text, JSON.stringify(text).slice(1, -1), inHtml(text), encodeURIComponent(text)]);
  for (const [before, cut] of [
    [0, 0],
    [1, 2],
    [2, 3],
  ] as const) {
    // Base64 writes three bytes as four letters: what its first and last letters share with other bytes is cut off.
    const bytes = Buffer.concat([Buffer.alloc(before), plain]);
    const letters = bytes.toString('base64').slice(cut, Math.floor((bytes.length * 8) / 6));
    forms.add(letters);
    forms.add(letters.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return [...forms].map((form) => Buffer.from(form)).filter(({ length }) => length >= LEAST);
}

function inHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}
