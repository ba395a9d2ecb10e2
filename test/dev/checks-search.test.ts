import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { createSearch } from '../../dev/demo/checks/search.js';

const name = 'Amina "Mina" O\'Neill-007';
const address = 'amina.oneill@seed.example';
const search = createSearch([name, address, 'abc']);
const found = (text: string) => [...search.inText(text)];

describe('the search for planted texts', () => {
  test('finds a text as it is, at both ends, and tells which', () => {
    expect(found(`x${name}`)).toEqual([0]);
    expect(found(`${address} and ${name}`).sort()).toEqual([0, 1]);
    expect(found('amina.oneill@seed.exampl')).toEqual([]);
    expect(found('')).toEqual([]);
  });

  test.each([
    ['JSON', JSON.stringify({ name })],
    ['HTML', `<p>Amina &quot;Mina&quot; O&#39;Neill-007</p>`],
    ['a web address', `/x?to=${encodeURIComponent(name)}`],
  ])('finds it in %s', (_where, text) => {
    expect(found(text)).toEqual([0]);
  });

  test.each([0, 1, 2, 3, 4])('finds it in base64 after %i other bytes, in either alphabet', (before) => {
    const bytes = Buffer.from(`${'-'.repeat(before)}${name}, and more`);
    expect(found(bytes.toString('base64'))).toEqual([0]);
    expect(found(bytes.toString('base64url'))).toEqual([0]);
  });

  test('leaves out what would be found everywhere', () => {
    expect(found('abc abc abc')).toEqual([]);
  });

  test('finds it in a file across the seams between pieces', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'perennial-search-'));
    try {
      const file = join(folder, 'large');
      const seam = 8 * 1024 * 1024;
      for (const at of [0, seam - 5, seam]) {
        const bytes = Buffer.alloc(seam + 100, 'x');
        bytes.write(name, at);
        writeFileSync(file, bytes);
        expect([...(await search.inFile(file))]).toEqual([0]);
      }
      await expect(search.inFile(join(folder, 'absent'))).rejects.toThrow('ENOENT');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
