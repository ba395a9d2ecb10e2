import type { Answers } from '../domain/answers.js';
import { dayOf, type Instant } from '../domain/calendar.js';
import { completenessOf } from '../domain/completeness.js';
import { formOf, STANDARDS } from '../domain/standards.js';
import type { Database } from './database.js';

/** How complete the newest answers of a nomination are. */
export interface Complete {
  readonly answered: number;
  readonly of: number;
}

/** How complete nominations are, by reference; what was not sent yet is not among them. */
export async function readCompleteness(
  database: Database,
  { nominations, now }: { nominations: readonly { readonly id: string; readonly standard: string }[]; now: Instant },
): Promise<ReadonlyMap<string, Complete>> {
  if (nominations.length === 0) return new Map();
  const sets = await database.answerSet.findMany({
    where: { applicationId: { in: nominations.map(({ id }) => id) } },
    orderBy: { version: 'asc' },
    select: { applicationId: true, answers: true },
  });
  const newest = new Map(sets.map(({ applicationId, answers }) => [applicationId, answers]));
  return new Map(
    nominations.flatMap(({ id, standard: version }) => {
      const answers = newest.get(id);
      if (answers === undefined) return [];
      const standard = formOf({ standards: STANDARDS, version, on: dayOf(now) });
      // Parsed by domain/questionnaire.ts before they were written.
      const { answered, of } = completenessOf({ standard, answers: answers as Answers });
      return [[id, { answered, of }] as const];
    }),
  );
}
