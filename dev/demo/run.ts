import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { printShortDay } from '../../adapters/dates.js';
import type { Log } from '../../adapters/log.js';
import { DAY, dayOf, type Day } from '../../domain/calendar.js';
import { readClock } from '../../prisma/case-time.js';
import type { Database } from '../../prisma/database.js';
import type { Say } from '../cache.js';
import { installRuntime } from '../../worker/runtime.js';
import { startInstallation, type Installation } from '../installation.js';
import type { Settings } from '../settings.js';
import { brokenBy, type Ended } from '../../adapters/until-stopped.js';
import { startBadDays } from '../faults/bad-days.js';
import { patientFetch, patiently } from '../faults/patience.js';
import { readNominations } from './followed.js';
import { LIVE_HEAD, LIVE_LEGEND, liveLine } from './live-line.js';
import type { DemoOptions } from './options.js';
import { actAs } from './at-the-console.js';
import { changePace, slowDown } from './change-pace.js';
import { startAuthors } from './concerns.js';
import { createTimes, timePages, watchMachine, type Times } from './times.js';
import { openOffice, type Office } from './office.js';
import { startExperts } from './experts.js';
import { startOwners } from './owners.js';
import { createPace, type RunningPace } from './pace.js';
import { chooseForLaterReviews, chooseAsUsual } from './policies.js';
import { prepareDemo, TODAY, type DemoStart } from './prepare.js';
import { holds } from './report.js';
import { printResult, resultOf, type Played } from './result.js';
import { startReviewers } from './reviewers.js';
import { secretary, startStaff } from './staff.js';
import { startCampaignOnConsole } from './start-campaign.js';
import { trespass } from './trespass.js';

import { VISITOR } from './world.js';

/** The campaign that the demonstration runs. */
export const CAMPAIGN = 'annual-2026';

/** More listings need more time for each day on two cores. */
const dayMsFor = (products: number): number => (products <= 15 ? 800 : products <= 60 ? 1_200 : 2_800);
/** Forms of nominations are filled in from nothing, in days as long as these. */
const NOMINATIONS_DAY_MS = 1_600;
/** Temporal's server takes more of the machine than its dev server, and PostgreSQL its share: days are so much longer. */
const SERVER_SLOWER = 2.5;
/** Waves small enough for a slice to have some. */
const perDayFor = (products: number): number => (products <= 60 ? 10 : 25);
/** So many lines stand below a head, for it to be in sight. */
const HEAD_EVERY = 20;
/** No path of a case is longer, by scenario; what is still open then is a fault that the result shows. */
const LAST_DAY = { campaign: 145, nominations: 220 } as const;
/**
 * Under faults it may take so many times as long: days go on while the parts are down, and wakes stand behind people,
 * who in fast days come all the time.
 */
const FAULTS_TAKE = 5;
/** So many days pass between the last fault and the end: what was put off then comes. */
const CALM_DAYS = 6;

export interface DemoPlan {
  readonly options: DemoOptions;
  readonly settings: Settings;
  readonly say: Say;
}

/**
 * The main job in fast motion. Starts everything, runs the campaign to its end, checks what became of it, and then
 * goes on in real time; with `once` it ends the process, with 0 only if every check holds.
 */
export async function runDemo({ options, settings, say }: DemoPlan) {
  const began = Date.now();
  let start: DemoStart | undefined;
  const logFile = join(settings.home, 'logs', 'perennial.log');
  const log: Log = (line) => appendFileSync(logFile, `${JSON.stringify(line)}\n`);
  installRuntime(log);
  const installation = await startInstallation({
    settings,
    say,
    log,
    throwAway: true,
    apart: options.faults,
    server: options.server,
    prepare: async ({ database }) => {
      say('Importing the registry and inventing its people ...');
      start = await prepareDemo(database, options);
    },
  });
  if (start === undefined) throw new Error('The demonstration was not prepared.');
  const stage: Stage = { options, installation, start, say, began };
  return { stop: installation.stop, ended: Promise.race([brokenBy(installation.broken), play(stage)]) };
}

