import { expect, test } from '@jest/globals';
import { draftAsColleague, inviteColleague } from '../../dev/demo/drafting-colleague.js';
import type { Matter } from '../../dev/demo/matter.js';
import { beginVisit, enter } from '../../dev/demo/visit.js';
import { caughtOf } from '../support/demo-review.js';
import { stageOver } from '../support/demo-stage.js';
import { linkOf, PUBLIC_URL, runSteps, visitor } from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home, web } = pagesOfFile();

test('all that a colleague saved, the page before leaving too, stands in the list of the owner who sends it', async () => {
  const stage = stageOver(web, { dayMs: 1, atOnce: 1 });
  const { caseId, reference } = await visitor(web, 'shared');
  const person = { name: 'Amina', language: 'en', country: 'KE', slugs: ['shared'], habit: 'prompt' } as const;
  const owner: Matter = {
    ...{
      reference,
      plot: {},
      request: null,
      random: stage.pace.random,
      link: `${PUBLIC_URL}${await linkOf(web, reference)}`,
    },
    ...{ visits: 0, done: false, reminded: false, asksAgain: false, played: false, typed: {} },
    person: { ...person, address: 'amina@shared.example' },
  };
  const visit = beginVisit(stage, owner);
  const page = await enter(visit);
  if (page === null) throw new Error('the link of the email opened nothing');
  await inviteColleague(visit, page);
  await runSteps(home.database, caseId);
  const link = `${PUBLIC_URL}${await linkOf(web, reference, 'colleague')}`;
  const email = { ...caughtOf('colleague_invited:1'), to: 'helps.amina@shared.example', links: [link] };
  await draftAsColleague(stage, { email, owners: new Map([[reference, owner]]) });

  expect(stage.problems).toEqual([]);
  expect(stage.tried).toMatchObject({ invited: 1, drafted_as_colleague: 1 });
  const drafts = await home.database.draft.findMany({ where: { applicationId: reference } });
  expect(drafts.length).toBeGreaterThan(0);
  const saved = drafts.flatMap(({ form }) => Object.entries(form as object));
  expect(Object.entries(owner.typed)).toEqual(expect.arrayContaining(saved));
});
