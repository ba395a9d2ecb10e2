import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lookAtBlindParts } from '../../dev/demo/checks/blind.js';
import type { ExpertRead } from '../../dev/demo/office.js';
import { addTrialStaff } from '../../dev/trial-sign-in.js';
import type { CaughtEmail } from '../../dev/mailbox.js';
import { NEWEST } from '../../domain/standards.js';
import { writeChoices } from '../../prisma/policies.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { caughtOf, reviewAtSecondLevel, type DemoReview } from '../support/demo-review.js';
import { nominatedUpTo } from '../support/nomination-visit.js';
import { webOver } from '../support/owner-visit.js';

let home: TestDatabase;
beforeEach(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  await addTrialStaff(home.database);
}, 60_000);
afterEach(() => home.stop());
const atSecondLevel = () => reviewAtSecondLevel(home, []);

describe('blind parts', () => {
  const look = async (
    { slug, reference }: DemoReview,
    {
      emails = [],
      saw = false,
      words = '',
      expertReads = [],
    }: {
      emails?: readonly CaughtEmail[];
      saw?: boolean;
      words?: string;
      expertReads?: readonly ExpertRead[];
    } = {},
  ) => {
    const path = `/r/${slug}`;
    const text = await (await webOver(home.database).app.request(path)).text();
    const prompt = { ...caughtOf('a key'), text: `Reference ${reference}` };
    return lookAtBlindParts({
      database: home.database,
      mailbox: { emails: () => [prompt, ...emails] },
      pages: () => Promise.resolve([{ path, text: `${text}${words}` }]),
      hidden: ['zq-internal-1-z', 'zq-first-2-z'],
      reserved: [{ text: 'zq-question-3-z', to: ['eve@seed.example'] }],
      firstReads: [{ reference, saw }],
      expertReads,
    });
  };
  beforeEach(() => writeChoices(home.database, { annual_review: { rule: 'both_agree' } }));

  test('that nobody saw are found right', async () => {
    expect(await look(await atSecondLevel())).toMatchObject({ tried: 4, problems: [] });
  });

  test('that nobody saw are found right beside a nomination whose page is not public yet', async () => {
    await nominatedUpTo(webOver(home.database), { upTo: 'l1', product: 'Tide Table', address: 'a@tide.example' });
    expect(await look(await atSecondLevel())).toMatchObject({ tried: 4, problems: [] });
  });

  test('that few may read are right in an email to them, and found in one to others and on a page', async () => {
    const review = await atSecondLevel();
    const email = { ...caughtOf('another key'), id: '00002', text: 'Asked: zq-question-3-z.' };
    const to = 'eve@seed.example';
    expect(await look(review, { emails: [{ ...email, to }] })).toMatchObject({ problems: [] });
    const { problems } = await look(review, { emails: [email], words: 'zq-question-3-z' });
    expect(problems).toEqual([`zq-question-3-z stands in /r/${review.slug}`, 'zq-question-3-z stands in email 00002']);
  });

  test('that an expert saw beside the section are found, and a page without it', async () => {
    const review = await atSecondLevel();
    const { reference } = review;
    const texts = NEWEST.questions.filter(({ kind }) => kind === 'text');
    const own = texts[0];
    const other = texts.find(({ section }) => section !== own?.section);
    if (own === undefined || other === undefined) throw new Error('there is no text of two sections');
    await home.database.answerSet.updateMany({
      where: { applicationId: reference },
      data: { answers: { [own.id]: 'What the section says of itself.', [other.id]: 'What another section says.' } },
    });
    const read = { reference, section: own.section, accepted: true };
    const asked = { applicationId: reference, number: 1, section: own.section, question: 'Is it enough?', by: 'ezra' };
    await home.database.consultation.create({ data: { ...asked, answersVersion: 1, at: new Date() } });
    const right = { ...read, text: 'A question. What the section says of itself.' };
    expect(await look(review, { expertReads: [right] })).toMatchObject({ tried: 5, problems: [] });
    for (const more of [' What another  section says.', ' They say: zq-internal-1-z.']) {
      const { problems } = await look(review, { expertReads: [{ ...right, text: right.text + more }] });
      expect(problems).toEqual([`${reference}: an expert saw what is not of section ${own.section}`]);
    }
    const { problems } = await look(review, { expertReads: [{ ...read, text: 'A question.' }] });
    expect(problems).toEqual([`${reference}: an expert saw nothing of section ${own.section}`]);
    const early = await look(review, { expertReads: [{ ...right, accepted: false }] });
    expect(early.problems).toEqual([`${reference}: an expert saw what is not of section ${own.section}`]);
    const unasked = await look(review, { expertReads: [{ ...right, section: other.section }] });
    expect(unasked.problems).toEqual([
      `${reference}: an expert saw section ${other.section}, about which nothing was asked`,
    ]);
  });

  test('on a page, in an email, or before a second reviewer are found', async () => {
    const review = await atSecondLevel();
    const email = { ...caughtOf('another key'), id: '00002', text: 'They say: zq-first-2-z.' };
    const { problems } = await look(review, { emails: [email], saw: true, words: 'zq-internal-1-z' });
    expect(problems).toEqual([
      `zq-internal-1-z stands in /r/${review.slug}`,
      'zq-first-2-z stands in email 00002',
      `${review.reference}: the second level read the first verdict before giving its own`,
    ]);
  });

  test('are not called blind where no page and no email could be read', async () => {
    const { reference } = await atSecondLevel();
    const nothing = await lookAtBlindParts({
      database: home.database,
      mailbox: { emails: () => [] },
      pages: () => Promise.resolve([]),
      hidden: ['zq-internal-1-z'],
      reserved: [],
      firstReads: [{ reference, saw: false }],
      expertReads: [],
    });
    expect(nothing.problems).toEqual(['nothing of ours was found on pages and in emails']);
  });
});
