import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { giveVerdict, staffAct, type StaffAct } from '../../client/staff-acts.js';
import { judgedSections, type OwnerSubmission } from '../../domain/answers.js';
import { NEWEST } from '../../domain/standards.js';
import type { SectionVerdict, SectionWord } from '../../domain/case.js';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import { findCase } from '../../prisma/find-case.js';
import { step } from '../../prisma/step.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { playSteps } from '../support/play-steps.js';

const START = '2026-07-10T08:00:00.000Z';
let home: TestDatabase;
let playing: ReturnType<typeof playSteps>;
beforeAll(async () => {
  home = await startTestDatabase(START);
  playing = playSteps(home.database);
});
afterAll(async () => {
  await playing.stop();
  await home.stop();
});

const act = (reference: string, what: StaffAct, publicReason = 'As agreed.') =>
  staffAct({ database: home.database, reference, by: 'Fatou', act: what, publicReason });

const all = (verdict: SectionWord): readonly SectionVerdict[] =>
  judgedSections({ standard: NEWEST, scope: 'all' }).map((section) => ({
    section,
    verdict,
    publicReason: 'Because.',
    internalReason: '',
  }));

const verdict = (reference: string, level: 'l1' | 'l2', by: string, sections = all('meets')) =>
  giveVerdict({ database: home.database, reference, level, by, sections });

