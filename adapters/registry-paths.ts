/** The files of a folder of the registry, and what their place says about them. */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { FormerKind } from '../domain/former-record.js';

/** What stands in a file, as far as its place tells; null: its records tell. */
export type Hint = FormerKind | null;

export interface RegistryFile {
  readonly path: string;
  /** As reports call it. Names of files with opinions end with a person's account, so those are numbered. */
  readonly shown: string;
  /** Its name without folder and ending. */
  readonly stem: string;
  readonly hint: Hint;
}

const folders: Readonly<Record<string, FormerKind>> = {
  nominees: 'nominee',
  archive: 'archived',
  'excluded-nominees': 'excluded',
  digitalpublicgoods: 'screening',
  reviews: 'opinion',
  'webapp-application': 'application',
  'webapp-applications': 'application',
};

/**
 * The files at a path: itself, or all files of a folder and of those in it. Files with days come first, then those
 * with DPG ids: the first record of a product counts, later ones fill its gaps. Throws one sentence for people.
 */
export async function registryFiles(path: string): Promise<{
  readonly files: readonly RegistryFile[];
  /** Files of other kinds, which nobody reads. */
  readonly others: number;
}> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new Error(`${path} cannot be read: ${whyUnreadable(cause)}. Give a JSON file, or a folder of them.`, {
      cause,
    });
  });
  // Folders above the given one say nothing.
  const root = dirname(resolve(path));
  if (!found.isDirectory()) {
    const hint = hintOf(relative(dirname(root), resolve(path)));
    const shown = hint === 'opinion' ? 'reviews, file 1' : basename(path);
    return { files: [{ path, shown, ...nameOf(path), hint }], others: 0 };
  }
  const all = (await readdir(path, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, resolve(entry.parentPath, entry.name)));
  const read = all.filter(isRead).sort();
  if (read.length === 0) throw new Error(`${path} has no .json file in it. Give a JSON file, or a folder of them.`);
  return { files: await inOrder(shownIn(root, read)), others: all.length - read.length };
}

function isRead(path: string): boolean {
  return path.toLowerCase().endsWith('.json') || isListOfExclusions(path);
}

function isListOfExclusions(path: string): boolean {
  const name = basename(path).toLowerCase();
  return name === 'excluded-nominees__readme.md' || (name === 'readme.md' && folderOf(path) === 'excluded');
}

function folderOf(path: string): FormerKind | undefined {
  return dirname(path)
    .split(sep)
    .reverse()
    .flatMap((name) => folders[name] ?? [])[0];
}

function hintOf(path: string): Hint {
  if (isListOfExclusions(path)) return 'exclusion';
  const [prefix, rest] = basename(path).split('__');
  return (rest === undefined ? undefined : folders[prefix ?? '']) ?? folderOf(path) ?? null;
}

function nameOf(path: string): { readonly stem: string } {
  const name = basename(path).replace(/\.[a-z]+$/iu, '');
  const [prefix = '', rest] = name.split('__');
  return { stem: rest !== undefined && prefix in folders ? rest : name };
}

function shownIn(root: string, paths: readonly string[]): readonly RegistryFile[] {
  let opinions = 0;
  return paths.map((path) => {
    const hint = hintOf(path);
    if (hint === 'opinion') opinions += 1;
    const shown = hint === 'opinion' ? `reviews, file ${opinions}` : path.split(sep).slice(1).join('/');
    return { path: join(root, path), shown, ...nameOf(path), hint };
  });
}

async function inOrder(files: readonly RegistryFile[]): Promise<readonly RegistryFile[]> {
  const ranked: { readonly file: RegistryFile; readonly rank: number }[] = [];
  for (const file of files) ranked.push({ file, rank: file.hint === null ? await rankOf(file.path) : 3 });
  return ranked.sort((one, other) => one.rank - other.rank).map(({ file }) => file);
}

const LOOKED_AT = 16_384;

async function rankOf(path: string): Promise<number> {
  let start = '';
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8', end: LOOKED_AT })) start += chunk as string;
  } catch {
    // Whoever reads it whole says why it cannot be read.
  }
  if (/"(?:firstListedOn|currentApprovalFirstSeenOn|nominalExpiryOn)"/u.test(start)) return 0;
  return start.includes('"dpgid"') ? 1 : 2;
}

/** Why a file or folder cannot be read, in words. */
export function whyUnreadable(cause: unknown): string {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'you may not read it';
  return typeof code === 'string' ? `the system says ${code}` : 'reading failed';
}
