import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const RECORDER = join(dirname(fileURLToPath(import.meta.url)), 'recorder.ts');

/** A change of one file of the workflows: a text that stands in it once, and what stands there instead. */
export interface Edit {
  readonly file: string;
  readonly instead: string;
  readonly put: string;
}

interface BundlePlan {
  readonly edits?: readonly Edit[];
  /** Whether they tell their commands when they are replayed. */
  readonly recorded?: boolean;
}

/**
 * Bundles a copy of today's workflows with some edits; the sources themselves stay as they are.
 * @throws when an edit's text is not there exactly once: then the edit is out of date.
 */
export async function bundleCopy({ edits = [], recorded = false }: BundlePlan = {}): Promise<string> {
  const cache = join(ROOT, '.cache');
  mkdirSync(cache, { recursive: true });
  // Inside the project, so that the copy finds its packages.
  const copy = mkdtempSync(join(cache, 'workflows-'));
  try {
    for (const folder of ['workflows', 'domain']) cpSync(join(ROOT, folder), join(copy, folder), { recursive: true });
    for (const edit of edits) apply(copy, edit);
    const { code } = await bundleWorkflowCode({
      workflowsPath: join(copy, 'workflows', 'index.ts'),
      workflowInterceptorModules: recorded ? [RECORDER] : [],
      logger: new DefaultLogger('ERROR'),
    });
    return code;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function apply(copy: string, { file, instead, put }: Edit): void {
  const path = join(copy, 'workflows', file);
  const [before, after, ...more] = readFileSync(path, 'utf8').split(instead);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`The text to change stands not once in workflows/${file}: ${instead}`);
  }
  writeFileSync(path, `${before}${put}${after}`);
}
