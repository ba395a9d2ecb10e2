import { instant, addDays } from '../../domain/calendar.js';
import type { Database } from '../../prisma/database.js';
import { constantPage, type Rates } from './constant.js';
import type { Measure } from './measurement.js';
import { nominateProducts } from './nominations.js';
import { startPlace } from './place.js';
import { inventProducts } from './records.js';
import { mean, median, shown } from './statistics.js';

const PRODUCTS = 10_000;
const NOMINATIONS = 200;
/** What visitors open: the list, a page of it, what a filter and a search find, and products. */
const PATHS = ['/', '/?page=7', '/?sdg=3', '/?q=ledger', '/r/page-17', '/r/page4-711'] as const;

/**
 * Pages of the registry a second over HTTP, several at a time, compressed as browsers ask for them, against a server of
 * the same library that answers with that very page from memory. Path by path, both sides in turn; the figure is the
 * mean of their ratios.
 */
export const measurePages: Measure = async (asked) => {
  const place = await startPlace(asked);
  const count = asked.sized(PRODUCTS, 200);
  const validUntil = addDays(instant(Date.now()).slice(0, 10), 200);
  for (let part = 0; part < 10; part += 1) {
    const prefix = part === 0 ? 'page' : `page${part}`;
    await inventProducts(place.database, { prefix, count: Math.ceil(count / 10), validUntil, lives: false });
  }
  await place.database.$executeRaw`analyze`;
  await place.start('web/main.ts');
  const { publicUrl } = place.config;
  const rates: Rates[] = [];
  for (const path of PATHS) {
    const response = await fetch(`${publicUrl}${path}`);
    if (response.ok) rates.push(await constantPage(place, { path, rounds: asked.rounds }));
  }
  const anew = await afterWrites(place.database, `${publicUrl}/`);
  return [
    {
      name: 'registry_pages',
      value: mean(rates.map(({ ratio }) => ratio)),
      how:
        `pages a second at ${count} products, while nothing is written: ${rates.map(({ words }) => words).join('; ')}. ` +
        `The list after a write: ${shown(anew, 0)} ms`,
    },
  ];
};

/** The same of the page on which a nomination is followed, beside so many that were decided. */
export const measureNominationPage: Measure = async (asked) => {
  const place = await startPlace(asked);
  const decided = asked.sized(NOMINATIONS, 10);
  const path = `/a/${await nominateProducts(place.database, decided)}`;
  await place.database.$executeRaw`analyze`;
  await place.start('web/main.ts');
  const { ratio, words } = await constantPage(place, { path, rounds: asked.rounds });
  const anew = await afterWrites(place.database, `${place.config.publicUrl}${path}`);
  const how = `pages a second beside ${decided} decided ones, while nothing is written: ${words}. After a write: ${shown(anew, 0)} ms`;
  return [{ name: 'nomination_page', value: ratio, how }];
};

/** Milliseconds of a page when something was written since it was last asked for, the median of some. */
async function afterWrites(database: Database, url: string): Promise<number> {
  const all: number[] = [];
  for (let times = 0; times < 7; times += 1) {
    await database.setting.upsert({
      where: { name: 'bench' },
      create: { name: 'bench', value: '' },
      update: { value: String(times) },
    });
    const start = performance.now();
    await (await fetch(url)).text();
    all.push(performance.now() - start);
  }
  return median(all);
}
