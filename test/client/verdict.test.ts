import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appendSubmission } from '../../prisma/append.js';
import { awaitOutcome } from '../../prisma/await-outcome.js';
import { findCase } from '../../prisma/find-case.js';
import { perennial, perennialProcess } from '../support/command.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { playSteps } from '../support/play-steps.js';

let home: TestDatabase;
let playing: ReturnType<typeof playSteps>;
let folder: string;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  playing = playSteps(home.database);
  folder = await mkdtemp(join(tmpdir(), 'verdicts-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await playing.stop();
  await home.stop();
});

const run = (...args: readonly string[]) => perennial(home.url, ...args);

/** A review whose owner has answered; its reference. */
async function answered(slug: string): Promise<string> {
  await listProduct(home.database, slug);
  await run('case', 'open', slug, '--by', 'fatou');
  const reference = (await findCase(home.database, slug))?.review?.reference ?? '';
  const declaration = { name: 'Amina Planted', role: 'lead', maySpeak: true };
  const appended = await appendSubmission(home.database, {
    key: `answers ${slug}`,
    caseId: `dpg/${slug}`,
    applicationId: reference,
    round: 1,
    kind: 'answers',
    role: 'owner',
    actor: '1',
    body: { answers: { pii_level: 'none' }, forReviewers: {}, confirmed: ['name'], declaration },
  });
  await awaitOutcome(home.database, { submissionId: 'id' in appended ? appended.id : 0, milliseconds: 10_000 });
  return reference;
}

describe('perennial verdict', () => {
  test('is given by flags, and answered in words; refused it fails', async () => {
    const reference = await answered('by-flags');
    const variables = { DATABASE_URL: home.url };
    const l1 = ['verdict', reference, '--by', 'Fatou', '--level', 'l1', '--rest', 'meets'];
    const first = await perennialProcess(l1, variables);
    expect(first).toEqual({ status: 0, stdout: `${reference}: Recorded. The second level is next.\n`, stderr: '' });
    const again = await perennialProcess(l1, variables);
    expect(again.status).toBe(1);
    expect(again.stderr).toBe(`${reference}: refused: It is not this level that is asked now.\n`);
    const l2 = await run(
      ...['verdict', reference, '--by', 'Ben', '--level', 'l2', '--section', '9a=clarify', '2=does_not_meet'],
      ...[
        '--rest',
        'meets',
        '--reason',
        '9a=Which law = applies?',
        'No open licence.',
        '--internal-reason',
        '2=NC only.',
      ],
    );
    expect(l2).toBe(`${reference}: Decided: ineligible.`);
    const { sections } = await home.database.verdict.findFirstOrThrow({
      where: { applicationId: reference, level: 'l2' },
    });
    const of = (id: string) => (sections as { section: string }[]).find(({ section }) => section === id);
    expect(of('9a')).toEqual({
      section: '9a',
      verdict: 'clarify',
      publicReason: 'Which law = applies?',
      internalReason: '',
    });
    expect(of('2')).toEqual({
      section: '2',
      verdict: 'does_not_meet',
      publicReason: 'No open licence.',
      internalReason: 'NC only.',
    });
    expect(of('3')).toEqual({ section: '3', verdict: 'meets', publicReason: '', internalReason: '' });
  });

  test('wrong use says what to do and sends nothing', async () => {
    const reference = await answered('wrong-use');
    const give = (...args: readonly string[]) => run('verdict', reference, '--by', 'fatou', ...args);
    await expect(give('--rest', 'meets')).rejects.toThrow(
      'Give --level l1, --level l2 or, on an appeal, --level appeal.',
    );
    await expect(give('--level', 'l1', '--section', '2=meets')).rejects.toThrow(
      'No verdict on the sections general, 1, 3',
    );
    await expect(give('--level', 'l1', '--section', '2=fine')).rejects.toThrow('one of meets, clarify, does_not_meet');
    await expect(give('--level', 'l1', '--section', '9=meets')).rejects.toThrow('one of the sections general, 1, 2');
    await expect(give('--level', 'l1', '--file', 'x.json')).rejects.toThrow(
      'either the reference of one review, or --file',
    );
    expect(await home.database.submission.count({ where: { caseId: 'dpg/wrong-use', kind: 'verdict' } })).toBe(0);
    const nobody = await perennialProcess(['verdict', reference, '--level', 'l1', '--rest', 'meets'], {
      DATABASE_URL: home.url,
    });
    expect(nobody.status).toBe(2);
    expect(nobody.stderr).toContain("required option '--by <person>' not specified");
  });

  test('many come from a file; one that is refused does not stop the others, and the command fails', async () => {
    const [one, two] = [await answered('file-one'), await answered('file-two')];
    const file = join(folder, 'verdicts.json');
    const sections = { '9a': 'does_not_meet' };
    const list = [
      { reference: one, sections, reasons: { '9a': 'No law is named.' } },
      { reference: two, level: 'l2' },
    ];
    await writeFile(file, JSON.stringify(list));
    const done = await perennialProcess(
      ['verdict', '--by', 'fatou', '--level', 'l1', '--rest', 'meets', '--file', file, '--json'],
      { DATABASE_URL: home.url },
    );
    expect(done.status).toBe(1);
    expect(JSON.parse(done.stdout)).toMatchObject({
      taken: 1,
      rows: [
        { reference: one, result: 'accepted' },
        { reference: two, result: 'refused' },
      ],
    });
    await writeFile(file, JSON.stringify([{ reference: one }, { reference: two, level: 'l3', who: 'me' }]));
    await expect(run('verdict', '--by', 'fatou', '--file', file)).rejects.toThrow(
      /verdict 2, level: must be l1, l2 or appeal[^]*Nothing|Nothing was sent[^]*verdict 2, level/u,
    );
  });
});

