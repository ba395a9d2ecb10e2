import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Review } from '../../domain/case.js';
import { formStand } from '../../domain/form-stand.js';
import { reminderOf } from '../../prisma/email-asking.js';
import { readLetter } from '../../prisma/letter.js';
import { readForm } from '../../prisma/read-form.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { completeAnswers, listProduct } from '../support/listed-product.js';
import { head, say, wake } from '../support/post.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
}, 120_000);
afterAll(() => home.stop());

/** A review in which reviewers ask about the general section, whose answers were sent. */
async function clarified(slug: string): Promise<string> {
  const caseId = await listProduct(home.database, slug);
  const applicationId = (await say(home.database, caseId, wake)).result.reference ?? '';
  const declaration = { name: 'Amina Diallo', role: 'lead', maySpeak: true };
  const body = { answers: completeAnswers, forReviewers: {}, confirmed: [], declaration };
  await say(home.database, caseId, { kind: 'answers', role: 'owner', actor: '1', applicationId, round: 1, body });
  for (const level of ['l1', 'l2'] as const) {
    const { review } = await home.database.application.findUniqueOrThrow({ where: { id: applicationId } });
    const { answersVersion, round } = review as unknown as Review;
    const verdict = level === 'l2' ? 'clarify' : 'meets';
    const sections = [{ section: 'general', verdict, publicReason: 'Which one?', internalReason: '' }];
    const given = { level, by: level, answersVersion, sections, days: null, secondRoundReason: null };
    await say(home.database, caseId, {
      ...{ kind: 'verdict', role: level, actor: level, applicationId, round, body: given },
    });
  }
  return applicationId;
}

/** "answered of all" as the form says it, and as an email that asks says it. */
async function counts(applicationId: string): Promise<readonly string[]> {
  const record = await readForm(home.database, applicationId);
  if (record === null) throw new Error('there is a form');
  const { count } = formStand(record);
  const email = await home.database.email.findFirstOrThrow({ where: { applicationId, kind: 'clarification' } });
  const { answered, total, openQuestions } = await home.database.$transaction(async (transaction) =>
    reminderOf(await readLetter(transaction, { email, head, now: record.now })),
  );
  expect(openQuestions).toHaveLength(total - answered);
  return [`${count.answered} of ${count.of}`, `${answered} of ${total}`];
}

describe('how much is answered, in the form and in emails', () => {
  test('is the same while a clarification is untouched, and when one point was confirmed or emptied', async () => {
    const applicationId = await clarified('counted');
    expect(await counts(applicationId)).toEqual(['0 of 5', '0 of 5']);
    const draft = { applicationId, version: 1, turn: 2, savedAt: new Date('2026-07-10') };
    await home.database.draft.create({ data: { ...draft, field: 'name', form: { 'name.keep': 'keep' } } });
    expect(await counts(applicationId)).toEqual(['5 of 5', '5 of 5']);
    await home.database.draft.create({ data: { ...draft, field: 'website', form: { website: '' } } });
    expect(await counts(applicationId)).toEqual(['4 of 5', '4 of 5']);
  });
});
