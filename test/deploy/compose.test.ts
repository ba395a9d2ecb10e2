import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readConfig, unknownNames } from '../../adapters/config.js';
import { createProgram } from '../../client/cli/program.js';
import { TEMPORAL_SERVER } from '../../dev/temporal-go.js';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { condition: string }>>;
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, null>>;
}

const read = (name: string) => readFileSync(join('deploy', name), 'utf8');
/** What an operator fills in; compose puts it in place of `${NAME:?}` and `${NAME:-default}`. */
const filledIn: Readonly<Record<string, string>> = {
  POSTGRES_PASSWORD: 'one',
  TEMPORAL_DATABASE_PASSWORD: 'two',
  OWNER_DATABASE_PASSWORD: 'three',
  APP_DATABASE_PASSWORD: 'four',
  PERENNIAL_LINK_KEY: 'ab'.repeat(32),
  PERENNIAL_LEDGER_KEY: 'cd'.repeat(32),
  PERENNIAL_BASE_URL: 'https://reviews.registry.org',
  PERENNIAL_OIDC_ISSUER: 'https://accounts.registry.org',
  PERENNIAL_OIDC_CLIENT_ID: 'perennial',
  PERENNIAL_OIDC_CLIENT_SECRET: 'secret',
  PERENNIAL_ORGANISATION: 'A registry',
  PERENNIAL_SENDER: 'reviews@registry.org',
  PERENNIAL_SENDER_NAME: 'Fatou Ndiaye',
  PERENNIAL_STAFF_ADDRESS: 'secretariat@registry.org',
  PERENNIAL_MAIL_MODE: 'live',
  PERENNIAL_MAIL_ALLOWLIST: '',
  SMTP_URL: 'smtp://user:password@mail.registry.org:587',
};
const compose = JSON.parse(JSON.stringify(parse(read('compose.yaml'), { merge: true })), (_key, value: unknown) =>
  typeof value === 'string'
    ? value.replace(/\$\{(\w+):[?-]\w*\}/gu, (_whole, name: string) => filledIn[name] ?? `NO ${name}`)
    : value,
) as Compose;
const services = Object.entries(compose.services);
const ours = services.filter(([, { image }]) => image === 'perennial');

describe('deploy/compose.yaml', () => {
  test('asks for what .env.example lists, and for nothing else', () => {
    const listed = [...read('.env.example').matchAll(/^(\w+)=/gmu)].map(([, name]) => name);
    const asked = [...read('compose.yaml').matchAll(/\$\{(\w+)/gu)].map(([, name]) => name);
    expect([...new Set(asked)].sort()).toEqual([...listed].sort());
    expect([...listed].sort()).toEqual(Object.keys(filledIn).sort());
  });

  test('runs commands that exist, on settings that are taken, in mode live too', () => {
    expect(ours.map(([name]) => name)).toEqual(['migrate', 'worker', 'web']);
    const commands = createProgram({ print: () => undefined }).commands.map((command) => command.name());
    for (const [, { command = [], environment = {} }] of ours) {
      expect(commands).toContain(command.join(' '));
      expect(unknownNames(environment)).toEqual([]);
      expect(readConfig(environment)).toMatchObject({ mailMode: 'live', proxies: 1, smtpMustEncrypt: true });
    }
  });

  test('migrates as the owner and before anything else works; everything else owns nothing', () => {
    const userOf = (url: string | undefined) => new URL(url ?? '').username;
    const [migrate, ...others] = ours.map(([, service]) => service);
    expect(userOf(migrate?.environment?.['PERENNIAL_OWNER_DATABASE_URL'])).toBe('perennial');
    for (const { environment, depends_on } of others) {
      expect(environment).not.toHaveProperty('PERENNIAL_OWNER_DATABASE_URL');
      expect(userOf(environment?.['DATABASE_URL'])).toBe('perennial_app');
      expect(depends_on?.['migrate']).toEqual({ condition: 'service_completed_successfully' });
    }
  });

  test('tells the secret of sign-in to the pages alone', () => {
    const told = services.filter(([, { environment = {} }]) => 'PERENNIAL_OIDC_CLIENT_SECRET' in environment);
    expect(told.map(([name]) => name)).toEqual(['web']);
    expect(readConfig(compose.services['web']?.environment).issuer).toMatchObject({ clientSecret: 'secret' });
  });

  test('lets others in on this machine only, keeps Temporal to those who need it, and names what exists', () => {
    for (const [, { ports = [] }] of services) for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/u);
    const inTemporal = services.filter(([, { networks }]) => networks.includes('temporal')).map(([name]) => name);
    expect(inTemporal).toEqual(['temporal', 'temporal-namespace', 'temporal-ui', 'worker']);
    for (const name of ['temporal', 'temporal-database', 'database']) {
      expect([name, compose.networks[name]]).toEqual([name, { internal: true }]);
    }
    // Whoever breaks into the pages is still not at Temporal, nor at its UI, which ask nobody who they are.
    const ofPages = compose.services['web']?.networks ?? [];
    for (const name of ['temporal', 'temporal-ui', 'temporal-namespace']) {
      expect([name, compose.services[name]?.networks.filter((network) => ofPages.includes(network))]).toEqual([
        name,
        [],
      ]);
    }
    expect(compose.services['web']?.volumes ?? []).toEqual([]);
    for (const [, { networks, depends_on = {}, volumes = [] }] of services) {
      for (const name of networks) expect(Object.keys(compose.networks)).toContain(name);
      for (const name of Object.keys(depends_on)) expect(Object.keys(compose.services)).toContain(name);
      for (const volume of volumes) {
        const source = volume.split(':')[0] ?? '';
        expect(source.startsWith('./') ? existsSync(join('deploy', source)) : source in compose.volumes).toBe(true);
      }
    }
  });

  test('gives Temporal the file without which it does not start', () => {
    const temporal = compose.services['temporal'];
    const paths = temporal?.volumes?.map((volume) => volume.split(':')[1]);
    expect(paths).toContain(temporal?.environment?.['DYNAMIC_CONFIG_FILE_PATH'] ?? 'none');
  });

  test('runs the Temporal that the demonstration is played on by --server', () => {
    const images = services
      .map(([, { image }]) => image)
      .filter((image) => /temporalio.(server|admin-tools)/u.test(image));
    expect(new Set(images.map((image) => image.split(':')[1]))).toEqual(new Set([TEMPORAL_SERVER]));
  });
});

test('the image begins with the program that the build writes, and with all that it reads', () => {
  const image = read('Dockerfile');
  const [, entry = ''] = /ENTRYPOINT \["node", "dist\/(.+)\.js"\]/u.exec(image) ?? [];
  expect(existsSync(`${entry}.ts`)).toBe(true);
  const build = JSON.parse(readFileSync('tsconfig.build.json', 'utf8')) as { include: readonly string[] };
  expect(build.include).toContain(entry.split('/')[0]);
  const ignored = readFileSync('.dockerignore', 'utf8').split('\n').filter(Boolean);
  for (const needed of ['mail', 'prisma', 'worker', 'dev', 'package-lock.json']) expect(ignored).not.toContain(needed);
});
