import type { Config } from '../adapters/config.js';
import { createIssuer, type Issuer } from '../adapters/issuer.js';
import { createLinks, type Links } from '../adapters/links.js';
import { describeError, type Log } from '../adapters/log.js';
import { STANDARDS, type Standards } from '../domain/standards.js';
import type { Database } from '../prisma/database.js';
import { SIGNED_IN_PATH } from './desk/sign-in.js';
import { limitsFor, type Limits } from './limits.js';

/** What all pages are made with. */
export interface WebContext {
  readonly database: Database;
  /** The versions of the Standard that there are. */
  readonly standards: Standards;
  readonly links: Links;
  /** Base of all links, without a slash at its end. */
  readonly publicUrl: string;
  readonly organisation: string;
  /** The mailbox of staff: where questions and corrections go. */
  readonly staffAddress: string;
  /** The named human who signs emails. Default: the organisation. */
  readonly senderName?: string;
  /** Where operators see the cases. Default: nobody says. */
  readonly temporalUi?: { readonly temporalUiUrl: string; readonly temporalNamespace: string } | null;
  /** A demonstration: every page says that answers, people and outcomes are invented. */
  readonly invented: boolean;
  /** Whether links of answers are looked at. Default: no. */
  readonly checksLinks?: boolean;
  /** The identity provider of staff. Default: none, so that nobody can sign in. */
  readonly issuer?: Issuer | null;
  /** How much is taken from whom. Default: no limits. */
  readonly limits?: Limits | null;
  /** Reverse proxies before the pages, which say who asks. Default: one. */
  readonly proxies?: number;
  /** Told of every failure that a page could only apologise for. Default: nobody is. */
  readonly report?: (failure: unknown) => void;
}

/** What the pages of an installation are made with. */
export function webContext(plan: { config: Config; database: Database; invented: boolean; log: Log }): WebContext {
  const { config, database, invented, log } = plan;
  const { temporalUiUrl, temporalNamespace } = config;
  return {
    database,
    standards: STANDARDS,
    links: createLinks(config.linkKey),
    publicUrl: config.publicUrl,
    organisation: config.organisation,
    staffAddress: config.staffAddress,
    senderName: config.senderName,
    temporalUi: temporalUiUrl === null ? null : { temporalUiUrl, temporalNamespace },
    invented,
    checksLinks: config.checkLinks !== null,
    issuer: config.issuer === null ? null : createIssuer(config.issuer, `${config.publicUrl}${SIGNED_IN_PATH}`),
    limits: limitsFor(config.publicUrl),
    proxies: config.proxies,
    report: (failure) => log({ what: 'page_failed', ...describeError(failure) }),
  };
}

/** The licence of all that the registry publishes, answers included: the DPGA publishes its registry so. */
export const REGISTRY_LICENCE = { id: 'Unlicense', name: 'the Unlicense', url: 'https://unlicense.org/' } as const;
