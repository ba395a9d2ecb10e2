import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../domain/calendar.js';
import type { LedgerHead } from '../prisma/check-ledger.js';

/** The heads of the ledger as a file outside the database has them. */
export interface ExportedHeads {
  /** Real time. */
  readonly at: Instant;
  readonly heads: readonly LedgerHead[];
}

/** The database lacks what was exported, or a file is not ours. The message says which, and what to do. */
export class LedgerError extends Error {}

/** Before the 32 bytes of an Ed25519 key: RFC 8410 section 7 (private, PKCS #8) and section 4 (public). */
const PRIVATE = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC = Buffer.from('302a300506032b6570032100', 'hex');

const TITLE = 'Perennial: the last line of each chain of the ledger';
const SIGNED_BY = 'signature ';
const NAME = /^heads-[\d-]{10}T[\d-]{8}-\d{3}Z\.txt$/u;

function privateKey(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PRIVATE, seed]), format: 'der', type: 'pkcs8' });
}

/** The public half of a key of 32 bytes, as 64 hexadecimal digits: whoever has it can check exported heads. */
export function publicKeyOf(seed: Buffer): string {
  const der = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' });
  return der.subarray(PUBLIC.length).toString('hex');
}

/** The newest exported file of a folder; null if it has none. */
export function newestHeads(folder: string): string | null {
  try {
    const names = readdirSync(folder).filter((name) => NAME.test(name));
    const newest = names.sort().at(-1);
    return newest === undefined ? null : join(folder, newest);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** The day of UTC on which a file was exported, by its name. */
export function dayOfHeads(file: string): string {
  return /heads-([\d-]{10})T/u.exec(file)?.[1] ?? '';
}

/** Reads exported heads. Throws a LedgerError if the file cannot be read, or the key did not sign it as it is. */
export function readHeads(file: string, publicKey: string): ExportedHeads {
  const text = readOrRefuse(file);
  const end = text.lastIndexOf(SIGNED_BY);
  const signature = Buffer.from(text.slice(end + SIGNED_BY.length).trim(), 'hex');
  const key = createPublicKey({
    key: Buffer.concat([PUBLIC, Buffer.from(publicKey, 'hex')]),
    format: 'der',
    type: 'spki',
  });
  if (end < 0 || !verify(null, Buffer.from(text.slice(0, end)), key, signature)) {
    throw new LedgerError(`${file} was changed, or signed by another key. Take a copy of it from where you keep them.`);
  }
  const [, at = '', ...lines] = text.slice(0, end).trimEnd().split('\n');
  const heads = lines.map((line): LedgerHead => {
    const [caseId = '', seq = '', hash = ''] = line.split(' ');
    return { caseId, seq: Number(seq), hash };
  });
  return { at: at.replace(/^at /u, ''), heads };
}

function readOrRefuse(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new LedgerError(`${file} cannot be read.`, { cause });
  }
}

/** Where heads go, and what signs them. */
export interface HeadsPlace {
  readonly folder: string;
  /** 32 bytes, kept outside the database. */
  readonly key: Buffer;
}

/** What the export asks of the database. */
export interface HeadsSource {
  readonly heads: () => Promise<readonly LedgerHead[]>;
  /** The cases of which these heads know what is no longer there. */
  readonly lost: (heads: readonly LedgerHead[]) => Promise<readonly string[]>;
}

/**
 * Writes the heads as they now are to a new file of the folder, signed. Unless `despiteLoss`, it first compares the
 * newest file with the database, and throws a LedgerError, writing nothing, if what was exported is no longer there:
 * otherwise the new file would hide the loss. Returns the path of the file.
 */
export async function exportHeads(
  { folder, key }: HeadsPlace,
  { source, at, despiteLoss = false }: { source: HeadsSource; at: Instant; despiteLoss?: boolean },
): Promise<string> {
  const before = newestHeads(folder);
  if (before !== null && !despiteLoss) await refuseLoss(before, { key, source });
  const heads = await source.heads();
  const lines = heads.map(({ caseId, seq, hash }) => `${caseId} ${seq} ${hash}`);
  const text = `${[TITLE, `at ${at}`, ...lines].join('\n')}\n`;
  const signature = sign(null, Buffer.from(text), privateKey(key)).toString('hex');
  const file = join(folder, `heads-${at.replace(/[:.]/gu, '-')}.txt`);
  mkdirSync(folder, { recursive: true });
  // Never half a file: it would look like one that somebody changed.
  writeFileSync(`${file}.part`, `${text}${SIGNED_BY}${signature}\n`, { flag: 'wx' });
  renameSync(`${file}.part`, file);
  return file;
}

async function refuseLoss(file: string, { key, source }: { key: Buffer; source: HeadsSource }): Promise<void> {
  const lost = await source.lost(readHeads(file, publicKeyOf(key)).heads);
  if (lost.length === 0) return;
  throw new LedgerError(
    `The ledger of ${lost.slice(0, 3).join(', ')}${lost.length > 3 ? ` and ${lost.length - 3} more` : ''} lacks what ` +
      `${file} knows. Nothing was exported. Look with "perennial ledger verify"; if an older copy of the database was ` +
      'put back on purpose: perennial ledger export --after-restore.',
  );
}
