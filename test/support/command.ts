import { spawn } from 'node:child_process';
import { createProgram } from '../../client/cli/program.js';

export interface CommandRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `perennial` as a process of its own; `variables` are laid over the environment. */
export function perennialProcess(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<CommandRun> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'client/cli/main.ts', ...args], {
    env: { ...process.env, ...variables },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });
}

/** Runs `perennial` in this process on a database; returns what it prints, and throws what it throws. */
export async function perennial(databaseUrl: string, ...args: readonly string[]): Promise<string> {
  const before = process.env['DATABASE_URL'];
  process.env['DATABASE_URL'] = databaseUrl;
  const printed: string[] = [];
  try {
    await createProgram({ print: (text) => printed.push(text) }).parseAsync([...args], { from: 'user' });
  } finally {
    if (before === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = before;
  }
  return printed.join('\n');
}