let keys = 0;
async function say(reference: string, some: Pick<NewSubmission, 'kind' | 'role' | 'body'>): Promise<void> {
  const found = await findCase(home.database, reference);
  if (found === null) throw new Error('no such case');
  keys += 1;
  const { reference: applicationId = null, round = null } = found.review ?? {};
  const row = { key: `key ${keys}`, caseId: found.caseId, applicationId, round, actor: '1' };
  const appended = await appendSubmission(home.database, { ...row, ...some });
  if ('problem' in appended) throw new Error(appended.problem);
  while ((await home.database.outcome.count({ where: { submissionId: appended.id } })) === 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const reviewOf = async (slug: string) => (await findCase(home.database, slug))?.review ?? null;

/** A product whose review is open; its reference. */
async function opened(slug: string): Promise<string> {
  await listProduct(home.database, slug);
  await act(slug, { is: 'open' });
  return (await reviewOf(slug))?.reference ?? '';
}

/** One whose owner was asked and confirmed everything. */
async function answered(slug: string): Promise<string> {
  const reference = await opened(slug);
  await say(reference, { kind: 'email_taken', role: 'mail', body: { turn: 1, takenAt: START } });
  const declaration = { name: 'Amina', role: 'lead', maySpeak: true } as const;
  const body: OwnerSubmission = { answers: { pii_level: 'none' }, forReviewers: {}, confirmed: [], declaration };
  await say(reference, { kind: 'answers', role: 'owner', body });
  return reference;
}

describe('verdicts', () => {
  test('both levels meet: the product is approved for another year', async () => {
    const reference = await answered('approved');
    expect(await verdict(reference, 'l1', 'Fatou')).toEqual({
      result: 'accepted',
      sentence: 'Recorded. The second level is next.',
    });
    expect(await verdict(reference, 'l2', 'Ben')).toEqual({ result: 'accepted', sentence: 'Decided: approved.' });
    const listing = await home.database.listing.findUniqueOrThrow({ where: { slug: 'approved' } });
    expect(listing.validUntil?.toISOString().slice(0, 10)).toBe('2027-09-01');
  });

  test('out of turn, twice, on an old version or round, by one person at both levels, without a reason: refused', async () => {
    const reference = await answered('refused');
    expect(await verdict(reference, 'l2', 'Ben')).toMatchObject({
      result: 'refused',
      sentence: expect.stringContaining('not this level'),
    });
    const { database } = home;
    const l1 = { database, reference, level: 'l1', by: 'Fatou' } as const;
    expect(await giveVerdict({ ...l1, sections: all('meets'), answersVersion: 7 })).toMatchObject({
      result: 'refused',
      sentence: expect.stringContaining('newest version'),
    });
    const silent = all('clarify').map((section) => ({ ...section, publicReason: '' }));
    expect(await giveVerdict({ ...l1, sections: silent })).toMatchObject({
      result: 'refused',
      sentence: expect.stringContaining('public reason'),
    });
    const round = (await reviewOf(reference))?.round ?? 0;
    expect(await verdict(reference, 'l1', 'Fatou')).toMatchObject({ result: 'accepted' });
    expect(await giveVerdict({ ...l1, sections: all('meets'), round })).toMatchObject({
      result: 'refused',
      sentence: expect.stringContaining('moved on'),
    });
    expect(await verdict(reference, 'l2', ' FATOU ')).toMatchObject({
      result: 'refused',
      sentence: 'The same person never decides at both levels.',
    });
    expect(await home.database.verdict.count({ where: { applicationId: reference } })).toBe(1);
  });

  test('the same key is the same verdict', async () => {
    const reference = await answered('same-key');
    const given = {
      database: home.database,
      reference,
      level: 'l1',
      by: 'Fatou',
      sections: all('meets'),
      key: 'mine',
    } as const;
    const round = (await reviewOf(reference))?.round ?? 0;
    const first = await giveVerdict({ ...given, round });
    expect(await giveVerdict({ ...given, round })).toEqual(first);
    await expect(giveVerdict({ ...given, round, by: 'Ben' })).rejects.toThrow('sent before with other content');
  });

  test('after the end none is asked, and of an unknown review the sentence says what to give', async () => {
    const reference = await answered('ended');
    await act(reference, { is: 'withdraw' });
    expect(await verdict(reference, 'l1', 'Fatou')).toMatchObject({ result: 'refused' });
    await expect(verdict('nowhere-at-all', 'l1', 'Fatou')).rejects.toThrow(
      'Nothing here is called "nowhere-at-all". Give a reference such as 2026-7Q2MK',
    );
  });

  test('without anybody who takes rows the answer is "received"', async () => {
    await playing.stop();
    const reference = (await reviewOf('approved'))?.reference ?? '';
    const given = { database: home.database, reference, level: 'l1', by: 'Fatou', sections: all('meets') } as const;
    expect(await giveVerdict({ ...given, waitMs: 300 })).toBe('received');
    playing = playSteps(home.database);
  });
});

describe('staff acts', () => {
  test('an open review is joined, and the public reason of a closing is what the decision says', async () => {
    const reference = await opened('closing');
    expect(await act('closing', { is: 'open' })).toMatchObject({ result: 'joined' });
    const acted = await staffAct({
      database: home.database,
      reference,
      by: 'Fatou',
      act: { is: 'withdraw' },
      publicReason: 'The owner asked for it.',
      internalReason: 'By phone.',
    });
    expect(acted).toEqual({ result: 'accepted', sentence: 'The product is withdrawn.' });
    const decision = await home.database.decision.findFirstOrThrow({ where: { applicationId: reference } });
    expect(decision).toMatchObject({
      result: 'withdrawn',
      reasons: [{ publicReason: 'The owner asked for it.' }],
      by: 'fatou',
    });
    expect(await act(reference, { is: 'reopen' })).toEqual({ result: 'accepted', sentence: 'Reopened.' });
  });

  test('a reason is required where owner or public must be told why', async () => {
    const reference = await opened('reasons');
    for (const is of ['refuse', 'expire', 'withdraw', 'close', 'reopen'] as const) {
      await expect(act(reference, { is }, ' ')).rejects.toThrow('needs a reason');
    }
    expect(await act(reference, { is: 'expire' })).toMatchObject({ result: 'refused' });
  });

  test('a request is granted or refused; without one there is nothing to answer', async () => {
    const reference = await opened('request');
    expect(await act(reference, { is: 'grant' })).toMatchObject({
      result: 'refused',
      sentence: 'There is no such request open.',
    });
    await say(reference, { kind: 'request', role: 'owner', body: { request: 'more_time' } });
    expect(await act(reference, { is: 'refuse', request: 'withdrawal' })).toMatchObject({ result: 'refused' });
    expect(await act(reference, { is: 'grant', days: 20 })).toEqual({
      result: 'accepted',
      sentence: 'Granted. The owner is told.',
    });
  });

  test('a deadline moves on, never back', async () => {
    const reference = await opened('extend');
    expect(await act(reference, { is: 'extend', until: '2026-12-01' })).toMatchObject({ result: 'refused' });
    await say(reference, { kind: 'email_taken', role: 'mail', body: { turn: 1, takenAt: START } });
    await expect(act(reference, { is: 'extend', until: '2026-08-01' })).rejects.toThrow('was told 2026-09-08 already');
    await expect(act(reference, { is: 'extend', until: '2026-07-10' })).rejects.toThrow('is not ahead');
    expect(await act(reference, { is: 'extend', until: '2026-12-01' })).toMatchObject({ result: 'accepted' });
    expect((await reviewOf(reference))?.turn?.deadline).toBe('2026-12-01');
  });

  test('an act on an earlier review leaves the present one alone', async () => {
    const earlier = await answered('two-reviews');
    await verdict(earlier, 'l1', 'Fatou');
    await verdict(earlier, 'l2', 'Ben');
    await home.database.listing.update({
      where: { slug: 'two-reviews' },
      data: { validUntil: new Date('2026-10-01') },
    });
    await act('two-reviews', { is: 'open' });
    const present = (await reviewOf('two-reviews'))?.reference;
    expect(present).not.toBe(earlier);
    expect(await act(earlier, { is: 'withdraw' })).toMatchObject({ result: 'late' });
    expect((await reviewOf('two-reviews'))?.state).toBe('owner');
  });

  test('what was set aside goes on by a release', async () => {
    const reference = await opened('stuck');
    const caseId = 'dpg/stuck';
    await playing.stop();
    const row = { key: 'aside', caseId, applicationId: reference, round: 1, role: 'owner', actor: '1' } as const;
    await appendSubmission(home.database, { ...row, kind: 'link_used', body: {} });
    await home.database.submission.updateMany({ where: { key: 'aside' }, data: { aside: true } });
    playing = playSteps(home.database);
    expect(await act('stuck', { is: 'release' }, '')).toMatchObject({ result: 'accepted' });
    await step(home.database, { caseId, armedFor: null });
    const waiting = await home.database.submission.count({ where: { caseId, outcome: null } });
    expect(waiting).toBe(0);
  });
});
