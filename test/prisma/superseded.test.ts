import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readForm } from '../../prisma/read-form.js';
import { saveDrafts } from '../../prisma/save-draft.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { privacyWake, say, wake } from '../support/post.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
});
afterAll(() => home.stop());

/** A privacy case that is open. */
async function privacyCase(slug: string): Promise<{ caseId: string; reference: string }> {
  const caseId = await listProduct(home.database, slug, { validUntil: '2027-05-01' });
  const { result } = await say(home.database, caseId, privacyWake);
  expect(result.kind).toBe('privacy');
  return { caseId, reference: result.reference ?? '' };
}

/** The annual review to which it yields, as its owner sees it. */
async function annualReview(caseId: string, slug: string) {
  await home.database.listing.update({ where: { slug }, data: { validUntil: new Date('2026-09-01') } });
  const { result } = await say(home.database, caseId, { ...wake, body: { ...wake.body, cause: 'later' } });
  expect(result.kind).toBe('annual_review');
  return readForm(home.database, result.reference ?? '');
}

const shown = async (caseId: string, slug: string) =>
  Object.fromEntries(
    Object.entries((await annualReview(caseId, slug))?.drafts ?? {}).map(([field, { form }]) => [field, form]),
  );

test('what was typed in a privacy case pre-fills the annual review to which it yields', async () => {
  const { caseId, reference } = await privacyCase('typed');
  const recipient = await home.database.recipient.findFirstOrThrow({ where: { applicationId: reference } });
  const draft = { field: 'pii_level', form: { pii_level: 'collected' }, seen: 0 };
  await saveDrafts(home.database, { caseId, reference, recipientId: recipient.id, drafts: [draft] });
  expect(await shown(caseId, 'typed')).toEqual({ pii_level: { pii_level: 'collected' } });
});

test('what was typed there was not typed in its turn: silence there means what it means', async () => {
  const { caseId, reference } = await privacyCase('turn');
  const recipient = await home.database.recipient.findFirstOrThrow({ where: { applicationId: reference } });
  const draft = { field: 'pii_level', form: { pii_level: 'collected' }, seen: 0 };
  await saveDrafts(home.database, { caseId, reference, recipientId: recipient.id, drafts: [draft] });
  const form = await annualReview(caseId, 'turn');
  const turn = form?.review.turn?.number ?? 0;
  expect(await home.database.draft.count({ where: { applicationId: form?.reference ?? '', turn } })).toBe(0);
});

test('what was sent in a privacy case pre-fills the annual review to which it yields', async () => {
  const { caseId, reference } = await privacyCase('sent');
  const body = {
    answers: { pii_level: 'none', content_level: 'none' },
    forReviewers: { pii_level: 'Between us.' },
    confirmed: ['user_interaction'],
    declaration: { name: 'Amina Diallo', role: 'lead', maySpeak: true },
  };
  const row = { kind: 'answers', role: 'owner', actor: '1', applicationId: reference, round: 1, body } as const;
  expect((await say(home.database, caseId, row)).outcome.result).toBe('accepted');
  expect(await shown(caseId, 'sent')).toEqual({
    content_level: { content_level: 'none' },
    pii_level: { pii_level: 'none' },
    'pii_level:reviewers': { 'pii_level.reviewers': 'Between us.' },
  });
});
