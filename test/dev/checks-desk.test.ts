import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { lookAtOwnersClock } from '../../dev/demo/checks/owners-clock.js';
import type { Page } from '../../dev/demo/checks/pages.js';
import { lookAtRights } from '../../dev/demo/checks/rights.js';
import { lookAtUndone } from '../../dev/demo/checks/undone.js';
import type { Attempt } from '../../dev/demo/trespass.js';
import { addTrialStaff } from '../../dev/trial-sign-in.js';
import type { CaughtEmail } from '../../dev/mailbox.js';
import { writeChoices } from '../../prisma/policies.js';
import { setAbsence } from '../../prisma/staff-absence.js';
import { setStaffRoles } from '../../prisma/staff.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { caughtOf, openDemoReview, reviewAtSecondLevel, type DemoReview } from '../support/demo-review.js';
import { webOver } from '../support/owner-visit.js';
import { addOne } from '../support/staff-visit.js';
import { unguarded } from '../support/unguarded.js';

const START = '2026-07-10T08:00:00.000Z';
const caught: CaughtEmail[] = [];
let home: TestDatabase;
beforeEach(async () => {
  home = await startTestDatabase(START);
  await addTrialStaff(home.database);
  caught.length = 0;
}, 60_000);
afterEach(() => home.stop());

const atSecondLevel = () => reviewAtSecondLevel(home, caught);

/** A public page, as it is now. */
async function pageAt(path: string): Promise<Page> {
  const { app } = webOver(home.database);
  return { path, text: await (await app.request(path)).text() };
}

describe('rights', () => {
  const refused: Attempt = { what: 'a reviewer closes a review', refused: true, changed: false };
  const problems = async (attempts: readonly Attempt[] = [refused]) =>
    (await lookAtRights({ database: home.database, attempts })).problems.join('\n');

  test('of everybody who acted are found right', async () => {
    const review = await atSecondLevel();
    await review.verdict({ level: 'l2', by: 'ezra' });
    // Answers and two verdicts: the row that opened it has no role of a person here.
    const looked = await lookAtRights({ database: home.database, attempts: [refused] });
    expect(looked.problems).toEqual([]);
    expect(looked.tried).toBeGreaterThan(3);
  });

  test('that somebody never had, or has no more, are found', async () => {
    const review = await atSecondLevel();
    await review.at('2026-07-21T10:00:00.000Z');
    await review.verdict({ level: 'l2', by: 'ezra' });
    await setStaffRoles(home.database, { id: 'ezra', by: 'olga', roles: ['expert'] });
    // As if the step had not looked at roles.
    await home.database.staffChange.updateMany({ where: { personId: 'ezra' }, data: { roles: ['expert'] } });
    expect(await problems()).toMatch(/row \d+ \(verdict\) is by ezra as l2, who was not that then/u);
    await setStaffRoles(home.database, { id: 'ezra', by: 'olga', roles: ['l2'] });
    // What is given later was not there then.
    expect(await problems()).toMatch(/ezra as l2/u);
  });

  test('of an owner whose link was dead are found', async () => {
    await atSecondLevel();
    await home.database.recipient.updateMany({ data: { revokedAt: new Date('2026-07-15T00:00:00Z') } });
    expect(await problems()).toMatch(/row \d+ \(answers\) is by an owner whose link was not good for that then/u);
  });

  test('a verdict after a conflict of interest, and one of the same person at both levels, are found', async () => {
    const review = await atSecondLevel();
    await review.verdict({ level: 'l2', by: 'ezra' });
    const at = new Date('2026-07-11T00:00:00Z');
    await home.database.reviewerConflict.create({ data: { reviewer: 'ezra', slug: 'seedling', at } });
    expect(await problems()).toMatch(/row \d+ \(verdict\) came after a conflict of interest/u);
    await home.database.verdict.updateMany({ data: { by: 'ada' } });
    expect(await problems()).toContain(`${review.reference}: ada decided at both levels`);
  });

  test('an appeal is found right if others heard it, and found if somebody did who had decided', async () => {
    await addOne(home.database, 'hana', 'l2');
    const absence = { from: '2026-07-10', until: '2026-07-30', deputy: 'ezra' };
    await setAbsence(home.database, { id: 'hana', by: 'hana', absence });
    const review = await atSecondLevel();
    await review.verdict({ level: 'l2', by: 'ezra' });
    const { id: _, ...given } = await home.database.verdict.findFirstOrThrow({ where: { by: 'ezra' } });
    const sections = given.sections ?? [];
    const heard = await home.database.verdict.create({ data: { ...given, sections, level: 'appeal', by: 'hana' } });
    expect(await problems()).toBe('');
    // As if a verdict that was undone, or that a deputy gave, did not count.
    await home.database.verdict.updateMany({ where: { by: 'ada' }, data: { undoneAt: given.at, forWhom: 'hana' } });
    expect(await problems()).toBe(`${review.reference}: the appeal was heard by hana, who had decided`);
    await home.database.verdict.update({ where: { id: heard.id }, data: { by: 'ezra' } });
    expect(await problems()).toBe(`${review.reference}: the appeal was heard by ezra, who had decided`);
  });

  test('a deputy may decide for who is away, and is found if whoever had the case was back', async () => {
    const review = await atSecondLevel();
    await addOne(home.database, 'hana', 'l2');
    const absence = { from: '2026-07-20', until: '2026-07-24', deputy: 'hana' };
    await review.say({ kind: 'claim', role: 'l2', actor: 'ezra', round: 3, body: { by: 'ezra', level: 'l2' } });
    await setAbsence(home.database, { id: 'ezra', by: 'ezra', absence });
    await review.at('2026-07-21T10:00:00.000Z');
    await review.verdict({ level: 'l2', by: 'hana' });
    expect(await home.database.verdict.count({ where: { by: 'hana', forWhom: 'ezra' } })).toBe(1);
    expect(await problems()).toBe('');
    // As if they had said before that they are here.
    await home.database.staffChange.updateMany({ where: { what: 'away' }, data: { what: 'returned' } });
    expect(await problems()).toBe(`${review.reference}: hana decided for ezra, who was here`);
  });

  test('an attempt that was taken, or that changed something, or none at all is found', async () => {
    await atSecondLevel();
    expect(await problems([])).toContain('nobody tried anything');
    expect(await problems([{ ...refused, refused: false }])).toContain(
      'a reviewer closes a review: it was not refused',
    );
    expect(await problems([{ ...refused, changed: true }])).toContain('a reviewer closes a review: something changed');
  });
});

