import { writeFileSync } from 'node:fs';
import { freePort } from '../ports.js';
import type { Place } from './place.js';
import { each, mean, shown } from './statistics.js';

const SECONDS = 4;
const AT_ONCE = 4;

/** How often a page is answered a second, against the same page from memory. */
export interface Rates {
  readonly ratio: number;
  /** Both sides in plain figures. */
  readonly words: string;
}

/**
 * Measures a page of ours against a server of the same library that answers with that very page from memory, compressed
 * as ours: several at a time, both sides in turn.
 */
export async function constantPage(
  place: Place,
  { path, rounds }: { readonly path: string; readonly rounds: number },
): Promise<Rates> {
  const url = `${place.config.publicUrl}${path}`;
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  const file = place.stack.home.path('page.html');
  writeFileSync(file, await response.text());
  const port = await freePort();
  const constant = await place.start('dev/bench/programs/constant-page.ts', { args: [file, port] });
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round += 1) {
    const [own, bare] = [await rate(url), await rate(`http://127.0.0.1:${port}/`)];
    // The first round is not counted.
    if (round === 0) continue;
    ours.push(own);
    theirs.push(bare);
  }
  await constant.stop();
  const words = `${path} ${shown(mean(ours))} against ${shown(mean(theirs), 0)}`;
  return { ratio: mean(ours) / mean(theirs), words };
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
