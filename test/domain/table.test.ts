import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { reviewPage } from '../../dev/review-diagram.js';
import { ENDED } from '../../domain/case.js';
import { doings } from '../../domain/doings.js';
import { guards } from '../../domain/guards.js';
import { table, type StateWord, type TableEvent } from '../../domain/table.js';

const open: readonly StateWord[] = ['draft', 'owner', 'clarification', 'notice', 'l1', 'l2', 'consultation', 'decided'];
const states: readonly StateWord[] = ['none', ...open, ...ENDED];
const events: readonly TableEvent[] = [...new Set(table.map(({ on }) => on))];

describe('the table of the machine', () => {
  test('the page in docs/ is made from it', () => {
    expect(readFileSync('docs/review.md', 'utf8')).toBe(reviewPage());
  });

  test.each(events.filter((event) => event !== 'due:forget'))('%s has an answer in every state', (event) => {
    const unanswered = states.filter(
      (state) => !table.some(({ on, from, when }) => on === event && when === 'always' && from.includes(state)),
    );
    expect(unanswered).toEqual([]);
  });

  test('no row stands behind one that always holds for the same state and event', () => {
    const dead = table.flatMap((row, index) =>
      row.from
        .filter((state) =>
          table
            .slice(0, index)
            .some(({ on, when, from }) => on === row.on && when === 'always' && from.includes(state)),
        )
        .map((state) => `${state} ${row.on} ${row.when}`),
    );
    // Rows for every state that close a kind of event stand last on purpose.
    expect(dead.filter((row) => !row.endsWith(' always'))).toEqual([]);
  });

  test('every guard and every act is used', () => {
    const used = new Set(table.map(({ when }) => when));
    const done = new Set(table.map(({ does }) => does));
    expect(Object.keys(guards).filter((guard) => !used.has(guard as keyof typeof guards))).toEqual([]);
    expect(Object.keys(doings).filter((act) => !done.has(act as keyof typeof doings))).toEqual([]);
  });

  test('no policy, no timer and no import removes a listed product: only rows of people lead to a removal', () => {
    const removing = table.filter(({ next }) => ['ineligible', 'unanswered', 'withdrawn', 'removed'].includes(next));
    expect([...new Set(removing.map(({ on, when }) => `${on} ${guards[when].words}`.trim()))].sort()).toEqual([
      'due:commit',
      'due:deadline a privacy case',
      'expire silent, after a first email and a reminder',
      'grant a withdrawal',
      'remove a nomination that nobody judged',
      'request a withdrawal, before anything was sent',
      'verdict',
      'withdraw',
    ]);
  });
});
