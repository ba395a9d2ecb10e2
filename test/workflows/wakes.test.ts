import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startCaseWorld, type CaseWorld, type LivingCase } from '../support/case-world.js';
import { answers, asks, mailbox, newContact, results, verdict, wake } from '../support/wishes.js';

let world: CaseWorld;
beforeAll(async () => {
  world = await startCaseWorld();
}, 60_000);
afterEach(() => world.clear());
afterAll(() => world.stop());

const byHand = wake({ handPicked: true, campaign: null, cause: 'command' });

async function decide(one: LivingCase, word: 'meets' | 'does_not_meet' = 'meets'): Promise<void> {
  await one.says(verdict(one.kept, { level: 'l1', by: 'ada', word }));
  await one.says(verdict(one.kept, { level: 'l2', by: 'ben', word }));
}

describe('a wake', () => {
  test('opens the annual review of a product whose date is near; the next one joins it', async () => {
    const one = await world.begin('near');
    expect(await one.says(wake())).toMatchObject({ result: 'accepted' });
    expect(await one.shown()).toMatchObject({ kind: 'annual_review', campaign: 'annual-2026', product: 'near' });
    expect(await one.says(byHand)).toMatchObject({ result: 'joined' });
    expect(mailbox(one.kept)).toEqual(['prompt to 1']);
  });

  test.each([
    ['is over', '2025-01-01'],
    ['is not known', null],
  ])('opens the annual review of a product whose date %s', async (_, validUntil) => {
    const one = await world.begin(`past-${validUntil}`, { listing: { validUntil } });
    await one.says(wake());
    expect(await one.shown()).toMatchObject({ kind: 'annual_review', state: 'owner' });
    await one.says(answers);
    await decide(one);
    // One year after the decision; from now on it opens by itself.
    expect(one.kept.record.listing).toMatchObject({ validUntil: '2027-07-10', opensByItself: true });
    expect(await one.shown()).toMatchObject({ state: 'asleep', dueAt: new Date('2027-05-11') });
  });

  test('asks the privacy questions of a product whose date is far, and one reviewer is enough', async () => {
    const one = await world.begin('far', { listing: { validUntil: '2027-05-01' } });
    await one.says(wake());
    expect(await one.shown()).toMatchObject({ kind: 'privacy', state: 'owner' });
    await one.says(answers);
    await one.says(verdict(one.kept, { level: 'l1', by: 'ada' }));
    expect(await one.shown()).toMatchObject({ state: 'asleep', outcome: 'approved', dueAt: new Date('2027-03-02') });
    expect(one.kept.record.listing.validUntil).toBe('2027-05-01');
  });

  test('has nothing to ask of a product that was asked lately, unless somebody picked it by hand', async () => {
    const listing = { validUntil: '2027-05-01', approvedOn: '2026-05-01' };
    const one = await world.begin('asked', { listing });
    expect(await one.says(wake())).toMatchObject({ result: 'refused' });
    expect(await one.shown()).toMatchObject({ state: 'asleep' });
    expect(await one.says(byHand)).toMatchObject({ result: 'accepted' });
    expect(await one.shown()).toMatchObject({ kind: 'privacy', campaign: null });
  });

  test('does nothing for a product that left, or whose review of this date has ended', async () => {
    const one = await world.begin('gone');
    await one.says(wake());
    await one.says({ is: 'close' });
    expect(await one.says(byHand)).toMatchObject({ result: 'refused' });
    const other = await world.begin('left', { listing: { removedOn: '2026-07-01', removedBecause: 'withdrawn' } });
    expect(await other.says(wake())).toMatchObject({ result: 'refused' });
    expect([...mailbox(one.kept), ...mailbox(other.kept)]).toEqual(['prompt to 1', 'closed to 1']);
  });
});

test('a privacy case that is open when the annual review opens yields to it, with what was typed', async () => {
  const one = await world.begin('yields', { listing: { validUntil: '2027-01-10' } });
  await one.says(wake());
  await one.says(answers);
  // The reviewer takes longer than until the eleventh of November, 60 days before valid-until.
  await one.until('2026-11-10T20:00:00.000Z');
  expect(await one.shown()).toMatchObject({ kind: 'privacy', state: 'l1', attention: ['reviewer_late'] });
  await one.until('2026-11-11T06:00:00.000Z');
  expect(await one.shown()).toMatchObject({ kind: 'annual_review', state: 'owner', waitingOn: 'owner' });
  expect(results(one.kept)).toEqual(['superseded']);
  const late = one.kept.decisions[0]?.reference ?? '';
  expect(await one.says(answers, { reference: late })).toMatchObject({ result: 'late' });
  await one.says(answers);
  await decide(one);
  expect(results(one.kept)).toEqual(['superseded', 'approved']);
  expect(one.kept.record.listing.validUntil).toBe('2028-01-10');
});