describe('perennial case', () => {
  test('list shows whose turn it is; show tells the story, answers and people only if asked', async () => {
    const reference = await answered('shown');
    expect(await run('case', 'list', '--state', 'l1')).toMatch(
      new RegExp(`${reference} +shown +annual_review +l1 +l1 `, 'u'),
    );
    await run(
      'verdict',
      reference,
      '--by',
      'fatou',
      '--level',
      'l1',
      '--rest',
      'meets',
      '--internal-reason',
      '1=Solid.',
    );
    const shown = await run('case', 'show', 'shown');
    expect(shown).toContain(`review ${reference}: annual_review, in l2, round 3`);
    expect(shown).toContain('waits on: l2');
    expect(shown).toContain('l1 by fatou, round 2, on version 1 of the answers');
    expect(shown).toContain('1: meets. (internal: Solid.)');
    expect(shown).toContain('accepted: Your answers are with the reviewers.');
    expect(shown).not.toMatch(/Amina|@/u);
    const more = await run('case', 'show', reference.toLowerCase(), '--answers', '--people');
    expect(more).toContain('primary: Amina <amina@shown.example>, en, asked');
    expect(more).toContain('[2] licences: Open licences (carried over, not confirmed)');
    expect(more).not.toContain('Amina Planted');
    const read = JSON.parse(await run('case', 'show', reference, '--json')) as Record<string, unknown>;
    expect(read).toMatchObject({ reference, state: 'l2', waitingOn: 'l2', verdicts: [{ level: 'l1', by: 'fatou' }] });
    expect(read).not.toHaveProperty('people');
  });

  test('acts print their outcome; a refused one fails with its sentence', async () => {
    const reference = await answered('acted');
    const refused = await perennialProcess(['case', 'extend', reference, '--until', '2026-12-01', '--by', 'fatou'], {
      DATABASE_URL: home.url,
    });
    expect(refused).toEqual({
      status: 1,
      stdout: '',
      stderr: `${reference}: refused: No time of an owner runs here.\n`,
    });
    const wrong = await perennialProcess(['case', 'withdraw', reference], {
      DATABASE_URL: home.url,
      PERENNIAL_BY: 'fatou',
    });
    expect(wrong.status).toBe(2);
    expect(wrong.stderr).toContain('This needs a reason that owner and public read');
    expect(await run('case', 'close', reference, '--by', 'fatou', '--reason', 'Approved in the portal.')).toBe(
      `${reference}: The review is closed.`,
    );
    await expect(run('case', 'show', 'no-such')).rejects.toThrow('Nothing here is called "no-such"');
  });
});