interface Stage {
  readonly options: DemoOptions;
  readonly installation: Installation;
  readonly start: DemoStart;
  readonly say: Say;
  readonly began: number;
}

/** Everybody acts until the campaign has ended; then it is checked what became of it. */
async function play(stage: Stage): Promise<Ended> {
  const { options, installation, start, say } = stage;
  const dayOnTwoCores = options.scenario === 'nominations' ? NOMINATIONS_DAY_MS : dayMsFor(start.world.products.length);
  const dayMs = dayOnTwoCores * (options.server ? SERVER_SLOWER : 1) * options.slower;
  const pace = createPace({ dayMs, seed: options.seed, ...(options.faults ? { patiently } : {}) });
  try {
    const acted = await everybodyActs(stage, pace);
    const wallSeconds = Math.round((Date.now() - stage.began) / 1_000);
    const { world } = start;
    const { minutes } = options;
    const played = { installation, world, ...acted, minutes, dayMs: pace.dayMs, wallSeconds };
    const { result, remarks } = await resultOf({ ...played, campaign: campaignOf(options) });
    for (const remark of remarks) say(remark);
    printResult(result, { json: options.json, say });
    if (options.once) return { code: holds(result) ? 0 : 1, sentence: null };
    say(welcome(stage, await today(installation.database)));
    return await new Promise<never>(() => undefined);
  } catch (error) {
    return {
      code: 1,
      sentence: `The demonstration stopped: ${error instanceof Error ? error.message : String(error)}`,
    };
  } finally {
    pace.stop();
  }
}

/** The campaign in fast time, with faults if they are asked for, until it is over and everybody has gone home. */
async function everybodyActs(
  stage: Stage,
  pace: RunningPace,
): Promise<Pick<Played, 'owners' | 'office' | 'attempts' | 'badDays'>> {
  const { options, installation, start } = stage;
  const { database, stack, config } = installation;
  const { publicUrl } = config;
  const { world } = start;
  let pressedAgain = 0;
  const pages = createTimes();
  const timed = timePages(pages);
  const send = options.faults ? patientFetch(() => (pressedAgain += 1), timed) : timed;
  const patient = options.faults ? patientFetch(() => undefined, timed) : timed;
  const office = openOffice({ database, pace, publicUrl, send: patient });
  if (options.scenario === 'campaign') await startCampaignOf(office, start);
  await changePace(database, pace.dayMs);
  const { seed, minutes, faults } = options;
  const badDays = faults ? startBadDays({ installation, seed, counted: minutes !== null, told: office.told }) : null;
  const owners = startOwners({ world, mailbox: stack.mailbox, pace, publicUrl, send });
  const experts = startExperts(office, stack.mailbox);
  const authors = startAuthors(office, { world, mailbox: stack.mailbox });
  const others = [startReviewers(office, world), startStaff(office), chooseForLaterReviews(database, pace)];
  const problem = Promise.all(others).then(() => new Promise<never>(() => undefined));
  await Promise.race([untilOver(stage, pace, { pages, outcomes: office.outcomes }), problem]);
  if (badDays !== null) {
    await badDays.stop();
    await Promise.race([pace.days(CALM_DAYS), problem]);
  }
  if (start.visitor !== null) await leaveOneForTheVisitor(stage, office, start.visitor);
  pace.stop();
  await Promise.all([owners.stop(), experts.stop(), authors.stop(), ...others]);
  await changePace(database, DAY);
  const attempts = await trespass(office);
  return { owners: { ...owners, tried: { ...owners.tried, pressedAgain } }, office, attempts, badDays };
}

/** What staff do on the console. */
async function startCampaignOf(office: Office, { world, handPicked, visitor }: DemoStart): Promise<void> {
  await startCampaignOnConsole(secretary(office), {
    name: CAMPAIGN,
    perDay: perDayFor(world.products.length),
    include: handPicked,
    exclude: visitor === null ? [] : [{ slug: visitor, reason: 'left for the visitor' }],
  });
}

