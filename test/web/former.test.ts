import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { formerAlike } from '../../prisma/read-former.js';
import { withImport } from '../../prisma/import-run.js';
import { registrySchema } from '../../web/registry/data-shape.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import * as old from '../support/former-records.js';
import { readFiles } from '../support/former-records.js';
import { completeAnswers } from '../support/listed-product.js';
import { append, openReview, runSteps } from '../support/owner-visit.js';
import { addOne, startSignInWeb, StaffBrowser, type SignInWeb } from '../support/staff-visit.js';

const SLUG = 'well-map';
let home: TestDatabase;
let served: SignInWeb;
let reference = '';

/** Names of people, and comments that no page of the public may show. */
const nobody = /Jean-Luc|wells@|wellfan|other-fan|harm@/u;

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  const opened = await openReview(home.database, { slug: SLUG, answers: completeAnswers });
  reference = opened.reference;
  await home.database.listing.update({
    where: { slug: SLUG },
    data: { name: 'Well Map', website: 'https://well.example', applicationId: '20001' },
  });
  const found = await readFiles({
    'nominees/well-map.json': old.nominee,
    'digitalpublicgoods/well-map.json': old.screening,
    'reviews/Well Map_wellfan-7.json': old.opinion,
    'webapp-application/20001.json': old.application,
    'excluded-nominees/salt-forms.json': old.excluded,
    'excluded-nominees/README.md': old.exclusions,
    'nominees.json': [old.summary],
  });
  await withImport(home.database, { takenAsNew: [] }, async (run) => {
    await run.former(
      found.flatMap((one) => (one.what === 'former' ? [{ record: one.record, place: JSON.stringify(one) }] : [])),
    );
    await run.end({ whole: false });
  });
  const { id: recipient } = await home.database.recipient.findFirstOrThrow({ where: { applicationId: reference } });
  const declaration = { name: 'Amina', role: 'lead', maySpeak: true };
  const body = { answers: {}, forReviewers: {}, confirmed: ['name'], declaration };
  const row = { reference, round: 1, kind: 'answers', role: 'owner', actor: String(recipient), body };
  await append(home.database, opened.caseId, row as Parameters<typeof append>[2]);
  await runSteps(home.database, opened.caseId);
  await addOne(home.database, 'ada', 'l1');
  served = await startSignInWeb(home.database, { accounts: ['ada'] });
}, 60_000);
afterAll(async () => {
  await served.stop();
  await home.stop();
});

const publicText = async (path: string): Promise<string> => (await fetch(`${served.url}${path}`)).text();

describe('the past of a product, out of older files', () => {
  test('stands on its public page as what happened and when', async () => {
    const page = (await publicText(`/r/${SLUG}`)).replace(/<[^>]+>/gu, ' ');
    expect(page).toContain('Before this website');
    expect(page).toMatch(/Nominated, 1 March 2021\./u);
    expect(page).toMatch(/Recognised as a digital public good, 1 May 2021\./u);
    expect(page).toMatch(/Reviewed by a volunteer, 11 October 2021\./u);
    expect(page).toContain('Application 20001 in the former portal');
  });

  test('shows the public no comment, no answer and nobody', async () => {
    for (const path of [`/r/${SLUG}`, '/registry.json']) {
      const text = await publicText(path);
      expect(text).not.toMatch(nobody);
      expect(text).not.toMatch(/doubt it|Users of Another Product/u);
    }
  });

  test('stands in the registry as data, in the shape that is promised', async () => {
    const data = registrySchema.parse(JSON.parse(await publicText('/registry.json')));
    const product = data.products.find(({ slug }) => slug === SLUG);
    expect(product?.history.map(({ what, date }) => [what, date])).toEqual([
      ['opinions', '2021-10-11'],
      ['recognised', '2021-05-01'],
      ['nominated', '2021-03-01'],
      ['answered', null],
      ['applied', null],
    ]);
  });

  test('is on the page of its reviewers with answers and comments, without who said it', async () => {
    const ada = new StaffBrowser(served.url);
    await ada.signIn('ada');
    const { html } = await ada.get(`/desk/${reference}`);
    const page = html.replace(/<[^>]+>/gu, ' ').replace(/\s+/gu, ' ');
    expect(page).toContain('from older files');
    expect(page).toContain('Sustainable Development Goal 1 of those named: no (confidence 2 of 5)');
    expect(page).toContain('doubt it');
    expect(page).toContain('Does it support standards? no');
    expect(html).not.toMatch(nobody);
  });
});

test('a product that equals a former or excluded one is found, with the reason', async () => {
  const named = { name: 'SALT-forms', website: null, repositories: [] };
  const [excluded, ...more] = await formerAlike(home.database, named);
  expect(excluded).toMatchObject({ kind: 'excluded', source: 'salt-forms', by: ['name'], on: '2021-03-03' });
  expect(excluded?.reason).toContain('The licence is not open');
  expect(more.map(({ kind }) => kind)).toEqual(['exclusion']);
  const moved = {
    name: 'Fountains',
    website: 'http://www.well.example/',
    repositories: ['github.com/well-example/map.git'],
  };
  const found = await formerAlike(home.database, moved);
  expect(found[0]).toMatchObject({ slug: SLUG, by: ['website', 'repository'] });
  expect(await formerAlike(home.database, { name: 'New Thing', website: null, repositories: [] })).toEqual([]);
});
