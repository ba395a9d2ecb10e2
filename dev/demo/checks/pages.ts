import type { Database } from '../../../prisma/database.js';

/** A public page as it is served. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

const AT_ONCE = 4;

/** Every page of the registry: the list, its data, each product and each review. Throws if one is not served. */
export async function readPages({
  database,
  publicUrl,
}: {
  readonly database: Database;
  readonly publicUrl: string;
}): Promise<readonly Page[]> {
  const listings = await database.listing.findMany({ select: { slug: true }, orderBy: { slug: 'asc' } });
  const applications = await database.application.findMany({ select: { id: true }, orderBy: { id: 'asc' } });
  return readPaths(publicUrl, [
    '/',
    '/registry.json',
    '/registry.csv',
    ...listings.map(({ slug }) => `/r/${slug}?answers=full`),
    ...applications.map(({ id }) => `/a/${id}`),
  ]);
}

/** Some pages, in the order of their paths. Throws if one is not served. */
export async function readPaths(publicUrl: string, paths: readonly string[]): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < paths.length; index = next++) {
      const path = paths[index] ?? '/';
      const answer = await fetch(`${publicUrl}${path}`, { headers: { connection: 'close' } });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
      pages[index] = { path, text };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return pages;
}
