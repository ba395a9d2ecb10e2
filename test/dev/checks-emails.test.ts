import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lookAtEmails } from '../../dev/demo/checks/emails.js';
import { lookAtReminders } from '../../dev/demo/checks/reminders.js';
import type { CaughtEmail } from '../../dev/mailbox.js';
import { writeChoices } from '../../prisma/policies.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openDemoReview, reviewAtSecondLevel, type DemoReview } from '../support/demo-review.js';
import { unguarded } from '../support/unguarded.js';

const START = '2026-07-10T08:00:00.000Z';
let home: TestDatabase;
let caught: CaughtEmail[];
const look = () => lookAtEmails({ database: home.database, mailbox: { emails: () => caught }, struck: false });
const problems = async () => (await look()).problems.join('\n');

beforeEach(async () => {
  home = await startTestDatabase(START);
  caught = [];
}, 60_000);
afterEach(() => home.stop());

/** Asked on 10 July until 8 September; reminded 30 days before; answered on 20 August; decided. */
async function decided(slug = 'whole'): Promise<DemoReview> {
  const review = await openDemoReview(home, { slug, caught });
  await review.at('2026-07-10T09:00:01.000Z');
  await review.deliver();
  await review.at('2026-08-09T09:00:01.000Z');
  await review.deliver();
  await review.at('2026-08-20T10:00:00.000Z');
  await review.answer();
  await review.at('2026-08-21T10:00:00.000Z');
  await review.verdict({ level: 'l1', by: 'ada' });
  await review.at('2026-08-22T10:00:00.000Z');
  await review.verdict({ level: 'l2', by: 'ezra' });
  await review.deliver();
  return review;
}

/** The one address that a review has left. */
async function onlyRecipient(applicationId: string): Promise<{ id: number }> {
  const [first, ...others] = await home.database.recipient.findMany({ where: { applicationId } });
  await home.database.recipient.deleteMany({ where: { id: { in: others.map(({ id }) => id) } } });
  if (first === undefined) throw new Error('the review has nobody to ask');
  return first;
}

