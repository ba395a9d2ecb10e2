import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formOfAnswer } from '../../domain/answer-form.js';
import { questionOf } from '../../domain/standard.js';
import { NEWEST } from '../../domain/standards.js';
import type { OwnerSubmission } from '../../domain/answers.js';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import { step } from '../../prisma/step.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';

const START = '2026-07-10T08:00:00.000Z';
let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase(START);
}, 120_000);
afterAll(() => home.stop());

/** A listed product with a primary and an alternate contact and answers of last year but for the privacy set. */
async function listed(slug: string): Promise<string> {
  const caseId = `dpg/${slug}`;
  await home.database.listing.create({
    data: {
      slug,
      name: slug,
      approvedOn: new Date('2025-09-01'),
      validUntil: new Date('2026-09-01'),
      opensByItself: true,
      createdAt: new Date(START),
      contacts: {
        create: [
          { rank: 'primary', position: 0, name: 'Amina', address: `amina@${slug}.example`, language: 'en' },
          { rank: 'alternate', position: 1, name: 'Bao', address: `bao@${slug}.example`, language: 'en' },
        ],
      },
    },
  });
  await home.database.case.create({ data: { id: caseId, slug, workflow: 'certification', revision: 0, agenda: [] } });
  return caseId;
}

const row = (caseId: string, some: Partial<NewSubmission>): NewSubmission => ({
  key: `${caseId}:${some.kind}:${JSON.stringify(some.body ?? {})}:${some.round ?? 0}`,
  caseId,
  applicationId: null,
  round: null,
  kind: 'wake',
  role: 'secretariat',
  actor: 'fatou',
  body: {},
  ...some,
});

const wake = { kind: 'wake', body: { campaign: 'annual-2026', handPicked: false, cause: 'annual-2026' } } as const;
const answers: OwnerSubmission = {
  answers: { pii_level: 'none' },
  forReviewers: {},
  confirmed: [],
  declaration: { name: 'Amina', role: 'lead', maySpeak: true },
};

async function say(caseId: string, some: Partial<NewSubmission>) {
  const appended = await appendSubmission(home.database, row(caseId, some));
  if (!('id' in appended)) throw new Error(appended.problem);
  const result = await step(home.database, { caseId, armedFor: null });
  const outcome = await home.database.outcome.findUniqueOrThrow({ where: { submissionId: appended.id } });
  return { result, outcome, id: appended.id };
}

describe('appending a row', () => {
  test('the second post of a key gives the first row, other content is told apart, and no case takes none', async () => {
    const caseId = await listed('append');
    const both = await Promise.all([
      appendSubmission(home.database, row(caseId, wake)),
      appendSubmission(home.database, row(caseId, wake)),
    ]);
    const ids = both.map((one) => ('id' in one ? one.id : 0));
    expect(ids[0]).toBe(ids[1]);
    expect(both.filter((one) => 'isNew' in one && one.isNew)).toHaveLength(1);
    const other = { ...row(caseId, wake), body: { campaign: 'another' } };
    expect(await appendSubmission(home.database, other)).toEqual({ problem: 'other_content' });
    expect(await appendSubmission(home.database, row('dpg/nowhere', wake))).toEqual({ problem: 'no_case' });
  });
});

