import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { later } from '../../domain/calendar.js';
import type { Review } from '../../domain/case.js';
import type { SectionId } from '../../domain/standard.js';
import { renderEmail } from '../../mail/render.js';
import { createOutbox } from '../../prisma/outbox.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { completeAnswers, listProduct } from '../support/listed-product.js';
import { head, privacyWake, say, takeAll, wake } from '../support/post.js';

const folder = new URL('./golden/', import.meta.url);
// PERENNIAL_WRITE_GOLDEN=1 writes the files anew; read the difference before you commit it.
const write = process.env['PERENNIAL_WRITE_GOLDEN'] === '1';
const rules = { mode: 'catch', allowlist: [] } as const;
const told: string[] = [];

let home: TestDatabase;
beforeEach(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
}, 120_000);
afterEach(() => home.stop());

const outbox = () => createOutbox({ database: home.database, databaseUrl: home.url, head });

/** Hands over what is due, as the sender would to a mail server that takes everything; the case hears of it. */
async function handOver(caseId: string): Promise<void> {
  for (;;) {
    const due = await outbox().due({ real: Date.now(), limit: 100 });
    const mine = due.find((one) => one.caseId === caseId);
    if (mine === undefined) break;
    const call = { id: mine.id, token: 'test', real: Date.now(), rules, render: renderEmail };
    const claim = await outbox().claim(call);
    if (claim.is === 'failed') throw claim.error;
    if (claim.is !== 'claimed') continue;
    const result = { id: mine.id, token: 'test', real: Date.now(), notBefore: null };
    await outbox().record({ ...result, handed: { is: 'accepted' } });
  }
  await takeAll(home.database, caseId);
}

/** Moves to an instant, and lets the machine and the mail server act. */
async function moveTo(caseId: string, at: string) {
  await home.setClock(at);
  const state = await takeAll(home.database, caseId);
  await handOver(caseId);
  return state;
}

/** Moves to each entry of the case until one of a kind was acted on. */
async function moveThrough(caseId: string, what: string): Promise<void> {
  for (;;) {
    const { next } = await takeAll(home.database, caseId);
    if (next === null) throw new Error(`the case has no ${what} ahead`);
    await moveTo(caseId, later(next.due, 1_000));
    if (next.what === what) return;
  }
}

/** Compares the newest email of a kind, as its row keeps it, with a golden file. */
async function expectGolden(caseId: string | null, { kind, file }: { kind: string; file: string }): Promise<void> {
  const where = { caseId, kind, state: { in: ['sent', 'handing_over'] } };
  const { subject, text } = await home.database.email.findFirstOrThrow({ where, orderBy: { id: 'desc' } });
  const path = new URL(`${file}.txt`, folder);
  const actual = `Subject: ${subject}\n\n${text}`;
  told.push(`${file}.txt`);
  if (write) writeFileSync(path, actual);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : `no file ${file}`).toBe(actual);
}

async function reviewOf(reference: string): Promise<Review> {
  const { review } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
  return review as unknown as Review;
}

/** A product whose privacy questions apply and have no answer yet. */
async function withPersonalData(slug: string, validUntil: string): Promise<string> {
  const caseId = await listProduct(home.database, slug, { validUntil });
  await home.database.listing.update({ where: { slug }, data: { name: `Seed Ledger (${slug})` } });
  await home.database.answerSet.updateMany({
    where: { slug },
    data: { answers: { ...completeAnswers, pii_level: 'collected_stored', pii_types: ['Names'] } },
  });
  return caseId;
}

const privacyAnswers = {
  P1: { choice: 'yes', text: 'We store an email address and a name. Nothing else is needed.' },
  P2: 'A notice at sign-up.\n\n<b>The same text</b> is on our pages.',
  P3: { text: 'It names every use.', urls: ['https://seed.example/privacy'] },
  P4: 'The accounts service.',
  P5: { choices: ['user_initiated_deletion'], text: 'A button in the settings.' },
  pii_protection: 'It is encrypted.',
};

