import { STANDARDS } from '../../domain/standards.js';
import { createLinks } from '../../adapters/links.js';
import { createPace } from '../../dev/demo/pace.js';
import { prepareDemo } from '../../dev/demo/prepare.js';
import { startReviewers } from '../../dev/demo/reviewers.js';
import { startStaff } from '../../dev/demo/staff.js';
import { freePort } from '../../dev/ports.js';
import { instant } from '../../domain/calendar.js';
import { caseTime } from '../../domain/clock.js';
import { planCampaign, startCampaign } from '../../prisma/campaign.js';
import { readClock } from '../../prisma/case-time.js';
import { appendSegment } from '../../prisma/clock.js';
import { openDatabase, type Database } from '../../prisma/database.js';
import { step } from '../../prisma/step.js';
import { startWeb } from '../../web/server.js';
import { catchMail, runSender, senderOf } from './post.js';
import { createDatabase } from './run-database.js';

const KEY = Buffer.alloc(32, 9);
const CAMPAIGN = 'annual-2026';

/** What a demonstration is made of, without Temporal: steps are taken by a loop, emails go over SMTP. */
export async function startFastDays({ take, seed, dayMs }: { take: number; seed: number; dayMs: number }) {
  const made = await createDatabase();
  const database = openDatabase(made.url);
  const start = await prepareDemo(database, {
    ...{ take, seed, once: true },
    registry: 'dev/registry-2026-07-10.json',
  });
  const mailbox = await catchMail();
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const links = createLinks(KEY);
  const pageFailures: unknown[] = [];
  const web = await startWeb({
    context: {
      ...{ database, standards: STANDARDS, links, publicUrl, invented: true },
      organisation: 'Invented Alliance',
      staffAddress: 'secretariat@alliance.example',
      report: (failure) => pageFailures.push(failure),
    },
    port,
  });
  const plan = await planCampaign(database, { name: CAMPAIGN, include: start.handPicked, perDay: 10 });
  if ('problems' in plan) throw new Error(plan.problems.join(' '));
  await startCampaign(database, { name: CAMPAIGN, by: 'fatou', plan });
  await changePace(database, dayMs);
  const pace = createPace({ dayMs, seed });
  const sender = runSender(
    senderOf(
      { database, url: made.url, setClock: () => Promise.resolve(), stop: () => Promise.resolve() },
      {
        smtpUrl: mailbox.smtpUrl,
        linkOf: (owner) => `${publicUrl}/answer/${owner.applicationId}/${links.token(owner)}`,
      },
    ),
  );
  // Like workflows they go on when people have stopped.
  const ending = new AbortController();
  const others = [
    takeSteps(database, ending.signal),
    startReviewers({ database, pace }),
    startStaff({ database, pace }),
  ];
  const broken = Promise.all(others).then(() => new Promise<never>(() => undefined));
  return {
    ...{ database, mailbox, publicUrl, pace, world: start.world, pageFailures },
    /** Waits until the campaign has closed, or the days are over. */
    untilClosed: (days: number) => Promise.race([closed(database, Date.now() + days * dayMs), broken]),
    stop: async () => {
      pace.stop();
      ending.abort();
      await Promise.allSettled(others);
      await sender.stop();
      await web.stop();
      await mailbox.stop();
      await database.$disconnect();
      await made.drop();
    },
  };
}

async function changePace(database: Database, dayMs: number): Promise<void> {
  const { clock } = await database.$transaction(readClock);
  const now = Date.now();
  await appendSegment(database, { realAt: instant(now), caseAt: caseTime(clock, now), dayMs });
}

async function closed(database: Database, end: number): Promise<void> {
  while (Date.now() < end) {
    const { state } = await database.campaign.findUniqueOrThrow({ where: { name: CAMPAIGN } });
    if (state === 'closed') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
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
