import { request as overHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as overHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { LinkFound, LinkReason } from '../domain/link-check.js';
import { codeOf, createPlaces, NotPublic, type Place, type Resolve } from './link-place.js';

/** How links are looked at. */
export interface LinkLookPlan {
  /** Says who we are and where more is to read, to whoever runs the servers that are asked. */
  readonly userAgent: string;
  /** `loopback`: links to this machine alone, so that nothing leaves it; for trials and tests. */
  readonly reach: 'public' | 'loopback';
  /** For a whole link, redirects included. Default: ten seconds. */
  readonly milliseconds?: number;
  /** The addresses of a name. Default: what the system's name servers say. */
  readonly resolve?: Resolve;
}

/** Looks at a link. Throws only when the signal aborts. */
export type LinkLook = (address: string, signal: AbortSignal) => Promise<LinkFound>;

const TEN_SECONDS = 10_000;
const MOST_REDIRECTS = 5;
/** The most that the head of an answer may have, in bytes; of its body nothing is read. */
const MOST_BYTES = 16_384;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Makes what looks at links: HEAD and, where that is not answered well, GET, whose text is not read. It connects to
 * the very addresses that it resolved and found to be of the public internet, at each redirect anew, so that no name
 * leads it into a private network.
 */
export function createLinkLook(plan: LinkLookPlan): LinkLook {
  const placeOf = createPlaces(plan);
  return async (address, signal) => {
    const time = AbortSignal.timeout(plan.milliseconds ?? TEN_SECONDS);
    const either = AbortSignal.any([signal, time]);
    try {
      return await follow(new URL(address), async (url) => {
        const place = await untilAborted(placeOf(url), either);
        return ask(url, { place, signal: either, userAgent: plan.userAgent });
      });
    } catch (error) {
      signal.throwIfAborted();
      return time.aborted ? found('unreachable', 'silent') : ofError(error);
    }
  };
}

interface Answer {
  readonly status: number;
  readonly location: string | null;
}

async function follow(first: URL, answerOf: (url: URL) => Promise<Answer>): Promise<LinkFound> {
  let url = first;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const { status, location } = await answerOf(url);
    if (!REDIRECTS.includes(status) || location === null) return judged({ status, first, last: url });
    const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
    if (next === null || !/^https?:$/u.test(next.protocol)) return found('unreachable', 'odd_redirect', status);
    // Nobody else's password is given on, and none is kept.
    Object.assign(next, { username: '', password: '' });
    url = next;
  }
  return found('unreachable', 'too_many_redirects');
}

function judged({ status, first, last }: { status: number; first: URL; last: URL }): LinkFound {
  if (status === 404 || status === 410) return found('gone', 'status', status);
  if (status === 429) return found('not_checked', 'busy', status);
  if (status < 200 || status > 299) return found('unreachable', 'status', status);
  const same = `${first.origin}${first.pathname}${first.search}` === `${last.origin}${last.pathname}${last.search}`;
  return same
    ? { result: 'reachable', because: null, status, leadsTo: null }
    : { result: 'redirected', because: null, status, leadsTo: last.href.slice(0, 2_000) };
}

function found(result: LinkFound['result'], because: LinkReason, status: number | null = null): LinkFound {
  return { result, because, status, leadsTo: null };
}

/** Asks for a page, by HEAD at first: some servers know GET alone. */
async function ask(url: URL, asking: Asking): Promise<Answer> {
  const short = await askBy('HEAD', url, asking);
  const said = (short.status >= 200 && short.status < 400) || short.status === 429;
  return said ? short : askBy('GET', url, asking);
}

interface Asking {
  readonly place: readonly Place[];
  readonly signal: AbortSignal;
  readonly userAgent: string;
}

function askBy(method: 'HEAD' | 'GET', url: URL, { place, signal, userAgent }: Asking): Promise<Answer> {
  const options: RequestOptions = {
    ...{ method, signal, agent: false, maxHeaderSize: MOST_BYTES, lookup: onlyTo(place) },
    headers: { 'User-Agent': userAgent, Accept: '*/*' },
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? overHttps : overHttp;
    const asked = send(url, options, (answer: IncomingMessage) => {
      resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? null });
      answer.on('error', () => undefined);
      answer.destroy();
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** What connects asks this for the addresses of the name: it gets those that were looked at, and no others. */
function onlyTo(places: readonly Place[]): LookupFunction {
  return (_name, { all }, callback) => {
    const [first] = places;
    if (first === undefined) callback(new NotPublic(), '');
    else if (all === true) callback(null, [...places]);
    else callback(null, first.address, first.family);
  };
}

/** Name servers are not told to stop; nobody waits for them longer. */
async function untilAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(new Error('aborted'));
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, aborted]).finally(() => signal.removeEventListener('abort', stop));
}

/** By their code: no words of a server, and no name, go any further. */
function ofError(error: unknown): LinkFound {
  if (error instanceof NotPublic) return found('not_checked', 'private');
  const code = codeOf(error);
  if (code === 'ENOTFOUND' || code === 'ENODATA' || code === 'ESERVFAIL') return found('unreachable', 'no_name');
  if (code === 'ECONNREFUSED') return found('unreachable', 'refused');
  if (code === 'ETIMEDOUT') return found('unreachable', 'silent');
  if (code === 'ENETUNREACH' || code === 'ENO_NAME_SERVER') return found('not_checked', 'our_network');
  if (/CERT|SELF_SIGNED|UNABLE_TO/u.test(code)) return found('unreachable', 'certificate');
  return found('unreachable', 'broken');
}