async function answer(caseId: string, reference: string, answers: object) {
  const { round } = await reviewOf(reference);
  const sent = await say(home.database, caseId, {
    kind: 'answers',
    role: 'owner',
    actor: '1',
    applicationId: reference,
    round,
    body: {
      answers,
      forReviewers: { P1: 'Only for reviewers.' },
      confirmed: ['name', 'website'],
      declaration: { name: 'Amina', role: 'lead', maySpeak: true },
    },
  });
  await handOver(caseId);
  return sent;
}

async function judge(
  caseId: string,
  {
    reference,
    level,
    sections,
  }: { reference: string; level: 'l1' | 'l2'; sections: readonly [SectionId, string, string][] },
) {
  const { round, answersVersion } = await reviewOf(reference);
  const given = await say(home.database, caseId, {
    kind: 'verdict',
    role: level,
    actor: level,
    applicationId: reference,
    round,
    body: {
      level,
      by: level,
      answersVersion,
      sections: sections.map(([section, verdict, publicReason]) => {
        return { section, verdict, publicReason, internalReason: 'Not for owners.' };
      }),
      days: null,
      secondRoundReason: null,
    },
  });
  expect(given.outcome.result).toBe('accepted');
  await handOver(caseId);
}

async function staff(caseId: string, kind: string, reference: string, body: object) {
  const { round } = await reviewOf(reference);
  const done = await say(home.database, caseId, { kind, applicationId: reference, round, body });
  expect(done.outcome.result).toBe('accepted');
  await handOver(caseId);
}

