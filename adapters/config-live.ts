import { isIP } from 'node:net';
import { isReserved } from '../domain/mail-mode.js';

/** What a live installation says of itself. */
export interface LiveClaims {
  readonly publicUrl: string;
  readonly sender: string;
  readonly staffAddress: string;
  readonly temporalAddress: string;
  /** It sends a certificate or a key to Temporal. */
  readonly temporalKnowsUs: boolean;
  /** Nobody but worker, commands and UI reaches Temporal. */
  readonly temporalIsPrivate: boolean;
}

const LOOPBACK = /^(localhost|127\.[\d.]+|\[?::1\]?)$/u;

/** Whether a host is this machine itself. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}

/** Host of `host:port`, brackets of IPv6 left on. */
export function hostOf(address: string): string {
  return address.slice(0, address.lastIndexOf(':'));
}

/**
 * What keeps an installation from writing to everybody, a sentence each: links that people cannot open, a sender that
 * nobody has, a Temporal whose workflows whoever reaches it could change.
 */
export function notLive(claims: LiveClaims): readonly string[] {
  const { publicUrl, sender, staffAddress, temporalAddress, temporalKnowsUs, temporalIsPrivate } = claims;
  const { protocol, hostname } = new URL(publicUrl);
  const nobodys = (name: string, address: string) =>
    isReserved(address) ? [`${name} has a domain that belongs to nobody, and mode live needs a real one.`] : [];
  return [
    ...(protocol === 'https:' ? [] : ['PERENNIAL_BASE_URL must begin with https:// in mode live.']),
    ...(isLoopback(hostname) || isReserved(`@${hostname}`) || isIP(hostname.replace(/[[\]]/gu, '')) !== 0
      ? ['PERENNIAL_BASE_URL must have a name that owners can open in mode live.']
      : []),
    ...nobodys('PERENNIAL_SENDER', sender),
    ...nobodys('PERENNIAL_STAFF_ADDRESS', staffAddress),
    ...(temporalKnowsUs || temporalIsPrivate || isLoopback(hostOf(temporalAddress))
      ? []
      : [
          'In mode live Temporal must know who asks: set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH, ' +
            'or TEMPORAL_API_KEY; or PERENNIAL_TEMPORAL_NETWORK=private, if nobody else can reach it.',
        ]),
  ];
}
