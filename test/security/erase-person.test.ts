import { beforeAll, describe, expect, test } from '@jest/globals';
import { saveContacts } from '../../prisma/contacts.js';
import { erasePerson } from '../../prisma/erase-person.js';
import { perennial } from '../support/command.js';
import {
  append,
  arrive,
  deciding,
  fillWithoutData,
  linkOf,
  openReview,
  runSteps,
  sendAndDecide,
  type Browser,
} from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';
import { contentsOf, placesOf } from './contents.js';

const ADDRESS = 'Zuleika.Quist@mail.example';
const NAME = "Zuleika O'Quist";
const DECLARED = 'Dr. Zuleika Oquist-Brandt';
/** What must be nowhere: as typed, in small letters, and as HTML spells it. */
const TRACES = ['zuleika', 'quist', ADDRESS, "O'Quist", 'O&#39;Quist'];

const { home, web } = pagesOfFile();

const person = (slug: string, rank: 'primary' | 'alternate' = 'primary') => {
  return { slug, rank, name: NAME, address: ADDRESS.toLowerCase(), language: 'en', country: 'GH' } as const;
};

/** A review that she is asked in, and her browser in it. */
async function asked(slug: string, alternate: boolean) {
  const { database } = home;
  const opened = await openReview(database, { slug, validUntil: '2027-06-01' });
  const others = alternate ? [{ ...person(slug, 'alternate'), name: 'Bao', address: `bao@${slug}.example` }] : [];
  await saveContacts(database, { contacts: [person(slug), ...others], actor: 'fatou' });
  await runSteps(database, opened.caseId);
  const browser = await deciding(web, opened.caseId, arrive(web, opened.reference));
  return { ...opened, browser };
}

/** Stored emails as they stand after a hand-over, to her and, about her, to another. */
async function storeTexts(reference: string): Promise<void> {
  const text = `Dear Zuleika\nO'Quist, we wrote to ${ADDRESS.toUpperCase()}.`;
  const html = `<p>Dear Zuleika O&#39;Quist, <a href="mailto:${ADDRESS}">write</a></p>`;
  await home.database.email.updateMany({
    where: { applicationId: reference },
    data: { subject: `${NAME}: your review`, text, html },
  });
}

async function traces(): Promise<readonly string[]> {
  return (await Promise.all(TRACES.map((trace) => placesOf(home.database, trace)))).flat();
}

async function declare(browser: Browser, reference: string): Promise<void> {
  await browser.get(`/answer/${reference}/declaration`);
  await browser.send({ name: DECLARED, role: 'Maintainer', maySpeak: 'yes' });
}

const tablesOf = (places: readonly string[]) => [...new Set(places.map((place) => place.split(':')[0]))].sort();
const attentionOf = async (id: string) => (await home.database.case.findUniqueOrThrow({ where: { id } })).attention;

