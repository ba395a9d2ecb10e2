import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { appendSubmission } from '../../prisma/append.js';
import { saveContacts } from '../../prisma/contacts.js';
import { erasePerson } from '../../prisma/erase-person.js';
import { eventOfRow } from '../../prisma/event-of-row.js';
import { readNominees } from '../../prisma/read-nominations.js';
import { loadFor, take } from '../../prisma/step.js';
import { waitingRows } from '../../prisma/waiting.js';
import { concernBy, confirmed } from '../support/concern-visit.js';
import { signedIn } from '../support/console-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { giveVerdict, sendAnswers } from '../support/decided-review.js';
import { nominatedUpTo } from '../support/nomination-visit.js';
import { webOver, type Web } from '../support/owner-visit.js';
import { say, takeAll, wake } from '../support/post.js';

const fails = {
  section: '2',
  verdict: 'does_not_meet',
  publicReason: 'The licence changed.',
  internalReason: '',
} as const;
let home: TestDatabase;
let web: Web;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
}, 60_000);
afterAll(() => home.stop());

/** A product that came onto the list by its nomination, on 10 July 2026. */
async function listed(product: string) {
  await home.setClock('2026-07-10T08:00:00.000Z');
  const website = `https://${product.toLowerCase().replaceAll(' ', '-')}.example.org`;
  const one = await nominatedUpTo(web, { upTo: 'approved', product, website });
  const { slug } = await home.database.application.findUniqueOrThrow({ where: { id: one.reference } });
  return { ...one, slug, own: `dpg/${slug}` };
}
type Listed = Awaited<ReturnType<typeof listed>>;

async function staff({ caseId, reference }: Listed, kind: string, some: object = {}) {
  const { round } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
  const body = { publicReason: 'The licence changed.', internalReason: '', ...some };
  return say(home.database, caseId, {
    key: `${kind}:${reference}:${round}`,
    kind,
    applicationId: reference,
    round,
    body,
  });
}
const living = () => waitingRows(home.database, home.url).living();

test('a nomination that is looked at again, or opened again, long after its end has a clock until it ends anew', async () => {
  const one = await listed('Rain Atlas');
  await home.setClock('2026-08-20T08:00:00.000Z');
  expect((await takeAll(home.database, one.caseId)).ended).toBe(true);
  expect(await living()).not.toContain(one.caseId);
  expect((await staff(one, 'reconsider', { level: 'l2' })).result).toMatchObject({ state: 'l2', ended: false });
  expect(await living()).toContain(one.caseId);
  await giveVerdict(home.database, one, { level: 'l2', by: 'ben', sections: [fails] });
  await home.setClock('2026-10-01T08:00:00.000Z');
  expect((await takeAll(home.database, one.caseId)).ended).toBe(true);
  expect((await staff(one, 'reopen')).result).toMatchObject({ state: 'owner', ended: false });
  expect(await living()).toContain(one.caseId);
});

test('a nomination whose product had a review since is not looked at again', async () => {
  const one = await listed('Wind Atlas');
  await home.setClock('2027-05-20T08:00:00.000Z');
  await say(home.database, one.own, { ...wake, key: 'wake:wind-atlas' });
  const { outcome, result } = await staff(one, 'reconsider', { level: 'l2' });
  expect(outcome).toMatchObject({ result: 'refused', sentence: expect.stringContaining('no other review') });
  expect(result.ended).toBe(true);
});

test('no review opens in the case of a nomination, be it that it ended on the list or off it', async () => {
  const one = await listed('Moon Atlas');
  const other = await nominatedUpTo(web, {
    ...{ upTo: 'ineligible', product: 'Star Atlas', website: 'https://star.example.org' },
  });
  for (const { caseId } of [one, other]) {
    const { outcome } = await say(home.database, caseId, { ...wake, key: `wake:${caseId}` });
    expect(outcome).toMatchObject({ result: 'refused', sentence: expect.stringContaining('not reviewed again') });
    expect((await takeAll(home.database, caseId)).attention).toEqual([]);
  }
  const sam = await signedIn(web, 'sam', 'secretariat');
  const { slug } = await home.database.application.findUniqueOrThrow({ where: { id: other.reference } });
  expect((await sam.get(`/console/products/${slug}`)).html).not.toContain('Open a review');
  expect((await sam.get(`/console/products/${one.slug}`)).html).toContain('Open a review');
});

test('its own case and that of its nomination hear of new contacts, who get the decision that nobody got', async () => {
  const one = await listed('Tide Atlas');
  const mailed = async (address: string) => {
    const people = await home.database.recipient.findMany({ where: { address }, select: { id: true } });
    const where = { recipientId: { in: people.map(({ id }) => id) }, kind: 'decision', state: 'queued' };
    return home.database.email.count({ where });
  };
  const ofNomination = { where: { applicationId: one.reference } };
  await home.database.email.updateMany({ ...ofNomination, data: { state: 'refused' } });
  await home.database.recipient.updateMany({ ...ofNomination, data: { refusedAt: new Date() } });
  const person = { slug: one.slug, name: 'Chi Adeyemi', language: 'en', country: null } as const;
  const save = async (...addresses: readonly string[]) => {
    const contacts = addresses.map((address, index) => {
      return { ...person, address, rank: index === 0 ? 'primary' : 'alternate' } as const;
    });
    await saveContacts(home.database, { contacts, actor: 'fatou' });
  };
  const run = async () => {
    for (const caseId of [one.own, one.caseId]) await takeAll(home.database, caseId);
  };
  await save('chi@tide.example', 'dan@tide.example');
  await run();
  expect(await mailed('chi@tide.example')).toBe(1);
  await erasePerson(home.database, { address: 'chi@tide.example', actor: 'fatou' });
  await run();
  expect(await mailed('dan@tide.example')).toBe(1);
  expect(await home.database.submission.count({ where: { caseId: one.own, kind: 'contact_changed' } })).toBe(2);
  await home.setClock('2026-08-20T08:00:00.000Z');
  expect((await takeAll(home.database, one.caseId)).ended).toBe(true);
  await save('eva@tide.example');
  expect(await home.database.submission.count({ where: { caseId: one.caseId, outcome: null } })).toBe(0);
});

