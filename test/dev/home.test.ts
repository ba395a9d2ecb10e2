import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { freshDemoHome, isDemoHome, openHome } from '../../dev/home.js';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'perennial-home-')), 'demo');
});

test('the demo empties its own folder and no other', () => {
  freshDemoHome(folder);
  writeFileSync(join(folder, 'old'), '');
  freshDemoHome(folder);
  expect(existsSync(join(folder, 'old'))).toBe(false);
  expect(isDemoHome(folder)).toBe(true);

  const foreign = mkdtempSync(join(tmpdir(), 'perennial-foreign-'));
  writeFileSync(join(foreign, 'records'), 'precious');
  expect(() => freshDemoHome(foreign)).toThrow('the demo did not make');
  expect(existsSync(join(foreign, 'records'))).toBe(true);
});

test('a folder that a living process uses is refused, with where that one is found; one of a dead process is not', () => {
  const home = openHome(folder);
  writeFileSync(home.path('in-use-by'), String(process.ppid));
  expect(() => openHome(folder)).toThrow(`in ${folder} already: process ${process.ppid}.`);
  writeFileSync(home.path('installation.json'), '{ "PERENNIAL_BASE_URL": "http://127.0.0.1:9000" }');
  expect(() => openHome(folder)).toThrow(`process ${process.ppid}, pages at http://127.0.0.1:9000/.`);
  writeFileSync(home.path('in-use-by'), '999999999');
  expect(() => openHome(folder)).not.toThrow();
});