describe('every email says what the records say', () => {
  test('from the prompt of an annual review to its decision', async () => {
    const caseId = await withPersonalData('annual', '2026-09-01');
    const reference = (await say(home.database, caseId, wake)).result.reference ?? '';
    await moveTo(caseId, '2026-07-10T09:00:01.000Z');
    await expectGolden(caseId, { kind: 'prompt', file: 'prompt-annual' });

    const saved = { turn: 1, version: 1, savedAt: new Date('2026-07-12') };
    await home.database.draft.createMany({
      data: [
        { applicationId: reference, field: 'P4', form: { P4: 'The accounts service.' }, ...saved },
        { applicationId: reference, field: 'name', form: { 'name.keep': 'keep' }, ...saved },
      ],
    });
    await moveThrough(caseId, 'reminder');
    await expectGolden(caseId, { kind: 'reminder', file: 'reminder' });

    const asked = { role: 'owner', actor: '1', applicationId: reference, round: 1 } as const;
    await say(home.database, caseId, { ...asked, kind: 'request', body: { request: 'more_time' } });
    const reasons = { publicReason: 'Holidays are\nlong.', internalReason: 'Not for owners.' };
    await staff(caseId, 'grant', reference, { request: 'more_time', days: null, ...reasons });
    await expectGolden(caseId, { kind: 'request_answered', file: 'request-granted' });

    await say(home.database, caseId, { ...asked, kind: 'new_link' });
    await handOver(caseId);
    await expectGolden(caseId, { kind: 'link', file: 'link' });

    expect((await answer(caseId, reference, { P4: 'The accounts service.' })).outcome.result).toBe('refused');
    await expectGolden(caseId, { kind: 'not_taken', file: 'not-taken' });

    for (const _ of [1, 2, 3, 4]) await moveThrough(caseId, 'reminder');
    await expectGolden(caseId, { kind: 'last_reminder', file: 'last-reminder' });

    expect((await answer(caseId, reference, privacyAnswers)).outcome).toMatchObject({ result: 'accepted' });
    await expectGolden(caseId, { kind: 'receipt', file: 'receipt' });

    await judge(caseId, { reference, level: 'l1', sections: [['2', 'meets', '']] });
    const unclear = 'Where does the user see the notice?\r\nBcc: everybody@evil.example';
    await judge(caseId, {
      reference,
      level: 'l2',
      sections: [
        ['2', 'meets', ''],
        ['9a', 'clarify', unclear],
      ],
    });
    await moveTo(caseId, '2026-09-22T09:00:01.000Z');
    await expectGolden(caseId, { kind: 'clarification', file: 'clarification-reviewer' });
    await moveThrough(caseId, 'reminder');
    await expectGolden(caseId, { kind: 'clarification_reminder', file: 'clarification-reminder' });

    await answer(caseId, reference, privacyAnswers);
    await judge(caseId, {
      reference,
      level: 'l2',
      sections: [
        ['general', 'meets', ''],
        ['9a', 'meets', 'Every use is named.'],
      ],
    });
    await expectGolden(caseId, { kind: 'decision', file: 'decision-approved' });
  });

  test('of an owner who says nothing: what the machine asks, and the end', async () => {
    const caseId = await withPersonalData('silent', '2026-09-01');
    const reference = (await say(home.database, caseId, wake)).result.reference ?? '';
    await moveThrough(caseId, 'deadline');
    await moveTo(caseId, '2026-09-14T09:00:01.000Z');
    await expectGolden(caseId, { kind: 'clarification', file: 'clarification-machine' });
    await moveThrough(caseId, 'deadline');
    const reasons = { publicReason: 'Nobody answered.', internalReason: 'Called twice.' };
    await staff(caseId, 'expire', reference, reasons);
    await expectGolden(caseId, { kind: 'closed', file: 'closed-unanswered' });
  });

  test('of a prompt that is sent again when its deadline has passed', async () => {
    const caseId = await withPersonalData('passed', '2026-09-01');
    const reference = (await say(home.database, caseId, wake)).result.reference ?? '';
    await moveTo(caseId, '2026-07-10T09:00:01.000Z');
    await home.database.email.updateMany({ where: { caseId }, data: { state: 'unknown' } });
    await moveThrough(caseId, 'deadline');
    expect((await reviewOf(reference)).turn).toMatchObject({ silent: true, deadline: '2026-09-08' });
    await staff(caseId, 'resend', reference, { unknown: true });
    await expectGolden(caseId, { kind: 'prompt', file: 'prompt-passed' });
    await say(home.database, caseId, { kind: 'new_link', role: 'owner', actor: '1', applicationId: reference });
    await handOver(caseId);
    await expectGolden(caseId, { kind: 'link', file: 'link-passed' });
  });

  test('of a privacy case that ends by itself', async () => {
    const caseId = await withPersonalData('privacy', '2027-06-01');
    await say(home.database, caseId, privacyWake);
    await moveTo(caseId, '2026-07-10T09:00:01.000Z');
    await expectGolden(caseId, { kind: 'prompt', file: 'prompt-privacy' });
    await moveThrough(caseId, 'deadline');
    await expectGolden(caseId, { kind: 'closed', file: 'closed-privacy' });
  });

  test('of a review that is not eligible', async () => {
    const other = await withPersonalData('failing', '2026-09-01');
    const reference = (await say(home.database, other, wake)).result.reference ?? '';
    await moveTo(other, '2026-07-10T09:00:01.000Z');
    await answer(other, reference, privacyAnswers);
    await judge(other, { reference, level: 'l1', sections: [['2', 'meets', '']] });
    await judge(other, { reference, level: 'l2', sections: [['2', 'does_not_meet', 'No open licence.']] });
    await expectGolden(other, { kind: 'decision', file: 'decision-ineligible' });
  });

  test('of what waits for staff', async () => {
    const caseId = await listProduct(home.database, 'waits-for-staff', { contacts: false });
    await home.setClock('2026-07-20T09:00:01.000Z');
    await say(home.database, caseId, wake);
    const due = await outbox().due({ real: Date.now(), limit: 500 });
    const list = due.find((one) => one.caseId === null);
    const call = { id: list?.id ?? 0, token: 'test', real: Date.now(), rules, render: renderEmail };
    const claim = await outbox().claim(call);
    expect(claim).toMatchObject({ is: 'claimed', claimed: { to: { address: head.replyTo }, owner: null } });
    await expectGolden(null, { kind: 'staff_list', file: 'staff-list' });
  });

  test('no golden file is left over', () => {
    expect(readdirSync(folder).sort()).toEqual([...told].sort());
  });

  test('nothing that is for reviewers or staff alone, and nothing of others, is in any of them', () => {
    for (const file of told) {
      const text = readFileSync(new URL(file, folder), 'utf8');
      expect(text).not.toMatch(/Not for owners|Only for reviewers|Called twice|bao@|amina@/);
      expect(text).toMatch(/^Subject: [^\n]+\n\n/);
    }
  });
});
