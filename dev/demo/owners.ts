import type { CaughtEmail, Mailbox } from '../mailbox.js';
import { act } from './deeds.js';
import { draftAsColleague, isInvitation } from './drafting-colleague.js';
import type { Fetch } from './form-client.js';
import { impulses, readSubject, requestOf, type EmailWord, type Impulse } from './habits.js';
import { complain, createPool, type Matter, type Stage } from './matter.js';
import { BEFORE, nominate } from './nominate.js';
import { nominatorsOf } from './nominators.js';
import { scan } from './scanner.js';
import { plotOf } from './quirks.js';
import { HABITS, type Pace, type Person, type Reserved, type Told, type World } from './types.js';

/** The invented owners at work. */
export interface Owners {
  /** What pages told them was received. */
  readonly told: readonly Told[];
  /** What should not have happened, in sentences that name no person. */
  readonly problems: readonly string[];
  /** Markers of texts for reviewers and staff only, and addresses that are never published. */
  readonly planted: readonly string[];
  /** Markers of grounds of appeals, which an email repeats to their author. */
  readonly reserved: readonly Reserved[];
  /** How often each thing was tried: habits that came to an end, requests of scanners, presses of a link's button. */
  readonly tried: Readonly<Record<string, number>>;
  /** Waits until whoever acts has finished. Stop the pace first. */
  readonly stop: () => Promise<void>;
}

/** So many people act at the same instant. */
const AT_ONCE = 8;
/** Mail gateways fetch the links of so many others, besides those who are known for it. */
const SCANNED = 0.05;

/**
 * Starts the invented owners: each reads the emails that come to the own address, and acts on them through links and
 * pages alone, by habit and in the own time. Emails caught before count too.
 */
export function startOwners(plan: {
  readonly world: World;
  readonly mailbox: Pick<Mailbox, 'emails' | 'onEmail'>;
  readonly pace: Pace;
  /** No slash at its end. */
  readonly publicUrl: string;
  readonly send?: Fetch;
}): Owners {
  const { world, mailbox, pace, publicUrl, send = fetch } = plan;
  const stage: Stage = {
    ...{ pace, publicUrl, send, told: [], problems: [], planted: [], reserved: [], tried: {} },
    acting: createPool(AT_ONCE),
  };
  const desk: Desk = { stage, world, matters: new Map(), turns: new Map(), running: new Set() };
  for (const email of mailbox.emails()) receive(desk, email);
  for (const [index, nominator] of nominatorsOf(world).entries()) {
    run(desk, BEFORE, () => nominate(stage, { nominator, index, mailbox }));
  }
  const end = mailbox.onEmail((email) => receive(desk, email));
  return {
    ...stage,
    stop: async () => {
      end();
      while (desk.running.size > 0) await Promise.all(desk.running);
    },
  };
}

interface Desk {
  readonly stage: Stage;
  readonly world: World;
  readonly matters: Map<string, Matter>;
  /** What each person does last: nobody is in two reviews at a time. */
  readonly turns: Map<string, Promise<void>>;
  readonly running: Set<Promise<void>>;
}

/** A person finds an email. What comes to other addresses is not read. */
function receive(desk: Desk, email: CaughtEmail): void {
  const { stage, world } = desk;
  if (isInvitation(email)) return run(desk, BEFORE, () => draftAsColleague(stage, { email, owners: desk.matters }));
  const person = world.people.find(({ address }) => address.toLowerCase() === email.to.toLowerCase());
  const matter = person === undefined ? null : matterOf(desk, person, email);
  if (matter === null || stage.pace.stopping.aborted) return;
  const word = readSubject(email.subject);
  note(matter, word);
  const { habit } = matter.person;
  const isScanned = habit === 'scanner' || habit === 'silent' || matter.random('scanned') < SCANNED;
  const scanned = isScanned ? stage.acting(() => scan(stage, matter, email.links)) : Promise.resolve();
  run(desk, matter, () => scanned);
  const { random, request } = matter;
  const isFixed = isOneOfTheFirst(world, matter.person);
  // Whoever was silent to the end does not begin to speak then.
  const appeals = matter.plot.appeals !== undefined && habit !== 'silent';
  for (const impulse of impulses({ email: word, habit, request, isFixed, appeals, random })) {
    run(desk, matter, () => follow(desk, matter, impulse, scanned));
  }
}

/** Also whoever nominates: each is there for the end that the habit comes to. */
function isOneOfTheFirst({ people }: World, person: Person): boolean {
  return people.indexOf(person) < HABITS.length || person.nominates !== undefined;
}

/** The review that an email is about, with its newest link; null if it names none. */
function matterOf({ matters, stage, world }: Desk, person: Person, email: CaughtEmail): Matter | null {
  const reference = /\b\d{4}-[0-9A-Z]{5}\b/u.exec(email.text.slice(email.text.lastIndexOf('Reference')))?.[0];
  if (reference === undefined) return null;
  const link = email.links.find((one) => one.startsWith(stage.publicUrl) && one.includes(`/${reference}/`));
  const known = matters.get(reference);
  if (known !== undefined) {
    known.link = link ?? known.link;
    return known;
  }
  if (link === undefined) return null;
  // By the product, not by the reference: that is another one each time, and the seed decides.
  const of = `${person.address} ${email.subject.slice(0, email.subject.lastIndexOf(': '))}`;
  const random = (what: string): number => stage.pace.random(`${of} ${what}`);
  const isFixed = isOneOfTheFirst(world, person);
  const memory = { visits: 0, done: false, reminded: false, asksAgain: false, played: false, typed: {} };
  const request = requestOf({ habit: person.habit, isFixed, random });
  const order: readonly Person[] = person.nominates === undefined ? world.people : nominatorsOf(world);
  const plot = plotOf({ index: order.findIndex(({ address }) => address === person.address), random });
  const matter: Matter = { reference, person, plot, request, random, link, ...memory };
  matters.set(reference, matter);
  return matter;
}

/** What an email changes in what its reader knows. */
function note(matter: Matter, word: EmailWord): void {
  if (word === 'last_reminder') matter.reminded = true;
  if (word === 'clarification') matter.asksAgain = true;
  if (word === 'prompt' || word === 'clarification' || word === 'not_taken') matter.done = false;
  if (word === 'result' || word === 'refusal') matter.done = true;
}

/** Waits as long as the impulse says, then does it when nothing else keeps the person busy. */
async function follow(desk: Desk, matter: Matter, impulse: Impulse, before: Promise<void>): Promise<void> {
  const { stage, turns } = desk;
  const { pace } = stage;
  const { person } = matter;
  await pace.days(impulse.after);
  const turn = (turns.get(person.address) ?? Promise.resolve()).then(async () => {
    // Whoever has several products takes one after the other, with some time between.
    if (person.habit === 'several_products' && !matter.done) await pace.days(0.5);
    await before;
    if (pace.stopping.aborted || (impulse.unlessReminded === true && matter.reminded)) return;
    const went = await act(stage, matter, impulse.does);
    if (went === 'again') run(desk, matter, () => follow(desk, matter, { after: 1.5, does: 'answer' }, before));
  });
  turns.set(
    person.address,
    turn.catch(() => undefined),
  );
  await turn;
}

/** Does something beside everything else; its failure is a problem, not the end. */
function run({ stage, running }: Desk, matter: Pick<Matter, 'reference'>, work: () => Promise<void>): void {
  const task = work()
    .catch((error: unknown) => complain(stage, matter, error instanceof Error ? error.message : String(error)))
    .finally(() => running.delete(task));
  running.add(task);
}
