import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { perennialProcess } from '../support/command.js';

const FILE = 'dev/registry-2026-07-10.json';

describe('perennial import --dry-run', () => {
  test('reports the real registry on its day', async () => {
    const run = await perennialProcess(['import', FILE, '--as-of', '2026-07-10', '--dry-run', '--json']);
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

  test('says what to do about a path that is not there, and fails', async () => {
    const run = await perennialProcess(['import', 'no-such-file.json', '--dry-run']);
    expect(run.status).toBe(1);
    expect(run.stderr).toContain('no-such-file.json cannot be read');
    expect(run.stdout).toBe('');
  });

  test('says what to do about a day that is not one', async () => {
    const run = await perennialProcess(['import', FILE, '--dry-run', '--as-of', '2026-02-30']);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('Give --as-of as YYYY-MM-DD');
  });
});

describe('perennial import', () => {
  let home: TestDatabase;
  beforeAll(async () => {
    home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  });
  afterAll(() => home.stop());

  test('writes the real registry, and the second time finds everything unchanged', async () => {
    const variables = { DATABASE_URL: home.url };
    const first = await perennialProcess(['import', FILE, '--as-of', '2026-07-10'], variables);
    expect(first.stderr).toBe('');
    expect(first.stdout).toContain('245 new, 0 changed, 0 unchanged, 0 missing, 0 set aside for staff, 0 refused');
    expect(await home.database.case.count()).toBe(245);
    const again = await perennialProcess(['import', FILE, '--json'], variables);
    expect(again.status).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ new: 0, changed: 0, unchanged: 245, missing: [] });
  });

  test('says what is missing when nobody says where the database is', async () => {
    const run = await perennialProcess(['import', FILE], { DATABASE_URL: '', PERENNIAL_HOME: '/nowhere' });
    expect(run.status).toBe(2);
    expect(run.stderr).toContain(
      'Start one with "npm start", in the same folder or with the same PERENNIAL_HOME, or set DATABASE_URL.\n',
    );
  });
});
