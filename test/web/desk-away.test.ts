import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { setStaffRoles, switchStaffOff } from '../../prisma/staff.js';
import { answeredReview, startDesk, type DeskWorld } from '../support/desk-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { hiddenFields } from '../support/owner-visit.js';

let home: TestDatabase;
let desk: DeskWorld;

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  const people = { ada: ['l1'], abe: ['l1'], cleo: ['l1'], ben: ['l2'], sam: ['secretariat'] } as const;
  desk = await startDesk(home.database, people);
}, 60_000);
afterAll(async () => {
  await desk.stop();
  await home.stop();
});

/** Posts a form of a page as somebody; the page that comes of it. */
async function say(id: string, page: string, action: string, fields: Readonly<Record<string, string>>) {
  const { html } = await desk.who(id).get(page);
  const csrf = new Map(hiddenFields(html)).get('csrf') ?? '';
  const posted = await desk.who(id).post(action, { csrf, ...fields });
  return posted.location === null ? posted : desk.who(id).get(posted.location);
}

const days = { from: '2026-07-10', until: '2026-07-20' };

test('a reviewer is away: the deputy has the case and decides in both names, until they are back', async () => {
  const { reference } = await answeredReview(home.database, 'first-case');
  await desk.press('ada', reference, 'claim');
  expect((await desk.who('abe').get('/desk')).html).not.toContain(reference);
  expect((await say('ada', '/desk', '/desk/away', { ...days, deputy: 'ben' })).html).toContain('Choose a deputy');
  expect((await say('ada', '/desk', '/desk/away', { ...days, until: '2026-07-01', deputy: 'abe' })).html).toContain(
    'Give two days',
  );
  expect((await say('ada', '/desk', '/desk/away', { ...days, deputy: 'abe' })).html).toContain(
    'You are away until 20 July 2026: no case is offered to you.',
  );
  expect((await desk.who('abe').get('/desk')).html).toContain('for ada, who is away');
  expect((await desk.who('cleo').get('/desk')).html).not.toContain(reference);
  await desk.toDecision('abe', reference);
  expect((await desk.confirm('abe', reference)).html).toContain('Recorded. The second level is next.');
  const verdict = await home.database.verdict.findFirstOrThrow({ where: { applicationId: reference } });
  expect(verdict).toMatchObject({ by: 'abe', forWhom: 'ada' });
  const lines = await home.database.ledgerEntry.findMany({
    where: { applicationId: reference, what: { in: ['verdict', 'stood_in'] } },
    orderBy: { id: 'asc' },
  });
  expect(lines.map(({ what, actor }) => [what, actor])).toEqual([
    ['verdict', 'abe'],
    ['stood_in', 'ada'],
  ]);
  expect((await desk.press('ben', reference, 'claim')).html).toContain('abe for ada,');
  expect((await say('ada', '/desk', '/desk/back', {})).html).toContain('Cases are offered again.');
});

test('a case whose deputy is in conflict with the product goes back to the pool', async () => {
  const { reference } = await answeredReview(home.database, 'second-case');
  await desk.press('abe', reference, 'conflict');
  await desk.press('ada', reference, 'claim');
  const said = await say('sam', '/console/people', '/console/people/away', { person: 'ada', ...days, deputy: 'abe' });
  expect(said.html).toContain('Away from 10 July 2026 to 20 July 2026; abe stands in.');
  expect((await desk.who('abe').get('/desk')).html).not.toContain(reference);
  expect((await desk.who('cleo').get('/desk')).html).toContain(reference);
  expect((await desk.press('cleo', reference, 'claim')).html).toContain('The case is yours.');
  const ended = await say('sam', '/console/people', '/console/people/away', { person: 'ada', then: 'back' });
  expect(ended.html).toContain('Cases are offered again.');
});

test('a case whose reviewer left, lost the role or is in conflict with the product goes back to the pool', async () => {
  const cases: { slug: string; reference: string }[] = [];
  for (const slug of ['left-case', 'role-case', 'conflict-case']) {
    const { reference } = await answeredReview(home.database, slug);
    await desk.press('ada', reference, 'claim');
    cases.push({ slug, reference });
  }
  const offered = async () => {
    const { html } = await desk.who('cleo').get('/desk');
    return cases.flatMap(({ slug, reference }) => (html.includes(reference) ? [slug] : []));
  };
  expect(await offered()).toEqual([]);
  await home.database.reviewerConflict.create({ data: { reviewer: 'ada', slug: 'conflict-case', at: new Date() } });
  expect(await offered()).toEqual(['conflict-case']);
  await setStaffRoles(home.database, { id: 'ada', roles: ['l2'], by: 'sam' });
  expect(await offered()).toEqual(['left-case', 'role-case', 'conflict-case']);
  const [left, role, conflict] = cases.map(({ reference }) => reference);
  expect((await desk.press('cleo', role ?? '', 'claim')).html).toContain('The case is yours.');
  expect((await desk.press('cleo', conflict ?? '', 'claim')).html).toContain('The case is yours.');
  await setStaffRoles(home.database, { id: 'ada', roles: ['l1'], by: 'sam' });
  await switchStaffOff(home.database, { id: 'ada', by: 'sam' });
  expect((await desk.who('cleo').get(`/desk/${left}`)).html).toContain('Nobody: ada cannot act on it now');
  expect((await desk.press('cleo', left ?? '', 'claim')).html).toContain('The case is yours.');
});

test('an absence whose days are over stands on no page any more', async () => {
  const days = { awayFrom: new Date('2026-07-01'), awayUntil: new Date('2026-07-09'), deputyId: 'abe' };
  await home.database.staffPerson.update({ where: { id: 'cleo' }, data: days });
  const pages = [await desk.who('cleo').get('/desk'), await desk.who('sam').get('/console/people')];
  for (const { html } of pages) expect(html).not.toContain('1 July 2026');
  expect(pages[0]?.html).toContain('I am away for some days');
  await home.database.staffPerson.update({
    where: { id: 'cleo' },
    data: { ...days, awayUntil: new Date('2026-07-10') },
  });
  expect((await desk.who('cleo').get('/desk')).html).toContain('Away from 1 July 2026 to 10 July 2026; abe stands in');
});
