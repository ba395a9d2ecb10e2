import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startMailbox } from '../../dev/mailbox.js';
import { freePort } from '../../dev/ports.js';
import { appendSubmission } from '../../prisma/append.js';
import { findCase } from '../../prisma/find-case.js';
import { perennial, perennialProcess } from '../support/command.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { playSteps } from '../support/play-steps.js';

let home: TestDatabase;
let playing: ReturnType<typeof playSteps>;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  playing = playSteps(home.database);
});
afterAll(async () => {
  await playing.stop();
  await home.stop();
});

const run = (...args: readonly string[]) => perennial(home.url, ...args);

async function opened(slug: string, contacts = true): Promise<string> {
  await listProduct(home.database, slug, { contacts });
  await run('case', 'open', slug, '--by', 'fatou');
  return (await findCase(home.database, slug))?.review?.reference ?? '';
}

describe('perennial status', () => {
  test('names what needs a human with the reason and what helps, what is overdue and what waits', async () => {
    const nobody = await opened('no-contact', false);
    const asking = await opened('asking');
    const row = { caseId: 'dpg/asking', applicationId: asking, round: 1, role: 'owner', actor: '1' } as const;
    await appendSubmission(home.database, { ...row, key: 'ask', kind: 'request', body: { request: 'withdrawal' } });
    await listProduct(home.database, 'overdue', { validUntil: '2026-01-01' });
    const lost = await opened('lost-email');
    await home.database.email.updateMany({ where: { applicationId: lost }, data: { state: 'unknown' } });
    await playing.stop();
    await appendSubmission(home.database, { ...row, key: 'later', kind: 'link_used', body: {} });
    const said = await run('status');
    playing = playSteps(home.database);
    expect(said).toContain('Friday 10 July 2026, 08:00 UTC: 3 reviews are open.');
    expect(said).toContain('Needs a human: 2');
    expect(said).toContain(`${nobody}  no-contact: there is nobody to ask -> perennial contacts import FILE`);
    expect(said).toContain(
      `${asking}  asking: the owner asked for something: withdrawal -> perennial case grant ${asking}`,
    );
    expect(said).toMatch(/Overdue and not under review: 1\n {2}overdue\n/u);
    expect(said).toMatch(new RegExp(`unknown: 1\\n {2}email \\d+, prompt of ${lost}, 2026-07-10 08:00`, 'u'));
    expect(said).toContain('look at the mail server; if it was not taken: perennial case resend REF --unknown');
    expect(said).toContain('Rows waiting for their outcome: 1, the oldest since 2026-07-10 08:00');
    expect(said).toContain('Not seen yet: emails that come back later (bounces).');
    expect(said).not.toMatch(/Amina|Bao|@/u);
  });

  test('an email whose fate is unknown goes again only by name, and is then listed no longer', async () => {
    const again = await opened('lost-again');
    await home.database.email.updateMany({ where: { applicationId: again }, data: { state: 'unknown' } });
    const listed = `prompt of ${again}`;
    await expect(run('case', 'resend', again, '--by', 'fatou')).rejects.toThrow('Look there first');
    expect(await run('status')).toContain(listed);
    expect(await run('case', 'resend', again, '--unknown', '--by', 'fatou')).toContain('Sent again: 1 email.');
    expect(await run('status')).not.toContain(listed);
  });

  test('links the saved views of the Temporal UI where it is known', async () => {
    const variables = { DATABASE_URL: home.url, TEMPORAL_UI_URL: 'http://127.0.0.1:8233/' };
    const shown = JSON.parse((await perennialProcess(['status', '--json'], variables)).stdout) as {
      bouncesSeen: boolean;
      views: { name: string; url: string }[];
    };
    expect(shown.bouncesSeen).toBe(false);
    expect(shown.views.map(({ name }) => name)).toEqual([
      'Needs a human',
      'Overdue',
      'Waiting on reviewer',
      'Mail problems',
    ]);
    const overdue = new URL(shown.views[1]?.url ?? '');
    expect(overdue.pathname).toBe('/namespaces/default/workflows');
    expect(overdue.searchParams.get('query')).toMatch(
      /^DpgDueAt < "2026-07-1\d[^"]+Z" AND ExecutionStatus="Running"$/u,
    );
  });
});

