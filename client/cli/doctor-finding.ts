import { ConfigError } from '../../adapters/config.js';
import { LedgerError } from '../../adapters/ledger-heads.js';
import { MigrationError } from '../../prisma/migrate.js';

/** What was looked at, whether it is well, and if not what to do. */
export interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly says: string;
}

/** Something that is not well, in words that say what to do. */
export class NotWell extends Error {}

/** Looks at one part. Never throws: what nobody foresaw is a finding, too. */
export async function look(what: string, at: () => Promise<string> | string): Promise<Finding> {
  try {
    return { what, ok: true, says: await at() };
  } catch (error) {
    const spoken = [NotWell, ConfigError, MigrationError, LedgerError].some((one) => error instanceof one);
    return {
      what,
      ok: false,
      says: spoken && error instanceof Error ? error.message : 'it failed in a way that nobody foresaw.',
    };
  }
}

/** The code of an error, of the system, of TLS or of a server; empty if it has none. */
export function codeOf(error: unknown): string {
  for (let at = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : null) {
    if ('code' in at && (typeof at.code === 'string' || typeof at.code === 'number')) return String(at.code);
  }
  return '';
}

/** Whether a certificate was refused because nobody whom this machine trusts vouches for it. */
export function isUntrusted(code: string): boolean {
  return /SELF_SIGNED|UNABLE_TO_(VERIFY|GET)/u.test(code);
}
