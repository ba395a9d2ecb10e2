import { linkPath } from '../domain/nomination.js';
import type { Loop } from '../activities/index.js';
import { createLinkChecker } from '../activities/links.js';
import { createSender } from '../activities/sender.js';
import type { Config } from '../adapters/config.js';
import { createHandOverJournal } from '../adapters/handover-journal.js';
import { createLinkLook } from '../adapters/link-look.js';
import { createLinks } from '../adapters/links.js';
import { describeError, type Log } from '../adapters/log.js';
import { createSmtp } from '../adapters/smtp.js';
import { LINK_PLACEHOLDER } from '../mail/render.js';
import type { Database } from '../prisma/database.js';
import { linkRecords } from '../prisma/link-checks.js';
import { createOutbox } from '../prisma/outbox.js';
import { startDailyHeads } from './daily-heads.js';
import { startWorkers, type Workers } from './workers.js';

/** What an installation's engine is composed of. */
export interface EnginePlan {
  readonly config: Config;
  readonly database: Database;
  /** Everything in it is invented, as each email then says. */
  readonly invented: boolean;
  readonly log: Log;
}

/**
 * Composes and starts the engine: workflows, steps, relay, sender, and the daily export of the ledger's heads if the
 * configuration has a place for them. Throws with the cause if a part is away.
 */
export async function startEngine(plan: EnginePlan): Promise<Workers> {
  const { config, database, log } = plan;
  const links = linksOf(plan);
  const workers = await startWorkers({
    ...{ config, database, sender: senderOf(plan), log },
    ...(links === null ? {} : { links }),
  });
  const { ledger: place } = config;
  if (place === null) return workers;
  const daily = startDailyHeads({ place, database, log });
  return {
    ...workers,
    stop: async () => {
      await Promise.all([daily.stop(), workers.stop()]);
    },
  };
}

/** The sender of an installation: a loop that hands due emails over until its signal aborts. */
export function senderOf({ config, database, invented, log }: EnginePlan): Loop {
  const { organisation, publicUrl, sender, senderName, smtpUrl, staffAddress: replyTo } = config;
  const links = createLinks(config.linkKey);
  return createSender({
    records: createOutbox({
      database,
      databaseUrl: config.databaseUrl,
      head: {
        ...{ organisation, senderName, replyTo, invented },
        checkUrl: `${publicUrl}/check`,
        link: LINK_PLACEHOLDER,
      },
    }),
    mailServer: createSmtp({ smtpUrl, mustEncrypt: config.smtpMustEncrypt, sender, replyTo }),
    journal: config.handOverJournal === null ? null : createHandOverJournal(config.handOverJournal),
    rules: { mode: config.mailMode, allowlist: config.allowlist },
    limits: config.mailLimits,
    linkOf: (owner) => `${publicUrl}${linkPath(owner, links.token(owner))}`,
    codeOf: (owner) => links.code(owner),
    now: Date.now,
    failed: (email, error) => log({ what: 'email_failed', email, ...describeError(error) }),
  });
}

/** What looks at links of answers, until its signal aborts; null: this installation looks at none. */
export function linksOf({ config, database }: EnginePlan): Loop | null {
  const { checkLinks: reach, organisation, publicUrl } = config;
  if (reach === null) return null;
  // Headers are of ASCII.
  const who = organisation.normalize('NFKD').replace(/[^\x20-\x7e]/gu, '');
  const look = createLinkLook({ reach, userAgent: `Perennial link check (${who}; ${publicUrl})` });
  return createLinkChecker({ records: linkRecords(database), look, now: Date.now });
}