describe('on day one', () => {
  test('opening a case tells when its first email goes, or that there is nobody to ask', async () => {
    await listProduct(home.database, 'day-one');
    expect(await run('case', 'open', 'day-one', '--by', 'fatou')).toContain(
      'next: the prompt goes 2026-07-10 09:00 UTC: prompts go in the morning; then ',
    );
    expect(await run('case', 'list', '--state', 'owner')).toMatch(/day-one .+prompt goes 2026-07-10 09:00/u);
    await listProduct(home.database, 'day-one-alone', { contacts: false });
    expect(await run('case', 'open', 'day-one-alone', '--by', 'fatou')).toContain(
      'NEEDS A HUMAN: there is nobody to ask. perennial contacts import FILE',
    );
  });

  test('a confirmation that no case act asks for is refused with a sentence', async () => {
    await expect(run('case', 'open', 'day-one', '--by', 'fatou', '--confirm')).rejects.toThrow(
      '"case open" asks nothing back, so leave --confirm out.',
    );
  });

  test('status gives the advice that fits: a running campaign wakes by itself what is overdue', async () => {
    const own = await startTestDatabase('2026-07-10T08:30:00.000Z');
    const said = () => perennial(own.url, 'status');
    expect(await said()).toContain('The registry is empty. -> perennial import PATH');
    await listProduct(own.database, 'late', { contacts: false, validUntil: '2026-01-01' });
    expect(await said()).toContain('-> nobody can be asked about these yet: perennial contacts template --missing');
    await listProduct(own.database, 'later', { validUntil: '2026-01-02' });
    expect(await said()).toContain(
      'Overdue and not under review: 2\n  late\n  later\n  -> perennial campaign plan, or:',
    );
    await perennial(own.url, 'campaign', 'start', 'annual-2026', '--by', 'fatou', '--confirm', 'annual-2026');
    const running = await said();
    expect(running).toContain('Campaign annual-2026: wave 1 of 1 was due 2026-07-10 08:00 UTC and has not gone yet');
    expect(running).toContain(
      'campaign annual-2026: 1 product has nobody to ask -> perennial contacts template --missing',
    );
    expect(running).toContain('Overdue and not under review: 2; a campaign wakes them all by itself\n');
    expect(running).not.toContain('campaign plan');
    await listProduct(own.database, 'latest', { validUntil: '2026-01-03' });
    expect(await said()).toContain(
      '3; a campaign wakes 2 of them by itself\n  latest\n  -> perennial case open SLUG\n',
    );
    await own.stop();
  });
});

describe('perennial emails', () => {
  test('of a review shows states and texts, with the placeholder in place of the link; the list shows no text', async () => {
    const reference = await opened('emails');
    expect(await run('emails', reference)).toContain(
      'prompt to primary: queued since 2026-07-10 08:00 UTC; goes 2026-07-10 09:00 UTC: prompts go in the morning\n  Its',
    );
    expect(await run('emails')).toMatch(
      new RegExp(
        `${reference} +prompt +primary +queued .+goes 2026-07-10 09:00 UTC: prompts go in the morning\\n`,
        'u',
      ),
    );
    await home.database.email.updateMany({
      where: { applicationId: reference },
      data: { state: 'sent', subject: 'Please answer', text: 'Dear you,\n\n{{link}}' },
    });
    const shown = await run('emails', 'emails');
    expect(shown).toContain('prompt to primary: sent');
    expect(shown).toContain('Subject: Please answer\n  | Dear you,\n  |\n  | {{link}}');
    const list = await run('emails', '--state', 'sent');
    expect(list).toMatch(new RegExp(`${reference} +prompt +primary +sent`, 'u'));
    expect(list).not.toContain('Dear you');
    await home.database.email.updateMany({
      where: { applicationId: reference },
      data: { state: 'deferred', reason: 'sender_refused' },
    });
    expect(await run('case', 'show', reference)).toContain('prompt: deferred (the mail server refused our sender)');
    await expect(run('emails', '--state', 'lost')).rejects.toThrow('--state is one of queued, handing_over');
  });
});

describe('perennial doctor', () => {
  test('without an installation says so once, where it looked and what to do, and fails', async () => {
    const run = await perennialProcess(['doctor'], { DATABASE_URL: '', PERENNIAL_HOME: '/nowhere' });
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('No installation was found: none that runs says so in /nowhere/installation.json.');
    expect(run.stdout).toMatch(/Start one with "npm start".+, or set DATABASE_URL, .+PERENNIAL_STAFF_ADDRESS\.\n$/u);
    expect(run.stdout.split('SMTP_URL')).toHaveLength(2);
    expect(run.stderr).toBe('1 of 1 is not well.\n');
  });

  test('says of each part whether it is well and what to do; never a password', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'doctor-'));
    const mailbox = await startMailbox({ folder, port: await freePort() });
    const run = await perennialProcess(['doctor'], {
      DATABASE_URL: home.url,
      SMTP_URL: mailbox.smtpUrl,
      TEMPORAL_ADDRESS: '127.0.0.1:9',
      PERENNIAL_BASE_URL: 'http://127.0.0.1:8080',
      PERENNIAL_LINK_KEY: 'ab'.repeat(32),
      PERENNIAL_ORGANISATION: 'Example Secretariat',
      PERENNIAL_SENDER: 'reviews@secretariat.example',
      PERENNIAL_SENDER_NAME: 'Ada Example',
      PERENNIAL_STAFF_ADDRESS: 'staff@secretariat.example',
    });
    await mailbox.stop();
    await rm(folder, { recursive: true });
    expect(run.status).toBe(1);
    expect(run.stdout).toContain('ok   configuration: complete; mail mode catch');
    expect(run.stdout).toContain('ok   database: reachable, all migrations applied');
    expect(run.stdout).toMatch(/ok {3}clock: it is 2026-07-1\d \d\d:\d\d UTC, in real time/u);
    expect(run.stdout).toContain('ok   link key: 32 bytes');
    expect(run.stdout).toMatch(/ok {3}mail server: 127\.0\.0\.1:\d+ takes emails/u);
    expect(run.stdout).toContain('NO   Temporal: no answer from 127.0.0.1:9.');
    const password = new URL(home.url).password;
    expect(password === '' || !run.stdout.includes(password)).toBe(true);
    expect(run.stdout).not.toContain('abab');
  });
});
