import { writeFileSync } from 'node:fs';
import { instant, addDays } from '../../domain/calendar.js';
import { freePort } from '../ports.js';
import type { Database } from '../../prisma/database.js';
import type { Measure } from './measurement.js';
import { startPlace } from './place.js';
import { inventProducts } from './records.js';
import { each, mean, median, shown } from './statistics.js';

const PRODUCTS = 10_000;
const SECONDS = 4;
const AT_ONCE = 4;
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
  const ratios: { readonly path: string; readonly ours: number[]; readonly theirs: number[] }[] = [];
  for (const path of PATHS) {
    const response = await fetch(`${publicUrl}${path}`);
    if (!response.ok) continue;
    const file = place.stack.home.path(`page-${ratios.length}.html`);
    writeFileSync(file, await response.text());
    const port = await freePort();
    const constant = await place.start('dev/bench/programs/constant-page.ts', { args: [file, port] });
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round <= asked.rounds; round += 1) {
      const [own, bare] = [await rate(`${publicUrl}${path}`), await rate(`http://127.0.0.1:${port}/`)];
      // The first round is not counted.
      if (round === 0) continue;
      ours.push(own);
      theirs.push(bare);
    }
    ratios.push({ path, ours, theirs });
    await constant.stop();
  }
  const ratioOf = ({ ours, theirs }: (typeof ratios)[number]) => mean(ours) / mean(theirs);
  const anew = await afterWrites(place.database, `${publicUrl}/`);
  const words = ratios.map((one) => `${one.path} ${shown(mean(one.ours))} against ${shown(mean(one.theirs), 0)}`);
  return [
    {
      name: 'registry_pages',
      value: mean(ratios.map(ratioOf)),
      how:
        `pages a second at ${count} products, while nothing is written: ${words.join('; ')}. ` +
        `The list after a write: ${shown(anew, 0)} ms`,
    },
  ];
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

/** Pages a second, so many at a time. */
async function rate(url: string): Promise<number> {
  const end = performance.now() + SECONDS * 1_000;
  let pages = 0;
  const start = performance.now();
  await each([...Array(AT_ONCE).keys()], AT_ONCE, async () => {
    while (performance.now() < end) {
      const response = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
      await response.text();
      pages += 1;
    }
  });
  return (pages * 1_000) / (performance.now() - start);
}
