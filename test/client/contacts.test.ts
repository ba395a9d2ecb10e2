import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { perennial, perennialProcess } from '../support/command.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';

let home: TestDatabase;
let folder: string;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  folder = await mkdtemp(join(tmpdir(), 'contacts-'));
  for (const slug of ['seed-ledger', 'rain-atlas', 'well-map']) {
    await listProduct(home.database, slug, { contacts: false });
  }
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await home.stop();
});

describe('perennial contacts', () => {
  test('template lists every product once and keeps a file that is there', async () => {
    const file = join(folder, 'template.csv');
    expect(await perennial(home.url, 'contacts', 'template', '--out', file)).toContain('Wrote 3 products');
    const lines = (await readFile(file, 'utf8')).trim().split('\r\n');
    expect(lines[0]).toBe('slug,name,address,language,country,rank');
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['rain-atlas', 'seed-ledger', 'well-map']);
    const again = perennial(home.url, 'contacts', 'template', '--out', file);
    await expect(again).rejects.toThrow('is there already and was kept');
  });

  test('import takes good lines, refuses bad ones with reasons, and says who still has nobody; no address is printed', async () => {
    const file = join(folder, 'filled.csv');
    await writeFile(
      file,
      [
        'slug,name,address,language,country,rank',
        'seed-ledger,Amina Example,amina@seed.example,fr,KE,primary',
        'nowhere,Bao Example,bao@nowhere.example,en,,primary',
        'rain-atlas,Chi Example,chi at rain,en,,primary',
        'well-map,,,,,primary',
      ].join('\n'),
    );
    const run = await perennialProcess(['contacts', 'import', file], { DATABASE_URL: home.url });
    expect(run.stderr).toBe(
      '2 lines were not taken: mend them, and import the file again. What was taken stays as it is.\n',
    );
    expect(run.status).toBe(1);
    expect(run.stdout).toContain(
      'Took 1 contact, refused 2 lines.\n  1 product has other contacts now, 0 have the same.',
    );
    expect(run.stdout).toContain('line 3: no product has the slug "nowhere"');
    expect(run.stdout).toContain('line 4: the address must be one email address alone');
    expect(run.stdout).toContain('2 products have nobody to ask: rain-atlas, well-map');
    expect(run.stdout).not.toMatch(/Amina|amina@|Chi|Bao/u);
    const contact = await home.database.contact.findFirstOrThrow();
    expect(contact).toMatchObject({
      slug: 'seed-ledger',
      address: 'amina@seed.example',
      language: 'fr',
      country: 'KE',
    });
    const row = await home.database.submission.findFirstOrThrow({ where: { kind: 'contact_changed' } });
    expect(row).toMatchObject({ caseId: 'dpg/seed-ledger', body: { primaryChanged: true } });
  });

  test('a file with nothing to take fails, and one that is not there is wrong use', async () => {
    const file = join(folder, 'bad.csv');
    await writeFile(file, 'slug,name\nseed-ledger,Amina');
    const bad = await perennialProcess(['contacts', 'import', file], { DATABASE_URL: home.url });
    expect(bad.status).toBe(1);
    expect(bad.stdout).toContain('the first line must name the columns');
    const none = await perennialProcess(['contacts', 'import', join(folder, 'none.csv')], { DATABASE_URL: home.url });
    expect(none.status).toBe(2);
    expect(none.stderr).toContain('none.csv cannot be read');
  });
});