describe('a person who is erased', () => {
  let alone: Awaited<ReturnType<typeof asked>>;
  let both: Awaited<ReturnType<typeof asked>>;
  let sent: Awaited<ReturnType<typeof asked>>;
  let link: string;

  beforeAll(async () => {
    alone = await asked('alone', false);
    both = await asked('both', true);
    sent = await asked('sent', true);
    await declare(alone.browser, alone.reference);
    await alone.browser.get(`/answer/${alone.reference}/more-time`);
    await deciding(web, alone.caseId, alone.browser.send({ text: `I am away. ${NAME}, ${ADDRESS}` }));
    await both.browser.get(`/answer/${both.reference}/q/pii_level`);
    await both.browser.send({ pii_level: 'none', 'pii_level.reviewers': `Ask ${NAME}` });
    await fillWithoutData(sent.browser, sent.reference);
    await declare(sent.browser, sent.reference);
    await sent.browser.get(`/answer/${sent.reference}/check`);
    await sendAndDecide(web, sent.browser, sent.caseId);
    await append(home.database, alone.caseId, {
      kind: 'refuse',
      reference: alone.reference,
      round: 1,
      body: { request: 'more_time', publicReason: 'No.', internalReason: `Rang ${NAME.toUpperCase()} in vain` },
    });
    const sections = [{ section: '7', verdict: 'meets', publicReason: '', internalReason: `${NAME} says so` }];
    const body = { level: 'l1', by: 'lena', answersVersion: 1, sections, days: null, secondRoundReason: null };
    const { reference } = sent;
    await append(home.database, sent.caseId, { kind: 'verdict', role: 'l1', actor: 'lena', reference, round: 2, body });
    for (const { caseId } of [alone, both, sent]) await runSteps(home.database, caseId);
    for (const one of [alone, both, sent]) await storeTexts(one.reference);
    link = await linkOf(web, alone.reference);
  }, 60_000);

  test('is counted first, and nothing is changed by that', async () => {
    const before = await contentsOf(home.database);
    const counted = await perennial(home.url, 'person', 'erase', ADDRESS);
    expect(counted).toContain('Would erase: 3 contacts, 3 links, 3 sessions, 1 draft, ');
    expect(counted).toContain('1 product has nobody to ask then: alone');
    expect(counted).toContain(`--confirm ${ADDRESS}`);
    expect(await contentsOf(home.database)).toEqual(before);
    await expect(perennial(home.url, 'person', 'erase', ADDRESS, '--confirm', 'bao@both.example')).rejects.toThrow(
      'Nothing was erased.',
    );
    expect(await contentsOf(home.database)).toEqual(before);
  });

  test('is in no table afterwards; decisions, published answers and the ledger are as they were', async () => {
    expect(tablesOf(await traces())).toEqual(
      ['Application', 'Contact', 'Draft', 'Email', 'Recipient', 'Submission', 'Verdict'].sort(),
    );
    const before = await contentsOf(home.database);
    const said = await perennial(home.url, 'person', 'erase', ADDRESS.toUpperCase(), '--confirm', ADDRESS);
    expect(said).toContain('Erased: 3 contacts, 3 links, 3 sessions, 1 draft, ');
    expect(said).toContain('Backups made before still hold the person');
    expect(await traces()).toEqual([]);
    const after = await contentsOf(home.database);
    for (const table of ['Decision', 'AnswerSet', 'Listing', 'LedgerEntry']) {
      expect([table, after[table]]).toEqual([table, before[table]]);
    }
    expect(before['Decision']).not.toMatch(/^0 /u);
    expect(before['AnswerSet']).not.toMatch(/^0 /u);
  });

  test('has no link any more; others are asked, and where there is nobody, staff see it', async () => {
    expect((await web.app.request(`http://reviews.example${link}`)).status).toBe(404);
    expect((await alone.browser.get(`/answer/${alone.reference}`)).status).toBe(404);
    for (const { caseId } of [alone, both, sent]) await runSteps(home.database, caseId);
    expect(await attentionOf(alone.caseId)).toContain('no_contact');
    expect(await perennial(home.url, 'case', 'list', '--attention', 'no_contact')).toContain(alone.reference);
    expect(await attentionOf(both.caseId)).not.toContain('no_contact');
    const bao = await home.database.recipient.findFirstOrThrow({
      where: { applicationId: both.reference, name: 'Bao' },
    });
    const prompts = await home.database.email.findMany({
      where: { recipientId: bao.id, kind: 'prompt', state: 'queued' },
    });
    expect(prompts).toHaveLength(1);
    const waiting = await home.database.email.findMany({
      where: { applicationId: alone.reference, state: { in: ['queued', 'deferred'] } },
    });
    expect(waiting).toEqual([]);
    expect(await traces()).toEqual([]);
  });

  test('is not found a second time, and nothing is changed', async () => {
    const before = await contentsOf(home.database);
    const again = await perennial(home.url, 'person', 'erase', ADDRESS, '--confirm', ADDRESS);
    expect(again).toBe('Nothing of this address is here.');
    expect(await contentsOf(home.database)).toEqual(before);
  });

  test('stays in published answers and public reasons, and that is said', async () => {
    const { caseId, reference } = await openReview(home.database, {
      slug: 'named',
      answers: { website: 'Write to amina@named.example' },
    });
    const reason = 'Amina of amina@named.example asked for it.';
    const body = { publicReason: reason, internalReason: reason };
    await append(home.database, caseId, { kind: 'withdraw', reference, round: 1, body });
    await runSteps(home.database, caseId);
    const erased = await erasePerson(home.database, { address: 'amina@named.example', actor: 'fatou' });
    expect(erased.kept).toEqual({ answers: 1, decisions: 1 });
    expect(tablesOf(await placesOf(home.database, 'amina@named.example'))).toEqual([
      'AnswerSet',
      'Decision',
      'Submission',
    ]);
    const row = await home.database.submission.findFirstOrThrow({ where: { caseId, kind: 'withdraw' } });
    expect(row.body).toEqual({ publicReason: reason, internalReason: expect.stringContaining('of [erased]') });
  });

  test('whose address ends like, or whose name is, that of another, leaves the other alone', async () => {
    const { caseId } = await openReview(home.database, { slug: 'alike' });
    await saveContacts(home.database, {
      contacts: [
        { ...person('alike'), name: 'Ada', address: 'a@alike.example' },
        { ...person('alike', 'alternate'), name: 'Ada', address: 'ada@alike.example.org' },
      ],
      actor: 'fatou',
    });
    await runSteps(home.database, caseId);
    await append(home.database, caseId, {
      kind: 'resend',
      body: { publicReason: '', internalReason: 'Ada wrote from a@alike.example to ada@alike.example.org.' },
    });
    await erasePerson(home.database, { address: 'a@alike.example', actor: 'fatou' });
    const row = await home.database.submission.findFirstOrThrow({ where: { caseId, kind: 'resend' } });
    expect(row.body).toMatchObject({ internalReason: 'Ada wrote from [erased] to ada@alike.example.org.' });
    expect(await home.database.contact.count({ where: { slug: 'alike' } })).toBe(1);
  });
});
