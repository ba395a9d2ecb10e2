import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startHomes, type Homes } from './homes.js';
import { answer, decide, emailsTo, openReview, settledIn } from './life.js';

const FIRST_MORNING = '2026-07-11T09:00:01.000Z';
const SECOND_MORNING = '2026-07-12T09:00:01.000Z';

/** A prompt, a receipt for each of two people, and the decision. */
const DECIDED = ['sent', 'sent', 'sent', 'sent'];

let homes: Homes;
beforeAll(async () => {
  homes = await startHomes(['decided', 'prompted']);
  await homes.start();
  await openReview(homes, 'decided');
  await homes.setClock(FIRST_MORNING);
  await settledIn(homes, { decided: ['sent'] });
  await homes.stop();
  await homes.backUp('before');

  await homes.start();
  await answer(homes, 'decided');
  await decide(homes, 'decided');
  await openReview(homes, 'prompted');
  await homes.list('later');
  await homes.setClock(SECOND_MORNING);
  await settledIn(homes, { decided: DECIDED, prompted: ['sent'] });
  await homes.agree();
  await homes.stop();
  await homes.backUp('after');
}, 120_000);
afterEach(() => homes.stop(), 60_000);
afterAll(() => homes.remove(), 60_000);

/** Each email of all runs is another one. */
function noneTwice(): void {
  const ids = homes.emails().map(({ headers }) => headers.find((line) => /^message-id:/iu.test(line)));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(0);
}

describe('under a running year', () => {
  test('an older store of Temporal: cases go on from their records, and nothing is mailed', async () => {
    await homes.putBack({ database: 'after', temporal: 'before' });
    const before = homes.emails().length;
    await homes.start();
    const status = await homes.perennial('status');
    expect(status).toMatch(/dpg\/decided: its workflow shows something else than its record says \(.*DpgState owner/u);
    expect(status).toContain('  dpg/prompted: its workflow shows something else');
    expect(await homes.perennial('reconcile', '--confirm')).toMatch(/^Brought to their records: \d of \d\./u);
    await homes.agree();
    await answer(homes, 'prompted');
    await decide(homes, 'prompted');
    await settledIn(homes, { decided: DECIDED, prompted: DECIDED });
    expect(homes.emails()).toHaveLength(before + 3);
    noneTwice();
  }, 60_000);

  test('an older database: what was mailed is unknown, not mailed again; a decision is announced once', async () => {
    await homes.putBack({ database: 'before', temporal: 'after' });
    await homes.start();
    const done = await homes.perennial('reconcile', '--confirm');
    expect(done).toContain('  dpg/later: ended\n');
    expect(done).toMatch(/ {2}dpg\/decided: (has looked at its record|ended, and started anew from its record)\n/u);
    await homes.agree();
    await lifeAgain();
  }, 60_000);

  test('both: the same', async () => {
    await homes.putBack({ database: 'before', temporal: 'before' });
    await homes.start();
    await homes.perennial('reconcile', '--confirm');
    await homes.agree();
    await lifeAgain();
  }, 60_000);
});

/** People do again what was lost: only the receipts of what they send again go. */
async function lifeAgain(): Promise<void> {
  const decisions = emailsTo(homes, 'decided', 'decision');
  const prompts = emailsTo(homes, 'prompted', 'prompt');
  const all = homes.emails().length;
  await answer(homes, 'decided');
  await decide(homes, 'decided');
  await openReview(homes, 'prompted');
  await homes.setClock(SECOND_MORNING);
  await settledIn(homes, { decided: ['sent', 'sent', 'sent', 'unknown'], prompted: ['unknown'] });
  expect([decisions, prompts]).toEqual([1, 1]);
  expect(emailsTo(homes, 'decided', 'decision')).toBe(1);
  expect(emailsTo(homes, 'prompted', 'prompt')).toBe(1);
  expect(homes.emails()).toHaveLength(all + 2);
  expect(await homes.perennial('status')).toMatch(/Hand-overs of emails whose fate is unknown: 2\n.*decision of/u);
  noneTwice();
}
