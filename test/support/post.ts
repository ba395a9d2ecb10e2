import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OutboxDetails, SenderPorts } from '../../activities/outbox.js';
import { createSender } from '../../activities/sender.js';
import { createLinks } from '../../adapters/links.js';
import { createSmtp, type SmtpLimits } from '../../adapters/smtp.js';
import { startMailbox, type Mailbox } from '../../dev/mailbox.js';
import { LINK_PLACEHOLDER } from '../../mail/render.js';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import type { Database } from '../../prisma/database.js';
import type { LetterHead } from '../../prisma/letter.js';
import { createOutbox } from '../../prisma/outbox.js';
import { step } from '../../prisma/step.js';
import type { TestDatabase } from './database.js';

/** What stands on the emails of tests. */
export const head: LetterHead = {
  organisation: 'Invented Alliance',
  senderName: 'Fatou Ndiaye',
  replyTo: 'reviews@alliance.example',
  checkUrl: 'https://reviews.alliance.example/check',
  link: LINK_PLACEHOLDER,
  invented: false,
};

/** A catching mail server in a folder of its own; the system chooses its port unless one is given. */
export async function catchMail(port = 0): Promise<Mailbox> {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-mail-'));
  const mailbox = await startMailbox({ folder, port });
  return {
    ...mailbox,
    stop: async () => {
      await mailbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a test may have otherwise than the sender of an installation. */
export interface SenderOptions extends Partial<SenderPorts> {
  readonly smtpUrl: string;
  readonly waits?: Partial<SmtpLimits>;
  /** On which site emails name pages; another than the pages' own by default. */
  readonly site?: string;
}

/** A sender over a test's database and mail server, composed as worker/engine.ts does, with real time and no limits. */
export function senderOf(home: TestDatabase, { smtpUrl, waits, site, ...other }: SenderOptions) {
  const links = createLinks(Buffer.alloc(32, 1));
  const sender = { name: head.organisation, address: 'reviews@alliance.example' };
  return createSender({
    records: createOutbox({
      ...{ database: home.database, databaseUrl: home.url },
      head: site === undefined ? head : { ...head, checkUrl: `${site}/check` },
    }),
    mailServer: createSmtp({
      smtpUrl,
      sender,
      replyTo: head.replyTo,
      ...(waits === undefined ? {} : { limits: waits }),
    }),
    journal: null,
    rules: { mode: 'catch', allowlist: [] },
    limits: null,
    linkOf: (owner) => `https://reviews.alliance.example/answer/${owner.applicationId}/${links.token(owner)}`,
    codeOf: (owner) => links.code(owner),
    now: Date.now,
    failed: () => undefined,
    ...other,
  });
}

/** A sender that runs. */
export interface RunningSender {
  readonly beats: OutboxDetails[];
  /** Ends it cleanly. Rejects if it had ended with an error. */
  readonly stop: () => Promise<void>;
  readonly ended: Promise<void>;
}

/** Runs a sender beside the test. */
export function runSender(run: ReturnType<typeof createSender>): RunningSender {
  const ending = new AbortController();
  const beats: OutboxDetails[] = [];
  const ended = run({ signal: ending.signal, heartbeat: (details) => beats.push(details) });
  // Whoever waits for it hears of its error; until then nobody does.
  ended.catch(() => undefined);
  return {
    beats,
    ended,
    stop: () => {
      ending.abort();
      return ended;
    },
  };
}

/** Waits until something is so. Throws after 30 s. */
export async function until<Value>(what: () => Promise<Value | false | null | undefined>): Promise<Value> {
  const end = Date.now() + 30_000;
  for (;;) {
    const value = await what();
    if (value !== false && value !== null && value !== undefined) return value;
    if (Date.now() > end) throw new Error('it did not come to be within 30 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Waits until no email is queued, put off for a moment or in hand-over; gives all emails of a case, oldest first. */
export async function settled(database: Database, caseId: string) {
  return until(async () => {
    const emails = await database.email.findMany({ where: { caseId }, orderBy: { id: 'asc' } });
    return emails.some(({ state }) => state === 'queued' || state === 'handing_over') ? null : emails;
  });
}

let rows = 0;

/** Appends a row of a case and takes the step that takes it; gives the step's result and the row's outcome. */
export async function say(
  database: Database,
  caseId: string,
  some: Partial<NewSubmission>,
): Promise<{ result: Awaited<ReturnType<typeof step>>; outcome: { result: string; sentence: string }; id: number }> {
  rows += 1;
  const row: NewSubmission = {
    key: `test:${rows}`,
    caseId,
    applicationId: null,
    round: null,
    kind: 'wake',
    role: 'secretariat',
    actor: 'fatou',
    body: {},
    ...some,
  };
  const appended = await appendSubmission(database, row);
  if (!('id' in appended)) throw new Error(appended.problem);
  const result = await takeAll(database, caseId);
  const outcome = await database.outcome.findUniqueOrThrow({ where: { submissionId: appended.id } });
  return { result, outcome, id: appended.id };
}

/** Takes steps of a case, rows and what is due, until one writes nothing. */
export async function takeAll(database: Database, caseId: string) {
  let result = await step(database, { caseId, armedFor: null });
  while (result.wrote) result = await step(database, { caseId, armedFor: null });
  return result;
}

export const wake = {
  kind: 'wake',
  body: { campaign: 'annual-2026', handPicked: false, cause: 'annual-2026' },
} as const;
export const privacyWake = {
  kind: 'wake',
  body: { campaign: 'annual-2026', handPicked: true, cause: 'annual-2026' },
} as const;
