import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { showCase } from '../../client/cli/case-show.js';
import { renderEmail } from '../../mail/render.js';
import { digestsOf } from '../../prisma/email-digest.js';
import { erasePerson } from '../../prisma/erase-person.js';
import { createOutbox } from '../../prisma/outbox.js';
import { look } from '../../prisma/step.js';
import { placesOf } from '../security/contents.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { openExpertReview, question, type ExpertReview } from '../support/expert-review.js';
import { head, takeAll } from '../support/post.js';
import { addOne, addressOf } from '../support/staff-visit.js';

let home: TestDatabase;
let review: ExpertReview;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T10:00:00.000Z');
  for (const id of ['eve', 'finn', 'gina']) await addOne(home.database, id, 'expert');
  await addOne(home.database, 'ada', 'l2');
}, 120_000);
afterAll(() => home.stop());

let opened = 0;
beforeEach(async () => {
  await home.setClock('2026-07-10T10:00:00.000Z');
  opened += 1;
  review = await openExpertReview(home, `consulted-${opened}`);
});

const emails = () =>
  home.database.email.findMany({
    where: { applicationId: review.reference, personId: { not: null } },
    orderBy: { id: 'asc' },
  });
const advices = () =>
  home.database.advice.findMany({
    where: { consultation: { applicationId: review.reference } },
    include: { consultation: true },
    orderBy: [{ consultationId: 'asc' }, { invitedAt: 'asc' }],
  });
const outbox = () => createOutbox({ database: home.database, databaseUrl: home.url, head });
const claim = (id: number) =>
  outbox().claim({ id, token: 'one', real: Date.now(), rules: { mode: 'catch', allowlist: [] }, render: renderEmail });
const textOf = async (id: number): Promise<string> => {
  const claimed = await claim(id);
  return claimed.is === 'claimed' ? claimed.claimed.email.text.replaceAll(/\s+/gu, ' ') : claimed.is;
};

