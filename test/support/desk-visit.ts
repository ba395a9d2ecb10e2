import { judgedSections } from '../../domain/answers.js';
import type { StaffRole } from '../../domain/staff.js';
import { NEWEST } from '../../domain/standards.js';
import type { Database } from '../../prisma/database.js';
import { look } from '../../prisma/step.js';
import type { TestDatabase } from './database.js';
import { completeAnswers } from './listed-product.js';
import { append, hiddenFields, openReview, runSteps } from './owner-visit.js';
import { playSteps } from './play-steps.js';
import { addOne, startSignInWeb, StaffBrowser, type Got, type SignInWeb } from './staff-visit.js';

/** A verdict of the desk's form on which every section meets. */
export const allMeet: Readonly<Record<string, string>> = Object.fromEntries(
  judgedSections({ standard: NEWEST, scope: 'all' }).map((section) => [`verdict-${section}`, 'meets']),
);
/** The same, but for one section. */
export const oneFails = { ...allMeet, 'verdict-2': 'does_not_meet', 'public-2': 'No licence file.' };

/** Reviewers and staff at their pages over HTTP, while the rows of all cases are taken. */
export interface DeskWorld {
  readonly served: SignInWeb;
  readonly who: (id: string) => StaffBrowser;
  /** Opens the page of a case and presses one of its buttons; the page that comes of it. */
  readonly press: (
    id: string,
    reference: string,
    act: string,
    fields?: Readonly<Record<string, string>>,
  ) => Promise<Got>;
  /** Takes a case and goes on to the decision with a verdict. */
  readonly toDecision: (id: string, reference: string, fields?: Readonly<Record<string, string>>) => Promise<Got>;
  readonly confirm: (id: string, reference: string) => Promise<Got>;
  readonly stop: () => Promise<void>;
}

/** Adds people and signs each in. */
export async function startDesk(
  database: Database,
  people: Readonly<Record<string, readonly StaffRole[]>>,
): Promise<DeskWorld> {
  for (const [id, roles] of Object.entries(people)) await addOne(database, id, ...roles);
  const served = await startSignInWeb(database, { accounts: Object.keys(people) });
  const browsers = new Map<string, StaffBrowser>();
  for (const id of Object.keys(people)) {
    const browser = new StaffBrowser(served.url);
    await browser.signIn(id);
    browsers.set(id, browser);
  }
  const steps = playSteps(database);
  const stop = async () => {
    await steps.stop();
    await served.stop();
  };
  return { served, ...actsOf(served, browsers), stop };
}

function actsOf(served: SignInWeb, browsers: ReadonlyMap<string, StaffBrowser>): Omit<DeskWorld, 'served' | 'stop'> {
  const who = (id: string) => browsers.get(id) ?? new StaffBrowser(served.url);
  const follow = (id: string, posted: Got) => (posted.location === null ? posted : who(id).get(posted.location));
  const press: DeskWorld['press'] = async (id, reference, act, fields = {}) => {
    const page = await who(id).get(`/desk/${reference}`);
    const form = new RegExp(`<form[^>]*action="/desk/${reference}/${act}"[^]*?</form>`, 'u').exec(page.html)?.[0];
    const hidden = Object.fromEntries(hiddenFields(form ?? page.html));
    return follow(id, await who(id).post(`/desk/${reference}/${act}`, { ...hidden, ...fields }));
  };
  const toDecision: DeskWorld['toDecision'] = async (id, reference, fields = allMeet) => {
    await press(id, reference, 'claim');
    return press(id, reference, 'verdict', { ...fields, then: 'decision' });
  };
  const confirm: DeskWorld['confirm'] = async (id, reference) => {
    const page = await who(id).get(`/desk/${reference}/decision`);
    return follow(id, await who(id).post(`/desk/${reference}/decide`, Object.fromEntries(hiddenFields(page.html))));
  };
  return { who, press, toDecision, confirm };
}

/** The hold of a review's newest verdict passes, and the verdict takes effect. */
export async function letHoldPass(home: TestDatabase, reference: string): Promise<void> {
  const { caseId } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
  const next = (await look(home.database, caseId))?.next;
  if (next?.what !== 'commit') throw new Error(`${reference}: no verdict waits for its hold`);
  await home.setClock(next.due);
  await runSteps(home.database, caseId);
}

/** A review whose owner has answered: its first level is asked. */
export async function answeredReview(database: Database, slug: string): Promise<{ caseId: string; reference: string }> {
  const { caseId, reference } = await openReview(database, { slug, answers: completeAnswers });
  const recipient = await database.recipient.findFirstOrThrow({ where: { applicationId: reference } });
  const body = {
    answers: { laws: ['A law that is new'] },
    forReviewers: {},
    confirmed: ['name'],
    declaration: { name: 'Amina', role: 'lead', maySpeak: true },
  };
  const row = { reference, round: 1, kind: 'answers', role: 'owner', actor: String(recipient.id), body };
  // The helper's roles are those of staff; a row of an owner differs in nothing else.
  await append(database, caseId, row as unknown as Parameters<typeof append>[2]);
  await runSteps(database, caseId);
  return { caseId, reference };
}
