import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { KNOWN_NAMES, readConfig, unknownNames } from '../../adapters/config.js';
import { demoSettings } from '../../dev/settings.js';
import { perennialProcess } from '../support/command.js';

const COMPLETE = {
  DATABASE_URL: 'postgresql://perennial_app@db.registry.example/perennial?sslmode=verify-full',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  SMTP_URL: 'smtp://mail.registry.example',
  PERENNIAL_BASE_URL: 'https://reviews.registry.org/',
  PERENNIAL_LINK_KEY: '0'.repeat(64),
  PERENNIAL_ORGANISATION: 'A registry',
  PERENNIAL_SENDER: 'reviews@registry.org',
  PERENNIAL_SENDER_NAME: 'Fatou Ndiaye',
  PERENNIAL_STAFF_ADDRESS: 'secretariat@registry.org',
};
const LIVE = { ...COMPLETE, PERENNIAL_MAIL_MODE: 'live' };

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
    .filter((file) => !/(adapters.config[\w-]*\.ts|adapters.config\.test\.ts|dev.settings\.test\.ts)$/u.test(file));
  const named = files.flatMap((file) => readFileSync(file, 'utf8').match(/\bPERENNIAL_[A-Z_]+\b/gu) ?? []);
  expect([...new Set(named)].sort()).toEqual([...KNOWN_NAMES].sort());
});

test('mode live is refused with every reason at once, and taken when there is none', () => {
  expect(readConfig(LIVE)).toMatchObject({ mailMode: 'live', smtpMustEncrypt: true, proxies: 1 });
  const nobodys = {
    PERENNIAL_BASE_URL: 'http://reviews.registry.example',
    PERENNIAL_SENDER: 'reviews@registry.example',
    TEMPORAL_ADDRESS: 'temporal.registry.example:7233',
  };
  expect(() => readConfig({ ...LIVE, ...nobodys })).toThrow(
    new RegExp(
      [
        'PERENNIAL_BASE_URL must begin with https:// in mode live.',
        'PERENNIAL_BASE_URL must have a name that owners can open in mode live.',
        'PERENNIAL_SENDER has a domain that belongs to nobody, and mode live needs a real one.',
        'In mode live Temporal must know who asks: .+',
      ].join('\n'),
      'u',
    ),
  );
  expect(readConfig({ ...COMPLETE, ...nobodys }).mailMode).toBe('catch');
});

test.each([
  [{ TEMPORAL_API_KEY: 'secret' }, true],
  [{ PERENNIAL_TEMPORAL_NETWORK: 'private' }, true],
  [{ TEMPORAL_TLS: 'true' }, false],
  [{}, false],
])('live, with a Temporal elsewhere and %j: %p', (more, may) => {
  const read = () => readConfig({ ...LIVE, TEMPORAL_ADDRESS: 'temporal.registry.org:7233', ...more });
  if (may) expect(read().mailMode).toBe('live');
  else expect(read).toThrow('In mode live Temporal must know who asks');
});

