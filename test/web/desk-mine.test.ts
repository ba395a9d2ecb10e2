import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { allMeet, answeredReview, startDesk, type DeskWorld } from '../support/desk-visit.js';
import { nominatedUpTo } from '../support/nomination-visit.js';
import { hiddenFields, webOver } from '../support/owner-visit.js';
import { addressOf } from '../support/staff-visit.js';

// Whose a case is: what a reviewer may read and do where it is another's, or not theirs to judge.

let home: TestDatabase;
let desk: DeskWorld;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  desk = await startDesk(home.database, {
    ...{ ada: ['l1'], abe: ['l1'], ann: ['l1'], ben: ['l2'], bea: ['l1', 'l2'] },
  });
}, 60_000);
afterAll(async () => {
  await desk.stop();
  await home.stop();
});

const stored = (reference: string) =>
  home.database.application.findUniqueOrThrow({ where: { id: reference }, include: { verdicts: true } });
const claimedBy = async (reference: string) => (await stored(reference)).claimedBy;

/** The form of a page as it is now, to be sent later: the page stays open while others do something. */
async function opened(id: string, path: string, act: string) {
  const { html } = await desk.who(id).get(path);
  const form = new RegExp(`<form[^>]*action="[^"]*/${act}"[^]*?</form>`, 'u').exec(html)?.[0] ?? '';
  expect(form).not.toBe('');
  const hidden = Object.fromEntries(hiddenFields(form));
  return async (fields: Readonly<Record<string, string>> = {}) => {
    const posted = await desk.who(id).post(`${path.replace('/decision', '')}/${act}`, { ...hidden, ...fields });
    return posted.location === null ? posted : desk.who(id).get(posted.location);
  };
}

async function makeContact(slug: string, id: string): Promise<void> {
  await home.database.contact.updateMany({ where: { slug, rank: 'alternate' }, data: { address: addressOf(id) } });
}

describe('a reviewer who is not to judge a product', () => {
  test('reads nothing of its case, be they a contact of it or in conflict, and can give it up', async () => {
    const { reference } = await answeredReview(home.database, 'partial-case');
    await desk.toDecision('ada', reference, { ...allMeet, 'internal-2': 'Secret words' });
    await desk.confirm('ada', reference);
    await desk.press('ben', reference, 'claim');
    expect((await desk.who('ben').get(`/desk/${reference}`)).html).toContain('Secret words');
    await makeContact('partial-case', 'ben');
    const page = await desk.who('ben').get(`/desk/${reference}`);
    expect(page.status).toBe(403);
    expect(page.html).toContain('You are a contact of this product: somebody else reviews it.');
    expect(page.html).not.toContain('Secret words');
    expect(page.html).not.toContain('What reviewers said');
    const given = await desk.press('ben', reference, 'conflict');
    expect(given.html).toContain('You are not offered this product again.');
    expect(await claimedBy(reference)).toBeNull();
    await desk.press('bea', reference, 'conflict');
    const other = await desk.who('bea').get(`/desk/${reference}`);
    expect([other.status, other.html.includes('Secret words')]).toEqual([403, false]);
    expect(other.html).toContain('You declared a conflict of interest with this product');
  });

  test('is not offered one with whose answers they helped', async () => {
    const { reference: applicationId } = await answeredReview(home.database, 'helped-case');
    const offers = async (id: string) => (await desk.who(id).get('/desk')).html.includes(`/desk/${applicationId}`);
    expect([await offers('abe'), await offers('ann')]).toEqual([true, true]);
    const colleague = { rank: 'colleague', position: 9, name: '', address: addressOf('ann'), language: 'en' };
    const { id } = await home.database.recipient.create({ data: { applicationId, ...colleague } });
    expect(await offers('ann')).toBe(true);
    const session = { id: 'of-ann', recipientId: id, form: 'one', createdAt: new Date() };
    await home.database.session.create({ data: session });
    expect([await offers('abe'), await offers('ann')]).toEqual([true, false]);
  });

  test('reads nothing of it either where giving it up is refused, whatever else they post', async () => {
    const { reference } = await answeredReview(home.database, 'forged-case');
    await desk.toDecision('ada', reference, { ...allMeet, 'internal-2': 'Secret words' });
    await desk.confirm('ada', reference);
    const giveUp = await opened('bea', `/desk/${reference}`, 'conflict');
    await makeContact('forged-case', 'bea');
    const page = await giveUp({ round: '1', reason: 'Show me the case.' });
    expect(page.html).toContain('The case has moved on since you looked.');
    expect(page.html).not.toContain('Secret words');
    expect(page.html).not.toContain('What reviewers said');
  });

  test('finds what they typed when it can no longer be saved', async () => {
    const { reference } = await answeredReview(home.database, 'typed-case');
    await desk.press('ada', reference, 'claim');
    const save = await opened('ada', `/desk/${reference}`, 'verdict');
    await makeContact('typed-case', 'ada');
    const page = await save({ 'verdict-2': 'does_not_meet', 'public-2': 'A long reason.', then: 'stay' });
    expect(page.status).toBe(403);
    expect(page.html).toContain('Public reason, section 2');
    expect(page.html).toContain('A long reason.');
  });
});

