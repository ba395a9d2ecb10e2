import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lookAtApproved, lookAtNominees, unheardOf } from '../../dev/demo/checks/nominations.js';
import { readPages, type Page } from '../../dev/demo/checks/pages.js';
import { nominatorsOf, withNominators } from '../../dev/demo/nominators.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { nominatedUpTo } from '../support/nomination-visit.js';
import { append, runSteps, webOver, type Web } from '../support/owner-visit.js';

const world = withNominators({ seed: 1, people: [], products: [], planted: [] }, 4);
const [listed, removed, candidate, draft] = nominatorsOf(world);

let home: TestDatabase;
let web: Web;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
  await nominateAs(listed, 'approved');
  const spam = await nominateAs(removed, 'l1');
  await nominateAs(candidate, 'l2');
  await nominateAs(draft, 'draft');
  const body = { by: 'ada', why: 'spam', publicReason: 'It is an advertisement.', internalReason: 'zq-internal-1-z' };
  const { round } = await home.database.application.findUniqueOrThrow({ where: { id: spam.reference } });
  const row = { kind: 'remove', role: 'l1', actor: 'ada', reference: spam.reference, round, body } as const;
  await append(home.database, spam.caseId, row);
  await runSteps(home.database, spam.caseId);
}, 120_000);
afterAll(() => home.stop());

function nominateAs(one: typeof listed, upTo: Parameters<typeof nominatedUpTo>[1]['upTo']) {
  if (one === undefined) throw new Error('the world has too few who nominate');
  const { name, address, nominates } = one;
  return nominatedUpTo(web, { upTo, name, address, product: nominates.name, website: nominates.website });
}

/** All public pages as they are, and what was put on one of them. */
async function pagesWith(some: Readonly<Record<string, string>> = {}): Promise<readonly Page[]> {
  const send = (path: string) => web.app.request(path);
  const pages = await readPages({ database: home.database, publicUrl: '', send });
  return pages.map(({ path, text }) => ({ path, text: `${text}${some[path] ?? ''}` }));
}

describe('what is private of nominations', () => {
  const look = async (some: Readonly<Record<string, string>> = {}) => {
    const statusOf = async (path: string) => (await web.app.request(path)).status;
    return lookAtNominees({ database: home.database, world, pages: () => pagesWith(some), statusOf });
  };

  test('is on no page, and what never passed the first level is named nowhere', async () => {
    const looked = await look();
    expect(looked.problems).toEqual([]);
    // Four people with their addresses, a draft and a removed product with their websites, and the draft's page.
    expect(looked.tried).toBeGreaterThan(12);
    const unheard = await unheardOf({ database: home.database, world });
    expect(unheard).toEqual([removed, draft].flatMap((one) => [one?.nominates.name, one?.nominates.website]));
  });

  test.each([
    ['who nominated', () => listed?.name],
    ['an address', () => candidate?.address],
    ['the name of what was removed', () => removed?.nominates.name],
    ['the website of a draft', () => draft?.nominates.website],
  ])('%s is found on a page', async (_what, text) => {
    expect((await look({ '/nominees': text() ?? '' })).problems).toEqual([
      expect.stringMatching(/^private text \d+ stands in \/nominees$/u),
    ]);
  });

  test('an answer that the Standard keeps private, and a text for reviewers, are found in the data', async () => {
    const sets = await home.database.answerSet.findMany();
    for (const { id, answers } of sets) {
      const changed = { ...(answers as object), alternate_email: 'second@secret.example' };
      const forReviewers = { P1: 'Between us: one account is shared.' };
      await home.database.answerSet.update({ where: { id }, data: { answers: changed, forReviewers } });
    }
    const found = await look({ '/registry.json': 'second@secret.example', '/': 'Between us: one account is shared.' });
    expect(found.problems).toHaveLength(2);
  });

  test('what was withdrawn after the first level is not named any more', async () => {
    await home.database.application.updateMany({ where: { state: 'l2' }, data: { state: 'withdrawn', open: false } });
    const text = candidate?.nominates.name ?? '';
    expect((await look({ '/': text })).problems).toHaveLength(1);
    expect((await look()).problems).toEqual([]);
    await home.database.application.updateMany({ where: { state: 'withdrawn' }, data: { state: 'l2', open: true } });
  });

  test('a page of what was never sent is found, and so is a look that sees nothing', async () => {
    const { database } = home;
    const served = await lookAtNominees({
      ...{ database, world, pages: () => pagesWith(), statusOf: () => Promise.resolve(200) },
    });
    expect(served.problems).toEqual([expect.stringMatching(/was never sent, and has a page$/u)]);
    const blind = await lookAtNominees({
      ...{ database, world, pages: () => Promise.resolve([]), statusOf: () => Promise.resolve(404) },
    });
    expect(blind.problems).toHaveLength(2);
    expect(blind.problems.join()).toContain('the look is blind');
  });
});

describe('what was approved', () => {
  const look = (running = 1) =>
    lookAtApproved({
      database: home.database,
      pages: () => pagesWith(),
      temporal: { count: (query) => Promise.resolve(query.includes('WorkflowId = "dpg/') ? running : 0) },
    });

  test('is listed with a certification, and nothing else is', async () => {
    expect(await look()).toMatchObject({ tried: 4, problems: [] });
  });

  test('and has no certification, or is on no list, is found', async () => {
    expect((await look(0)).problems).toEqual([expect.stringMatching(/is approved, and 0 certifications look after/u)]);
    await home.database.listing.updateMany({ where: { nominated: null }, data: { nominated: 'candidate' } });
    expect((await look()).problems).toEqual([expect.stringMatching(/is approved, and .* is not in the registry$/u)]);
    const where = { name: listed?.nominates.name ?? '' };
    await home.database.listing.updateMany({ where, data: { nominated: null } });
  });

  test('and was not, and is on the list, is found', async () => {
    await home.database.listing.updateMany({ where: { nominated: 'nominee' }, data: { nominated: null } });
    expect((await look()).problems).toEqual([
      expect.stringMatching(/is listed, and ended as/u),
      expect.stringMatching(/is listed, and ended as/u),
    ]);
  });
});
