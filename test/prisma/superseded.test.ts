import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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

describe('colleagues who may draft in a privacy case', () => {
  const invited = { kind: 'invite', role: 'owner', round: 1 } as const;
  /** A privacy case whose owner has invited somebody. */
  async function withColleague(slug: string, address: string) {
    const opened = await privacyCase(slug);
    const { reference } = opened;
    const owner = await home.database.recipient.findFirstOrThrow({
      where: { applicationId: reference, rank: 'primary' },
    });
    const row = { ...invited, applicationId: reference, actor: String(owner.id), body: { address } };
    expect((await say(home.database, opened.caseId, row)).outcome.result).toBe('accepted');
    return { ...opened, owner };
  }
  const colleaguesIn = async (reference = '') =>
    home.database.recipient.findMany({ where: { applicationId: reference, rank: 'colleague', revokedAt: null } });

  test("may draft in the annual review to which it yields, and get a link there with the owner's prompt", async () => {
    const { caseId, reference, owner } = await withColleague('helped', 'chi@helped.example');
    const form = await annualReview(caseId, 'helped');
    const [chi, ...others] = await colleaguesIn(form?.reference);
    expect([chi?.address, others]).toEqual(['chi@helped.example', []]);
    const emails = await home.database.email.findMany({ where: { recipientId: chi?.id ?? 0 } });
    expect(emails.map(({ kind, state, turn }) => [kind, state, turn])).toEqual([['colleague_invited', 'queued', null]]);
    const prompt = await home.database.email.findFirst({
      where: { applicationId: form?.reference ?? '', kind: 'prompt' },
    });
    expect(emails.map(({ dueAt }) => dueAt)).toEqual([prompt?.dueAt]);
    const inviter = await home.database.recipient.findUniqueOrThrow({ where: { id: chi?.invitedBy ?? 0 } });
    expect(inviter).toMatchObject({ applicationId: form?.reference, address: owner.address });
    expect(reference).not.toBe(form?.reference);
  });

  test('do not, if they were removed, or the mail server refused their address, or their owner is asked no more', async () => {
    const removed = await withColleague('removed', 'chi@removed.example');
    const [chi] = await colleaguesIn(removed.reference);
    const actor = String(removed.owner.id);
    const row = { ...invited, kind: 'uninvite', applicationId: removed.reference, actor, body: { recipient: chi?.id } };
    await say(home.database, removed.caseId, row);
    expect(await colleaguesIn((await annualReview(removed.caseId, 'removed'))?.reference)).toEqual([]);

    const refused = await withColleague('unreached', 'chi@unreached.example');
    const refusedAt = new Date('2026-07-10');
    const where = { applicationId: refused.reference, rank: 'colleague' };
    await home.database.recipient.updateMany({ where, data: { refusedAt } });
    expect(await colleaguesIn((await annualReview(refused.caseId, 'unreached'))?.reference)).toEqual([]);

    const changed = await withColleague('changed', 'chi@changed.example');
    const contact = { name: 'Dina Gupta', address: 'dina@changed.example' };
    await home.database.contact.updateMany({ where: { slug: 'changed', rank: 'primary' }, data: contact });
    expect(await colleaguesIn((await annualReview(changed.caseId, 'changed'))?.reference)).toEqual([]);
  });
});
