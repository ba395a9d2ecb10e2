import { completeAnswers } from '../../dev/complete-answers.js';
import { linkPath, nominationCase, startOwner } from '../../domain/nomination.js';
import type { Database } from '../../prisma/database.js';
import { giveVerdict, sendAnswers } from './decided-review.js';
import { Browser, runSteps, type Web } from './owner-visit.js';

export const nominated = {
  product: 'Tide Table',
  website: 'https://tide.example.org',
  name: 'Amina Diallo',
  address: 'amina@tide.example',
} as const;

/** The path of the link with which the newest address is to be confirmed. */
export async function confirmPath({ context }: Web, address: string): Promise<string> {
  const start = await context.database.nominationStart.findFirstOrThrow({
    where: { address },
    orderBy: { createdAt: 'desc' },
  });
  const owner = startOwner(start);
  return linkPath(owner, context.links.token(owner));
}

/** Takes the rows of every nomination that there is, as the engine would. */
export async function runNominations(database: Database): Promise<void> {
  const cases = await database.case.findMany({ where: { workflow: 'nomination' }, select: { id: true } });
  for (const { id } of cases) await runSteps(database, id);
}

/** Somebody who nominates a product, confirms the address, and stands before the form. */
export async function nominate(web: Web, some: Partial<typeof nominated> | Record<string, string> = {}) {
  const { database } = web.context;
  const fields = { ...nominated, ...some };
  const browser = new Browser(web.app);
  await browser.get('/nominate');
  await browser.send(fields);
  await browser.get(await confirmPath(web, fields.address));
  let open = true;
  const pressed = browser.send().finally(() => {
    open = false;
  });
  while (open) {
    await runNominations(database);
    await Promise.race([pressed, new Promise((resolve) => setTimeout(resolve, 50))]);
  }
  await pressed;
  // Where the machine is slow, the page that follows does not lead to the form by itself.
  const start = await database.nominationStart.findFirstOrThrow({
    where: { address: fields.address },
    orderBy: { createdAt: 'desc' },
  });
  const reference = start.reference ?? '';
  return { browser, reference, caseId: nominationCase(reference) };
}

/** The answer to the question of the form that is not public, and what stands in a box for reviewers. */
export const PRIVATE_ANSWER = 'private-answer@people.example';
export const FOR_REVIEWERS = 'Words-for-reviewers';

const fails = {
  section: '2',
  verdict: 'does_not_meet',
  internalReason: 'Internal-words',
  publicReason: 'The licence is not open.',
} as const;
const meets = { section: '2', verdict: 'meets', publicReason: 'The licence is open.', internalReason: '' } as const;

/** A product that somebody nominated, and what of it was done: sent, or passed by a level. `answered`: its name in the form. */
export async function nominatedUpTo(
  web: Web,
  { upTo, ...some }: { upTo: 'draft' | 'l1' | 'l2' | 'approved' | 'ineligible' } & Record<string, string>,
) {
  const { database } = web.context;
  const one = await nominate(web, some);
  if (upTo === 'draft') return one;
  const name = some['answered'] ?? some['product'] ?? nominated.product;
  const given = { name, website: [some['website'] ?? nominated.website], alternate_email: PRIVATE_ANSWER };
  const answers = { ...completeAnswers, ...given };
  await sendAnswers(database, one, { answers, forReviewers: { P4: FOR_REVIEWERS } });
  if (upTo === 'l1') return one;
  await giveVerdict(database, one, { level: 'l1', by: 'ada', sections: [meets] });
  if (upTo === 'l2') return one;
  await giveVerdict(database, one, { level: 'l2', by: 'ben', sections: [upTo === 'approved' ? meets : fails] });
  return one;
}