describe('after a removal', () => {
  async function removed(slug: string): Promise<LivingCase> {
    const one = await world.begin(slug);
    await one.says(wake());
    await one.says(answers);
    await decide(one, 'does_not_meet');
    expect(await one.shown()).toMatchObject({ state: 'expired', outcome: 'ineligible' });
    return one;
  }

  test('the review is reopened within 210 days; the product stays removed until a decision', async () => {
    const one = await removed('returns');
    await one.until('2027-02-05T12:00:00.000Z');
    expect(await one.says({ is: 'reopen' })).toMatchObject({ result: 'accepted' });
    expect(await one.shown()).toMatchObject({ state: 'owner', kind: 'annual_review' });
    await one.until('2027-03-01T12:00:00.000Z');
    expect(one.kept.record.listing.removedOn).toBe('2026-07-10');
    await one.says(answers);
    await decide(one);
    expect(one.kept.record.listing).toMatchObject({ removedOn: null, validUntil: '2028-03-01' });
    expect(await one.shown()).toMatchObject({ state: 'asleep', outcome: 'approved', dueAt: new Date('2028-01-01') });
  });

  test('silence in a reopened review waits for the secretariat, and its end leaves what was: removed', async () => {
    const one = await removed('silent');
    await one.until('2027-02-05T12:00:00.000Z');
    await one.says({ is: 'reopen' });
    await one.until('2027-04-30T12:00:00.000Z');
    expect(await one.shown()).toMatchObject({ waitingOn: 'secretariat', attention: ['silence'] });
    await one.says({ is: 'expire' });
    await one.until('2027-05-02T12:00:00.000Z');
    expect(one.kept.record.listing.removedOn).toBe('2026-07-10');
    expect(results(one.kept)).toEqual(['ineligible', 'unanswered']);
    // The 210 days are over, so its workflow ends.
    expect(await one.status()).toBe('COMPLETED');
  });

  test('whoever speaks in the last step of a case is heard before its workflow ends', async () => {
    const one = await removed('last-words');
    let during: Promise<unknown> = Promise.resolve();
    one.kept.after = async () => {
      if (!one.kept.record.ended) return;
      one.kept.after = () => Promise.resolve();
      const row = await one.appends(answers);
      during = one.nudge(row);
      await during;
    };
    await one.until('2027-02-06T13:00:00.000Z');
    expect(await during).toBe(true);
    expect(one.kept.rows.at(-1)?.outcome).toMatchObject({ result: 'late' });
    expect(await one.status()).toBe('COMPLETED');
  });

  test('nothing is reopened later: the workflow has ended', async () => {
    const one = await removed('too-late');
    await one.until('2027-02-06T13:00:00.000Z');
    expect(await one.status()).toBe('COMPLETED');
    expect(one.kept.record.ended).toBe(true);
  });
});

describe('a new contact', () => {
  const waiting = async (slug: string, takesMail: boolean) => {
    const one = await world.begin(slug, { takesMail });
    await one.says(wake());
    return one;
  };
  const inReview = async (slug: string, ...to: ('l1' | 'clarification' | 'l2' | 'decided')[]) => {
    const one = await waiting(slug, true);
    await one.says(answers);
    if (to.includes('clarification')) {
      await one.says(verdict(one.kept, { level: 'l1', by: 'ada' }));
      await one.says(verdict(one.kept, { level: 'l2', by: 'ben', word: 'clarify' }));
    } else if (to.includes('l2')) await one.says(verdict(one.kept, { level: 'l1', by: 'ada' }));
    if (to.includes('decided')) {
      await one.says(asks('withdrawal'));
      await one.says(verdict(one.kept, { level: 'l2', by: 'ben' }));
    }
    return one;
  };

  test.each<[string, string, (slug: string) => Promise<LivingCase>, string[]]>([
    ['waits on mail', 'owner', (slug) => waiting(slug, false), ['prompt to 3']],
    ['has begun', 'owner', (slug) => waiting(slug, true), ['prompt to 3']],
    ['clarifies', 'clarification', (slug) => inReview(slug, 'clarification'), ['clarification to 3']],
    ['sleeps', 'asleep', (slug) => world.begin(slug), []],
    ['is with l1', 'l1', (slug) => inReview(slug, 'l1'), []],
    ['is with l2', 'l2', (slug) => inReview(slug, 'l2'), []],
    ['is decided', 'decided', (slug) => inReview(slug, 'l2', 'decided'), []],
  ])('of a case that %s: whoever is asked from then on is the new one', async (name, state, reach, queued) => {
    const one = await reach(name.replaceAll(' ', '-'));
    const before = await one.shown();
    const earlier = mailbox(one.kept);
    one.kept.contacts = [3, 2];
    expect(await one.says(newContact)).toMatchObject({ result: 'accepted' });
    const after = await one.shown();
    expect(after.state).toBe(state);
    expect(mailbox(one.kept).filter((email) => !earlier.includes(email))).toEqual(queued);
    // Nobody's turn changed; the turn of the owner begins anew with the new contact's email.
    expect(after.waitingOn).toBe(before.waitingOn);
    expect(one.kept.emails.filter(({ to, state: word }) => to === 1 && word === 'queued')).toEqual([]);
  });

  test('has the whole time: the deadline counts from the email that they got', async () => {
    const one = await waiting('whole-time', true);
    await one.until('2026-08-20T12:00:00.000Z');
    expect(one.kept.record.review?.turn?.deadline).toBe('2026-09-08');
    one.kept.contacts = [3, 2];
    await one.says(newContact);
    expect(one.kept.record.review?.turn?.deadline).toBe('2026-10-19');
    await one.until('2026-10-21T12:00:00.000Z');
    expect(mailbox(one.kept).slice(2)).toEqual([
      'prompt to 3',
      ...(Array(3).fill('reminder to 3') as string[]),
      'last_reminder to 3',
      'last_reminder to 2',
    ]);
  });
});