describe('emails that were due', () => {
  test('of a review that went as it should, all are there', async () => {
    await decided();
    // A prompt, a reminder, receipts for one row, a decision.
    expect(await look()).toMatchObject({ tried: 4, problems: [] });
  });

  test.each(['prompt', 'reminder', 'receipt', 'decision'])('a missing %s is found', async (kind) => {
    await decided();
    await home.database.email.deleteMany({ where: { kind } });
    expect(await problems()).toContain('does not exist');
  });

  test.each(['one', 'two'])(
    'a missing farewell of somebody who said "not me" is found, with %s to ask',
    async (count) => {
      const review = await openDemoReview(home, { slug: 'not-me', caught });
      await review.at('2026-07-10T09:00:01.000Z');
      await review.deliver();
      const { id } = await home.database.recipient.findFirstOrThrow({ orderBy: { id: 'asc' } });
      if (count === 'one') {
        await home.database.contact.deleteMany({ where: { rank: 'alternate' } });
        await onlyRecipient(review.reference);
      }
      const body = { request: 'not_me' };
      await review.say({ kind: 'request', role: 'owner', actor: String(id), round: 1, body });
      await review.say({ kind: 'grant', round: 1, body: { ...body, days: null } });
      await review.at('2026-07-11T09:00:01.000Z');
      await review.deliver();
      // Whoever is next is asked, and that is the second turn.
      expect(await look()).toMatchObject({ tried: count === 'one' ? 2 : 3, problems: [] });
      await home.database.email.deleteMany({ where: { kind: 'request_answered' } });
      expect(await problems()).toMatch(/request answered for row \d+ does not exist/u);
    },
  );

  test('whoever was refused before and is written to again at the wish of staff has to be asked', async () => {
    const review = await openDemoReview(home, { slug: 'right-address', caught });
    await home.database.contact.deleteMany({ where: { rank: 'alternate' } });
    const { id } = await onlyRecipient(review.reference);
    await review.at('2026-07-10T09:00:01.000Z');
    await review.deliver();
    await review.say({ kind: 'withdraw', round: 1, body: { publicReason: 'By mistake.' } });
    const stateAt = new Date('2026-07-10T09:00:02.000Z');
    await home.database.email.updateMany({ where: { kind: 'closed' }, data: { state: 'refused', stateAt } });
    await home.database.recipient.update({ where: { id }, data: { refusedAt: stateAt } });
    await review.at('2026-07-11T09:00:01.000Z');
    await review.say({ kind: 'reopen', round: 1, body: { publicReason: 'By mistake.' } });
    expect(await problems()).toBe('');
    await review.say({ kind: 'resend', round: 2 });
    await review.deliver();
    expect(await problems()).toBe('');
    await home.database.email.deleteMany({ where: { turn: 2 } });
    expect(await problems()).toContain('the first email of turn 2 does not exist');
  });

  test('a reminder that goes twice to one reader is found', async () => {
    await decided();
    const { id: _, ...email } = await home.database.email.findFirstOrThrow({ where: { kind: 'reminder' } });
    const key = email.key.replace('|1|', '|2|');
    await home.database.email.create({ data: { ...email, facts: {}, key } });
    caught.push({ ...(caught[0] as CaughtEmail), key });
    expect(await problems()).toContain('exists twice for one reader');
  });

  test('one that counts as sent and was not caught, is skipped without a reason, or lies around is found', async () => {
    await decided();
    caught.splice(0, 1);
    await home.database.email.updateMany({ where: { kind: 'receipt' }, data: { state: 'skipped', reason: null } });
    await home.database.email.updateMany({ where: { kind: 'decision' }, data: { state: 'queued' } });
    const said = await problems();
    expect(said).toContain('counts as sent and was not caught');
    expect(said).toContain('was skipped without a reason');
    expect(said).toContain('was due and is still queued');
  });

  test('what was skipped with a reason is no fault', async () => {
    await decided();
    const where = { kind: 'reminder' };
    await home.database.email.updateMany({ where, data: { state: 'skipped', reason: 'overtaken' } });
    expect(await problems()).toBe('');
  });

  test('a clarification begins a turn when its hold is over, and none if it is undone', async () => {
    await writeChoices(home.database, { annual_review: { holdMinutes: 10 } });
    const review = await reviewAtSecondLevel(home, caught);
    await review.at('2026-07-20T10:10:01.000Z');
    await review.verdict({ level: 'l2', by: 'ezra', word: 'clarify' });
    await review.say({ kind: 'undo', role: 'l2', actor: 'ezra', round: 3, body: { by: 'ezra' } });
    await review.at('2026-07-20T11:00:00.000Z');
    await review.deliver();
    expect(await problems()).toBe('');
    await review.verdict({ level: 'l2', by: 'ezra', word: 'clarify' });
    await review.at('2026-07-21T09:00:01.000Z');
    await review.deliver();
    expect(await problems()).toBe('');
    await home.database.email.deleteMany({ where: { kind: 'clarification' } });
    expect(await problems()).toContain('the first email of turn 2 does not exist');
  });

  test('a request moves the reminders, and brings an answer', async () => {
    const review = await openDemoReview(home, { slug: 'more-time', caught });
    await review.at('2026-07-10T09:00:01.000Z');
    await review.deliver();
    await review.at('2026-08-20T08:00:00.000Z');
    await review.deliver();
    await review.say({ kind: 'request', role: 'owner', body: { request: 'more_time' } });
    // The reminder of 25 August does not go: the clock stands.
    await review.at('2026-08-28T08:00:00.000Z');
    const body = { request: 'more_time', days: 14, publicReason: '', internalReason: '' };
    await review.say({ kind: 'grant', body });
    await review.deliver();
    expect(await look()).toMatchObject({ tried: 3, problems: [] });
    // 22 September now; 30 days before is past, so the next are those of 8 and 15 September.
    await review.at('2026-09-16T08:00:00.000Z');
    await review.deliver();
    await review.at('2026-09-19T08:00:00.000Z');
    expect(await look()).toMatchObject({ tried: 5, problems: [] });
    await home.database.email.deleteMany({ where: { kind: 'request_answered' } });
    expect(await problems()).toContain('request answered for row');
  });

  test('a clarification is a turn of its own, with a reminder a week', async () => {
    const review = await openDemoReview(home, { slug: 'unclear', caught });
    await review.at('2026-07-10T09:00:01.000Z');
    await review.deliver();
    await review.at('2026-07-11T08:00:00.000Z');
    await review.answer();
    await review.verdict({ level: 'l1', by: 'ada' });
    await review.at('2026-07-12T08:00:00.000Z');
    await review.verdict({ level: 'l2', by: 'ezra', word: 'clarify' });
    await review.at('2026-07-12T09:00:01.000Z');
    await review.deliver();
    await review.at('2026-07-30T08:00:00.000Z');
    await review.deliver();
    // Prompt, receipt, clarification, reminders of 19 and 26 July.
    expect(await look()).toMatchObject({ tried: 5, problems: [] });
    await home.database.email.deleteMany({ where: { kind: 'clarification_reminder' } });
    expect(await problems()).toContain('of turn 2 does not exist');
    await home.database.email.deleteMany({ where: { kind: 'clarification' } });
    expect(await problems()).toContain('the first email of turn 2 does not exist');
  });

  test('a clarification that was undone asks nobody, and one that can still be undone has not asked yet', async () => {
    await writeChoices(home.database, { annual_review: { holdMinutes: 10 } });
    const review = await openDemoReview(home, { slug: 'undone', caught });
    await review.at('2026-07-10T09:00:01.000Z');
    await review.deliver();
    await review.at('2026-07-11T08:00:00.000Z');
    await review.answer();
    await review.verdict({ level: 'l1', by: 'ada' });
    await review.at('2026-07-12T08:00:00.000Z');
    await review.verdict({ level: 'l2', by: 'ezra', word: 'clarify' });
    await review.deliver();
    expect((await look()).problems).toEqual([]);
    const { round } = await home.database.application.findUniqueOrThrow({ where: { id: review.reference } });
    await review.say({ kind: 'undo', role: 'l2', actor: 'ezra', round, body: { by: 'ezra' } });
    expect(await home.database.verdict.count({ where: { undoneAt: { not: null } } })).toBe(1);
    // Prompt and receipt.
    expect(await look()).toMatchObject({ tried: 2, problems: [] });
  });

  test('nothing is due while no address takes emails, and what was held back is due when one does', async () => {
    const review = await openDemoReview(home, { slug: 'refusing', caught });
    await review.at('2026-07-10T09:00:01.000Z');
    await review.deliver();
    await review.at('2026-07-11T08:00:00.000Z');
    const { id: recipientId } = await onlyRecipient(review.reference);
    await review.answer();
    const refusedAt = new Date('2026-07-11T08:00:30.000Z');
    const receipt = { state: 'refused', reason: 'address_refused', stateAt: refusedAt };
    await home.database.email.updateMany({ where: { kind: 'receipt' }, data: receipt });
    await home.database.recipient.updateMany({ data: { refusedAt } });
    await review.at('2026-07-12T08:00:00.000Z');
    await review.verdict({ level: 'l1', by: 'ada' });
    await review.verdict({ level: 'l2', by: 'ezra', word: 'clarify' });
    // Prompt and receipt.
    expect(await look()).toMatchObject({ tried: 2, problems: [] });
    await review.say({ kind: 'link_used', role: 'owner', actor: String(recipientId) });
    await home.database.email.deleteMany({ where: { kind: 'clarification' } });
    expect(await problems()).toContain('the first email of turn 2 does not exist');
  });

  test('silence passes through every reminder to the reviewers, and a refused row brings an email', async () => {
    const review = await openDemoReview(home, { slug: 'silent', caught });
    await review.at('2026-07-10T09:00:01.000Z');
    await review.deliver();
    for (const day of ['2026-08-09', '2026-08-25', '2026-09-01', '2026-09-07']) {
      await review.at(`${day}T09:00:01.000Z`);
      await review.deliver();
    }
    await review.at('2026-09-09T12:00:01.000Z');
    await review.verdict({ level: 'l1', by: 'ada' });
    await review.answer();
    await review.deliver();
    // A prompt, four reminders, "not taken": the first level had read last year's answers.
    expect(await look()).toMatchObject({ tried: 6, problems: [] });
    await home.database.email.deleteMany({ where: { kind: 'last_reminder' } });
    expect(await problems()).toContain('reminder:1:2026-09-08:1 of turn 1 does not exist');
    await home.database.email.deleteMany({ where: { kind: 'not_taken' } });
    expect(await problems()).toContain('not taken for row');
  });

  test('a state that knows of more turns than the ledger is found', async () => {
    const { reference } = await decided();
    const where = { applicationId: reference, what: 'opened' };
    await unguarded(home.database, ({ ledgerEntry }) => ledgerEntry.deleteMany({ where }));
    expect(await problems()).toContain('its ledger tells of 0 turns');
  });
});

