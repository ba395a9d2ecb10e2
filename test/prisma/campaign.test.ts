import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readRegistryFiles } from '../../adapters/registry-files.js';
import type { CampaignPlan } from '../../domain/campaign-plan.js';
import { closeCampaign, planCampaign, startCampaign, type PlanOptions } from '../../prisma/campaign.js';
import { campaignStatus, listCampaigns } from '../../prisma/campaign-status.js';
import { importListings } from '../../prisma/import.js';
import { noteFailure } from '../../prisma/set-aside.js';
import { look, step } from '../../prisma/step.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';

const NAME = 'annual-2026';
const CASE = `campaign/${NAME}`;
let home: TestDatabase;
beforeEach(async () => {
  home = await startTestDatabase('2026-07-10T07:00:00.000Z');
}, 120_000);
afterEach(() => home.stop());

async function planned(options: PlanOptions = {}): Promise<CampaignPlan> {
  const plan = await planCampaign(home.database, options);
  if ('problems' in plan) throw new Error(plan.problems.join(' '));
  return plan;
}

async function started(options: PlanOptions = {}): Promise<CampaignPlan> {
  const plan = await planned(options);
  const result = await startCampaign(home.database, { name: NAME, by: 'fatou', plan });
  expect(result).toMatchObject({ isNew: true, name: NAME });
  return plan;
}

/** One step of the campaign at an instant of case time. */
async function stepAt(at: string) {
  await home.setClock(at);
  return step(home.database, { caseId: CASE, armedFor: null });
}

const stepOf = (slug: string) => step(home.database, { caseId: `dpg/${slug}`, armedFor: null });
const wakes = () => home.database.submission.findMany({ where: { kind: 'wake' }, orderBy: { id: 'asc' } });
const wokenSlugs = async () => (await wakes()).map(({ caseId }) => caseId.replace('dpg/', ''));

async function status() {
  const found = await campaignStatus(home.database, NAME);
  if (found === null) throw new Error('no campaign');
  return found;
}

describe('planning', () => {
  test('the default scope has 187 of the 245 products of the real registry, and a reason for each of the others', async () => {
    const { records } = await readRegistryFiles('dev/registry-2026-07-10.json');
    await importListings(home.database, { records });
    const plan = await planned();
    expect(plan.members).toHaveLength(187);
    expect(plan.leftOut).toHaveLength(58);
    expect(plan.leftOut.filter(({ reason }) => reason === '')).toEqual([]);
    expect(new Set(plan.members.map(({ kind }) => kind))).toEqual(new Set(['annual_review']));
    expect(plan.withoutContact).toHaveLength(187);
    expect(Math.max(...plan.days.map(({ opens }) => opens))).toBe(25);
    const lately = plan.leftOut.find(({ reason }) => reason.includes('since the privacy questions'))?.slug ?? '';
    const picked = await planned({ include: [lately] });
    expect(picked.members.find(({ slug }) => slug === lately)).toMatchObject({ handPicked: true });
  });

  test('nothing is written, and mistakes in the scope are said', async () => {
    await listProduct(home.database, 'seed');
    await planned();
    expect(await home.database.campaign.count()).toBe(0);
    expect(await planCampaign(home.database, { include: ['no-such'] })).toEqual({
      problems: ['There is no product "no-such".'],
    });
  });
});

