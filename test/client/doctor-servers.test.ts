import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { OutgoingEmail } from '../../activities/outbox.js';
import type { Config } from '../../adapters/config.js';
import { createSmtp } from '../../adapters/smtp.js';
import { clockOf, databaseOf } from '../../client/cli/doctor-database.js';
import { mailOf } from '../../client/cli/doctor-mail.js';
import { pagesOf } from '../../client/cli/doctor-pages.js';
import { freePort } from '../../dev/ports.js';
import { startPostgres } from '../../dev/postgres.js';
import { stopInReverse } from '../../dev/processes.js';
import { makeApplicationUser } from '../../prisma/application-user.js';
import { startWeb } from '../../web/server.js';
import { makeAuthority } from '../support/certificates.js';
import { perennial, perennialProcess } from '../support/command.js';
import { startTestDatabase } from '../support/database.js';
import { webOver } from '../support/owner-visit.js';

const folder = mkdtempSync(join(tmpdir(), 'own-servers-'));
const stops: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true })];
afterAll(() => stopInReverse(stops));
const authority = makeAuthority('Authority of a test');
const own = authority.issue('localhost', ['127.0.0.1']);

describe('a PostgreSQL of its own that encrypts', () => {
  const ca = join(folder, 'ca.pem');
  let owner = '';
  /** The address of somebody, over an encrypted line. */
  const as = (user: string, password: string, more = '') => {
    const url = new URL(owner);
    Object.assign(url, { username: user, password, search: `?sslmode=verify-full${more}` });
    return url.href;
  };
  const trusted = () => as('perennial_app', "it's a/password", `&sslrootcert=${ca}`);

  beforeAll(async () => {
    const data = join(folder, 'postgres');
    const server = await startPostgres({ folder: data, port: await freePort(), throwAway: true });
    stops.push(server.stop);
    owner = server.url;
    writeFileSync(ca, authority.certificate);
    const { uid, gid } = statSync(data);
    for (const [name, text] of [
      ['server.crt', own.certificate],
      ['server.key', own.key],
    ] as const) {
      writeFileSync(join(data, name), text, { mode: 0o600 });
      chownSync(join(data, name), uid, gid);
    }
    const client = new pg.Client({ connectionString: owner });
    await client.connect();
    await client.query('alter system set ssl = on');
    await client.query('select pg_reload_conf()');
    await client.end();
  }, 60_000);

  test('perennial migrate makes tables, clock and the user who owns nothing, again without harm', async () => {
    expect(await perennial(owner, 'migrate')).toContain('Applied');
    const variables = { PERENNIAL_OWNER_DATABASE_URL: owner, DATABASE_URL: trusted() };
    const run = await perennialProcess(['migrate'], variables);
    expect([run.status, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain('The database is up to date.\nWorker, pages and commands act as perennial_app');
    expect(await databaseOf(variables)).toBe('reachable, all migrations applied; encrypted');
    expect(await clockOf(variables)).toContain('in real time');
    expect(await databaseOf({ DATABASE_URL: owner })).toContain('acts as a user who can change the ledger');
    process.env['PERENNIAL_OWNER_DATABASE_URL'] = owner;
    await expect(perennial(as('somebody', 'else'), 'migrate')).rejects.toThrow('must name the user perennial_app');
    delete process.env['PERENNIAL_OWNER_DATABASE_URL'];
  });

  test('perennial migrate lets an owner who may not make users go on, if somebody else made this one', async () => {
    const client = new pg.Client({ connectionString: owner });
    await client.connect();
    await client.query(`create role keeper login password 'kept'`);
    await client.query('create database kept owner keeper');
    await client.end();
    const inKept = (url: string) => url.replace('/perennial?', '/kept?');
    const keeper = inKept(as('keeper', 'kept', `&sslrootcert=${ca}`));
    process.env['PERENNIAL_OWNER_DATABASE_URL'] = keeper;
    expect(await perennial(inKept(trusted()), 'migrate')).toContain('act as perennial_app');
    delete process.env['PERENNIAL_OWNER_DATABASE_URL'];
    expect(await databaseOf({ DATABASE_URL: inKept(trusted()) })).toBe('reachable, all migrations applied; encrypted');
    // Its address may say who comes after the question mark as well.
    const asked = new URL(`${keeper}&user=keeper&password=kept`);
    Object.assign(asked, { username: '', password: '' });
    for (const url of [keeper, asked.href]) {
      await expect(makeApplicationUser(url, 'unheard')).rejects.toThrow(
        'the owner of the database may not do that. Let somebody who may',
      );
      expect(await makeApplicationUser(url, "it's a/password")).toBeUndefined();
    }
  });

  test.each([
    ['nobody who vouches for it', () => as('perennial_app', "it's a/password"), 'add sslrootcert=PATH'],
    ['another password', () => as('perennial_app', 'wrong', `&sslrootcert=${ca}`), 'does not take this user'],
    ['another database', () => trusted().replace(/\/perennial\?/u, '/elsewhere?'), 'It has no such database'],
    ['nobody there', () => 'postgresql://x:y@127.0.0.1:1/none', 'Is PostgreSQL running'],
  ])('with %s doctor says what to do, and no password', async (_what, url, sentence) => {
    const looked = databaseOf({ DATABASE_URL: url() });
    await expect(looked).rejects.toThrow(sentence);
    await expect(looked).rejects.not.toThrow(/it's|wrong/u);
  });
});

describe('a mail server that encrypts and asks who comes', () => {
  const taken: { secure: boolean; user: unknown }[] = [];
  const asked: string[] = [];
  async function startServer(options: SMTPServerOptions): Promise<number> {
    const server = new SMTPServer({
      ...options,
      onAuth: ({ username = '', password }, _session, done) => {
        asked.push(username);
        if (password === 'secret') done(null, { user: username });
        else done(new Error('no'));
      },
      onData: (stream, session, done) => {
        taken.push({ secure: session.secure, user: session.user });
        stream.resume().on('end', () => done());
      },
    });
    server.on('error', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    stops.push(() => new Promise((resolve) => server.close(() => resolve())));
    return (server.server.address() as AddressInfo).port;
  }
  const trust = `?tls.ca=${encodeURIComponent(authority.certificate)}`;
  const email: OutgoingEmail = {
    key: '2026-7Q2MK|1|prompt|1|x',
    digest: 'a1'.repeat(32),
    thread: null,
    to: { name: 'Amina Diallo', address: 'amina@product.example' },
    email: { subject: 'Openwise', text: 'Confirm.', html: '<p>Confirm.</p>' },
  };
  const handOver = async (smtpUrl: string) => {
    const sender = { name: 'A registry', address: 'reviews@registry.example' };
    const smtp = createSmtp({ smtpUrl, mustEncrypt: true, sender, replyTo: 'staff@registry.example' });
    const handed = await smtp.handOver(email, new AbortController().signal);
    smtp.hangUp();
    return handed;
  };
  const look = (smtpUrl: string) => mailOf({ smtpUrl, smtpMustEncrypt: true } as Config);

  test('takes emails from our user over an encrypted line; doctor says what is wrong with another', async () => {
    const port = await startServer({ cert: own.certificate, key: own.key });
    const at = (user: string, more = trust) => `smtp://${user}@127.0.0.1:${port}${more}`;
    expect(await look(at('us:secret'))).toBe(`127.0.0.1:${port} takes emails from our user, over encrypted lines only`);
    expect(await handOver(at('us:secret'))).toEqual({ is: 'accepted' });
    expect(taken).toEqual([{ secure: true, user: 'us' }]);
    await expect(look(at('us:wrong'))).rejects.toThrow('does not take user or password: mend those in SMTP_URL.');
    await expect(look(at('us:secret', ''))).rejects.toThrow('name its authority by NODE_EXTRA_CA_CERTS');
  });

  test('one that cannot encrypt hears neither a password nor an email', async () => {
    const port = await startServer({ hideSTARTTLS: true, allowInsecureAuth: true, disabledCommands: ['STARTTLS'] });
    asked.length = taken.length = 0;
    const url = `smtp://us:secret@127.0.0.1:${port}`;
    await expect(look(url)).rejects.toThrow('does not encrypt its lines');
    expect(await handOver(url)).toMatchObject({ is: 'later', whole: true });
    expect([asked, taken]).toEqual([[], []]);
    expect(await look(`${url}?requireTLS=false`)).toContain('takes emails from our user');
  });
});

describe('pages behind a proxy', () => {
  test('doctor says whether they answer, and whether the proxies are those that are counted', async () => {
    const home = await startTestDatabase('2026-07-10T08:00:00.000Z');
    stops.push(home.stop);
    const port = await freePort();
    const web = await startWeb({ context: webOver(home.database).context, port });
    stops.push(web.stop);
    const here = `http://127.0.0.1:${port}`;
    const look = (publicUrl: string, proxies: number) => pagesOf({ publicUrl, proxies } as Config);
    expect(await look(here, 1)).toBe(`${here} answers`);
    // The same machine under a name that does not look like it.
    const outside = `http://0.0.0.0:${port}`;
    expect(await look(outside, 0)).toBe(`${outside} answers`);
    await expect(look(outside, 1)).rejects.toThrow(
      'its proxy does not say who asks: let it add that to X-Forwarded-For',
    );
    await expect(look('http://127.0.0.1:1', 1)).rejects.toThrow('Are "perennial web" and its proxy running');
  });
});