describe('a step', () => {
  test('a wake opens the review, makes recipients of the contacts and queues one prompt; run again it does nothing', async () => {
    const caseId = await listed('wake');
    const { result, outcome } = await say(caseId, wake);
    expect(outcome).toMatchObject({ result: 'accepted', sentence: 'The annual review is open.' });
    expect(result).toMatchObject({
      state: 'owner',
      waitingOn: 'mail',
      kind: 'annual_review',
      product: 'wake',
      more: false,
    });
    expect(result.reference).toMatch(/^2026-[2-9A-HJ-NP-Z]{5}$/);
    const again = await step(home.database, { caseId, armedFor: null });
    expect(again).toMatchObject({ wrote: false, state: 'owner', reference: result.reference });
    const emails = await home.database.email.findMany({ where: { caseId } });
    expect(emails.map(({ kind, state, dueAt }) => [kind, state, dueAt.toISOString()])).toEqual([
      ['prompt', 'queued', '2026-07-10T09:00:00.000Z'],
    ]);
    expect(await home.database.recipient.count({ where: { application: { caseId } } })).toBe(2);
  });

  test('two steps at once on one row: one effect', async () => {
    const caseId = await listed('race');
    await appendSubmission(home.database, row(caseId, wake));
    const results = await Promise.all([1, 2, 3].map(() => step(home.database, { caseId, armedFor: null })));
    expect(results.filter(({ wrote }) => wrote)).toHaveLength(1);
    expect(await home.database.application.count({ where: { caseId } })).toBe(1);
    expect(await home.database.email.count({ where: { caseId } })).toBe(1);
  });

  test('from the wake to a listing that is valid a year longer', async () => {
    const caseId = await listed('whole');
    const applicationId = (await say(caseId, wake)).result.reference;
    await say(caseId, { kind: 'email_taken', role: 'mail', applicationId, body: { turn: 1, takenAt: START } });
    await home.database.answerSet.create({
      data: {
        slug: 'whole',
        version: 0,
        by: 'import',
        standard: 'x',
        answers: onFile,
        forReviewers: {},
        publishedAt: new Date(START),
        at: new Date(START),
      },
    });
    const sent = { kind: 'answers', role: 'owner', applicationId, round: 1, body: answers } as const;
    const answered = await say(caseId, sent);
    expect(answered.outcome).toMatchObject({ result: 'accepted' });
    expect(answered.result).toMatchObject({ state: 'l1', waitingOn: 'l1' });
    const verdict = (level: string, by: string, round: number) => ({
      kind: 'verdict',
      role: level as 'l1',
      actor: by,
      applicationId,
      round,
      body: {
        level,
        by,
        answersVersion: 1,
        sections: [{ section: '1', verdict: 'meets', publicReason: '', internalReason: '' }],
        days: null,
        secondRoundReason: null,
      },
    });
    expect((await say(caseId, verdict('l1', 'ada', 2))).result.state).toBe('l2');
    expect((await say(caseId, verdict('l2', 'ada', 3))).outcome.sentence).toBe(
      'The same person never decides at both levels.',
    );
    const decided = await say(caseId, { ...verdict('l2', 'ben', 3), key: 'ben' });
    expect(decided.result).toMatchObject({ state: 'asleep', waitingOn: 'nobody', reviewEnded: true });
    const listing = await home.database.listing.findUniqueOrThrow({ where: { slug: 'whole' } });
    expect(listing.validUntil?.toISOString().slice(0, 10)).toBe('2027-09-01');
    const kinds = await home.database.email.findMany({ where: { caseId, state: 'queued' }, orderBy: { id: 'asc' } });
    expect(kinds.map(({ kind }) => kind)).toEqual(['receipt', 'receipt', 'decision']);
    const decision = await home.database.decision.findFirstOrThrow({ where: { applicationId: applicationId ?? '' } });
    expect(decision).toMatchObject({ result: 'approved', by: 'ben', answersVersion: 1 });
    const published = await home.database.answerSet.findFirstOrThrow({ where: { applicationId } });
    expect(published.publishedAt).not.toBeNull();
  });

  test('incomplete answers are refused, keep their text as a draft and bring an email', async () => {
    const caseId = await listed('incomplete');
    const applicationId = (await say(caseId, wake)).result.reference;
    const { outcome } = await say(caseId, {
      kind: 'answers',
      role: 'owner',
      applicationId,
      round: 1,
      body: answers,
    });
    expect(outcome.result).toBe('refused');
    const question = questionOf(NEWEST, 'pii_level');
    const draft = await home.database.draft.findFirstOrThrow({ where: { applicationId: applicationId ?? '' } });
    expect(draft.form).toEqual(question === undefined ? {} : formOfAnswer({ question, value: 'none' }));
    expect(await home.database.email.count({ where: { caseId, kind: 'not_taken' } })).toBe(1);
  });

  test('a contact that comes to a case with nobody to ask is asked, and the secretariat no longer waits', async () => {
    const caseId = await listed('nobody');
    const contacts = await home.database.contact.findMany({ where: { slug: 'nobody' } });
    await home.database.contact.deleteMany({ where: { slug: 'nobody' } });
    const { result } = await say(caseId, wake);
    expect(result).toMatchObject({ waitingOn: 'secretariat', attention: ['no_contact'] });
    await home.database.contact.createMany({ data: contacts });
    const changed = { kind: 'contact_changed', role: 'import', applicationId: result.reference } as const;
    const after = await say(caseId, { ...changed, body: { primaryChanged: true } });
    expect(after.result).toMatchObject({ waitingOn: 'mail', attention: [], next: { what: 'mail_late' } });
    const emails = await home.database.email.findMany({ where: { caseId } });
    expect(emails.map(({ kind, state }) => [kind, state])).toEqual([['prompt', 'queued']]);
  });

  test('a new contact is asked in place of the old one, whose email is skipped', async () => {
    const caseId = await listed('handed-over');
    const { result } = await say(caseId, wake);
    const person = { address: 'chi@handed-over.example', name: 'Chi' };
    await home.database.contact.updateMany({ where: { slug: 'handed-over', rank: 'primary' }, data: person });
    const changed = { kind: 'contact_changed', role: 'import', applicationId: result.reference } as const;
    await say(caseId, { ...changed, body: { primaryChanged: true } });
    const emails = await home.database.email.findMany({ where: { caseId }, orderBy: { id: 'asc' } });
    const recipients = await home.database.recipient.findMany({ where: { applicationId: result.reference ?? '' } });
    const address = (id: number | null) => recipients.find((one) => one.id === id)?.address;
    expect(emails.map(({ recipientId, state }) => [address(recipientId), state])).toEqual([
      ['amina@handed-over.example', 'skipped'],
      ['chi@handed-over.example', 'queued'],
    ]);
  });

  test('an entry is acted on when the database says that it is due, once, and only the one that was armed', async () => {
    const caseId = await listed('due');
    const { result } = await say(caseId, wake);
    const armedFor = result.next?.id ?? '';
    expect((await step(home.database, { caseId, armedFor })).wrote).toBe(false);
    await home.setClock('2026-07-13T09:00:01.000Z');
    expect((await step(home.database, { caseId, armedFor: 'another' })).wrote).toBe(false);
    const late = await step(home.database, { caseId, armedFor });
    expect(late).toMatchObject({ wrote: true, waitingOn: 'secretariat', attention: ['undeliverable'] });
    expect((await step(home.database, { caseId, armedFor })).wrote).toBe(false);
  });
});

/** Every mandatory answer of the form for a product without personal data. */
const onFile = {
  name: 'Whole',
  category: ['open_software'],
  short_description: 'A ledger.',
  website: ['https://whole.example'],
  source_location: ['https://code.example/whole'],
  sdgs: ['2'],
  sdg_relevance: 'Seeds.',
  licences: ['MIT'],
  licence_evidence: ['https://code.example/whole/LICENSE'],
  owner: 'Whole Foundation',
  owner_evidence: ['https://whole.example/owner'],
  owner_country: 'Kenya',
  owns_all: 'yes',
  closed_components: 'no',
  documentation: { text: 'Docs.', urls: ['https://whole.example/docs'] },
  handles_non_pii: 'no',
  laws: ['A law'],
  laws_evidence: ['https://whole.example/laws'],
  standards: ['HTTP'],
  best_practices: ['Tests'],
  pii_level: 'none',
  content_level: 'none',
  user_interaction: 'no',
};