describe('starting', () => {
  test('freezes who is in and who is not, with the reason; what is listed later is not in', async () => {
    await listProduct(home.database, 'seed');
    await listProduct(home.database, 'twin');
    await started({ exclude: [{ slug: 'twin', reason: 'merges with seed' }] });
    await listProduct(home.database, 'new');
    const { members, leftOut, counts } = await status();
    expect(members.map(({ slug, wave, kind }) => [slug, wave, kind])).toEqual([['seed', 1, 'annual_review']]);
    expect(leftOut).toEqual([{ slug: 'twin', reason: 'merges with seed' }]);
    expect(counts).toMatchObject({ members: 1, leftOut: 1, released: 0 });
    expect(await look(home.database, CASE)).toMatchObject({
      product: null,
      state: 'running',
      campaign: NAME,
      waitingOn: 'nobody',
      next: { what: 'wave', due: '2026-07-10T08:00:00.000Z' },
      ended: false,
    });
  });

  test('started several times at once it is one campaign', async () => {
    await listProduct(home.database, 'seed');
    const plan = await planned();
    const start = () => startCampaign(home.database, { name: NAME, by: 'fatou', plan });
    const results = await Promise.all([start(), start(), start(), start()]);
    expect(results.filter((one) => 'isNew' in one && one.isNew)).toHaveLength(1);
    expect(results.filter((one) => 'refused' in one)).toEqual([]);
    expect(await start()).toMatchObject({ isNew: false, name: NAME });
    expect(await home.database.case.count({ where: { id: CASE } })).toBe(1);
    expect(await home.database.campaignMember.count()).toBe(1);
    expect(await listCampaigns(home.database)).toMatchObject([
      { name: NAME, state: 'running', members: 1, released: 0 },
    ]);
  });

  test('another scope under the same name is refused, and changes nothing', async () => {
    await listProduct(home.database, 'seed');
    await started();
    const plan = await planned({ perDay: 3 });
    const result = await startCampaign(home.database, { name: NAME, by: 'ben', plan });
    expect(result).toMatchObject({ refused: expect.stringContaining('started on 2026-07-10 with another scope') });
    expect(await home.database.campaign.findMany()).toMatchObject([{ startedBy: 'fatou', perDay: 25 }]);
  });

  test('with nobody in it, or with a name that operators could not use, it is refused with the reason', async () => {
    const empty = await startCampaign(home.database, { name: NAME, by: 'fatou', plan: await planned() });
    expect(empty).toMatchObject({ refused: expect.stringContaining('Import the registry first') });
    await listProduct(home.database, 'seed');
    const plan = await planned({ exclude: [{ slug: 'seed', reason: 'no' }] });
    const nobody = await startCampaign(home.database, { name: NAME, by: 'fatou', plan });
    expect(nobody).toMatchObject({ refused: expect.stringContaining('looked at: 1 (1 excluded by hand)') });
    const named = await startCampaign(home.database, { name: 'Annual 2026', by: 'fatou', plan: await planned() });
    expect(named).toMatchObject({ refused: expect.stringContaining('cannot name a campaign') });
    expect(await home.database.case.count({ where: { workflow: 'campaign' } })).toBe(0);
  });
});

