import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Variables } from './config-variables.js';

/** How Temporal knows us, and we it. */
export interface TemporalSecurity {
  /** Null: the line is not encrypted. */
  readonly tls: TemporalTls | null;
  /** A secret: never for logs. Null: none is sent. */
  readonly apiKey: string | null;
}

/** An encrypted line; whatever is null is left to the system. */
export interface TemporalTls {
  /** Who may vouch for the server, in PEM. */
  readonly serverCa: Buffer | null;
  /** The name in the server's certificate, if it is not that of its address. */
  readonly serverName: string | null;
  /** Who we are: certificate and key in PEM. */
  readonly client: { readonly certificate: Buffer; readonly key: Buffer } | null;
}

/** No certificate, no key, no encryption: for servers of this machine. */
export const OPEN_LINE: TemporalSecurity = { tls: null, apiKey: null };

const PREFIX = 'TEMPORAL_TLS';
const CA = 'TEMPORAL_TLS_SERVER_CA_CERT_PATH';
const CERTIFICATE = 'TEMPORAL_TLS_CLIENT_CERT_PATH';
const KEY = 'TEMPORAL_TLS_CLIENT_KEY_PATH';
const NAME = 'TEMPORAL_TLS_SERVER_NAME';
const READ = [PREFIX, CA, CERTIFICATE, KEY, NAME];

/**
 * How Temporal is reached, by the names that Temporal's own tools read: TEMPORAL_TLS, TEMPORAL_API_KEY and
 * TEMPORAL_TLS_* with the paths of PEM files. Reads those files. A key or a file switches encryption on; with every
 * mistake as a sentence, and never a value.
 */
export function readTemporalSecurity(given: Variables): {
  readonly security: TemporalSecurity;
  readonly mistakes: readonly string[];
} {
  const mistakes: string[] = [];
  const pem = (name: string, parse: (text: Buffer) => unknown): Buffer | null => {
    const path = given[name];
    if (!path) return null;
    let text: Buffer;
    try {
      text = readFileSync(path);
    } catch (error) {
      mistakes.push(
        `${name} names a file that cannot be read (${(error as NodeJS.ErrnoException).code ?? 'no code'}).`,
      );
      return null;
    }
    try {
      parse(text);
      return text;
    } catch {
      mistakes.push(`${name} names a file that is not what it should be, in PEM.`);
      return null;
    }
  };
  const serverCa = pem(CA, (text) => new X509Certificate(text));
  const certificate = pem(CERTIFICATE, (text) => new X509Certificate(text));
  const key = pem(KEY, createPrivateKey);
  mistakes.push(...disagreeing(given, certificate, key));
  const apiKey = given['TEMPORAL_API_KEY'] || null;
  const wanted = given[PREFIX] === 'true' || apiKey !== null || READ.slice(1).some((name) => Boolean(given[name]));
  const client = certificate === null || key === null ? null : { certificate, key };
  const tls = wanted ? { serverCa, serverName: given[NAME] || null, client } : null;
  return { security: { tls, apiKey }, mistakes };
}

function disagreeing(given: Variables, certificate: Buffer | null, key: Buffer | null): readonly string[] {
  const pair = [CERTIFICATE, KEY] as const;
  const missing = pair.filter((name) => !given[name]);
  const others = Object.keys(given).filter(
    (name) => name.startsWith(`${PREFIX}_`) && given[name] && !READ.includes(name),
  );
  const { [PREFIX]: asked } = given;
  const off = asked === 'false' && [...READ.slice(1), 'TEMPORAL_API_KEY'].some((name) => Boolean(given[name]));
  return [
    ...(asked && !['true', 'false'].includes(asked) ? [`${PREFIX} must be true or false.`] : []),
    ...(off ? [`${PREFIX} is false, and a key or a certificate is given: those never go over an open line.`] : []),
    ...(missing.length === 1 ? [`${missing.join()} is missing: a certificate and its key go together.`] : []),
    ...(certificate !== null && key !== null && !belong(certificate, key)
      ? [`${KEY} is not the key of the certificate in ${CERTIFICATE}.`]
      : []),
    ...others.map((name) => `${name} is not read here: give paths of files (${READ.slice(1).join(', ')}).`),
  ];
}

function belong(certificate: Buffer, key: Buffer): boolean {
  return new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
}
