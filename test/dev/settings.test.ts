import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { freshDemoHome, openHome } from '../../dev/home.js';
import { freePort } from '../../dev/ports.js';
import { startStack } from '../../dev/stack.js';
import { startSettings } from '../../dev/settings.js';

const folder = () => mkdtempSync(join(tmpdir(), 'perennial-settings-'));

describe('npm start', () => {
  test('sets everything itself, but for what the environment chooses', () => {
    expect(startSettings({}).variables).toMatchObject({ PERENNIAL_ORGANISATION: 'Perennial trial installation' });
    const PERENNIAL_HOME = folder();
    const chosen = {
      PERENNIAL_ORGANISATION: 'A registry',
      PERENNIAL_MAIL_MODE: 'allowlist',
      PERENNIAL_MAIL_ALLOWLIST: '@registry.example, amina@owner.example',
    };
    const { home, ports, variables } = startSettings({
      ...chosen,
      PERENNIAL_HOME,
      PERENNIAL_WEB_PORT: '9000',
      PATH: '',
    });
    expect([home, ports.web]).toEqual([PERENNIAL_HOME, 9000]);
    expect(variables).toMatchObject({ ...chosen, PERENNIAL_SENDER: 'reviews@perennial.example' });
  });

  test.each([
    [{ PERENNIAL_MAIL_MODE: 'lve' }, 'PERENNIAL_MAIL_MODE must be catch, allowlist or live'],
    [{ PERENNIAL_MAIL_MODE: 'live' }, 'PERENNIAL_MAIL_MODE=live needs servers of your own'],
    [{ PERENNIAL_MAIL_MODE: 'allowlist' }, 'PERENNIAL_MAIL_ALLOWLIST is missing'],
    [{ PERENNIAL_MAIL_ALLOWLIST: 'owner.example' }, 'PERENNIAL_MAIL_ALLOWLIST must be addresses and @domains'],
    [{ PERENNIAL_MAIL_PER_SECOND: 'many' }, 'PERENNIAL_MAIL_PER_SECOND must be a number'],
    [{ PERENNIAL_DATABASE_PORT: '1' }, 'PERENNIAL_DATABASE_PORT is no setting'],
    [{ PERENNIAL_MAILMODE: 'allowlist' }, 'PERENNIAL_MAILMODE is no setting'],
    [{ PERENNIAL_STAFF_ADDRESS: 'us' }, 'PERENNIAL_STAFF_ADDRESS must be one email address'],
    [{ DATABASE_URL: 'postgresql://x', SMTP_URL: 'smtp://x' }, 'Unset DATABASE_URL, SMTP_URL: "npm start" brings'],
    [{ PERENNIAL_OIDC_ISSUER: 'https://accounts.example' }, 'Unset PERENNIAL_OIDC_ISSUER: "npm start" brings'],
  ])('refuses %j', (variables, sentence) => {
    expect(() => startSettings(variables)).toThrow(sentence);
  });

  test("refuses the demonstration's folder", () => {
    const PERENNIAL_HOME = join(folder(), 'demo');
    freshDemoHome(PERENNIAL_HOME);
    expect(() => startSettings({ PERENNIAL_HOME })).toThrow("PERENNIAL_HOME is the demonstration's folder");
  });

  test('names all mistakes at once, never a value, ends with 2, and touches nothing', async () => {
    const PERENNIAL_HOME = folder();
    const env = { PATH: process.env['PATH'], PERENNIAL_HOME, PERENNIAL_MAIL_MODE: 'lve', PERENNIAL_WEB_PORT: 'abc' };
    const child = spawn(process.execPath, ['--import', 'tsx', 'dev/start.ts'], { env });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(said.trim().split('\n')).toEqual([
      'The environment cannot be used as it is:',
      'PERENNIAL_WEB_PORT must be a port, a whole number from 1 to 65535.',
      expect.stringContaining('PERENNIAL_MAIL_MODE must be catch, allowlist or live'),
    ]);
    expect(said).not.toMatch(/lve|abc/u);
    expect(code).toBe(2);
    expect(readdirSync(PERENNIAL_HOME)).toEqual([]);
  });
});

test('a second start on the same data names the first one, not its ports', async () => {
  const home = openHome(folder());
  const first = createServer();
  const web = await freePort();
  await new Promise<void>((resolve) => first.listen(web, '127.0.0.1', () => resolve()));
  writeFileSync(home.path('in-use-by'), String(process.ppid));
  const ports = { web, temporal: await freePort(), temporalUi: await freePort(), postgres: 1, smtp: 1, issuer: 1 };
  const second = startStack({ home: home.folder, ports, say: () => undefined });
  await expect(second).rejects.toThrow(`already: process ${process.ppid}`);
  await new Promise((resolve) => first.close(resolve));
});
