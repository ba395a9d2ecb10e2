/** What everybody may read of a product's past, out of older files: that something happened and when, and why it was excluded. */
import type { Day } from './calendar.js';
import type { FormerRecord } from './former-record.js';

export const FORMER_EVENTS = [
  'nominated',
  'recognised',
  'archived',
  'excluded',
  'answered',
  'opinions',
  'applied',
] as const;
export type FormerEvent = (typeof FORMER_EVENTS)[number];

export interface FormerLine {
  readonly what: FormerEvent;
  /** Null: the files do not say. */
  readonly on: Day | null;
  /** Of an exclusion. */
  readonly reason: string | null;
  /** Of an application. */
  readonly number: string | null;
  /** How many reviews by volunteers. */
  readonly count: number;
}

export type FormerFacts = Pick<FormerRecord, 'kind' | 'source' | 'stage' | 'on' | 'recognisedOn' | 'reason'>;

/** The past of one product, newest first; what has no day comes last. Several files about one event make one line. */
export function historyOf(records: readonly FormerFacts[]): readonly FormerLine[] {
  const of = (...kinds: readonly FormerRecord['kind'][]) => records.filter(({ kind }) => kinds.includes(kind));
  const nominations = of('nominee', 'archived', 'summary');
  const listed = of('nominee', 'summary').filter(({ stage }) => stage === 'listed');
  const excluded = of('excluded', 'exclusion');
  const opinions = of('opinion');
  const lines: readonly FormerLine[] = [
    ...once('nominated', nominations, { on: earliest(nominations.map(({ on }) => on)) }),
    ...once('recognised', listed, { on: earliest(listed.map(({ recognisedOn }) => recognisedOn)) }),
    ...once('archived', of('archived'), {}),
    ...once('excluded', excluded, {
      on: earliest(excluded.map(({ on }) => on)),
      reason: excluded.flatMap(({ reason }) => reason ?? [])[0] ?? null,
    }),
    ...once('answered', of('screening'), {}),
    ...once('opinions', opinions, { on: latest(opinions.map(({ on }) => on)), count: opinions.length }),
    ...of('application').map(({ source, on }) => line('applied', { on, number: source })),
  ];
  return lines.toSorted((one, other) => compared(other.on, one.on));
}

function line(what: FormerEvent, more: Partial<FormerLine>): FormerLine {
  return { what, on: null, reason: null, number: null, count: 1, ...more };
}

function once(what: FormerEvent, records: readonly unknown[], more: Partial<FormerLine>): readonly FormerLine[] {
  return records.length === 0 ? [] : [line(what, more)];
}

function known(days: readonly (Day | null)[]): readonly Day[] {
  return days.flatMap((day) => day ?? []).toSorted();
}

function earliest(days: readonly (Day | null)[]): Day | null {
  return known(days)[0] ?? null;
}

function latest(days: readonly (Day | null)[]): Day | null {
  return known(days).at(-1) ?? null;
}

function compared(one: Day | null, other: Day | null): number {
  if (one === other) return 0;
  if (one === null) return -1;
  return other === null || one > other ? 1 : -1;
}