describe('reminders after an answer', () => {
  const reminders = () => lookAtReminders({ database: home.database });

  test('one that was claimed before is counted, and none is claimed after', async () => {
    await decided();
    expect(await reminders()).toMatchObject({ tried: 1, problems: [] });
  });

  test('one that was claimed after is found', async () => {
    await decided();
    const claimedAt = new Date('2026-08-20T10:00:30.000Z');
    await home.database.email.updateMany({ where: { kind: 'reminder' }, data: { claimedAt } });
    expect((await reminders()).problems).toHaveLength(1);
  });

  test('one that was claimed while a row had no outcome yet is found, though the row was refused', async () => {
    const { reference } = await decided();
    const [row] = await home.database.submission.findMany({ where: { applicationId: reference, kind: 'answers' } });
    await home.database.outcome.update({
      where: { submissionId: row?.id ?? 0 },
      data: { result: 'refused', at: new Date('2026-08-20T12:00:00.000Z') },
    });
    await unguarded(home.database, ({ ledgerEntry }) => ledgerEntry.deleteMany({ where: { what: 'answered' } }));
    const claimedAt = new Date('2026-08-20T11:00:00.000Z');
    await home.database.email.updateMany({ where: { kind: 'reminder' }, data: { claimedAt } });
    expect((await reminders()).problems).toHaveLength(1);
  });

  test('without an answer nothing was tried', async () => {
    const review = await openDemoReview(home, { slug: 'quiet', caught });
    await review.at('2026-07-10T09:00:01.000Z');
    await review.deliver();
    expect((await reminders()).tried).toBe(0);
  });
});