describe("an owner's clock", () => {
  const look = () => lookAtOwnersClock({ database: home.database });
  const problems = async () => (await look()).problems.join('\n');

  /** Silent to the end: reminded, and put before the secretariat, after more time was asked for and refused. */
  async function silent(): Promise<DemoReview> {
    const review = await openDemoReview(home, { slug: 'silent', caught, validUntil: '2026-07-01' });
    await review.at('2026-07-10T09:00:01.000Z');
    await review.deliver();
    await review.at('2026-07-20T10:00:00.000Z');
    const body = { request: 'more_time' };
    await review.say({ kind: 'request', role: 'owner', actor: '1', round: 1, body });
    await review.at('2026-08-05T10:00:00.000Z');
    await review.say({ kind: 'refuse', round: 1, body });
    for (const day of ['2026-08-26', '2026-09-11', '2026-09-18', '2026-09-24', '2026-10-01']) {
      await review.at(`${day}T10:00:00.000Z`);
      await review.deliver();
    }
    return review;
  }

  test('that counted in their own time alone is found right', async () => {
    await silent();
    const looked = await look();
    expect(looked.problems).toEqual([]);
    expect(looked.tried).toBeGreaterThan(4);
  });

  test('that went on while staff had a request before them is found', async () => {
    const { reference } = await silent();
    // As if the deadline had stayed where it was.
    await unguarded(
      home.database,
      (transaction) =>
        transaction.$executeRaw`
        update "LedgerEntry" set after = jsonb_set(after, '{deadline}', '"2026-09-08"')
        where what = 'request_answered'`,
    );
    expect(await problems()).toContain(
      `${reference}: request_answered on 2026-08-05: the owner has less time than before`,
    );
  });

  test('that was over before its days were is found', async () => {
    const { reference } = await silent();
    await unguarded(
      home.database,
      (transaction) =>
        transaction.$executeRaw`
        update "LedgerEntry" set at = '2026-08-20T00:00:00Z' where what in ('previous_submitted', 'silence')`,
    );
    expect(await problems()).toMatch(
      new RegExp(`${reference}: \\w+ on 2026-08-20, after \\d+ days of the owner's own time`, 'u'),
    );
  });

  test('of which a reminder came while reviewers had the case is found', async () => {
    const { reference } = await atSecondLevel();
    const line = await home.database.ledgerEntry.findFirstOrThrow({
      where: { applicationId: reference, what: 'verdict' },
    });
    const after = line.after as object;
    const sides = { before: after, after, detail: {} };
    const { caseId, applicationId, at } = line;
    const reminder = { caseId, applicationId, at, what: 'reminder', why: 'entry:reminder', role: 'machine' };
    await home.database.ledgerEntry.create({ data: { ...reminder, ...sides } });
    expect(await problems()).toContain(`${reference}: reminder on 2026-07-20 while the move was not the owner's`);
  });
});