test('a product that left the list by its nomination is asked nothing, and its own case ends in its time', async () => {
  const one = await listed('Sun Atlas');
  await home.setClock('2026-12-01T08:00:00.000Z');
  await staff(one, 'reconsider', { level: 'l2' });
  await giveVerdict(home.database, one, { level: 'l2', by: 'ben', sections: [fails] });
  await home.setClock('2027-05-12T08:00:00.000Z');
  expect(await takeAll(home.database, one.own)).toMatchObject({
    ...{ state: 'expired', reference: null, ended: false },
    next: { what: 'forget', due: '2027-06-30T12:00:00.000Z' },
  });
  await home.setClock('2027-07-01T08:00:00.000Z');
  expect((await takeAll(home.database, one.own)).ended).toBe(true);
  expect(await home.database.email.count({ where: { caseId: one.own } })).toBe(0);
});

test('a concern about it needs staff in its own case alone, be it that its nomination ends meanwhile', async () => {
  const one = await listed('Snow Atlas');
  await confirmed(web, one.slug);
  await home.setClock('2026-08-20T08:00:00.000Z');
  expect((await takeAll(home.database, one.caseId)).ended).toBe(true);
  const waiting = await home.database.case.findMany({ where: { attention: { has: 'concern' } }, select: { id: true } });
  expect(waiting).toEqual([{ id: one.own }]);
});

test('a concern about it opens no second review while its approval is looked at again, and ends if it leaves the list', async () => {
  const one = await listed('Fog Atlas');
  const address = 'fog@reader.example';
  await confirmed(web, one.slug, { address });
  await staff(one, 'reconsider', { level: 'l2' });
  const { id } = await concernBy(web, address);
  const reasons = { publicReason: 'Which licence?', internalReason: '' };
  const body = { concern: id, sections: ['2'], ...reasons };
  const row = { key: 'accept:fog', kind: 'accept_concern', body } as const;
  const { outcome } = await say(home.database, one.own, row);
  expect(outcome.sentence).toContain('as soon as the open review has ended');
  await giveVerdict(home.database, one, { level: 'l2', by: 'ben', sections: [fails] });
  await home.setClock('2026-07-20T08:00:00.000Z');
  expect(await takeAll(home.database, one.own)).toMatchObject({ state: 'expired', reference: null, attention: [] });
  expect(await concernBy(web, address)).toMatchObject({ stage: 'ended', result: 'left' });
});

test('a step of its own case leaves of its listing what a step of the other one wrote meanwhile', async () => {
  const one = await listed('Dew Atlas');
  const validity = { approvedOn: null, validUntil: '2028-01-31' };
  const appended = await appendSubmission(home.database, {
    ...{ key: 'sync:dew-atlas', caseId: one.own, applicationId: null, round: null, kind: 'listing_changed' },
    ...{ role: 'import', actor: 'import', body: { approvedElsewhereOn: null, validity } },
  });
  if ('problem' in appended) throw new Error(appended.problem);
  const removedOn = new Date('2026-07-11');
  await home.database.$transaction(async (transaction) => {
    const row = await transaction.submission.findUniqueOrThrow({ where: { id: appended.id } });
    const loaded = await loadFor(transaction, { caseId: one.own, row });
    await transaction.listing.update({
      where: { slug: one.slug },
      data: { removedOn, removedBecause: 'ineligible' },
    });
    await take(transaction, { loaded, event: eventOfRow(row, loaded), row, ranBy: null });
  });
  const listing = await home.database.listing.findUniqueOrThrow({ where: { slug: one.slug } });
  expect(listing).toMatchObject({ removedOn, removedBecause: 'ineligible', validUntil: new Date('2028-01-31') });
});

test('its own case outlives a nomination that is opened again, and asks when the product is back on the list', async () => {
  const one = await listed('Mist Atlas');
  await home.setClock('2026-12-01T08:00:00.000Z');
  await staff(one, 'reconsider', { level: 'l2' });
  await giveVerdict(home.database, one, { level: 'l2', by: 'ben', sections: [fails] });
  await home.setClock('2027-06-20T08:00:00.000Z');
  expect((await staff(one, 'reopen')).outcome.result).toBe('accepted');
  await home.setClock('2027-07-05T08:00:00.000Z');
  expect((await takeAll(home.database, one.own)).ended).toBe(false);
  await sendAnswers(home.database, one, { confirmed: ['name'] });
  for (const [level, by] of [
    ['l1', 'ada'],
    ['l2', 'ben'],
  ] as const) {
    await giveVerdict(home.database, one, { level, by, sections: [{ ...fails, verdict: 'meets' }] });
  }
  await home.setClock('2027-07-20T08:00:00.000Z');
  expect(await takeAll(home.database, one.own)).toMatchObject({
    ended: false,
    state: 'asleep',
    next: { what: 'open' },
  });
});

test('a listed product is no candidate in public while its approval is looked at again', async () => {
  const one = await listed('Hail Atlas');
  await staff(one, 'reconsider', { level: 'l1' });
  const { nominations } = await readNominees(home.database);
  expect(nominations.map(({ reference }) => reference)).not.toContain(one.reference);
});