describe('waves', () => {
  test('a wave is released on its day, once, however often and however parallel its step runs', async () => {
    for (const slug of ['a', 'b', 'c']) await listProduct(home.database, slug);
    await started({ perDay: 2 });
    expect((await stepAt('2026-07-10T07:59:00.000Z')).wrote).toBe(false);
    expect(await wakes()).toEqual([]);
    await home.setClock('2026-07-10T08:00:01.000Z');
    const call = { caseId: CASE, armedFor: 'wave:1' };
    const results = await Promise.all([1, 2, 3].map(() => step(home.database, call)));
    expect(results.filter(({ wrote }) => wrote)).toHaveLength(1);
    expect(await wokenSlugs()).toEqual(['a', 'b']);
    expect((await step(home.database, call)).wrote).toBe(false);
    const second = await stepAt('2026-07-11T08:00:01.000Z');
    expect(second).toMatchObject({ wrote: true, next: { what: 'follow' } });
    expect(await wokenSlugs()).toEqual(['a', 'b', 'c']);
    const [first] = await wakes();
    expect(first).toMatchObject({
      key: `wake:${NAME}:a`,
      role: 'campaign',
      body: { campaign: NAME, handPicked: false, cause: NAME },
    });
  });

  test('a step that ended between the wakes and its own transaction is simply run again', async () => {
    for (const slug of ['a', 'b']) await listProduct(home.database, slug);
    await started();
    await home.setClock('2026-07-10T08:00:01.000Z');
    const wake = { caseId: 'dpg/a', kind: 'wake', role: 'campaign', actor: NAME, at: new Date() };
    const body = { campaign: NAME, handPicked: false, cause: NAME };
    await home.database.submission.create({ data: { ...wake, key: `wake:${NAME}:a`, body } });
    expect((await step(home.database, { caseId: CASE, armedFor: 'wave:1' })).wrote).toBe(true);
    expect(await wokenSlugs()).toEqual(['a', 'b']);
  });

  test('a picked product is woken as picked, so that it opens a privacy case of this campaign', async () => {
    await listProduct(home.database, 'lately', { validUntil: '2027-06-01' });
    await home.database.listing.updateMany({ data: { approvedOn: new Date('2026-06-01') } });
    await started({ include: ['lately'] });
    await stepAt('2026-07-10T08:00:01.000Z');
    expect(await stepOf('lately')).toMatchObject({ kind: 'privacy', campaign: NAME });
    expect(await home.database.application.findMany()).toMatchObject([{ cause: `privacy:${NAME}` }]);
  });

  test('a wave that fails is set aside and stops no other; a release lets it go on', async () => {
    for (const slug of ['a', 'b']) await listProduct(home.database, slug);
    await started({ perDay: 1 });
    await home.setClock('2026-07-10T08:00:01.000Z');
    for (let count = 0; count < 10; count += 1) await noteFailure(home.database, CASE);
    expect(await look(home.database, CASE)).toMatchObject({ attention: ['stuck'], waitingOn: 'secretariat' });
    await stepAt('2026-07-11T08:00:01.000Z');
    expect(await wokenSlugs()).toEqual(['b']);
    const about = { caseId: CASE, role: 'secretariat', actor: 'fatou', at: new Date(), body: {} };
    await home.database.submission.create({ data: { ...about, key: 'release', kind: 'release' } });
    expect(await stepAt('2026-07-11T08:01:00.000Z')).toMatchObject({ attention: [], next: { id: 'wave:1' } });
    await stepAt('2026-07-11T08:02:00.000Z');
    expect(await wokenSlugs()).toEqual(['b', 'a']);
  });
});

