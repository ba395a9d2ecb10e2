import type { Database } from '../../prisma/database.js';
import { step } from '../../prisma/step.js';

/** Takes what waits in the rows of all cases, one step after the other, until it is stopped: what workflows do. */
export function playSteps(database: Database): { stop: () => Promise<void> } {
  let stopping = false;
  const played = (async () => {
    while (!stopping) {
      const waiting = await database.submission.findFirst({
        where: { outcome: null, aside: false },
        orderBy: { id: 'asc' },
      });
      if (waiting === null) await new Promise((resolve) => setTimeout(resolve, 20));
      else await step(database, { caseId: waiting.caseId, armedFor: null });
    }
  })();
  return {
    stop: async () => {
      stopping = true;
      await played;
    },
  };
}
