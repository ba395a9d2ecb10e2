import fc from 'fast-check';
import { addDays, dayOf, HOUR } from '../../domain/calendar.js';
import { completeAnswers } from '../support/listed-product.js';
import { acts, type Act } from './acts.js';
import { startEngine, type Engine } from './engine.js';
import { perform } from './perform.js';

/** A moment in the life of a case: so long after the one before, these things, and so many nudges for all of them. */
interface Moment {
  readonly beats: number;
  readonly acts: readonly Act[];
  readonly nudges: number;
}

/** The life of a product from some day on. */
export interface Life {
  readonly daysLeft: number;
  readonly opensByItself: boolean;
  readonly people: 0 | 1 | 2;
  readonly complete: boolean;
  readonly moments: readonly Moment[];
}

/** Lives go on in beats, so that many cases act at once; of 25 hours, so that they come to every hour of the day. */
const BEAT = 25 * HOUR;

const moment: fc.Arbitrary<Moment> = fc.record({
  beats: fc.constantFrom(1, 1, 1, 2, 5, 12, 30),
  acts: fc.array(acts, { minLength: 1, maxLength: 3, size: 'max' }),
  nudges: fc.constantFrom(1, 1, 1, 1, 0, 2),
});

export const life: fc.Arbitrary<Life> = fc.record({
  daysLeft: fc.constantFrom(40, 40, -20, 70, 170, 300),
  opensByItself: fc.boolean(),
  people: fc.constantFrom(2, 2, 2, 1, 0),
  complete: fc.boolean(),
  moments: fc.array(moment, { minLength: 4, maxLength: 14, size: 'max' }),
});

/** Plays lives side by side in an engine of their own; throws where it differs from the pure machine in anything. */
export async function playLives(all: readonly Life[]): Promise<{ readonly steps: number; readonly runs: number }> {
  const engine = await startEngine({ crowded: false });
  try {
    await play(engine, all);
    if (engine.faults.length > 0) throw new Error(engine.faults[0]);
    return engine.counts();
  } finally {
    await engine.stop();
  }
}

async function play(engine: Engine, all: readonly Life[]): Promise<void> {
  const today = dayOf(await engine.now());
  const playing: Playing[] = [];
  for (const [nth, { daysLeft, complete, moments, ...rest }] of all.entries()) {
    const { laws: _, ...someAnswers } = completeAnswers;
    const onFile = complete ? completeAnswers : someAnswers;
    const slug = `life-${nth}`;
    const caseId = await engine.begin({ ...rest, slug, onFile, validUntil: addDays(today, daysLeft) });
    playing.push({ caseId, moments });
  }
  let now = 0;
  for (const [at, moments] of timetable(playing)) {
    if (at > now) await engine.goOn((at - now) * BEAT);
    now = at;
    await Promise.all(moments.map(({ caseId, moment }) => playMoment(engine, caseId, moment)));
    if (engine.faults.length > 0) break;
  }
  // Whoever was not nudged hears at last of what waits.
  for (const { caseId } of playing) await nudge(engine, caseId);
  await engine.settled(playing.map(({ caseId }) => caseId));
}

interface Playing {
  readonly caseId: string;
  readonly moments: readonly Moment[];
}

/** What happens at each beat, and in which cases. */
function timetable(playing: readonly Playing[]): readonly [number, { caseId: string; moment: Moment }[]][] {
  const table = new Map<number, { caseId: string; moment: Moment }[]>();
  for (const { caseId, moments } of playing) {
    let at = 0;
    for (const moment of moments) {
      // Two moments of a case are never at once.
      at += Math.max(moment.beats, 1);
      table.set(at, [...(table.get(at) ?? []), { caseId, moment }]);
    }
  }
  return [...table].sort(([one], [other]) => one - other);
}

async function playMoment(engine: Engine, caseId: string, { acts: all, nudges }: Moment): Promise<void> {
  for (const act of all) {
    await perform(engine, caseId, act);
  }
  if (nudges === 0) return;
  for (let nth = 0; nth < nudges; nth += 1) await nudge(engine, caseId);
  await engine.settled([caseId]);
}

/** What the relay does: it tells the workflow, or, if there is none any more, takes the steps itself. */
export async function nudge(engine: Engine, caseId: string): Promise<void> {
  const before = await engine.home.database.submission.findFirst({
    where: { caseId, outcome: null },
    orderBy: { id: 'desc' },
  });
  if (before === null) return;
  if (await engine.cases.nudge(caseId, { id: before.id, kind: before.kind })) return;
  while ((await engine.step({ caseId, armedFor: null })).more);
}
