import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { KNOWN_NAMES, readConfig, unknownNames } from '../../adapters/config.js';
import { demoSettings } from '../../dev/settings.js';
import { perennialProcess } from '../support/command.js';

const TYPO = { PERENNIAL_MAIL_ALOWLIST: '@owner.example' };
const SENTENCE = 'PERENNIAL_MAIL_ALOWLIST is no setting (docs/operations.md lists them): mend its name, or unset it.';

test('a setting that nobody reads is refused by name, with the nearest one, by worker, pages and demonstration', () => {
  expect(() => readConfig(TYPO)).toThrow(SENTENCE);
  expect(() => demoSettings(TYPO)).toThrow(SENTENCE);
});

test('a command refuses it with code 2 before it does anything; an empty one is none', async () => {
  const run = await perennialProcess(['status'], { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', ...TYPO });
  expect(run).toEqual({ status: 2, stdout: '', stderr: `The environment cannot be used as it is:\n${SENTENCE}\n` });
  const ofKubernetes = { PERENNIAL_SERVICE_HOST: '10.0.0.1', PERENNIAL_PORT_8080_TCP_ADDR: '10.0.0.1' };
  expect(unknownNames({ PERENNIAL_MAIL_ALOWLIST: '', ...ofKubernetes })).toEqual([]);
}, 30_000);

test('every variable of ours that a file names is known, and every known one is named elsewhere', () => {
  const folders = readdirSync('.', { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$)/u.test(entry.name),
  );
  const files = folders
    .flatMap(({ name }) => readdirSync(name, { recursive: true, encoding: 'utf8' }).map((file) => join(name, file)))
    .filter((file) => /\.(tsx?|mjs|md)$/u.test(file))
    .filter((file) => !/(adapters.config\.ts|adapters.config\.test\.ts|dev.settings\.test\.ts)$/u.test(file));
  const named = files.flatMap((file) => readFileSync(file, 'utf8').match(/\bPERENNIAL_[A-Z_]+\b/gu) ?? []);
  expect([...new Set(named)].sort()).toEqual([...KNOWN_NAMES].sort());
});
