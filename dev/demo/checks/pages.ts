import type { Database } from '../../../prisma/database.js';

/** A public page as it is served. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** `fetch`, or what stands for it in a test. */
type Send = (url: string, init: RequestInit) => Response | Promise<Response>;

const AT_ONCE = 4;

/**
 * Every page of the registry: the list, its data, the nominations, each product and each review. What was nominated has
 * a page of its own once it is listed, and one of its review once it was sent. Throws if one is not served.
 */
export async function readPages({
  database,
  publicUrl,
  send = fetch,
}: {
  readonly database: Database;
  /** No slash at its end. */
  readonly publicUrl: string;
  readonly send?: Send;
}): Promise<readonly Page[]> {
  const listings = await database.listing.findMany({
    where: { nominated: null },
    select: { slug: true },
    orderBy: { slug: 'asc' },
  });
  const applications = await database.application.findMany({
    where: { OR: [{ NOT: { kind: 'nomination' } }, { answerSets: { some: {} } }] },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  const paths = [
    '/',
    '/registry.json',
    '/registry.csv',
    '/nominees',
    '/nominees.json',
    '/excluded',
    ...listings.map(({ slug }) => `/r/${slug}?answers=full`),
    ...applications.flatMap(({ id }) => [`/a/${id}`, `/a/${id}/data.json`]),
  ];
  return readPaths(publicUrl, paths, send);
}

/** With which status a path is answered. */
export async function statusOf(publicUrl: string, path: string): Promise<number> {
  const answer = await fetch(`${publicUrl}${path}`, { headers: { connection: 'close' } });
  await answer.text();
  return answer.status;
}

/** Some pages, in the order of their paths. Throws if one is not served. */
export async function readPaths(
  publicUrl: string,
  paths: readonly string[],
  send: Send = fetch,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < paths.length; index = next++) {
      const path = paths[index] ?? '/';
      const answer = await send(`${publicUrl}${path}`, { headers: { connection: 'close' } });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
      pages[index] = { path, text };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return pages;
}
