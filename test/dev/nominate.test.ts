import { expect, test } from '@jest/globals';
import type { Stage } from '../../dev/demo/matter.js';
import { nominate } from '../../dev/demo/nominate.js';
import { MOST_NOMINATIONS, nominatorsOf, withNominators, type Nominator } from '../../dev/demo/nominators.js';
import { caughtOf } from '../support/demo-review.js';
import { stageOver } from '../support/demo-stage.js';
import { confirmPath, nominatedUpTo, runNominations } from '../support/nomination-visit.js';
import { PUBLIC_URL } from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const nobody = { people: [], products: [], planted: [] } as const;
const nominatorsFor = (seed: number) => nominatorsOf(withNominators({ ...nobody, seed }, MOST_NOMINATIONS));

const { home, web } = pagesOfFile();

/** Somebody who nominates by the pages, and what went wrong: their email is there as soon as its row is. */
async function play(nominator: Nominator, index: number): Promise<Stage> {
  const caught: ReturnType<typeof caughtOf>[] = [];
  const stage = stageOver(web, { dayMs: 20, atOnce: 2 });
  let over = false;
  const plays = nominate(stage, { nominator, index, mailbox: { emails: () => caught } }).finally(() => (over = true));
  const mails = async () => {
    while (!over) {
      const start = await home.database.nominationStart.findFirst({ where: { address: nominator.address } });
      if (start !== null && caught.length === 0) {
        const links = [`${PUBLIC_URL}${await confirmPath(web, nominator.address)}`];
        caught.push({ ...caughtOf(`nomination_start:${start.id}`), to: nominator.address, links });
      }
      await runNominations(home.database);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  await Promise.all([plays, mails()]);
  return stage;
}

test('somebody checks the product, is led to a listed one, and confirms the address by the button of the email', async () => {
  await nominatedUpTo(web, { upTo: 'approved', product: 'Water Point', address: 'owner@water.example' });
  const [one] = nominatorsFor(1);
  if (one === undefined) throw new Error('nobody nominates');
  const stage = await play(one, 0);
  expect(stage.problems).toEqual([]);
  expect(stage.tried).toMatchObject({ nominated: 1, entered: 1, scanner: 4 });
  const begun = await home.database.application.findMany({ where: { state: 'draft' }, select: { slug: true } });
  const listings = await home.database.listing.findMany({ where: { slug: { in: begun.map(({ slug }) => slug) } } });
  expect(listings.map(({ name, website }) => ({ name, website }))).toEqual([one.nominates]);
});

test('what goes wrong on the way is a problem in words', async () => {
  const [, one] = nominatorsFor(1);
  if (one === undefined) throw new Error('nobody nominates');
  // Listed by now: it leads elsewhere, and no email comes.
  const nominates = { ...one.nominates, name: 'Water Point' };
  const stage = stageOver(web, { dayMs: 1, atOnce: 1 });
  await nominate(stage, { nominator: { ...one, nominates }, index: 1, mailbox: { emails: () => [] } });
  expect(stage.problems).toEqual([
    'before a nomination: a nomination led to “Nominate a digital public good” (409)',
    'before a nomination: no email to confirm the address came',
  ]);
});

test('those who nominate are the same for a seed, others for another, and nobody twice', () => {
  const nominators = nominatorsFor(1);
  expect(nominators.length).toBeGreaterThanOrEqual(40);
  expect(nominatorsFor(1)).toEqual(nominators);
  expect(nominatorsFor(2).map(({ name }) => name)).not.toEqual(nominators.map(({ name }) => name));
  for (const of of [
    ({ name }: Nominator) => name,
    ({ address }: Nominator) => address,
    ({ nominates }: Nominator) => nominates.name,
  ]) {
    expect(new Set(nominators.map(of)).size).toBe(nominators.length);
  }
  for (const { address, nominates } of nominators) {
    expect([address, nominates.website]).toEqual([
      expect.stringMatching(/\.example$/u),
      expect.stringMatching(/^https:\/\/[a-z0-9-]+\.example$/u),
    ]);
  }
});
