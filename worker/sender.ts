import type { SenderRun } from '../activities/sender.js';
import { createSender } from '../activities/sender.js';
import type { Config } from '../adapters/config.js';
import { createLinks } from '../adapters/links.js';
import { describeError, type Log } from '../adapters/log.js';
import { createSmtp } from '../adapters/smtp.js';
import { LINK_PLACEHOLDER } from '../mail/render.js';
import type { Database } from '../prisma/database.js';
import { createOutbox } from '../prisma/outbox.js';

/** What the sender of an installation is composed of. */
export interface SenderPlan {
  readonly config: Config;
  readonly database: Database;
  /** Everything in the installation is invented, which every email then says. */
  readonly invented: boolean;
  readonly log: Log;
}

/** The sender of an installation: its records, its mail server, its links. */
export function composeSender({ config, database, invented, log }: SenderPlan): (run: SenderRun) => Promise<void> {
  const { publicUrl, organisation, sender, staffAddress } = config;
  const links = createLinks(config.linkKey);
  return createSender({
    records: createOutbox({
      database,
      databaseUrl: config.databaseUrl,
      head: {
        organisation,
        senderName: sender.name,
        replyTo: staffAddress,
        checkUrl: `${publicUrl}/check`,
        link: LINK_PLACEHOLDER,
        invented,
      },
    }),
    mailServer: createSmtp({ smtpUrl: config.smtpUrl, sender, replyTo: staffAddress }),
    rules: { mode: config.mailMode, allowlist: config.allowlist },
    limits: config.mailLimits,
    linkOf: (owner) => `${publicUrl}/answer/${owner.applicationId}/${links.token(owner)}`,
    now: Date.now,
    failed: (emailId, error) => log({ what: 'email_failed', emailId, ...describeError(error) }),
  });
}
