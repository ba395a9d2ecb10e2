import { isLoopback } from './config-live.js';
import type { Variables } from './config-variables.js';

/** The identity provider (OpenID Connect) by which staff sign in, and as what we are known to it. */
export interface IssuerPlace {
  readonly url: string;
  readonly clientId: string;
  /** A secret: never for logs. Null: the provider asks for none. */
  readonly clientSecret: string | null;
}

const ISSUER = 'PERENNIAL_OIDC_ISSUER';
const CLIENT_ID = 'PERENNIAL_OIDC_CLIENT_ID';
const CLIENT_SECRET = 'PERENNIAL_OIDC_CLIENT_SECRET';

/** Where staff sign in; null: nobody can. */
export function issuerIn(read: {
  readonly [ISSUER]?: string | undefined;
  readonly [CLIENT_ID]?: string | undefined;
  readonly [CLIENT_SECRET]?: string | undefined;
}): IssuerPlace | null {
  const { [ISSUER]: url, [CLIENT_ID]: clientId, [CLIENT_SECRET]: clientSecret = null } = read;
  return url === undefined || clientId === undefined ? null : { url, clientId, clientSecret };
}

/**
 * What keeps staff from signing in, or lets in who is none, a sentence each: half of the settings, a session that others
 * overhear, the provider of a trial where people come in from elsewhere.
 */
export function mistakesOfIssuer(given: Variables): readonly string[] {
  const { [ISSUER]: issuer, PERENNIAL_BASE_URL: base = '', PERENNIAL_WEB_HOST: host = '' } = given;
  const missing = [ISSUER, CLIENT_ID].filter((name) => !given[name]);
  const secretAlone = missing.length === 2 && Boolean(given[CLIENT_SECRET]);
  const half = missing.length === 1 || secretAlone;
  if (half) return [`${missing.join(', ')} is missing: the identity provider and our name there go together.`];
  if (!issuer || !URL.canParse(issuer) || !URL.canParse(base)) return [];
  const { protocol, hostname } = new URL(base);
  if (isLoopback(hostname) && (host === '' || isLoopback(host))) return [];
  if (isLoopback(new URL(issuer).hostname)) return [TRIAL_ONLY];
  if (protocol === 'https:' || isLoopback(hostname)) return [];
  return ['PERENNIAL_BASE_URL must begin with https:// where staff sign in: others would overhear their sessions.'];
}

const TRIAL_ONLY =
  `${ISSUER} is on this machine, as that of a trial, where everybody chooses who to be: with pages that others reach ` +
  '(PERENNIAL_BASE_URL, PERENNIAL_WEB_HOST) name the identity provider of your organisation.';
