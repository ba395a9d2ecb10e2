import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SectionWord } from '../../domain/case.js';
import { writeChoices } from '../../prisma/policies.js';
import { readApplication, readProduct } from '../../prisma/read-published.js';
import { look, step } from '../../prisma/step.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { giveVerdict } from '../support/decided-review.js';
import { answeredReview, letHoldPass } from '../support/desk-visit.js';
import { append, runSteps } from '../support/owner-visit.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T09:00:00.000Z');
  await writeChoices(home.database, {});
}, 120_000);
afterAll(() => home.stop());

const section = (verdict: SectionWord) => [
  { section: '2', verdict, publicReason: 'No licence file.', internalReason: '' } as const,
];

/** A review whose answers are with a level. */
async function reviewAt(level: 'l1' | 'l2', slug: string) {
  const review = await answeredReview(home.database, slug);
  if (level === 'l2') {
    await giveVerdict(home.database, review, { level: 'l1', by: 'ada', sections: section('meets') });
    await letHoldPass(home, review.reference);
  }
  return review;
}

type Reviewed = Awaited<ReturnType<typeof reviewAt>>;

/** What everybody sees of a review and its product, and the emails of its owner. */
async function told({ reference }: Reviewed, slug: string) {
  const { timeline = [], state } = (await readApplication(home.database, reference)) ?? {};
  const product = await readProduct(home.database, slug);
  const emails = await home.database.email.findMany({ where: { applicationId: reference }, orderBy: { id: 'asc' } });
  return {
    state,
    timeline: timeline.map(({ words }) => words),
    status: product?.product.status,
    reviews: product?.published.reviews.map((one) => one.state),
    emails: emails.map(({ kind, state: became }) => `${kind} ${became}`),
  };
}

async function undo({ caseId, reference }: Reviewed, level: 'l1' | 'l2', by: string): Promise<void> {
  const { round } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
  await append(home.database, caseId, { kind: 'undo', role: level, actor: by, body: { by }, reference, round });
  await runSteps(home.database, caseId);
}

describe.each([
  ['that passes to the second level', 'l1', 'meets', 'l2', null],
  ['that asks the owner', 'l2', 'clarify', 'clarification', 'clarification'],
  ['that gives notice', 'l2', 'does_not_meet', 'notice', 'notice'],
] as const)('a verdict %s', (_, level, word, next, email) => {
  const by = level === 'l1' ? 'ada' : 'ben';
  const gives = (review: Reviewed) => giveVerdict(home.database, review, { level, by, sections: section(word) });

  test('that is undone tells nobody of anything, in public or by email', async () => {
    const slug = `undone-${next}`;
    const review = await reviewAt(level, slug);
    const before = await told(review, slug);
    await gives(review);
    const held = await told(review, slug);
    expect(held).toEqual(before);
    await undo(review, level, by);
    expect(await told(review, slug)).toEqual(before);
    expect(await look(home.database, review.caseId)).toMatchObject({ state: level, waitingOn: level });
    const [verdict] = await home.database.verdict.findMany({
      where: { applicationId: review.reference, level },
    });
    expect(verdict?.undoneAt).not.toBeNull();
    const lines = await home.database.ledgerEntry.findMany({ where: { applicationId: review.reference } });
    expect(lines.map(({ what }) => what)).toEqual(expect.arrayContaining(['verdict', 'undone']));
  });

  test('takes effect once when its hold is over, also by a step that runs twice', async () => {
    const review = await reviewAt(level, `held-${next}`);
    await gives(review);
    expect(await look(home.database, review.caseId)).toMatchObject({ state: 'decided', waitingOn: 'nobody' });
    // Before its time a step does nothing.
    expect(await step(home.database, { caseId: review.caseId, armedFor: null })).toMatchObject({ wrote: false });
    const armedFor = (await look(home.database, review.caseId))?.next?.id ?? null;
    await letHoldPass(home, review.reference);
    expect(await step(home.database, { caseId: review.caseId, armedFor })).toMatchObject({ wrote: false, state: next });
    const kinds = { applicationId: review.reference, kind: { in: ['clarification', 'notice'] } };
    const emails = await home.database.email.findMany({ where: kinds });
    expect(emails.map(({ kind }) => kind)).toEqual(email === null ? [] : [email]);
    if (email === null) return;
    const { review: kept } = await home.database.application.findUniqueOrThrow({ where: { id: review.reference } });
    expect(kept).toMatchObject({ asks: expect.arrayContaining(['licences']), held: null });
  });
});
