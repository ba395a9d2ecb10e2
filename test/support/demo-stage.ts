import { createPool, type Stage } from '../../dev/demo/matter.js';
import { createPace } from '../../dev/demo/pace.js';
import { PUBLIC_URL, type Web } from './owner-visit.js';

/** What invented people of a demonstration share, over pages that are called without a port. */
export function stageOver(
  { app }: Pick<Web, 'app'>,
  { dayMs, atOnce }: { readonly dayMs: number; readonly atOnce: number },
): Stage {
  return {
    ...{ publicUrl: PUBLIC_URL, told: [], problems: [], planted: [], reserved: [], tried: {} },
    pace: createPace({ dayMs, seed: 1 }),
    acting: createPool(atOnce),
    send: async (url, init) => app.request(url, init),
  };
}
