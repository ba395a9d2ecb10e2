import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';

function perennial(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'client/cli/main.ts', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('perennial import --dry-run', () => {
  test('reports the real registry on its day', () => {
    const run = perennial('import', 'dev/registry-2026-07-10.json', '--as-of', '2026-07-10', '--dry-run', '--json');
    expect(run.status).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      read: 245,
      listed: 245,
      overdue: 176,
      personalData: 167,
      lastReviewUnknown: 0,
      new: 245,
      setAside: [],
      refused: [],
    });
  });

  test('says what to do about a path that is not there, and fails', () => {
    const run = perennial('import', 'no-such-file.json', '--dry-run');
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('no-such-file.json cannot be read');
    expect(run.stdout).toBe('');
  });

  test('says what to do about a day that is not one', () => {
    const run = perennial('import', 'dev/registry-2026-07-10.json', '--dry-run', '--as-of', '2026-02-30');
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('Give --as-of as YYYY-MM-DD');
  });
});
