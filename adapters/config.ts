import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { MailLimits } from '../activities/outbox.js';
import type { MailMode } from '../domain/mail-mode.js';
import type { HeadsPlace } from './ledger-heads.js';

/** Everything that an installation is told from outside. */
export interface Config {
  /** With its password: never for logs. */
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** Where operators see the cases; null: unknown. */
  readonly temporalUiUrl: string | null;
  readonly smtpUrl: string;
  /** Base of all links, without a slash at its end. */
  readonly publicUrl: string;
  readonly webPort: number;
  /** The secret behind all links, at least 32 bytes; kept outside the database. */
  readonly linkKey: Buffer;
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
}

/** A wrong environment; the message names every mistake, one a line. Exit code 2. */
export class ConfigError extends Error {}

/** The file in which `npm start` and the demo say, in the same names, how their installation is reached. */
export const INSTALLATION_FILE = 'installation.json';

const address = z.email('must be one email address');
const url = (protocols: readonly string[]) =>
  z.string({ error: 'is missing' }).refine(
    (text) => {
      const protocol = URL.canParse(text) ? new URL(text).protocol : '';
      return protocols.includes(protocol);
    },
    `must begin with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );

/** What a variable that names a port must be. */
export const PORT_WORDS = 'must be a port, a whole number from 1 to 65535';
const entriesOf = (list: string): readonly string[] =>
  list
    .toLowerCase()
    .split(/[\s,]+/u)
    .filter(Boolean);

const variables = z.object({
  DATABASE_URL: url(['postgresql:', 'postgres:']),
  TEMPORAL_ADDRESS: z.string({ error: 'is missing' }).regex(/^[^\s/]+:\d+$/u, 'must be host:port'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_UI_URL: url(['http:', 'https:']).optional(),
  SMTP_URL: url(['smtp:', 'smtps:']),
  PERENNIAL_PUBLIC_URL: url(['http:', 'https:']),
  PERENNIAL_WEB_PORT: z.coerce
    .number(PORT_WORDS)
    .int(PORT_WORDS)
    .min(1, PORT_WORDS)
    .max(65_535, PORT_WORDS)
    .default(8080),
  PERENNIAL_LINK_KEY: z
    .string({ error: 'is missing' })
    .regex(/^[0-9a-f]{64,}$/iu, 'must be at least 64 hexadecimal digits (openssl rand -hex 32)'),
  PERENNIAL_LEDGER_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/iu, 'must be 64 hexadecimal digits (openssl rand -hex 32)')
    .optional(),
  PERENNIAL_LEDGER_FOLDER: z.string().min(1).optional(),
  PERENNIAL_HANDOVER_JOURNAL: z.string().min(1).optional(),
  PERENNIAL_ORGANISATION: z.string({ error: 'is missing' }).trim().min(1, 'is empty'),
  PERENNIAL_SENDER: address,
  PERENNIAL_SENDER_NAME: z.string({ error: 'is missing' }).trim().min(1, 'is empty'),
  PERENNIAL_STAFF_ADDRESS: address,
  PERENNIAL_MAIL_MODE: z
    .enum(['catch', 'allowlist'], 'must be catch or allowlist; live, which writes to everybody, is not there yet')
    .default('catch'),
  PERENNIAL_MAIL_ALLOWLIST: z
    .string()
    .refine(
      (list) => entriesOf(list).every((entry) => /^[^\s@]*@[^\s@]+$/u.test(entry)),
      'must be addresses and @domains with commas between',
    )
    .default(''),
  PERENNIAL_MAIL_PER_SECOND: z.coerce.number('must be a number').positive('must be above 0').default(5),
  PERENNIAL_MAIL_PER_DOMAIN_PER_SECOND: z.coerce.number('must be a number').positive('must be above 0').default(1),
  /** Only where nothing leaves the machine: the demo. */
  PERENNIAL_MAIL_UNLIMITED: z.enum(['yes', 'no'], 'must be yes or no').default('no'),
});

/** What else is set in our names: where an installation on one machine is, its ports, and who acts by command. */
const OTHER_SETTINGS = [
  'PERENNIAL_HOME',
  'PERENNIAL_BY',
  'PERENNIAL_TEMPORAL_PORT',
  'PERENNIAL_TEMPORAL_UI_PORT',
  'PERENNIAL_POSTGRES_PORT',
  'PERENNIAL_SMTP_PORT',
];

/** What only tests read; a process that a test starts has them too. */
const OF_TESTS = [
  'PERENNIAL_BROWSER',
  'PERENNIAL_SHOTS',
  'PERENNIAL_WRITE_GOLDEN',
  'PERENNIAL_RUN_BUNDLE',
  'PERENNIAL_RUN_DATABASE',
  'PERENNIAL_RUN_TEMPORAL',
  'PERENNIAL_RUN_TEST_SERVER',
];

const OURS = 'PERENNIAL_';
/** What Kubernetes tells every process near a service called "perennial". */
const OF_CLUSTER = /^PERENNIAL_(\w+_)?(SERVICE_(HOST|PORT)\w*|PORT_\d+_\w+)$|^PERENNIAL_PORT$/u;

/** Every variable whose name is ours. */
export const KNOWN_NAMES: readonly string[] = [
  ...Object.keys(variables.shape).filter((name) => name.startsWith(OURS)),
  ...OTHER_SETTINGS,
  ...OF_TESTS,
];

/** A sentence for each variable with a name of ours that nobody reads: it would be ignored unseen. */
export function unknownNames(given: Variables = process.env): readonly string[] {
  const unknown = Object.keys(given).filter(
    (name) => name.startsWith(OURS) && Boolean(given[name]) && !KNOWN_NAMES.includes(name) && !OF_CLUSTER.test(name),
  );
  return unknown.map((name) => `${name} is no setting (docs/operations.md lists them): mend its name, or unset it.`);
}

/** Names of variables with their values. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The environment of this process, laid over what a running one-machine installation says in
 * PERENNIAL_HOME/installation.json (PERENNIAL_HOME: `.perennial` in the current folder if it is not set).
 */
export function environment(): Variables {
  const installed = installationIn(homeFolder());
  const given = Object.entries(process.env).filter(([, value]) => value !== '');
  return { ...installed, ...Object.fromEntries(given) };
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
  const others = [...unknownNames(given), ...listForNobody(given), ...halfOfLedger(given)];
  if (!parsed.success || others.length > 0) throw complaint({ issues: parsed.error?.issues ?? [], given, others });
  const read = parsed.data;
  return {
    databaseUrl: read.DATABASE_URL,
    temporalAddress: read.TEMPORAL_ADDRESS,
    temporalNamespace: read.TEMPORAL_NAMESPACE,
    temporalUiUrl: read.TEMPORAL_UI_URL?.replace(/\/+$/u, '') ?? null,
    smtpUrl: read.SMTP_URL,
    publicUrl: read.PERENNIAL_PUBLIC_URL.replace(/\/+$/u, ''),
    webPort: read.PERENNIAL_WEB_PORT,
    linkKey: Buffer.from(read.PERENNIAL_LINK_KEY, 'hex'),
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
  };
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
