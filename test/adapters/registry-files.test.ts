import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readRegistryFiles } from '../../adapters/registry-files.js';
import { facts, feed, read, readOne } from '../support/registry-records.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'registry-files-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('facts', () => {
  test('become a record with its answers', async () => {
    expect(await readOne({ meta: {}, items: [facts] })).toEqual({
      dpgId: 'GID0090001',
      applicationId: '12001',
      name: 'Seed Ledger',
      description: null,
      website: 'https://seed.example',
      repositories: ['https://github.com/seed-example/ledger'],
      licences: ['MIT'],
      sdgs: [2, 12],
      types: ['Open Software'],
      firstListedOn: '2024-01-05',
      approvedOn: '2025-09-01',
      validUntil: '2026-09-01',
      facts: {
        piiHandling: 'collected_stored',
        contentHandling: 'none',
        userInteraction: 'yes',
        collectsNonPii: 'yes',
        usesClosedComponents: 'no',
      },
      answers: {
        name: 'Seed Ledger',
        website: ['https://seed.example'],
        source_location: ['https://github.com/seed-example/ledger'],
        licences: ['MIT'],
        sdgs: ['2', '12'],
        category: ['open_software'],
        pii_level: 'collected_stored',
        content_level: 'none',
        user_interaction: 'yes',
        handles_non_pii: 'yes',
        closed_components: 'no',
      },
    });
  });

  test('without an expiry are valid for a year after the approval, without both unknown', async () => {
    const { nominalExpiryOn: _, ...approved } = facts;
    expect((await readOne(approved)).validUntil).toBe('2026-09-01');
    const { currentApprovalFirstSeenOn: __, ...bare } = approved;
    expect((await readOne(bare)).validUntil).toBeNull();
  });

  test('that make no sense are unknown, with a remark, and stop nothing', async () => {
    const odd = {
      ...facts,
      website: null,
      sdgs: [0, 3, 99, 'x'],
      types: ['Open Software', 'Closed Thing'],
      firstListedOn: '2024-02-31',
      nominalExpiryOn: 'soon',
      piiHandling: 'who knows',
      userInteraction: 'maybe',
    };
    const { records, remarks } = await read([odd]);
    expect(records[0]).toMatchObject({ website: null, sdgs: [3], types: ['Open Software'], firstListedOn: null });
    expect(records[0]).toMatchObject({ validUntil: '2026-09-01', facts: { piiHandling: null, userInteraction: null } });
    expect(remarks.map(({ text }) => text.split(':')[0])).toEqual(
      expect.arrayContaining(['sdgs', 'types', 'firstListedOn', 'nominalExpiryOn', 'piiHandling', 'userInteraction']),
    );
  });
});

describe('a record is refused with a reason, and stops no other', () => {
  const { dpgid: _, ...application } = feed;
  test.each([
    ['an application of the portal', application, 'an application from the portal'],
    ['a wrong id', { ...feed, dpgid: 'GID12' }, 'not GID and seven digits'],
    ['no name', { ...feed, name: ' \r\n' }, 'it has no name'],
    ['a name of absurd length', { ...facts, name: 'x'.repeat(201) }, 'longer than 200 characters'],
    ['a bare value', 7, 'a bare value'],
    ['nothing', null, 'a bare value'],
    ['an empty object', {}, 'it is empty'],
    ['a nominee', { name: 'A', SDGs: [[16, 'Peace']], license: [] }, 'a nominee of the old repository'],
    ['old answers', { name: 'A', doNoHarm: {}, NonPII: {} }, 'answers from the old repository'],
    ["a volunteer's review", { user: 'x', timestamp: 1 }, 'a review by a volunteer'],
    ['something else', { id: 'seed-ledger', name: 'A' }, 'no DPG id'],
    ['the same product twice', { ...facts, name: 'Again' }, 'GID0090001 was already read: record 1 of'],
  ])('%s', async (_name, item, reason) => {
    const { read: count, records, refused } = await read([facts, item, { ...facts, id: 'GID0090003' }]);
    expect(count).toBe(3);
    expect(records.map(({ dpgId }) => dpgId)).toEqual(['GID0090001', 'GID0090003']);
    expect(refused).toEqual([expect.objectContaining({ position: 2, reason: expect.stringContaining(reason) })]);
  });
});

describe('paths', () => {
  test('a folder is read file by file; an unreadable one is refused and the others are read', async () => {
    const own = await mkdtemp(join(folder, 'own-'));
    await writeFile(join(own, 'b.json'), JSON.stringify(feed));
    await writeFile(join(own, 'a.json'), `\ufeff${JSON.stringify({ items: [facts] })}`);
    await writeFile(join(own, 'c.json'), '');
    await writeFile(join(own, 'd.json'), '{"cut":');
    await writeFile(join(own, 'notes.txt'), 'not read');
    const { records, refused } = await readRegistryFiles(own);
    expect(records.map(({ name }) => name)).toEqual(['Seed Ledger', 'Rain Atlas']);
    expect(refused).toEqual([
      { source: 'c.json', position: null, reason: expect.stringContaining('c.json is empty') },
      { source: 'd.json', position: null, reason: expect.stringContaining('d.json is not JSON') },
    ]);
  });

  test.each([
    ['', 'is empty'],
    ['<html>', 'is not JSON'],
  ])('a file with "%s" is one clear sentence', async (content, sentence) => {
    await expect(read(content)).rejects.toThrow(sentence);
  });

  test('so are a missing path and a folder without files', async () => {
    await expect(readRegistryFiles(join(folder, 'nowhere'))).rejects.toThrow('there is no such file or folder');
    await expect(readRegistryFiles(await mkdtemp(join(folder, 'empty-')))).rejects.toThrow('has no .json file');
  });
});
