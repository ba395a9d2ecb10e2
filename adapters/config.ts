import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { MailLimits } from '../activities/outbox.js';
import type { MailMode } from '../domain/mail-mode.js';
import { issuerIn, mistakesOfIssuer, type IssuerPlace } from './config-issuer.js';
import { isLoopback, notLive } from './config-live.js';
import { readTemporalSecurity, type TemporalSecurity } from './config-temporal.js';
import { entriesOf, ownerVariables, unknownNames, variables, type Variables } from './config-variables.js';
import type { HeadsPlace } from './ledger-heads.js';

export { isLoopback } from './config-live.js';
export { KNOWN_NAMES, PORT_WORDS, unknownNames, type Variables } from './config-variables.js';
export type { IssuerPlace } from './config-issuer.js';
export type { TemporalSecurity } from './config-temporal.js';

/** Everything that an installation is told from outside. */
export interface Config {
  /** With its password: never for logs. */
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  readonly temporalSecurity: TemporalSecurity;
  /** Nobody but worker, commands and UI reaches Temporal, as operators say. */
  readonly temporalIsPrivate: boolean;
  /** Where operators see the cases; null: unknown. */
  readonly temporalUiUrl: string | null;
  readonly smtpUrl: string;
  /** Emails and passwords go over an encrypted line only, unless SMTP_URL itself says otherwise. */
  readonly smtpMustEncrypt: boolean;
  /** Base of all links, without a slash at its end. */
  readonly publicUrl: string;
  readonly webPort: number;
  /** The address of this machine on which the pages listen. */
  readonly webHost: string;
  /** Reverse proxies before the pages, each of which adds to X-Forwarded-For whom it heard; what others say is not believed. */
  readonly proxies: number;
  /** The secret behind all links, at least 32 bytes; kept outside the database. */
  readonly linkKey: Buffer;
  /** By whom staff sign in; null: nobody can. */
  readonly issuer: IssuerPlace | null;
  /** Where the heads of the ledger go each day, and what signs them; null: nowhere. */
  readonly ledger: HeadsPlace | null;
  /** The file of the hand-over journal, outside the database; null: none. */
  readonly handOverJournal: string | null;
  readonly organisation: string;
  readonly sender: { readonly name: string; readonly address: string };
  /** The human who signs the emails. */
  readonly senderName: string;
  /** The mailbox of staff: Reply-To, the daily list, corrections. */
  readonly staffAddress: string;
  readonly mailMode: MailMode;
  /** Addresses and `@domain`s that may be written to in `allowlist`, in lower case. */
  readonly allowlist: readonly string[];
  /** Null: no limits, where nothing leaves this machine. */
  readonly mailLimits: MailLimits | null;
  /** Which links of answers are looked at; null: none, and nothing goes out. */
  readonly checkLinks: 'public' | 'loopback' | null;
}

/** A wrong environment; the message names every mistake, one a line. Exit code 2. */
export class ConfigError extends Error {}

/** The file in which `npm start` and the demo say, in the same names, how their installation is reached. */
export const INSTALLATION_FILE = 'installation.json';

/**
 * The environment of this process, laid over what a running one-machine installation says in
 * PERENNIAL_HOME/installation.json (PERENNIAL_HOME: `.perennial` in the current folder if it is not set).
 */
export function environment(): Variables {
  const installed = installationIn(homeFolder());
  const given = Object.entries(process.env).filter(([, value]) => value !== '');
  return { ...installed, ...Object.fromEntries(given) };
}

/** How people begin a command of this installation: by npm in its folder, or by its own name. */
export function howBegun(): string {
  return process.env['npm_lifecycle_event'] === 'perennial' ? 'npm run perennial --' : 'perennial';
}

function homeFolder(): string {
  return resolve(process.env['PERENNIAL_HOME'] || '.perennial');
}

/** How the installation that runs on a folder is reached; nothing if none says so. */
export function installationIn(folder: string): Variables {
  const file = join(folder, INSTALLATION_FILE);
  const installed: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return z.record(z.string(), z.string()).parse(installed);
}

/** Reads the configuration. Throws a ConfigError that names all mistakes at once, never a value. */
export function readConfig(given: Variables = environment()): Config {
  const parsed = variables.safeParse(given);
  const { security, mistakes } = readTemporalSecurity(given);
  const others = [
    ...unknownNames(given),
    ...listForNobody(given),
    ...halfOfLedger(given),
    ...proxiesUnsaid(given),
    ...mistakesOfIssuer(given),
    ...mistakes,
  ];
  if (!parsed.success || others.length > 0) throw complaint({ issues: parsed.error?.issues ?? [], given, others });
  const config = configOf(parsed.data, security);
  const live = config.mailMode === 'live' ? mistakesOfLive(config) : [];
  if (live.length > 0) throw wrongEnvironment(live);
  return config;
}