describe('following', () => {
  test('counts what became of each wake and each review, and closes when the last has ended', async () => {
    for (const slug of ['answers', 'refuses', 'sleeps']) await listProduct(home.database, slug);
    await listProduct(home.database, 'nobody', { contacts: false });
    await started();
    await stepAt('2026-07-10T08:00:01.000Z');
    await home.database.listing.update({
      where: { slug: 'refuses' },
      data: { removedOn: new Date('2026-07-10'), removedBecause: 'withdrawn' },
    });
    for (const slug of ['answers', 'refuses', 'nobody']) await stepOf(slug);
    const during = await status();
    expect(during.counts).toEqual({
      members: 4,
      leftOut: 0,
      released: 4,
      waiting: 1,
      opened: 2,
      joined: 0,
      refused: 1,
      answered: 0,
      open: 2,
      ended: 0,
      overdue: 0,
      noContact: 1,
    });
    expect(during).toMatchObject({
      state: 'running',
      waves: { of: 1, released: 1 },
      attention: ['no_contact'],
      turns: { mail: 1, secretariat: 1 },
      needsHuman: { no_contact: 1 },
      refusedBecause: { 'The product left the list. Reopen its last review instead.': 1 },
    });
    await stepOf('sleeps');
    const open = await home.database.application.findMany({ where: { open: true } });
    for (const { id, slug } of open) {
      const about = { caseId: `dpg/${slug}`, role: 'secretariat', actor: 'fatou', at: new Date(), body: {} };
      const row = { ...about, key: `withdraw:${slug}`, kind: 'withdraw', applicationId: id, round: 1 };
      expect(await stepAt('2026-07-11T09:00:01.000Z')).toMatchObject({ state: 'running' });
      await home.database.submission.create({ data: row });
      await stepOf(slug);
    }
    expect(await stepAt('2026-07-12T09:00:01.000Z')).toMatchObject({ state: 'closed', ended: true, next: null });
    expect(await status()).toMatchObject({
      state: 'closed',
      closedAt: expect.stringContaining('2026-07-12T09:00:01'),
      counts: { opened: 3, open: 0, ended: 3 },
      outcomes: { withdrawn: 3 },
    });
    const report = await home.database.ledgerEntry.findFirstOrThrow({ where: { what: 'campaign_closed' } });
    expect(report.detail).toEqual({ by: 'itself', products: 4, released: 4, asleep: 0, open: 0 });
  });

  test('a wake that meets an open review joins it, and the campaign waits for that review', async () => {
    await listProduct(home.database, 'open');
    await started();
    const other = { caseId: 'dpg/open', role: 'secretariat', actor: 'fatou', at: new Date() };
    const body = { campaign: null, handPicked: true, cause: 'command' };
    await home.database.submission.create({ data: { ...other, key: 'w', kind: 'wake', body } });
    await stepOf('open');
    await stepAt('2026-07-10T08:00:01.000Z');
    await stepOf('open');
    const reference = (await home.database.application.findFirstOrThrow()).id;
    expect(await status()).toMatchObject({
      counts: { opened: 0, joined: 1, open: 1 },
      members: [{ outcome: 'joined', reference, waitingOn: 'mail' }],
    });
    expect((await stepAt('2026-07-11T09:00:01.000Z')).state).toBe('running');
  });
});

describe('closing by hand', () => {
  const close = (key: string) => closeCampaign(home.database, { name: NAME, by: 'fatou', reason: 'wrong texts', key });
  const outcomes = async () =>
    (await home.database.outcome.findMany({ orderBy: { submissionId: 'asc' } })).map(({ result }) => result);

  test('nobody is woken any more; closed again it says so; a campaign that is not there is told apart', async () => {
    for (const slug of ['a', 'b']) await listProduct(home.database, slug);
    await started({ perDay: 1 });
    await stepAt('2026-07-10T08:00:01.000Z');
    await close('one');
    expect(await stepAt('2026-07-12T08:00:01.000Z')).toMatchObject({ state: 'closed', ended: true, next: null });
    expect(await stepAt('2026-07-13T08:00:01.000Z')).toMatchObject({ wrote: false, state: 'closed' });
    expect(await wokenSlugs()).toEqual(['a']);
    await close('two');
    await step(home.database, { caseId: CASE, armedFor: null });
    expect(await outcomes()).toEqual(['accepted', 'late']);
    expect(await status()).toMatchObject({ state: 'closed', counts: { released: 1, members: 2 } });
    expect(await closeCampaign(home.database, { name: 'other', by: 'x', reason: 'y', key: 'z' })).toEqual({
      problem: 'no_case',
    });
  });

  test('closing while a wave is being released: whoever was not woken before stays asleep', async () => {
    for (let number = 10; number < 40; number += 1) await listProduct(home.database, `p${number}`);
    await started({ perDay: 30 });
    await home.setClock('2026-07-10T08:00:01.000Z');
    const releasing = step(home.database, { caseId: CASE, armedFor: 'wave:1' });
    while ((await home.database.submission.count()) === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await close('one');
    const closing = await step(home.database, { caseId: CASE, armedFor: null });
    const woken = (await wakes()).length;
    await releasing;
    expect(closing.state).toBe('closed');
    expect((await wakes()).length).toBe(woken);
    expect(await status()).toMatchObject({ state: 'closed', counts: { released: woken, members: 30 } });
  });
});