describe('an undone decision', () => {
  /** Decided on the second level, undone, and decided again; what was written at first is nowhere any more. */
  async function undone(): Promise<DemoReview> {
    await writeChoices(home.database, { annual_review: { holdMinutes: 10 } });
    const review = await atSecondLevel();
    await review.at('2026-07-20T10:30:00.000Z');
    await review.verdict({ level: 'l2', by: 'ezra' });
    await review.say({ kind: 'undo', role: 'l2', actor: 'ezra', round: 3, body: { by: 'ezra' } });
    await review.verdict({ level: 'l2', by: 'ezra' });
    await review.at('2026-07-21T10:00:00.000Z');
    await review.deliver();
    return review;
  }
  const look = async (reference: string, emails = caught) => {
    const row = await home.database.submission.findFirstOrThrow({ where: { kind: 'undo' } });
    const pages = async () => [await pageAt(`/a/${reference}`), await pageAt('/registry.json')];
    const marks = [{ reference, marker: 'zq-undone-1-z', row: String(row.id) }];
    return lookAtUndone({ database: home.database, mailbox: { emails: () => emails }, pages, undone: marks });
  };

  test('that left nothing is found right', async () => {
    const { reference } = await undone();
    expect(await look(reference)).toMatchObject({ tried: 1, problems: [] });
  });

  test('of a review whose appeal was heard since is found right: the page tells of that verdict, too', async () => {
    const { reference } = await undone();
    const { id: _, ...last } = await home.database.verdict.findFirstOrThrow({ orderBy: { id: 'desc' } });
    const sections = [{ section: '2', verdict: 'meets', publicReason: '', internalReason: '' }];
    await home.database.verdict.create({ data: { ...last, level: 'appeal', sections } });
    const page = await pageAt(`/a/${reference}`);
    const pages = async (words: string) => [{ ...page, text: `${page.text}${words}` }, await pageAt('/registry.json')];
    const seen = async (words: string) => {
      const parts = { database: home.database, mailbox: { emails: () => caught }, undone: [] };
      return (await lookAtUndone({ ...parts, pages: () => pages(words) })).problems;
    };
    expect(await seen('A verdict on the appeal was recorded.')).toEqual([]);
    expect(await seen('')).toEqual([`${reference}: its page tells of 2 verdicts, and 3 stand`]);
  });

  test('that was told, decided, or is not in the ledger is found', async () => {
    const { reference } = await undone();
    const { round } = await home.database.verdict.findFirstOrThrow({ where: { undoneAt: { not: null } } });
    await home.database.email.updateMany({ where: { kind: 'decision' }, data: { round } });
    await home.database.decision.updateMany({ data: { round } });
    await unguarded(home.database, (transaction) => transaction.ledgerEntry.deleteMany({ where: { what: 'undone' } }));
    const said = (await look(reference)).problems.join('\n');
    expect(said).toMatch(/tells of a decision that was undone/u);
    expect(said).toContain(`${reference}: approved was decided in round ${round}, which was undone`);
    expect(said).toContain(`${reference}: its ledger does not tell of what was undone`);
    expect(said).toContain(`${reference}: its page tells of 3 verdicts, and 2 stand`);
  });

  test('whose words were published or sent is found', async () => {
    const { reference } = await undone();
    const sections = [{ section: '2', verdict: 'meets', publicReason: 'Fine: zq-undone-1-z.', internalReason: '' }];
    await home.database.decision.updateMany({ data: { reasons: sections } });
    const emails = [...caught, { ...caughtOf('a key'), text: 'Fine: zq-undone-1-z.' }];
    const said = (await look(reference, emails)).problems;
    expect(said).toEqual([
      `${reference}: what was undone stands in /a/${reference}`,
      `${reference}: what was undone stands in /registry.json`,
      `${reference}: what was undone stands in email 00001`,
    ]);
  });
});