function configOf(read: z.infer<typeof variables>, temporalSecurity: TemporalSecurity): Config {
  return {
    databaseUrl: read.DATABASE_URL,
    temporalAddress: read.TEMPORAL_ADDRESS,
    temporalNamespace: read.TEMPORAL_NAMESPACE,
    temporalSecurity,
    temporalIsPrivate: read.PERENNIAL_TEMPORAL_NETWORK === 'private',
    temporalUiUrl: read.TEMPORAL_UI_URL?.replace(/\/+$/u, '') ?? null,
    smtpUrl: read.SMTP_URL,
    smtpMustEncrypt: mustEncrypt(read),
    publicUrl: read.PERENNIAL_BASE_URL.replace(/\/+$/u, ''),
    webPort: read.PERENNIAL_WEB_PORT,
    webHost: read.PERENNIAL_WEB_HOST,
    proxies: read.PERENNIAL_PROXIES ?? 1,
    linkKey: Buffer.from(read.PERENNIAL_LINK_KEY, 'hex'),
    issuer: issuerIn(read),
    ledger: ledgerIn(read),
    handOverJournal: read.PERENNIAL_HANDOVER_JOURNAL ?? null,
    organisation: read.PERENNIAL_ORGANISATION,
    sender: { name: read.PERENNIAL_ORGANISATION, address: read.PERENNIAL_SENDER },
    senderName: read.PERENNIAL_SENDER_NAME,
    staffAddress: read.PERENNIAL_STAFF_ADDRESS,
    mailMode: read.PERENNIAL_MAIL_MODE,
    allowlist: entriesOf(read.PERENNIAL_MAIL_ALLOWLIST),
    mailLimits:
      read.PERENNIAL_MAIL_UNLIMITED === 'yes' && read.PERENNIAL_MAIL_MODE === 'catch'
        ? null
        : {
            perSecond: read.PERENNIAL_MAIL_PER_SECOND,
            perDomainPerSecond: read.PERENNIAL_MAIL_PER_DOMAIN_PER_SECOND,
          },
    checkLinks: ({ on: 'public', loopback: 'loopback', off: null } as const)[read.PERENNIAL_CHECK_LINKS],
  };
}

/** Links of owners, and passwords, are for the mail server alone; what stays on this machine nobody overhears. */
function mustEncrypt({ SMTP_URL, PERENNIAL_MAIL_MODE: mode }: z.infer<typeof variables>): boolean {
  const { hostname, username } = new URL(SMTP_URL);
  return !isLoopback(hostname) && (mode === 'live' || username !== '');
}

function mistakesOfLive({ temporalSecurity: { tls, apiKey }, sender, ...config }: Config): readonly string[] {
  const temporalKnowsUs = apiKey !== null || (tls?.client ?? null) !== null;
  return notLive({ ...config, sender: sender.address, temporalKnowsUs });
}

/** Only what listens on this machine alone can know that a proxy on it stands before it. */
function proxiesUnsaid({ PERENNIAL_WEB_HOST: host, PERENNIAL_PROXIES: proxies }: Variables): readonly string[] {
  if (!host || isLoopback(host) || proxies) return [];
  return [
    'PERENNIAL_PROXIES is missing: with PERENNIAL_WEB_HOST others than this machine come in. Say how many reverse ' +
      'proxies stand before the pages, each adding to X-Forwarded-For whom it heard (0: none).',
  ];
}

/** Where Temporal is, for commands that need nothing else; null if nobody says. Throws a ConfigError if it is wrong. */
export function readTemporalPlace(
  given: Variables = environment(),
): Pick<Config, 'temporalAddress' | 'temporalNamespace' | 'temporalSecurity'> | null {
  if (given['TEMPORAL_ADDRESS'] === undefined) return null;
  const parsed = variables.pick({ TEMPORAL_ADDRESS: true, TEMPORAL_NAMESPACE: true }).safeParse(given);
  const { security: temporalSecurity, mistakes } = readTemporalSecurity(given);
  const all = [...wrong(parsed.error?.issues ?? [], given), ...mistakes];
  if (parsed.data === undefined || all.length > 0) throw wrongEnvironment(all);
  const { TEMPORAL_ADDRESS: temporalAddress, TEMPORAL_NAMESPACE: temporalNamespace } = parsed.data;
  return { temporalAddress, temporalNamespace, temporalSecurity };
}

/** Where the heads of the ledger go, and what signs them; null if nobody says. Throws a ConfigError if it is wrong. */
export function readLedgerPlace(given: Variables = environment()): HeadsPlace | null {
  const parsed = variables.pick({ PERENNIAL_LEDGER_KEY: true, PERENNIAL_LEDGER_FOLDER: true }).safeParse(given);
  const mistakes = [...wrong(parsed.error?.issues ?? [], given), ...halfOfLedger(given)];
  if (parsed.data === undefined || mistakes.length > 0) throw wrongEnvironment(mistakes);
  return ledgerIn(parsed.data);
}

