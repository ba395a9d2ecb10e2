import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { addDays, dayOf, HOUR } from '../../domain/calendar.js';
import { isOwners } from '../../domain/agenda.js';
import type { SectionWord } from '../../domain/case.js';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import { completeAnswers } from '../support/listed-product.js';
import { acts, isRow, rowOf, type RowAct } from './acts.js';
import { startEngine, type Engine } from './engine.js';
import type { KeptCase } from './kept-case.js';
import { nudge } from './lives.js';

/** What comes to a case at once: in some order, some of it twice or thrice, some of it of rounds that are over. */
interface Wave {
  readonly word: SectionWord;
  readonly others: readonly RowAct[];
  /** By row: its place in the order, and how often it is posted. */
  readonly order: readonly number[];
  readonly posts: readonly number[];
}

const ROWS_OF_A_WAVE = 12;
const ofEachRow = <One>(one: fc.Arbitrary<One>) =>
  fc.array(one, { minLength: ROWS_OF_A_WAVE, maxLength: ROWS_OF_A_WAVE });

const wave: fc.Arbitrary<Wave> = fc.record({
  word: fc.constantFrom<SectionWord[]>('meets', 'meets', 'meets', 'clarify', 'does_not_meet'),
  others: fc.array(acts.filter(isRow), { minLength: 3, maxLength: 3 }),
  order: ofEachRow(fc.integer({ min: 0, max: 6 })),
  posts: ofEachRow(fc.constantFrom(1, 1, 2, 3)),
});

/** What a flood came to. */
export interface Flood {
  readonly posts: number;
  readonly rows: number;
  /** Runs of workflows beyond the first of each case. */
  readonly continued: number;
}

/**
 * Floods some cases, a wave an hour, each step as the pure machine's; then there is one outcome for each row, and one
 * effect for each that was accepted. Throws where it is not so.
 */
export async function flood({ cases, waves, seed }: { cases: number; waves: number; seed: number }): Promise<Flood> {
  const engine = await startEngine({ crowded: true });
  try {
    const validUntil = addDays(dayOf(await engine.now()), 40);
    const caseIds: string[] = [];
    for (let nth = 0; nth < cases; nth += 1) {
      const some = { slug: `flood-${nth}`, people: 2, opensByItself: true, onFile: completeAnswers } as const;
      caseIds.push(await engine.begin({ ...some, validUntil }));
    }
    const all = fc.sample(wave, { numRuns: cases * waves, seed });
    let posts = 0;
    for (let nth = 0; nth < waves && engine.faults.length === 0; nth += 1) {
      const now = all.slice(nth * cases, (nth + 1) * cases);
      const counts = await Promise.all(now.map((one, index) => pour(engine, caseIds[index] ?? '', one)));
      posts += counts.reduce((sum, count) => sum + count, 0);
      await Promise.all(caseIds.map((caseId) => nudge(engine, caseId)));
      await engine.settled(caseIds);
      if (engine.faults.length === 0) await engine.goOn(HOUR);
    }
    assert.deepEqual(engine.faults, []);
    await hasOneEffectEach(engine);
    const rows = await engine.home.database.submission.count();
    return { posts, rows, continued: engine.counts().runs - cases };
  } finally {
    await engine.stop();
  }
}

/** Posts a wave, several at a time, and nudges on the way as a relay would, too often and too seldom. */
async function pour(engine: Engine, caseId: string, { word, others, order, posts }: Wave): Promise<number> {
  const kept = engine.kept.get(caseId);
  if (kept === undefined) return 0;
  const rows = rowsOf(kept, { word, others });
  const places = rows.flatMap((row, index) =>
    Array.from({ length: posts[index] ?? 1 }, (_, again) => ({ row, at: index + (order[index] ?? 0) + again * 3 })),
  );
  places.sort((one, other) => one.at - other.at);
  const fresh = new Set<string>();
  for (let from = 0; from < places.length; from += 3) {
    const together = places.slice(from, from + 3);
    const appended = await Promise.all(together.map(({ row }) => appendSubmission(engine.home.database, row)));
    for (const [index, one] of appended.entries()) {
      const key = together[index]?.row.key ?? '';
      assert('id' in one, 'the same content is the same row');
      assert(!(one.isNew && fresh.has(key)), 'a row is new once');
      if (one.isNew) fresh.add(key);
    }
    if (((order[from / 3] ?? 0) & 1) === 0) await nudge(engine, caseId);
  }
  return places.length;
}

/** A review from its wake to its decision, each act as of the round that it will be; twice of rounds that are over. */
function rowsOf(kept: KeptCase, { word, others }: Pick<Wave, 'word' | 'others'>): readonly NewSubmission[] {
  const { review } = kept.record;
  const seen = (act: RowAct) => rowOf(kept, act, randomUUID());
  const asks = review !== null && isOwners(review);
  const answersVersion = (review?.answersVersion ?? 0) + (asks ? 1 : 0);
  const first = asks ? 1 : 0;
  const verdict = (level: 'l1' | 'l2', shift: number) => {
    const by = level === 'l1' ? 'ada' : 'ben';
    const row = seen({ is: 'verdict', level, by, word: level === 'l1' ? 'meets' : word, shift, again: true });
    return { ...row, body: { ...row.body, answersVersion } };
  };
  const second = review?.state === 'l2' || review?.kind === 'privacy' ? 0 : 1;
  return [
    seen({ is: 'wake', handPicked: true, cause: randomUUID() }),
    seen({ is: 'answers', shift: 0, what: 'laws' }),
    seen({ is: 'answers', shift: -1, what: 'laws' }),
    verdict('l1', first),
    verdict('l1', first - 1),
    verdict('l2', first + second),
    verdict('l2', first),
    seen({ is: 'reopen' }),
    ...others.map(seen),
  ];
}

/** Each row has one outcome and was taken by one step; what was accepted was done once. */
async function hasOneEffectEach({ home: { database } }: Engine): Promise<void> {
  const rows = await database.submission.findMany({ include: { outcome: true } });
  assert(rows.every(({ outcome }) => outcome !== null));
  const lines = await database.ledgerEntry.findMany({ where: { why: { startsWith: 'row:' } } });
  const steps = new Map<string, Set<string>>();
  for (const { why, at, runId } of lines) {
    steps.set(why, (steps.get(why) ?? new Set()).add(`${at.toISOString()} ${runId}`));
  }
  assert.equal(steps.size, rows.length, 'every row left its lines');
  assert([...steps.values()].every(({ size }) => size === 1));
  const accepted = (kind: string) =>
    rows.filter((row) => row.kind === kind && row.outcome?.result === 'accepted').length;
  assert.equal(await database.answerSet.count({ where: { by: 'owner' } }), accepted('answers'));
  assert.equal(await database.verdict.count(), accepted('verdict'));
  const ends = await database.application.count({ where: { open: false } });
  assert((await database.decision.count()) >= ends);
}
