import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ImportReport } from '../../client/cli/import-report.js';
import { perennial } from '../support/command.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import * as old from '../support/former-records.js';
import { withFiles } from '../support/former-records.js';
import { facts, feed } from '../support/registry-records.js';

const everything = {
  'registry.json': { meta: {}, items: [facts] },
  'feed.json': [feed, { ...feed, id: '13002', name: 'Rain Once More' }, { ...feed, dpgid: 'GID12' }],
  'nominees/well-map.json': old.nominee,
  'nominees/broken.json': '{"name": ',
  'archive/well-map.json': old.nominee,
  'excluded-nominees/salt-forms.json': old.excluded,
  'excluded-nominees/README.md': old.exclusions,
  'digitalpublicgoods/well-map.json': old.screening,
  'reviews/Well Map_wellfan-7.json': old.opinion,
  'webapp-application/20001.json': old.application,
  'webapp-application/20002.json': '',
  'nominees.json': { items: [old.summary, old.summary] },
  'notes.txt': 'not read',
};

const row = (report: ImportReport, what: string) => report.table.find((one) => one.what === what);

describe('perennial import of a whole history', () => {
  let home: TestDatabase;
  beforeAll(async () => {
    home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  });
  afterAll(() => home.stop());

  const run = async (path: string, ...more: readonly string[]): Promise<ImportReport> =>
    JSON.parse(await perennial(home.url, 'import', path, '--json', ...more)) as ImportReport;

  test('says what was read and what became of it; what cannot be used stops nothing', async () => {
    await withFiles(everything, async (folder) => {
      const rehearsed = await run(folder, '--dry-run');
      expect(await home.database.listing.count()).toBe(0);
      const report = await run(folder);
      expect(report.table).toEqual(rehearsed.table);
      expect(row(report, 'listing')).toMatchObject({ read: 4, new: 2, setAside: 1, refused: 1 });
      expect(row(report, 'summary')).toMatchObject({ read: 2, new: 1, setAside: 1 });
      for (const what of ['nominee', 'archived', 'excluded', 'screening', 'opinion', 'application']) {
        expect(row(report, what)).toMatchObject({ read: 1, new: 1, setAside: 0 });
      }
      expect(report.otherFiles).toBe(1);
      expect(report.reasons.map(({ result, reason }) => `${result}: ${reason}`)).toEqual(
        expect.arrayContaining([
          expect.stringContaining('refused: the file is not JSON'),
          expect.stringContaining('refused: the file is empty'),
          'refused: its DPG id is not GID and seven digits',
          'setAside: of a product that was read before in these files; it filled gaps only',
          'setAside: the same record twice in one file',
        ]),
      );
      expect(report.leftOut).toContainEqual({ field: 'shoeSize', why: 'unknown', records: 1 });
      expect(await home.database.unknownFields.findMany({ select: { id: true, fields: true } })).toContainEqual({
        id: 'application:20001',
        fields: { shoeSize: '44\nsee [address removed]' },
      });
    });
  });

  test('twice is the same, and nobody is named in what it prints', async () => {
    await withFiles(everything, async (folder) => {
      const report = await run(folder);
      expect(report.table.map((one) => [one.new, one.changed])).toEqual(report.table.map(() => [0, 0]));
      expect(report.missing).toEqual([]);
      const printed = (await perennial(home.url, 'import', folder)) + JSON.stringify(report);
      expect(printed).toContain("volunteers' reviews");
      expect(printed).not.toMatch(/Jean-Luc|wells@|wellfan|Ada Raine|ada@/u);
    });
  });

  test('takes nothing for missing where no listing was read, or a file that may hold some was cut off', async () => {
    await withFiles({ 'nominees/well-map.json': old.nominee }, async (folder) => {
      expect(await run(folder)).toMatchObject({ missing: [], missingUnknown: 'the files hold no listings' });
    });
    await withFiles({ 'a.json': [facts], 'b.json': '[{"id":' }, async (folder) => {
      expect(await run(folder)).toMatchObject({ missing: [], missingUnknown: 'a file could not be read' });
    });
    await withFiles({ 'a.json': [facts], 'webapp-application/1.json': '' }, async (folder) => {
      expect(await run(folder)).toMatchObject({ missing: ['rain-atlas'], missingUnknown: null });
    });
  });

  test('fails when the path cannot be read', async () => {
    await expect(perennial(home.url, 'import', '/no/such/folder')).rejects.toThrow('there is no such file or folder');
  });
});

test('records of every kind come in by the thousand, part by part', async () => {
  const home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  // More than one part of each.
  const count = 250;
  const many = <Value>(make: (number: number) => Value): readonly Value[] =>
    Array.from({ length: count }, (_, number) => make(number));
  const website = (number: number) => `https://well-${number}.example`;
  const files = {
    'registry.json': many((number) => ({
      ...facts,
      id: `GID${1_000_000 + number}`,
      name: `Well ${number}`,
      website: website(number),
      repositories: [],
    })),
    'nominees/all.json': many((number) => ({ ...old.nominee, name: `Well ${number}`, website: website(number) })),
    'archive/all.json': many((number) => ({ ...old.nominee, name: `Dry ${number}` })),
    'excluded-nominees/all.json': many((number) => ({ ...old.excluded, name: `Salt ${number}` })),
    'digitalpublicgoods/all.json': many((number) => ({ ...old.screening, name: `Well ${number}` })),
    'reviews/all.json': many((number) => ({ ...old.opinion, timestamp: 1_600_000_000 + number })),
    'webapp-application/all.json': many((number) => ({ ...old.application, id: String(30_000 + number) })),
    'nominees.json': many((number) => ({ ...old.summary, id: `well-${number}` })),
  };
  try {
    await withFiles(files, async (folder) => {
      const report = JSON.parse(await perennial(home.url, 'import', folder, '--json')) as ImportReport;
      expect(report.table.map(({ read, new: made }) => [read, made])).toEqual(report.table.map(() => [count, count]));
      expect(report.table).toHaveLength(8);
    });
    expect(await home.database.formerRecord.count({ where: { kind: 'nominee', slug: { not: null } } })).toBe(count);
    expect(await home.database.formerRecord.count({ where: { kind: 'screening', slug: { not: null } } })).toBe(count);
  } finally {
    await home.stop();
  }
});

const shared = process.env['SHARED_DATA'] ?? '../shared/data';
const withShared = existsSync(shared) ? test : test.skip;

withShared('all of the shared data comes in by one command, and twice is the same', async () => {
  const home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  try {
    const run = async () => JSON.parse(await perennial(home.url, 'import', shared, '--json')) as ImportReport;
    const first = await run();
    expect(first).toMatchObject({ new: 245, missing: [], setAside: [] });
    expect(row(first, 'summary')).toMatchObject({ new: 230, refused: 0 });
    const again = await run();
    expect(again.table.map((one) => [one.new, one.changed])).toEqual(again.table.map(() => [0, 0]));
    expect(again).toMatchObject({ unchanged: 245, missing: [], linked: 0, filled: 0 });
  } finally {
    await home.stop();
  }
});
