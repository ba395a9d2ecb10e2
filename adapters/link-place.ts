import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** An address of the network to connect to. */
export interface Place {
  readonly address: string;
  readonly family: 4 | 6;
}

/** All addresses of a name. Throws with the code of the name server if it has none. */
export type Resolve = (name: string) => Promise<readonly Place[]>;

/** A link to where we do not go. */
export class NotPublic extends Error {}

/** No name server answered at all: that is no word about a name. */
class NoNameServer extends Error {
  readonly code = 'ENO_NAME_SERVER';
}

/** The range of addresses that IPv6 gives out to the internet, by the first of its eight parts. */
const FIRST_PUBLIC = 0x2000;
const LAST_PUBLIC = 0x3fff;

/** Whether an address belongs to the public internet: no private, local, mapped or otherwise special one does. */
export function isPublic(address: string): boolean {
  const read = ipaddr.process(address);
  if (read.range() !== 'unicast') return false;
  if (read instanceof ipaddr.IPv4) return true;
  const [first = 0] = read.parts;
  return first >= FIRST_PUBLIC && first <= LAST_PUBLIC;
}

/** Whether an address is one of this machine's own. */
export function isOwn(address: string): boolean {
  return ipaddr.process(address).range() === 'loopback';
}

/** Makes what says to which addresses of the network a link may lead. It throws NotPublic if there is none. */
export function createPlaces({
  reach,
  resolve = byNameServers,
}: {
  readonly reach: 'public' | 'loopback';
  readonly resolve?: Resolve;
}): (url: URL) => Promise<readonly Place[]> {
  const mayGo = reach === 'public' ? isPublic : isOwn;
  return async ({ hostname }) => {
    const name = hostname.replace(/^\[|\]$/gu, '');
    const places = (await placesOf(name, reach, resolve)).filter(({ address }) => mayGo(address));
    if (places.length === 0) throw new NotPublic();
    return places;
  };
}

async function placesOf(name: string, reach: 'public' | 'loopback', resolve: Resolve): Promise<readonly Place[]> {
  const family = isIP(name);
  if (family === 4 || family === 6) return [{ address: name, family }];
  if (name === 'localhost' || name.endsWith('.localhost')) return [{ address: '127.0.0.1', family: 4 }];
  // Nothing leaves this machine then, no question to a name server either.
  if (reach === 'loopback' && resolve === byNameServers) return [];
  return resolve(name);
}

/**
 * Asks name servers by a way of its own: the usual one has four threads for all that this process does, so that silent
 * name servers would keep emails waiting. Names of this machine's own files are none of the internet.
 */
async function byNameServers(name: string): Promise<readonly Place[]> {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const places = [
    ...(four.status === 'fulfilled' ? four.value.map((address) => ({ address, family: 4 }) as const) : []),
    ...(six.status === 'fulfilled' ? six.value.map((address) => ({ address, family: 6 }) as const) : []),
  ];
  if (places.length > 0) return places;
  const why: unknown = four.status === 'rejected' ? four.reason : null;
  const code = codeOf(why);
  if (code === 'ETIMEOUT' || code === 'ECONNREFUSED') throw new NoNameServer('no name server answered');
  if (code !== '') throw Object.assign(new Error('no such name'), { code });
  throw new NotPublic();
}

/** The code of an error of Node; empty: it has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