test.each([
  [{ PERENNIAL_BASE_URL: 'https://registry.org/reviews' }, 'PERENNIAL_BASE_URL must be a name of its own'],
  [{ DATABASE_URL: 'postgresql://x/y?sslmode=on' }, 'DATABASE_URL has an sslmode that is none of disable, no-verify'],
  [{ PERENNIAL_WEB_HOST: '0.0.0.0' }, 'PERENNIAL_PROXIES is missing'],
  [{ PERENNIAL_PROXIES: 'one' }, 'PERENNIAL_PROXIES must be a whole number from 0 to 9'],
  [{ TEMPORAL_TLS: 'yes' }, 'TEMPORAL_TLS must be true or false'],
  [{ TEMPORAL_TLS: 'false', TEMPORAL_API_KEY: 'secret' }, 'TEMPORAL_TLS is false, and a key or a certificate is given'],
  [
    { TEMPORAL_TLS_CLIENT_KEY_PATH: '/nowhere' },
    'TEMPORAL_TLS_CLIENT_KEY_PATH names a file that cannot be read (ENOENT)',
  ],
  [
    { TEMPORAL_TLS_SERVER_CA_CERT_PATH: 'package.json' },
    'TEMPORAL_TLS_SERVER_CA_CERT_PATH names a file that is not what it should be, in PEM',
  ],
  [{ TEMPORAL_TLS_CLIENT_CERT_PATH: 'package.json' }, 'TEMPORAL_TLS_CLIENT_KEY_PATH is missing'],
  [{ TEMPORAL_TLS_CLIENT_KEY_DATA: 'secret' }, 'TEMPORAL_TLS_CLIENT_KEY_DATA is not read here: give paths of files'],
])('%j is refused in words, without its value', (more, sentence) => {
  const read = () => readConfig({ ...COMPLETE, ...more });
  expect(read).toThrow(sentence);
  expect(read).not.toThrow('secret');
});

describe('sign-in', () => {
  const ISSUER = { PERENNIAL_OIDC_ISSUER: 'https://accounts.registry.org', PERENNIAL_OIDC_CLIENT_ID: 'perennial' };
  const HERE = { ...ISSUER, PERENNIAL_OIDC_ISSUER: 'http://127.0.0.1:8090' };
  const LOOPBACK = { PERENNIAL_BASE_URL: 'http://127.0.0.1:8080' };
  const read = (more: Readonly<Record<string, string>>) => readConfig({ ...COMPLETE, ...more }).issuer;

  test('is by a provider of ours with https, or by that of a trial for a trial; without one there is none', () => {
    expect(read({})).toBeNull();
    expect(read(ISSUER)).toEqual({ url: 'https://accounts.registry.org', clientId: 'perennial', clientSecret: null });
    expect(read({ ...ISSUER, ...LOOPBACK })?.clientId).toBe('perennial');
    expect(read({ ...HERE, ...LOOPBACK, PERENNIAL_OIDC_CLIENT_SECRET: 'secret' })?.clientSecret).toBe('secret');
  });

  test('pages that others reach do not start with the provider of a trial', async () => {
    const run = await perennialProcess(['web'], { ...COMPLETE, ...HERE });
    expect([run.status, run.stdout]).toEqual([2, '']);
    expect(run.stderr).toContain('where everybody chooses who to be');
  }, 30_000);

  const openTo = { PERENNIAL_WEB_HOST: '0.0.0.0', PERENNIAL_PROXIES: '1' };
  test.each([
    ['the provider of a trial, with pages that others reach', HERE, 'PERENNIAL_OIDC_ISSUER is on this machine'],
    ['the same behind a proxy of this machine', { ...HERE, ...LOOPBACK, ...openTo }, 'is on this machine'],
    ['the same by name', { ...HERE, PERENNIAL_OIDC_ISSUER: 'https://localhost' }, 'is on this machine'],
    ['a provider that is overheard', { ...ISSUER, PERENNIAL_OIDC_ISSUER: 'http://accounts.registry.org' }, 'https://'],
    ['sessions that are overheard', { ...ISSUER, PERENNIAL_BASE_URL: 'http://reviews.registry.org' }, 'overhear'],
    ['half of it', { PERENNIAL_OIDC_ISSUER: ISSUER.PERENNIAL_OIDC_ISSUER }, 'PERENNIAL_OIDC_CLIENT_ID is missing'],
    ['the other half', { PERENNIAL_OIDC_CLIENT_ID: 'perennial' }, 'PERENNIAL_OIDC_ISSUER is missing'],
    ['a secret alone', { PERENNIAL_OIDC_CLIENT_SECRET: 'secret' }, 'PERENNIAL_OIDC_ISSUER, PERENNIAL_OIDC_CLIENT_ID'],
  ])('refuses %s', (_what, more, sentence) => {
    expect(() => read(more)).toThrow(sentence);
  });
});
