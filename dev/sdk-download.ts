import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isProgram } from './cache.js';
import { runProgram } from './processes.js';

const PROJECT = dirname(dirname(fileURLToPath(import.meta.url)));
const LIMIT_MS = 120_000;

// In a process of its own: the SDK would set up its runtime in ours, and it downloads only by starting a server.
const SCRIPT = `
import { TestWorkflowEnvironment } from '@temporalio/testing';
const [kind, downloadDir] = process.argv.slice(1);
const server = { executable: { type: 'cached-download', downloadDir, ttl: '3650 days' } };
const environment = await TestWorkflowEnvironment[kind]({ server });
await environment.teardown();
process.exit(0);
`;

/**
 * Lets the Temporal SDK download one of its two servers, and puts the program at `target`.
 * @returns false when it could not be had that way (no connection, no build for this system).
 */
export async function downloadWithSdk(options: {
  readonly kind: 'createLocal' | 'createTimeSkipping';
  readonly target: string;
}): Promise<boolean> {
  const parent = dirname(options.target);
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, 'download-'));
  try {
    const args = ['--input-type=module', '-e', SCRIPT, options.kind, folder];
    await runProgram({ command: process.execPath, args, cwd: PROJECT, limitMs: LIMIT_MS });
    const program = readdirSync(folder)
      .map((file) => join(folder, file))
      .find(isProgram);
    if (program === undefined) return false;
    renameSync(program, options.target);
    return true;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
