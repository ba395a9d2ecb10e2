import { z } from 'zod';
import { isLoopback } from './config-live.js';

/** Names of variables with their values. */
export type Variables = Readonly<Record<string, string | undefined>>;

const missing = { error: 'is missing' };
const address = z.email('must be one email address');
const url = (protocols: readonly string[]) =>
  z.string(missing).refine(
    (text) => {
      const protocol = URL.canParse(text) ? new URL(text).protocol : '';
      return protocols.includes(protocol);
    },
    `must begin with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  );

/** What the driver knows; another word would leave a line unencrypted, unseen. */
const SSL_MODES = ['disable', 'no-verify', 'prefer', 'require', 'verify-ca', 'verify-full'];
const databaseUrl = () =>
  url(['postgresql:', 'postgres:']).refine(
    (text) => {
      const mode = URL.canParse(text) ? new URL(text).searchParams.get('sslmode') : null;
      return mode === null || SSL_MODES.includes(mode);
    },
    `has an sslmode that is none of ${SSL_MODES.join(', ')}`,
  );

/** Pages and links stand at the root of a name. */
const publicUrl = () =>
  url(['http:', 'https:']).refine((text) => {
    const { pathname, search, hash, username } = URL.canParse(text) ? new URL(text) : new URL('http://none');
    return /^\/+$/u.test(pathname) && `${search}${hash}${username}` === '';
  }, 'must be a name of its own, as in https://reviews.registry.example, without a path or anything behind it');

/** Whoever answers in the place of an identity provider could sign in as anybody: only on this machine without TLS. */
const issuerUrl = () =>
  url(['http:', 'https:']).refine((text) => {
    const { protocol, hostname } = URL.canParse(text) ? new URL(text) : new URL('https://none');
    return protocol === 'https:' || isLoopback(hostname);
  }, 'must begin with https://, but for an identity provider on this machine');

/** What a variable that names a port must be. */
export const PORT_WORDS = 'must be a port, a whole number from 1 to 65535';
const PROXIES_WORDS = 'must be a whole number from 0 to 9';

/** The entries of a list, in lower case: addresses and `@domain`s. */
export const entriesOf = (list: string): readonly string[] =>
  list
    .toLowerCase()
    .split(/[\s,]+/u)
    .filter(Boolean);

/** What each variable must be, and what it is if nobody says. */
export const variables = z.object({
  DATABASE_URL: databaseUrl(),
  TEMPORAL_ADDRESS: z.string(missing).regex(/^[^\s/]+:\d+$/u, 'must be host:port'),
  TEMPORAL_NAMESPACE: z.string().min(1).default('default'),
  TEMPORAL_UI_URL: url(['http:', 'https:']).optional(),
  SMTP_URL: url(['smtp:', 'smtps:']),
  PERENNIAL_BASE_URL: publicUrl(),
  PERENNIAL_WEB_PORT: z.coerce
    .number(PORT_WORDS)
    .int(PORT_WORDS)
    .min(1, PORT_WORDS)
    .max(65_535, PORT_WORDS)
    .default(8080),
  PERENNIAL_WEB_HOST: z
    .string()
    .regex(/^[\w.:-]+$/u, 'must be an address of this machine, such as 0.0.0.0')
    .default('127.0.0.1'),
  PERENNIAL_PROXIES: z.coerce
    .number(PROXIES_WORDS)
    .int(PROXIES_WORDS)
    .min(0, PROXIES_WORDS)
    .max(9, PROXIES_WORDS)
    .optional(),
  PERENNIAL_LINK_KEY: z
    .string(missing)
    .regex(/^[0-9a-f]{64,}$/iu, 'must be at least 64 hexadecimal digits (openssl rand -hex 32)'),
  PERENNIAL_LEDGER_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/iu, 'must be 64 hexadecimal digits (openssl rand -hex 32)')
    .optional(),
  PERENNIAL_LEDGER_FOLDER: z.string().min(1).optional(),
  PERENNIAL_HANDOVER_JOURNAL: z.string().min(1).optional(),
  PERENNIAL_OIDC_ISSUER: issuerUrl().optional(),
  PERENNIAL_OIDC_CLIENT_ID: z.string().min(1).optional(),
  PERENNIAL_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  PERENNIAL_ORGANISATION: z.string(missing).trim().min(1, 'is empty'),
  PERENNIAL_SENDER: address,
  PERENNIAL_SENDER_NAME: z.string(missing).trim().min(1, 'is empty'),
  PERENNIAL_STAFF_ADDRESS: address,
  PERENNIAL_MAIL_MODE: z.enum(['catch', 'allowlist', 'live'], 'must be catch, allowlist or live').default('catch'),
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
  /** Whether links of answers are looked at: of the internet, or of this machine alone, for trials. */
  PERENNIAL_CHECK_LINKS: z.enum(['on', 'off', 'loopback'], 'must be on, off or loopback').default('off'),
  /** Whether others than we can reach Temporal without a certificate or a key. */
  PERENNIAL_TEMPORAL_NETWORK: z.enum(['open', 'private'], 'must be open or private').default('open'),
});

/** Of the owner of the database, for migrations only. */
export const ownerVariables = z.object({ PERENNIAL_OWNER_DATABASE_URL: databaseUrl().optional() });

/** What else is set in our names: where an installation on one machine is, its ports, and who acts by command. */
const OTHER_SETTINGS = [
  'PERENNIAL_HOME',
  'PERENNIAL_BY',
  'PERENNIAL_TEMPORAL_PORT',
  'PERENNIAL_TEMPORAL_UI_PORT',
  'PERENNIAL_POSTGRES_PORT',
  'PERENNIAL_SMTP_PORT',
  'PERENNIAL_ISSUER_PORT',
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
  ...Object.keys(ownerVariables.shape),
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
