import { createHash } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { Day } from '../../domain/calendar.js';
import type { Clock } from '../../domain/clock.js';
import type { Database } from '../../prisma/database.js';
import { dayAt, readClockAlone, readVersion, type Version } from '../../prisma/read-version.js';

/** Characters of all kept answers together, and of one of them at most. */
const MOST = 32_000_000;
const MOST_OF_ONE = 8_000_000;
const KEPT_HEADERS = ['Content-Type', 'Content-Disposition', 'ETag'] as const;

interface Kept {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers by their addresses, all of one version of the records and one day. */
interface Shelf {
  readonly seen: string;
  readonly clock: Clock;
  readonly day: Day;
  readonly answers: Map<string, Kept>;
  characters: number;
}

/**
 * Gives again what was answered before at the same address, as long as nothing at all was written since and it is the
 * same day: for pages that depend on the records and the day alone. What was decided shows on the next request. Where
 * somebody writes all the time it keeps nothing, and costs one small query and the reading of the clock. What it keeps
 * has a tag, so that it is hashed once; whether the reader has that copy is for others to look at, without, since
 * "not modified" is nothing to keep.
 */
export function keptPages(database: Database): MiddlewareHandler {
  let shelf: Shelf | null = null;
  const shelfAt = async (version: Version): Promise<Shelf> => {
    const current = shelf;
    if (current !== null && current.seen === version.seen && current.day === dayAt(current.clock, version)) {
      return current;
    }
    const clock = await readClockAlone(database);
    const { seen } = version;
    return (shelf = { seen, clock, day: dayAt(clock, version), answers: new Map(), characters: 0 });
  };
  return async (request, next) => {
    const { pathname, search } = new URL(request.req.url);
    // Read before the page is: a page that saw more is kept under a version that never comes again.
    const current = await shelfAt(await readVersion(database));
    const { answers } = current;
    const kept = answers.get(pathname + search);
    if (kept !== undefined) return request.body(kept.body, 200, { ...kept.headers });
    await next();
    if (request.res.status !== 200) return undefined;
    const body = await request.res.clone().text();
    if (body.length > MOST_OF_ONE || current.characters + body.length > MOST) return undefined;
    current.characters += body.length;
    request.res.headers.set('ETag', tagOf(body));
    const headers = KEPT_HEADERS.flatMap((name) => {
      const value = request.res.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    answers.set(pathname + search, { body, headers: Object.fromEntries(headers) });
    return undefined;
  };
}

function tagOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('hex')}"`;
}
