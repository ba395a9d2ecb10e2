import { createSender } from '../activities/sender.js';
import type { Config } from '../adapters/config.js';
import { createLinks } from '../adapters/links.js';
import { describeError, type Log } from '../adapters/log.js';
import { createSmtp } from '../adapters/smtp.js';
import { LINK_PLACEHOLDER } from '../mail/render.js';
import type { Database } from '../prisma/database.js';
import { createOutbox } from '../prisma/outbox.js';
import { startWorkers, type Workers } from './workers.js';

/** What an installation's engine is composed of. */
export interface EnginePlan {
  readonly config: Config;
  readonly database: Database;
  /** Everything in it is invented, as each email then says. */
  readonly invented: boolean;
  readonly log: Log;
}

/** Composes and starts the engine: workflows, steps, relay and sender. Throws with the cause if a part is away. */
export function startEngine({ config, database, invented, log }: EnginePlan): Promise<Workers> {
  const { organisation, publicUrl, sender, senderName, smtpUrl, staffAddress: replyTo } = config;
  const links = createLinks(config.linkKey);
  const loop = createSender({
    records: createOutbox({
      database,
      databaseUrl: config.databaseUrl,
      head: {
        ...{ organisation, senderName, replyTo, invented },
        checkUrl: `${publicUrl}/check`,
        link: LINK_PLACEHOLDER,
      },
    }),
    mailServer: createSmtp({ smtpUrl, sender, replyTo }),
    rules: { mode: config.mailMode, allowlist: config.allowlist },
    limits: config.mailLimits,
    linkOf: (owner) => `${publicUrl}/answer/${owner.applicationId}/${links.token(owner)}`,
    now: Date.now,
    failed: (email, error) => log({ what: 'email_failed', email, ...describeError(error) }),
  });
  return startWorkers({ config, database, sender: loop, log });
}