describe('a consultation', () => {
  test('asks two experts by emails of their own, and its reviewer is told what each advises', async () => {
    await review.consult([question('9a', 'eve'), question('2', 'eve', 'finn')]);
    expect(await look(home.database, review.caseId)).toMatchObject({ state: 'consultation', waitingOn: 'expert' });
    const [first, second] = await emails();
    expect([first?.kind, second?.kind]).toEqual(['expert_asked', 'expert_asked']);
    const ids = [first?.id ?? 0, second?.id ?? 0];
    expect(new Set((await digestsOf(home.database, ids)).values()).size).toBe(2);
    const text = await textOf(first?.id ?? 0);
    expect(text).toContain('Is 9a the minimum?');
    expect(text).toContain('Monday 13 July 2026');
    expect(text).toContain(`https://reviews.alliance.example/expert/${review.reference}/1/9a `);
    expect(text).not.toMatch(/consulted-\d|\bada\b|\beve\b|Amina/iu);
    await review.accept('eve');
    await review.advise('eve', { text: 'Phone numbers are not needed.', word: 'clarify' });
    expect((await review.state()).state).toBe('consultation');
    await review.decline('eve', '2');
    await review.advise('finn', { section: '2' });
    expect(await review.state()).toMatchObject({ state: 'l2', claim: { by: 'ada' } });
    const shown = await showCase(home.database, { reference: review.reference });
    for (const words of ['Is 9a the minimum?', 'clarify: Phone numbers are not needed.', 'eve: declined (no time)']) {
      expect(shown).toContain(words);
    }
    expect((await advices()).map(({ expert, stage, word, why, late }) => [expert, stage, word, why, late])).toEqual([
      ['eve', 'answered', 'clarify', null, false],
      ['eve', 'declined', null, 'no_time', false],
      ['finn', 'answered', 'meets', null, false],
    ]);
  });

  test('goes on by the clock: the next expert, then back, with the days that were left', async () => {
    await home.setClock('2026-07-14T10:00:00.000Z');
    await review.consult([question('9a', 'eve', 'finn')]);
    await review.at('2026-07-19T10:00:00.000Z');
    expect((await advices()).map(({ expert, stage }) => [expert, stage])).toEqual([
      ['eve', 'silent'],
      ['finn', 'invited'],
    ]);
    await review.accept('finn');
    await review.at('2026-07-24T10:00:00.000Z');
    expect((await emails()).at(-1)).toMatchObject({ kind: 'expert_reminder', personId: 'finn' });
    await review.at('2026-07-31T10:00:00.000Z');
    expect((await review.state()).state).toBe('l2');
    const { agenda } = await home.database.case.findUniqueOrThrow({ where: { id: review.caseId } });
    // It was with L2 for four of fourteen days.
    const left = (agenda as { what: string; due: string }[]).filter(({ what }) => what === 'reviewers');
    expect(left.map(({ due }) => due.slice(0, 16))).toEqual(['2026-08-10T10:00']);
    const [row] = await home.database.consultation.findMany({ where: { applicationId: review.reference } });
    expect(row).toMatchObject({ end: 'nobody_left' });
    expect(await claim((await emails()).at(-1)?.id ?? 0)).toEqual({ is: 'skipped' });
  });

  test('that is called off tells whoever read that they were asked, and nobody else', async () => {
    await review.consult([question('9a', 'eve'), question('2', 'finn')]);
    const [asked] = await emails();
    await claim(asked?.id ?? 0);
    const handed = { is: 'accepted' } as const;
    await outbox().record({ id: asked?.id ?? 0, token: 'one', real: Date.now(), notBefore: null, handed });
    await review.callOff();
    const off = (await emails()).filter(({ kind }) => kind === 'expert_called_off');
    expect(off.map(({ personId }) => personId)).toEqual(['eve', 'finn']);
    expect(await claim(off[1]?.id ?? 0)).toEqual({ is: 'skipped' });
    const text = await textOf(off[0]?.id ?? 0);
    expect(text).toContain('> Is 9a the minimum?');
    expect(text).toContain('You have nothing to do.');
    expect(text).not.toMatch(/consulted-\d|\bada\b|Amina/iu);
  });

  test('keeps what comes too late, also after the review has ended', async () => {
    await review.consult([question('9a', 'eve')]);
    await review.callOff();
    const late = await review.advise('eve', { text: 'Late words.' });
    expect(late.outcome).toMatchObject({ result: 'late', sentence: expect.stringContaining('came late') });
    expect(await advices()).toMatchObject([{ stage: 'invited', word: 'meets', text: 'Late words.', late: true }]);
    await review.consult([question('2', 'finn')]);
    await review.say({
      kind: 'withdraw',
      body: { publicReason: '', internalReason: '' },
      round: (await review.state()).round,
    });
    expect((await review.advise('finn', { section: '2', number: 2 })).outcome.result).toBe('late');
    expect((await advices()).map(({ late: is }) => is)).toEqual([true, true]);
  });

  test('passes over whom the mail server refuses, who left, and who has a conflict or a part in the product', async () => {
    for (const id of ['hal', 'ivy', 'jo']) await addOne(home.database, `${id}-${opened}`, 'expert');
    await review.consult([question('9a', 'eve', `hal-${opened}`, `ivy-${opened}`, `jo-${opened}`, 'gina')]);
    const { slug } = review;
    await home.database.staffPerson.update({ where: { id: `hal-${opened}` }, data: { roles: [] } });
    await home.database.reviewerConflict.create({ data: { reviewer: `ivy-${opened}`, slug, at: new Date() } });
    await home.database.contact.updateMany({ where: { slug }, data: { name: 'x' } });
    await home.database.contact.updateMany({
      where: { slug, rank: 'alternate' },
      data: { address: addressOf(`JO-${opened}`) },
    });
    const [email] = await emails();
    await claim(email?.id ?? 0);
    const handed = { is: 'refused', because: 'address_refused' } as const;
    await outbox().record({ id: email?.id ?? 0, token: 'one', real: Date.now(), notBefore: null, handed });
    await takeAll(home.database, review.caseId);
    expect((await advices()).map(({ expert, stage, why }) => [expert, stage, why])).toEqual([
      ['eve', 'declined', 'unreachable'],
      ['gina', 'invited', null],
    ]);
  });

  test('of whoever is no expert is refused, and writes nothing', async () => {
    const { outcome } = await review.consult([question('9a', 'ada'), question('2', 'nobody')]);
    expect(outcome).toMatchObject({ result: 'refused', sentence: expect.stringContaining('cannot be asked') });
    expect([await emails(), await advices()]).toEqual([[], []]);
    expect((await review.advise('eve')).outcome.result).toBe('refused');
  });
});

test('a person who is erased is named in no question, advice or draft', async () => {
  const address = `amina@${review.slug}.example`;
  await review.consult([{ ...question('9a', 'eve'), question: `What did ${address} mean?` }]);
  const [asked] = await advices();
  const draft = { consultationId: asked?.consultationId ?? 0, expert: 'eve', version: 1, savedAt: new Date() };
  await home.database.adviceDraft.create({ data: { ...draft, form: { text: `Ask ${address}.` } } });
  const typed = {
    applicationId: review.reference,
    reviewer: 'ada',
    version: 1,
    answersVersion: 1,
    savedAt: new Date(),
  };
  await home.database.verdictDraft.create({ data: { ...typed, form: { 'internal-2': `Ask ${address}.` } } });
  await home.database.advice.updateMany({ data: { text: `I asked ${address.toUpperCase()}.` } });
  await erasePerson(home.database, { address, actor: 'olga' });
  expect(await placesOf(home.database, address)).toEqual([]);
  expect(await advices()).toMatchObject([{ text: expect.not.stringContaining('@'), consultation: { number: 1 } }]);
});