describe('a case that another reviewer has', () => {
  test('is not handed over by who had it before, on a page that is still open', async () => {
    const { reference } = await answeredReview(home.database, 'ann-case');
    await desk.press('ada', reference, 'claim');
    const handOver = await opened('ada', `/desk/${reference}`, 'hand-over');
    await desk.press('ada', reference, 'give-back');
    await desk.press('abe', reference, 'claim');
    const page = await handOver({ to: 'ann', reason: 'I am busy.' });
    expect(page.html).toContain('This case is not yours now. Nothing was changed.');
    expect(page.html).toContain('I am busy.');
    expect(await claimedBy(reference)).toBe('abe');
  });

  test('is not decided by who gave it back, although nobody took it since', async () => {
    const { reference } = await answeredReview(home.database, 'back-case');
    await desk.toDecision('ada', reference);
    const decide = await opened('ada', `/desk/${reference}/decision`, 'decide');
    await desk.press('ada', reference, 'give-back');
    expect((await decide()).html).toContain('This case is not yours now.');
    expect((await stored(reference)).verdicts).toEqual([]);
  });

  test('is not removed, nor is a nomination that nobody took', async () => {
    const { reference } = await nominatedUpTo(webOver(home.database), { upTo: 'l1', product: 'Well Map' });
    await desk.press('ada', reference, 'claim');
    const remove = await opened('ada', `/desk/${reference}`, 'remove');
    await desk.press('ada', reference, 'give-back');
    expect((await remove({ why: 'spam', reason: '' })).html).toContain('This case is not yours now.');
    expect((await stored(reference)).state).toBe('l1');
  });
});

describe('what was typed', () => {
  test('stands on the page that says that the case is another’s now', async () => {
    const { reference } = await answeredReview(home.database, 'kept-case');
    await desk.press('ada', reference, 'claim');
    const save = await opened('ada', `/desk/${reference}`, 'verdict');
    await desk.press('ada', reference, 'give-back');
    const page = await save({ 'verdict-2': 'does_not_meet', 'public-2': 'A long reason.', then: 'stay' });
    expect(page.status).toBe(409);
    expect(page.html).toContain('This case is not yours now. Nothing was saved.');
    expect(page.html).toMatch(/Public reason, section 2<[^]*A long reason\./u);
  });

  test('stands on the page when the rules refuse what it was typed for, which can be done anew', async () => {
    const { reference } = await answeredReview(home.database, 'away-case');
    await desk.press('ada', reference, 'claim');
    const handOver = await opened('ada', `/desk/${reference}`, 'hand-over');
    await makeContact('away-case', 'abe');
    const page = await handOver({ to: 'abe', reason: 'You know it better.' });
    expect(page.status).toBe(409);
    expect(page.html).toContain('That person is a contact of the product.');
    expect(page.html).toContain('You know it better.');
    await desk.press('ada', reference, 'hand-over', { to: 'ann', reason: 'You know it better.' });
    expect(await claimedBy(reference)).toBe('ann');
  });
});

test('a page of long ago does not say that a case is theirs who gave it back since', async () => {
  const { reference } = await answeredReview(home.database, 'twice-case');
  const claim = await opened('ada', `/desk/${reference}`, 'claim');
  expect((await claim()).html).toContain('The case is yours.');
  expect((await claim()).html).toContain('The case is yours.');
  await desk.press('ada', reference, 'give-back');
  const again = await claim();
  expect(again.html).toContain('This was done before, and the case has moved on since.');
  expect(again.html).not.toContain('The case is yours.');
  expect(await claimedBy(reference)).toBeNull();
});

test('the public page of a nomination is linked where everybody finds it', async () => {
  const web = webOver(home.database);
  const { reference } = await nominatedUpTo(web, { upTo: 'l1', product: 'Rain Map', address: 'rain@map.example' });
  const { html } = await desk.who('ada').get(`/desk/${reference}`);
  expect(html).toContain(`href="/a/${reference}"`);
  expect(html).not.toContain('href="/r/');
});

test('whoever lost a level decides no more at it, and gives back what they have', async () => {
  const { reference } = await answeredReview(home.database, 'level-case');
  await desk.toDecision('ada', reference);
  await desk.confirm('ada', reference);
  await desk.toDecision('bea', reference);
  const decide = await opened('bea', `/desk/${reference}/decision`, 'decide');
  await home.database.staffPerson.update({ where: { id: 'bea' }, data: { roles: ['l1'] } });
  try {
    expect((await decide()).html).toContain('This case is not yours now. Nothing was changed.');
    expect((await stored(reference)).state).toBe('l2');
    expect((await desk.who('bea').get(`/desk/${reference}`)).html).not.toContain('Continue to the decision');
    await desk.press('bea', reference, 'give-back');
    expect(await claimedBy(reference)).toBeNull();
  } finally {
    await home.database.staffPerson.update({ where: { id: 'bea' }, data: { roles: ['l1', 'l2'] } });
  }
});
