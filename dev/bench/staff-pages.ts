import { createHash, randomBytes } from 'node:crypto';
import { addDays, instant } from '../../domain/calendar.js';
import type { Database } from '../../prisma/database.js';
import { addStaff } from '../../prisma/staff.js';
import { openStaffSession } from '../../prisma/staff-sessions.js';
import type { FigureName, Measure } from './measurement.js';
import { openForReviewers } from './open-reviews.js';
import { startPlace } from './place.js';
import { inventProducts } from './records.js';
import { median, shown } from './statistics.js';

const REVIEWS = 2_000;
/** How often each page is asked for in a round. */
const TIMES = 9;

/** The page of each figure. */
const PATHS: readonly (readonly [FigureName, string])[] = [
  ['desk_pool', '/desk'],
  ['console_needs', '/console'],
  ['console_product', '/console/products/bench-7'],
];

/**
 * Pages of staff where each of many reviews waits for reviewers and needs a human, against the list of the registry at
 * so many products: both read anew each time, in turn, one after the other.
 */
export const measureStaffPages: Measure = async (asked) => {
  const place = await startPlace(asked);
  const { database, config } = place;
  const count = asked.sized(REVIEWS, 50);
  const validUntil = addDays(instant(Date.now()).slice(0, 10), 30);
  const slugs = await inventProducts(database, { prefix: 'bench', count, validUntil });
  await openForReviewers(database, slugs);
  await database.case.updateMany({ data: { attention: ['reviewer_late'] } });
  await database.$executeRaw`analyze`;
  const cookie = await signIn(database);
  await place.start('web/main.ts');
  const list: number[] = [];
  const pages = new Map<string, number[]>();
  for (let times = 0; times <= asked.rounds * TIMES; times += 1) {
    const plain = await timeOf(database, `${config.publicUrl}/`);
    // The first requests of a program are not counted.
    if (times > 0) list.push(plain);
    for (const [, path] of PATHS) {
      const taken = await timeOf(database, `${config.publicUrl}${path}`, cookie);
      if (times > 0) pages.set(path, [...(pages.get(path) ?? []), taken]);
    }
  }
  return PATHS.map(([name, path]) => {
    const taken = median(pages.get(path) ?? []);
    const how = `${path} ${shown(taken)} ms, the list ${shown(median(list))} ms, at ${count} reviews that wait`;
    return { name, value: taken / median(list), how };
  });
};

/** Somebody who may see all of them. */
async function signIn(database: Database): Promise<string> {
  const given = { id: 'ada', name: 'Ada Okoro', address: 'ada@alliance.example' };
  await addStaff(database, { ...given, roles: ['l1', 'secretariat'], by: 'bench' });
  const cookie = randomBytes(32).toString('base64url');
  const id = createHash('sha256').update(cookie).digest('hex');
  await openStaffSession(database, { id, personId: 'ada', form: 'bench', before: '' });
  return `staff=${cookie}`;
}

/** Milliseconds of a page after something was written, so that no page is kept in memory. */
async function timeOf(database: Database, url: string, cookie = ''): Promise<number> {
  const value = String(performance.now());
  await database.setting.upsert({ where: { name: 'bench' }, create: { name: 'bench', value }, update: { value } });
  const start = performance.now();
  const response = await fetch(url, { headers: { cookie } });
  await response.text();
  if (!response.ok) throw new Error(`${new URL(url).pathname} answered ${response.status}`);
  return performance.now() - start;
}
