import { STANDARDS } from '../../domain/standards.js';
import { createLinks } from '../../adapters/links.js';
import { createIssuer } from '../../adapters/issuer.js';
import { startExperts } from '../../dev/demo/experts.js';
import { openOffice } from '../../dev/demo/office.js';
import { changePace, slowDown } from '../../dev/demo/change-pace.js';
import { createPace, type RunningPace } from '../../dev/demo/pace.js';
import { createTimes, timePages, watchMachine } from '../../dev/demo/times.js';
import { prepareDemo } from '../../dev/demo/prepare.js';
import { startReviewers } from '../../dev/demo/reviewers.js';
import { secretary, startStaff } from '../../dev/demo/staff.js';
import { startCampaignOnConsole } from '../../dev/demo/start-campaign.js';
import { freePort } from '../../dev/ports.js';
import { startTrialSignIn } from '../../dev/trial-sign-in.js';
import { SIGNED_IN_PATH } from '../../web/desk/sign-in.js';
import { linkPath } from '../../domain/nomination.js';
import { readClock } from '../../prisma/case-time.js';
import { openDatabase, type Database } from '../../prisma/database.js';
import { step } from '../../prisma/step.js';
import { startWeb } from '../../web/server.js';
import { catchMail, runSender, senderOf } from './post.js';
import { createDatabase } from './run-database.js';

const KEY = Buffer.alloc(32, 9);
const CAMPAIGN = 'annual-2026';

/** What a demonstration is made of, without Temporal: steps are taken by a loop, emails go over SMTP. */
export async function startFastDays(plan: { take: number; seed: number; dayMs: number; nominations?: number }) {
  const { take, seed, dayMs, nominations = 0 } = plan;
  const made = await createDatabase();
  const database = openDatabase(made.url);
  const start = await prepareDemo(database, {
    ...{ take, seed, once: true, nominations },
    registry: 'dev/registry-2026-07-10.json',
  });
  const mailbox = await catchMail();
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const links = createLinks(KEY);
  const pageFailures: unknown[] = [];
  const signIn = await startTrialSignIn({ database, port: 0, publicUrl });
  const web = await startWeb({
    context: {
      ...{ database, standards: STANDARDS, links, publicUrl, invented: true },
      organisation: 'Invented Alliance',
      staffAddress: 'secretariat@alliance.example',
      issuer: createIssuer(
        {
          url: signIn.variables['PERENNIAL_OIDC_ISSUER'] ?? '',
          clientId: signIn.variables['PERENNIAL_OIDC_CLIENT_ID'] ?? '',
          clientSecret: signIn.variables['PERENNIAL_OIDC_CLIENT_SECRET'] ?? '',
        },
        `${publicUrl}${SIGNED_IN_PATH}`,
      ),
      report: (failure) => pageFailures.push(failure),
    },
    port,
  });
  const pace = createPace({ dayMs, seed });
  const pages = createTimes();
  const send = timePages(pages);
  const office = openOffice({ database, pace, publicUrl, send });
  const longerDay = watchMachine({ pages, outcomes: office.outcomes, dayMs });
  const scope = { name: CAMPAIGN, include: start.handPicked, exclude: [], perDay: 10 };
  await startCampaignOnConsole(secretary(office), scope);
  await changePace(database, dayMs);
  const sender = runSender(
    senderOf(
      { database, url: made.url, setClock: () => Promise.resolve(), stop: () => Promise.resolve() },
      {
        ...{ smtpUrl: mailbox.smtpUrl, site: publicUrl },
        codeOf: (owner) => links.code(owner),
        linkOf: (owner) => `${publicUrl}${linkPath(owner, links.token(owner))}`,
      },
    ),
  );
  const experts = startExperts(office, mailbox);
  // Like workflows they go on when people have stopped.
  const ending = new AbortController();
  const others = [takeSteps(database, ending.signal), startReviewers(office, start.world), startStaff(office)];
  const broken = Promise.all(others).then(() => new Promise<never>(() => undefined));
  return {
    ...{ database, mailbox, publicUrl, pace, send, office, world: start.world, pageFailures },
    /** Waits until the campaign has closed, or the days are over. */
    untilClosed: (days: number) => Promise.race([closed({ database, pace, days, longerDay }), broken]),
    stop: async () => {
      pace.stop();
      await experts.stop();
      ending.abort();
      await Promise.allSettled(others);
      await sender.stop();
      await web.stop();
      await signIn.stop();
      await mailbox.stop();
      await database.$disconnect();
      await made.drop();
    },
  };
}

/** Waits until the campaign has closed or so many days are over, which become longer on a busy machine. */
async function closed(plan: {
  readonly database: Database;
  readonly pace: RunningPace;
  readonly days: number;
  readonly longerDay: ReturnType<typeof watchMachine>;
}): Promise<void> {
  const { database, pace, days, longerDay } = plan;
  let looked = Date.now();
  for (let passed = 0; passed < days; looked = Date.now()) {
    const { state } = await database.campaign.findUniqueOrThrow({ where: { name: CAMPAIGN } });
    if (state === 'closed') return;
    await new Promise((resolve) => setTimeout(resolve, 500));
    passed += (Date.now() - looked) / pace.dayMs;
    await slowDown(database, { pace, longerDay });
  }
}

/** Takes what waits and what is due in all cases, again and again: what relay and workflows do. */
async function takeSteps(database: Database, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    const waiting = await database.submission.findMany({
      where: { outcome: null, aside: false },
      distinct: ['caseId'],
    });
    const all = await database.case.findMany({ select: { id: true, agenda: true } });
    const { now } = await database.$transaction(readClock);
    // Written by save-case.ts.
    const due = all.filter(({ agenda }) => (agenda as unknown as { due: string }[]).some((entry) => entry.due <= now));
    const names = new Set([...waiting.map(({ caseId }) => caseId), ...due.map(({ id }) => id)]);
    for (const caseId of names) while ((await step(database, { caseId, armedFor: null })).wrote);
    if (names.size === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
