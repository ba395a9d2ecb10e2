import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openHome } from '../home.js';

const MARK = 'made-by-the-bench';

/**
 * Takes the bench's folder, empty; what it returns removes the folder.
 * @throws with a sentence when the folder holds something that the bench did not make: nothing is touched then.
 */
export function freshFolder(folder: string): () => void {
  const filled = existsSync(folder) && readdirSync(folder).length > 0;
  if (filled && !existsSync(join(folder, MARK))) {
    throw new Error(`${folder} holds data that the bench did not make. Move it away, or set PERENNIAL_HOME elsewhere.`);
  }
  // Only if nobody works in it.
  if (filled) openHome(folder).close();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, MARK), 'This folder was made by `npm run bench`, which removes it when it ends.\n');
  openHome(folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
