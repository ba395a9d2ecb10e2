import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
/** What was built by `npm run build` is not built anew: it may run where it cannot write. */
const BUILT = fileURLToPath(import.meta.url).endsWith('.js');
const BUNDLE = BUILT ? join(ROOT, 'workflows.cjs') : join(ROOT, '.cache', 'workflows.cjs');

/**
 * Bundles workflows/index into one file for workers (`workflowBundle: { codePath }`), which takes some seconds; a
 * bundle that is newer than every source of it, or that was made by the build, is used again.
 * @returns the file.
 * @throws when the workflows import what workflows may not.
 */
export async function bundleWorkflows(): Promise<string> {
  if (existsSync(BUNDLE) && (BUILT || statSync(BUNDLE).mtimeMs > newestSource())) return BUNDLE;
  const entry = ['index.ts', 'index.js'].map((name) => join(ROOT, 'workflows', name)).find((file) => existsSync(file));
  if (entry === undefined) throw new Error('There is no workflows/index to bundle.');
  const { code } = await bundleWorkflowCode({ workflowsPath: entry, logger: new DefaultLogger('WARN') });
  mkdirSync(dirname(BUNDLE), { recursive: true });
  // Two processes may do this at once: each puts a whole file in place.
  const part = `${BUNDLE}.${process.pid}`;
  writeFileSync(part, code);
  renameSync(part, BUNDLE);
  return BUNDLE;
}

/** When anything that goes into the bundle last changed: our sources, and the installed packages. */
function newestSource(): number {
  const ours = ['workflows', 'domain'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(ROOT, folder, file)),
  );
  const packages = join(ROOT, 'node_modules', '.package-lock.json');
  return Math.max(...[...ours, ...(existsSync(packages) ? [packages] : [])].map((file) => statSync(file).mtimeMs));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleWorkflows();
