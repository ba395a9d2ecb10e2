import { isIPv6 } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { postedFields } from './answer/visit.js';
import type { WebContext } from './context.js';
import { TooMany } from './problems.js';

/** How much is taken in a minute: from one source, and from all of them together. */
export interface Limit {
  readonly perSource: number;
  readonly inAll: number;
}

/** Limits of the pages, for a minute unless named otherwise. */
export interface Limits {
  readonly requests: Limit;
  readonly posts: Limit;
  /** Sign-ins begun or ended, which cost us a row or a call. */
  readonly signIns: Limit;
  /** Nominations begun, products suggested and concerns raised, within an hour. */
  readonly nominations: Limit;
  /** Links that open no review, from one source: real ones wait with them until the minute is over. */
  readonly badLinks: number;
}

/** Many times what people need who share an address; a program that looks for links gets nowhere. */
export const LIMITS: Limits = {
  requests: { perSource: 600, inAll: 12_000 },
  posts: { perSource: 120, inAll: 3_000 },
  signIns: { perSource: 20, inAll: 300 },
  nominations: { perSource: 10, inAll: 200 },
  badLinks: 10,
};

/**
 * The limits of an installation by its public address: none on loopback, where nobody else can come in and the
 * demonstration's owners are quicker than people.
 */
export function limitsFor(publicUrl: string): Limits | null {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(publicUrl).hostname) ? null : LIMITS;
}

const HOUR = 3_600;
/** Forms of people whose address nobody has confirmed. */
const BEGINS = /^\/(nominate|suggest|r\/[^/]+\/concern)$/u;
/** The most bytes of a refused form whose text is shown again. */
const SHOWN_BYTES = 1_000_000;
const READING: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Slows down who asks for too much: 429, with what was typed. The source is whom the outermost of our proxies heard (an
 * IPv6 network counts as one); what nobody forwarded counts among all requests alone.
 */
export function limited(context: WebContext, limits: Limits): MiddlewareHandler {
  const requests = limiters(limits.requests);
  const posts = limiters(limits.posts);
  const signIns = limiters(limits.signIns);
  const nominations = limiters(limits.nominations, HOUR);
  const badLinks = new RateLimiterMemory({ points: limits.badLinks, duration: 60 });
  return async (request, next) => {
    const source = askedBy(request, context.proxies ?? 1);
    const reads = READING.includes(request.req.method);
    const forOwners = request.req.path.startsWith('/answer/');
    const waits = [
      await secondsOver(requests, source),
      reads ? 0 : await secondsOver(posts, source),
      isSignIn(request, reads) ? await secondsOver(signIns, source) : 0,
      !reads && BEGINS.test(request.req.path) ? await secondsOver(nominations, source) : 0,
      forOwners && source !== null ? await secondsBlocked(badLinks, source, limits.badLinks) : 0,
    ];
    const seconds = Math.max(...waits);
    if (seconds > 0) return tooMany(context, request, seconds);
    await next();
    if (forOwners && source !== null && request.res.status === 404) await badLinks.penalty(source);
    return undefined;
  };
}

function isSignIn({ req }: Context, reads: boolean): boolean {
  const begins = ['/desk/sign-in', '/expert/sign-in', '/expert/code'].includes(req.path);
  return req.path === '/desk/signed-in' || (begins && !reads);
}

function limiters({ perSource, inAll }: Limit, duration = 60) {
  return {
    own: new RateLimiterMemory({ points: perSource, duration }),
    all: new RateLimiterMemory({ points: inAll, duration }),
  };
}

/** Counts one; in how many seconds there is room again, 0 if there is. What a source may not have, all do not lose. */
async function secondsOver({ own, all }: ReturnType<typeof limiters>, source: string | null): Promise<number> {
  const mine = source === null ? 0 : await secondsAfter(own.consume(source));
  return mine > 0 ? mine : secondsAfter(all.consume('all'));
}

async function secondsAfter(consumed: Promise<RateLimiterRes>): Promise<number> {
  try {
    await consumed;
    return 0;
  } catch (refused) {
    if (refused instanceof RateLimiterRes) return inSeconds(refused);
    throw refused;
  }
}

async function secondsBlocked(limiter: RateLimiterMemory, source: string, most: number): Promise<number> {
  const found = await limiter.get(source);
  return found !== null && found.consumedPoints >= most ? inSeconds(found) : 0;
}

function inSeconds({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1_000));
}

async function tooMany(context: WebContext, request: Context, seconds: number): Promise<Response> {
  const bytes = Number(request.req.header('Content-Length') ?? Number.NaN);
  const typed = bytes <= SHOWN_BYTES ? await postedFields(request) : {};
  request.header('Retry-After', String(seconds));
  request.header('Cache-Control', 'no-store');
  return request.html(<TooMany {...{ context, typed, seconds }} />, 429);
}

/** Without a proxy it is the other end of the line; pages that are asked without a line have none. */
function askedBy(request: Context, proxies: number): string | null {
  if (proxies > 0) return sourceOf(request.req.header('X-Forwarded-For'), proxies);
  const { incoming } = (request.env ?? {}) as Partial<HttpBindings>;
  return sourceOf(incoming?.socket.remoteAddress, 1);
}

/** How many entries an X-Forwarded-For has. */
export function entriesIn(forwardedFor: string | undefined): number {
  return forwardedFor?.split(',').filter((entry) => entry.trim() !== '').length ?? 0;
}

/**
 * Who asks: an IPv4 address, or the network of an IPv6 one. Each proxy adds whom it heard at the end of the header, so
 * that with `proxies` of them the entry that far from the end is true, and what stands before it is only claimed. Null:
 * no proxy says so.
 */
export function sourceOf(forwardedFor: string | undefined, proxies: number): string | null {
  const entry = forwardedFor?.split(',').at(-proxies)?.trim() ?? '';
  // Some proxies add the port, and some write an IPv4 address as an IPv6 one.
  const last = entry.replace(/^::ffff:(?=[\d.]+$)/iu, '').replace(/^([\d.]+):\d+$/u, '$1');
  if (last === '') return null;
  return isIPv6(last) ? networkOf(last) : last;
}

/** The first 64 bits: one subscriber has at least so many addresses. */
function networkOf(address: string): string {
  const [before = '', after] = address.split('::');
  const head = before.split(':').filter(Boolean);
  const tail = (after ?? '').split(':').filter(Boolean);
  const zeros =
    after === undefined ? [] : Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0');
  const groups = [...head, ...zeros, ...tail].slice(0, 4);
  return groups.map((group) => group.toLowerCase().replace(/^0+(?=.)/u, '')).join(':');
}
