import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { perennial, perennialProcess } from '../support/command.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { answeredReview } from '../support/desk-visit.js';
import { append, runSteps } from '../support/owner-visit.js';
import { playSteps } from '../support/play-steps.js';
import { addOne } from '../support/staff-visit.js';

// What reviewers do on their desks, by commands.

let home: TestDatabase;
let playing: ReturnType<typeof playSteps>;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  await addOne(home.database, 'ada', 'l1');
  await addOne(home.database, 'abe', 'l1');
  await addOne(home.database, 'ben', 'l2');
  await addOne(home.database, 'cleo', 'l2');
  playing = playSteps(home.database);
}, 60_000);
afterAll(async () => {
  await playing.stop();
  await home.stop();
});

const run = (...args: readonly string[]) => perennial(home.url, ...args);
const stored = (id: string) => home.database.application.findUniqueOrThrow({ where: { id } });

interface Reviewed {
  readonly caseId: string;
  readonly reference: string;
}

async function say({ caseId, reference }: Reviewed, row: Omit<Parameters<typeof append>[2], 'reference' | 'round'>) {
  const { round } = await stored(reference);
  await append(home.database, caseId, { ...row, reference, round });
  await runSteps(home.database, caseId);
}

describe('perennial case hand-over', () => {
  const handOver = (reference: string, to: string) =>
    run('case', 'hand-over', reference, '--to', to, '--internal-reason', 'Ada is ill.', '--by', 'sam');

  test('gives the case of one reviewer to another, with the reason for reviewers and staff', async () => {
    const review = await answeredReview(home.database, 'handed-case');
    await say(review, { kind: 'claim', role: 'l1', actor: 'ada', body: { by: 'ada', level: 'l1' } });
    expect(await handOver(review.reference, ' Abe ')).toBe(`${review.reference}: Handed over.`);
    expect((await stored(review.reference)).claimedBy).toBe('abe');
    const row = await home.database.submission.findFirstOrThrow({ where: { kind: 'hand_over' } });
    expect(row).toMatchObject({ actor: 'sam', role: 'secretariat', body: { internalReason: 'Ada is ill.' } });
    await expect(handOver(review.reference, 'abe')).rejects.toThrow('That person has this case already.');
  });

  test('is refused as on the pages: to who does not review at that level, and where nobody has the case', async () => {
    const review = await answeredReview(home.database, 'kept-case');
    await expect(handOver(review.reference, 'abe')).rejects.toThrow('Nobody has this case: whoever wants it');
    await say(review, { kind: 'claim', role: 'l1', actor: 'ada', body: { by: 'ada', level: 'l1' } });
    for (const to of ['ben', 'nobody-of-ours']) {
      await expect(handOver(review.reference, to)).rejects.toThrow('Nobody of that name reviews at this level now.');
    }
    expect((await stored(review.reference)).claimedBy).toBe('ada');
  });

  test('says in its help whom it needs, and sends nothing without', async () => {
    const variables = { DATABASE_URL: home.url };
    const help = await perennialProcess(['case', 'hand-over', '--help'], variables);
    expect(help.stdout).toMatch(/--to <id> +who is to have it/u);
    const without = await perennialProcess(['case', 'hand-over', 'kept-case', '--by', 'sam'], variables);
    expect([without.status, without.stderr]).toEqual([2, expect.stringContaining("'--to <id>' not specified")]);
    await expect(handOver('kept-case', ' ')).rejects.toThrow('Give --to as a name');
  });
});

describe('perennial verdict --level appeal', () => {
  /** A review that did not meet in one section, whose owner appealed. */
  async function appealed(slug: string): Promise<Reviewed> {
    const review = await answeredReview(home.database, slug);
    const judge = (...args: readonly string[]) => run('verdict', review.reference, '--rest', 'meets', ...args);
    await judge('--by', 'ada', '--level', 'l1');
    await judge('--by', 'ben', '--level', 'l2', '--section', '2=does_not_meet', '--reason', '2=No licence.');
    // The helper's roles are those of staff; a row of an owner differs in nothing else.
    await say(review, { kind: 'appeal', role: 'owner', actor: '1', body: { text: 'Read\nlegal.txt.' } } as never);
    expect((await stored(review.reference)).state).toBe('appeal');
    return review;
  }

  test('hears an appeal: on the sections that did not meet, by somebody who gave no verdict', async () => {
    const { reference } = await appealed('heard-case');
    expect(await run('case', 'show', reference, '--answers')).toContain(
      'Appeal of Friday 10 July 2026\n  Read\n  legal.txt.',
    );
    expect(await run('case', 'show', reference)).not.toContain('legal.txt');
    const hear = (by: string, ...args: readonly string[]) => run('verdict', reference, '--by', by, ...args);
    await expect(hear('ben', '--level', 'appeal', '--rest', 'meets')).rejects.toThrow(
      'An appeal is heard by somebody who gave no verdict in this review.',
    );
    await expect(hear('cleo', '--level', 'l2', '--rest', 'meets')).rejects.toThrow('not this level that is asked');
    await expect(hear('cleo', '--level', 'appeal', '--section', '3=meets')).rejects.toThrow('one of the sections 2.');
    await expect(hear('cleo', '--level', 'appeal', '--rest', 'clarify', '--reason', 'Which?')).rejects.toThrow(
      'An appeal is decided: a section meets, or it does not.',
    );
    expect(await hear('cleo', '--level', 'appeal', '--rest', 'meets')).toBe(`${reference}: Decided: approved.`);
    const given = await home.database.verdict.findFirstOrThrow({ where: { level: 'appeal' } });
    expect(given).toMatchObject({ by: 'cleo', sections: [{ section: '2', verdict: 'meets' }] });
    const rows = await home.database.submission.findMany({ where: { actor: 'cleo' } });
    expect(new Set(rows.map(({ role }) => role))).toEqual(new Set(['l2']));
  });

  test('is refused where there is no appeal', async () => {
    const { reference } = await answeredReview(home.database, 'plain-case');
    await expect(run('verdict', reference, '--by', 'ada', '--level', 'appeal', '--rest', 'meets')).rejects.toThrow(
      'It is not this level that is asked now.',
    );
  });
});
