import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { answeredReview, oneFails, startDesk, type DeskWorld } from '../support/desk-visit.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { arrive, deciding, PUBLIC_URL, webOver, type Browser, type Web } from '../support/owner-visit.js';

let home: TestDatabase;
let desk: DeskWorld;
let web: Web;

beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  desk = await startDesk(home.database, { ada: ['l1'], ben: ['l2'], cleo: ['l2'], sam: ['secretariat'] });
  web = webOver(home.database);
}, 60_000);
afterAll(async () => {
  await desk.stop();
  await home.stop();
});

/** A review that ended as ineligible, its decision by ada and ben; and its owner at the page of the result. */
async function rejected(slug: string): Promise<{ caseId: string; reference: string; owner: Browser }> {
  const review = await answeredReview(home.database, slug);
  await desk.toDecision('ada', review.reference);
  await desk.confirm('ada', review.reference);
  await desk.toDecision('ben', review.reference, oneFails);
  await desk.confirm('ben', review.reference);
  const owner = await arrive(web, review.reference);
  await owner.get(`/answer/${review.reference}/status`);
  return { ...review, owner };
}

const emailsOf = async (reference: string) =>
  (await home.database.email.findMany({ where: { applicationId: reference }, orderBy: { id: 'asc' } })).map(
    ({ kind }) => kind,
  );
const registryPage = async (path: string) => (await web.app.request(`${PUBLIC_URL}${path}`)).text();

/** Sends the form of the appeal. */
async function appeal({ reference, caseId, owner }: Awaited<ReturnType<typeof rejected>>, text: string) {
  await owner.get(`/answer/${reference}/appeal`);
  await deciding(web, caseId, owner.send({ text }));
  return owner.page.location === null ? owner.page : owner.follow();
}

test('an owner appeals; somebody who gave no verdict reads why, and the product is listed again', async () => {
  const review = await rejected('won-case');
  const { reference } = review;
  expect(review.owner.page.html).toContain('You can appeal once, until the end of Sunday 9 August 2026');
  expect((await appeal(review, '')).html).toContain('Say why you appeal');
  const said = await appeal(review, 'The licence is in <b>legal/</b>.');
  expect(said.html).toContain('We have your appeal');
  expect(said.html).toContain('It is the turn of a reviewer who gave no verdict before.');
  expect(said.html).not.toContain('You can appeal once');
  expect(await registryPage('/r/won-case')).toContain('There is an appeal against the decision.');
  expect(await registryPage(`/a/${reference}`)).not.toMatch(/legal\/|reviewer|ada|ben/u);
  for (const id of ['ada', 'ben']) {
    expect((await desk.who(id).get('/desk')).html).not.toContain(reference);
    expect((await desk.press(id, reference, 'claim')).html).toContain('somebody who gave no verdict');
  }
  expect((await desk.who('cleo').get('/desk')).html).toContain('The owner appeals: The licence is in &lt;b&gt;');
  const preview = await desk.toDecision('cleo', reference, { 'verdict-2': 'meets' });
  expect(preview.html).toContain('Product won-case is in the registry again.');
  expect(preview.html).toContain('Product won-case: your appeal won, listed until 1 September 2027');
  expect((await desk.confirm('cleo', reference)).html).toContain('Decided: approved.');
  expect(await registryPage('/r/won-case')).toContain('The product is listed as a digital public good.');
  expect((await emailsOf(reference)).slice(-3)).toEqual(['appeal_received', 'appeal_received', 'appeal_decided']);
  await review.owner.get(`/answer/${reference}/status`);
  expect(review.owner.page.html).toContain('meets the Standard. Its listing is valid until');
});

test('an appeal that does not win is the last word, and there is no second one', async () => {
  const review = await rejected('lost-case');
  const { reference, owner, caseId } = review;
  await owner.get(`/answer/${reference}/appeal`);
  const form = owner.page.html;
  await deciding(web, caseId, owner.send({ text: 'Look again.' }));
  const asked = await desk.toDecision('cleo', reference, { 'verdict-2': 'clarify', 'public-2': 'Which?' });
  expect(asked.html).toContain('Select a verdict: Open licence.');
  const preview = await desk.press('cleo', reference, 'verdict', {
    ...{ 'verdict-2': 'does_not_meet', 'public-2': 'The file names a closed licence.' },
    then: 'decision',
  });
  expect(preview.html).toContain('The decision is final: Product lost-case stays off the registry.');
  expect(preview.html).toContain('What would change it');
  await desk.confirm('cleo', reference);
  await owner.get(`/answer/${reference}/status`);
  expect(owner.page.html).toContain('The file names a closed licence.');
  expect(owner.page.html).not.toContain('You can appeal once');
  owner.page = { ...owner.page, html: form.replace(/name="key" value="[^"]*"/u, 'name="key" value=""') };
  await deciding(web, caseId, owner.send({ text: 'Once more.' }, `/answer/${reference}/appeal`));
  await owner.follow();
  expect(owner.page.html).toContain('An appeal was made already.');
});

test('staff are told when all reviewers gave a verdict or may not hear it', async () => {
  const review = await rejected('nobody-case');
  await home.database.reviewerConflict.create({
    data: { reviewer: 'cleo', slug: 'nobody-case', at: new Date('2026-07-10T08:00:00.000Z') },
  });
  await appeal(review, 'Who reads this?');
  const { html } = await desk.who('sam').get('/console');
  expect(html).toMatch(/Product nobody-case[^]*obody may hear the appeal/u);
});