function ledgerIn({
  PERENNIAL_LEDGER_KEY: key,
  PERENNIAL_LEDGER_FOLDER: folder,
}: {
  readonly PERENNIAL_LEDGER_KEY?: string | undefined;
  readonly PERENNIAL_LEDGER_FOLDER?: string | undefined;
}): HeadsPlace | null {
  return key === undefined || folder === undefined ? null : { key: Buffer.from(key, 'hex'), folder };
}

function halfOfLedger(given: Variables): readonly string[] {
  const names = ['PERENNIAL_LEDGER_KEY', 'PERENNIAL_LEDGER_FOLDER'] as const;
  const missing = names.filter((name) => !given[name]);
  return missing.length === 1 ? [`${missing.join()} is missing: the ledger's heads need a key and a folder.`] : [];
}

/** Every mistake in the settings that are given, a sentence each without its value; what is not given is none. */
export function mistakesIn(given: Variables): readonly string[] {
  return [...wrong(variables.partial().safeParse(given).error?.issues ?? [], given), ...listForNobody(given)];
}

/** A wrong environment, by its mistakes. */
export function wrongEnvironment(mistakes: readonly string[]): ConfigError {
  return new ConfigError(['The environment cannot be used as it is:', ...mistakes].join('\n'));
}

/** Where commands find the database alone. Throws a ConfigError if nobody says. */
export function readDatabaseUrl(given: Variables = environment()): string {
  const parsed = variables.pick({ DATABASE_URL: true }).safeParse(given);
  if (!parsed.success) throw complaint({ issues: parsed.error.issues, given, others: [] });
  return parsed.data.DATABASE_URL;
}

/**
 * The database as its owner, who alone may migrate it: PERENNIAL_OWNER_DATABASE_URL, else DATABASE_URL; `user` is the
 * address of the user whom the others act as, if that is another one. Throws a ConfigError if nobody says.
 */
export function readOwnerDatabase(given: Variables = environment()): { owner: string; user: string | null } {
  const user = readDatabaseUrl(given);
  const parsed = ownerVariables.safeParse(given);
  if (!parsed.success) throw wrongEnvironment(wrong(parsed.error.issues, given));
  const owner = parsed.data.PERENNIAL_OWNER_DATABASE_URL;
  return owner === undefined ? { owner: user, user: null } : { owner, user };
}

/** Where operators see the cases; null if nobody says. Reads nothing else, so that it fails on nothing else. */
export function readTemporalUi(
  given: Variables = environment(),
): { readonly temporalUiUrl: string; readonly temporalNamespace: string } | null {
  const parsed = variables.pick({ TEMPORAL_UI_URL: true, TEMPORAL_NAMESPACE: true }).safeParse(given);
  const url = parsed.data?.TEMPORAL_UI_URL;
  if (parsed.data === undefined || url === undefined) return null;
  return { temporalUiUrl: url.replace(/\/+$/u, ''), temporalNamespace: parsed.data.TEMPORAL_NAMESPACE };
}

type Issue = z.core.$ZodIssue;

const nameOf = ({ path }: Issue): string => String(path[0]);

function wrong(issues: readonly Issue[], given: Variables): readonly string[] {
  return issues.map((issue) => {
    const name = nameOf(issue);
    return `${name} ${given[name] === undefined ? 'is missing' : issue.message}.`;
  });
}

function listForNobody(given: Variables): readonly string[] {
  const { PERENNIAL_MAIL_MODE: mode, PERENNIAL_MAIL_ALLOWLIST: list = '' } = given;
  if (mode !== 'allowlist' || entriesOf(list).length > 0) return [];
  return ['PERENNIAL_MAIL_ALLOWLIST is missing: in mode allowlist nobody else is written to.'];
}

/** Whether nobody says where an installation is: none runs here, and the environment names none. */
export function namesNoInstallation(given: Variables = environment()): boolean {
  return given['DATABASE_URL'] === undefined;
}

/** Where nobody says where an installation is, what is missing is named once, in the sentence that says so. */
function complaint({
  issues,
  given,
  others,
}: {
  issues: readonly Issue[];
  given: Variables;
  others: readonly string[];
}): ConfigError {
  if (!namesNoInstallation(given)) return wrongEnvironment([...wrong(issues, given), ...others]);
  const isMissing = (issue: Issue) => given[nameOf(issue)] === undefined;
  const missing = issues.filter(isMissing).map(nameOf);
  const nothing =
    `No installation was found: none that runs says so in ${join(homeFolder(), INSTALLATION_FILE)}. ` +
    `Start one with "npm start", in the same folder or with the same PERENNIAL_HOME, or set ${missing.join(', ')}.`;
  const rest = issues.filter((issue) => !isMissing(issue));
  return new ConfigError([nothing, ...wrong(rest, given), ...others].join('\n'));
}