/**
 * Says a line a second until the campaign has closed itself, every nomination has ended and every concern that was
 * accepted too, no path should be that long,
 * or its minutes are over.
 */
async function untilOver(
  { installation, options, say }: Stage,
  pace: RunningPace,
  { pages, outcomes }: { readonly pages: Times; readonly outcomes: Times },
): Promise<void> {
  const { database } = installation;
  const { minutes, faults, scenario } = options;
  const end = minutes === null ? Infinity : Date.now() + minutes * 60_000;
  const lastDay = minutes === null ? (faults ? FAULTS_TAKE : 1) * LAST_DAY[scenario] : Infinity;
  const longerDay = watchMachine({ pages, outcomes, dayMs: pace.dayMs });
  const campaign = campaignOf(options);
  const starts = campaign === null ? 'Nominations come in.' : `The campaign ${campaign} starts.`;
  say(`\n${starts} From here a day takes ${pace.dayMs / 1_000} seconds.\n${LIVE_LEGEND}`);
  let days = 0;
  let looked = Date.now();
  for (let lines = 0; Date.now() < end && days < lastDay; lines += 1) {
    if (lines % HEAD_EVERY === 0) say(`\n${LIVE_HEAD}`);
    say(await pace.patiently(() => liveLine(database, campaign)));
    if (minutes === null && (await pace.patiently(() => isOver(database, options)))) return;
    await sleep(1_000);
    days += (Date.now() - looked) / pace.dayMs;
    looked = Date.now();
    // Where minutes are counted, longer days would leave less of the year to be played.
    const longer = minutes === null ? await slowDown(database, { pace, longerDay }) : null;
    if (longer !== null) say(`This machine is busy: from here a day takes ${(longer / 1_000).toFixed(1)} seconds.`);
  }
}

async function isOver(database: Database, options: DemoOptions): Promise<boolean> {
  const nominations = await readNominations(database);
  if (nominations.length < options.nominations) return false;
  if (nominations.some(({ reference, open }) => reference === null || open)) return false;
  if ((await database.concern.count({ where: { stage: { in: ['waiting', 'accepted'] } } })) > 0) return false;
  return (await database.campaign.count({ where: { NOT: { state: 'closed' } } })) === 0;
}

/** The campaign that a demonstration is about; null: it is about nominations alone. */
function campaignOf({ scenario }: DemoOptions): string | null {
  return scenario === 'campaign' ? CAMPAIGN : null;
}

/** Opens the review of a product outside the campaign, and waits for its email. */
async function leaveOneForTheVisitor({ installation, say }: Stage, office: Office, slug: string): Promise<void> {
  const { database, stack } = installation;
  await chooseAsUsual(database);
  await actAs(office, secretary(office), { slug, act: { is: 'open' } });
  const email = await stack.mailbox.waitFor(({ to }) => to.includes(VISITOR), 10_000).catch(() => null);
  if (email === null) say('The email that is left for you has not come yet; look into the mailbox.');
}

/** The day of case time. */
async function today(database: Database): Promise<Day> {
  const { now } = await database.$transaction(readClock);
  return dayOf(now);
}

function welcome({ installation: { config, stack } }: Stage, day: Day): string {
  return `
It is now ${printShortDay(day)} in the demonstration, which began on ${printShortDay(TODAY)}.
From here a day takes a day. Emails and pages count by these dates; only the
list of the mailbox tells when this machine really caught an email.

Look around, and answer the email that waits for you:

  Your email     ${config.publicUrl}/dev/mail?to=${VISITOR}
  Mailbox        ${config.publicUrl}/dev/mail
  Registry       ${config.publicUrl}/
  Desk           ${config.publicUrl}/desk (choose who to be)
  Temporal UI    ${stack.temporalUiUrl ?? 'none: it is a program of its own'}
  Commands       PERENNIAL_HOME=${stack.home.folder} npm run perennial -- status

Ctrl-C ends it.`;
}
