import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../adapters/config.js';
import { doorOf, temporalOf } from '../../client/cli/doctor-temporal.js';
import { stopInReverse } from '../../dev/processes.js';
import { markInvented } from '../../prisma/clock.js';
import { startWorkers } from '../../worker/workers.js';
import { testConfig } from '../support/workers.js';
import { makeAuthority } from '../support/certificates.js';
import { startTestDatabase } from '../support/database.js';
import { startFront } from '../support/temporal-front.js';
import { devServer } from '../support/temporal.js';

const KEY = 'a-key-of-a-test';
const folder = mkdtempSync(join(tmpdir(), 'temporal-tls-'));
const stops: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true })];
afterAll(() => stopInReverse(stops));

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const authority = makeAuthority('Authority of a test');
const other = makeAuthority('Another authority');
const ours = authority.issue('perennial.example');
const strange = other.issue('perennial.example');

/** All that the front asks for; a test leaves out or changes one thing. */
const whole = {
  TEMPORAL_TLS_SERVER_CA_CERT_PATH: file('ca.pem', authority.certificate),
  TEMPORAL_TLS_CLIENT_CERT_PATH: file('client.pem', ours.certificate),
  TEMPORAL_TLS_CLIENT_KEY_PATH: file('client-key.pem', ours.key),
  TEMPORAL_API_KEY: KEY,
};
const others = {
  TEMPORAL_TLS_CLIENT_CERT_PATH: file('other.pem', strange.certificate),
  TEMPORAL_TLS_CLIENT_KEY_PATH: file('other-key.pem', strange.key),
};

const home = { url: '', plain: '', front: '', byName: '' };
const configWith = (variables: Readonly<Record<string, string>>) =>
  testConfig({ DATABASE_URL: home.url, TEMPORAL_ADDRESS: home.front, ...variables });

beforeAll(async () => {
  const database = await startTestDatabase('2026-07-10T08:00:00.000Z');
  stops.push(database.stop);
  home.url = database.url;
  const temporal = await devServer();
  stops.push(temporal.stop);
  home.plain = temporal.address;
  const common = { server: temporal.address, ca: authority.certificate, key: KEY };
  const front = await startFront({ ...common, own: authority.issue('localhost', ['127.0.0.1']) });
  const byName = await startFront({ ...common, own: authority.issue('temporal.registry.example') });
  stops.push(front.stop, byName.stop);
  home.front = front.address;
  home.byName = byName.address;
}, 60_000);

const idle = ({ signal }: { signal: AbortSignal }) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
const LIVE = {
  PERENNIAL_BASE_URL: 'https://reviews.registry.org',
  PERENNIAL_SENDER: 'reviews@registry.org',
  PERENNIAL_STAFF_ADDRESS: 'staff@registry.org',
  PERENNIAL_MAIL_MODE: 'live',
};

test('a worker refuses mode live on a dev server and on data of a demonstration, with both reasons at once', async () => {
  const { database, stop } = await startTestDatabase('2026-07-10T08:00:00.000Z');
  stops.push(stop);
  await markInvented(database);
  const config = configWith({ ...LIVE, TEMPORAL_ADDRESS: home.plain });
  const starting = startWorkers({ config, database, sender: idle, log: console.error });
  await expect(starting).rejects.toThrow(ConfigError);
  await expect(starting).rejects.toThrow(/data of a demonstration.+\nTEMPORAL_ADDRESS names a dev server/u);
});

describe('a Temporal that encrypts, and asks for certificate and key', () => {
  test('serves workers and commands who have them', async () => {
    const config = configWith(whole);
    const database = await startTestDatabase('2026-07-10T08:00:00.000Z');
    const workers = await startWorkers({ config, database: database.database, sender: idle, log: console.error });
    try {
      const said = await temporalOf(config);
      expect(said).toContain(
        `reachable at ${home.front} (a dev server, for trials), namespace default, a worker is there`,
      );
      expect(said).toContain('ended workflows stay for 400 days; encrypted; our certificate ends on 2120-01-01');
      const named = { ...whole, TEMPORAL_ADDRESS: home.byName, TEMPORAL_TLS_SERVER_NAME: 'temporal.registry.example' };
      expect(await temporalOf(configWith(named))).toContain('a worker is there');
    } finally {
      await workers.stop();
      await database.stop();
    }
  });

  const { TEMPORAL_TLS_SERVER_CA_CERT_PATH: ca, ...withoutCa } = whole;
  const { TEMPORAL_API_KEY: key, ...withoutKey } = whole;
  test.each([
    ['an open line', {}, 'wants an encrypted line. Set TEMPORAL_TLS=true'],
    ['nobody who vouches for it', withoutCa, 'Name its authority by TEMPORAL_TLS_SERVER_CA_CERT_PATH'],
    ['no certificate', { TEMPORAL_TLS_SERVER_CA_CERT_PATH: ca, TEMPORAL_API_KEY: key }, 'wants to know who we are'],
    ["another authority's certificate", { ...whole, ...others }, 'does not take our certificate'],
    ['no key', withoutKey, 'does not know us. Set TEMPORAL_API_KEY'],
    ['another key', { ...whole, TEMPORAL_API_KEY: 'wrong' }, 'does not know us. Is TEMPORAL_API_KEY right'],
    [
      'another namespace',
      { ...whole, TEMPORAL_NAMESPACE: 'elsewhere' },
      'no namespace elsewhere. Make it: temporal operator',
    ],
  ])('with %s doctor says what to do', async (_what, variables, sentence) => {
    await expect(temporalOf(configWith(variables))).rejects.toThrow(sentence);
  });

  test('with another name, or where nothing encrypts or answers, doctor says what to do', async () => {
    const at = (address: string) => temporalOf(configWith({ ...whole, TEMPORAL_ADDRESS: address }));
    await expect(at(home.byName)).rejects.toThrow('Name that one by TEMPORAL_TLS_SERVER_NAME');
    await expect(at(home.plain)).rejects.toThrow('does not encrypt its lines');
    await expect(at('127.0.0.1:9')).rejects.toThrow('no answer from 127.0.0.1:9. Is Temporal running');
  });

  test('its door is closed; one that lets in whoever reaches it is open, which mode live refuses', async () => {
    // An address of this machine that does not look like one.
    const outside = (address: string) => address.replace('127.0.0.1', '0.0.0.0');
    const door = (variables: Readonly<Record<string, string>>) => doorOf(configWith(variables));
    expect(await door(whole)).toBe('only this machine reaches it');
    expect(await door({ ...whole, TEMPORAL_ADDRESS: outside(home.front) })).toBe(
      'closed to whoever has no certificate',
    );
    const open = { TEMPORAL_ADDRESS: outside(home.plain) };
    expect(await door(open)).toContain('open to whoever reaches it');
    const live = { ...open, ...LIVE };
    expect(await door({ ...live, PERENNIAL_TEMPORAL_NETWORK: 'private' })).toContain(
      'in a network that nobody else reaches',
    );
    const certain = { ...configWith({ ...live, PERENNIAL_TEMPORAL_NETWORK: 'private' }), temporalIsPrivate: false };
    await expect(doorOf(certain)).rejects.toThrow('open to whoever reaches it');
    await expect(temporalOf(certain)).rejects.toThrow("is a dev server, and mode live needs Temporal's server");
  });
});
