import type { Links } from '../adapters/links.js';
import type { Database } from '../prisma/database.js';

/** What all pages are made with. */
export interface WebContext {
  readonly database: Database;
  readonly links: Links;
  /** Base of all links, without a slash at its end. */
  readonly publicUrl: string;
  readonly organisation: string;
  /** The mailbox of staff: where questions and corrections go. */
  readonly staffAddress: string;
  /** A demonstration: every page says that answers, people and outcomes are invented. */
  readonly invented: boolean;
  /** Told of every failure that a page could only apologise for. Default: nobody is. */
  readonly report?: (failure: unknown) => void;
}

/** The licence of all that the registry publishes, answers included: the DPGA publishes its registry so. */
export const REGISTRY_LICENCE = { id: 'Unlicense', name: 'the Unlicense', url: 'https://unlicense.org/' } as const;
