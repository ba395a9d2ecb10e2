import { expect, test } from '@jest/globals';
import { isDatabaseAway } from '../../prisma/away.js';
import { lockCase } from '../../prisma/database.js';
import { step } from '../../prisma/step.js';
import { listProduct } from '../support/listed-product.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home } = pagesOfFile();

test('a step with a limit ends by itself while its case is locked, frees its connection, and counts as no failure', async () => {
  const caseId = await listProduct(home.database, 'locked');
  const call = { caseId, armedFor: null, withinMs: 300 };
  let unlock: () => void = () => undefined;
  const free = new Promise<void>((resolve) => (unlock = resolve));
  const holding = home.database.$transaction(async (transaction) => {
    await lockCase(transaction, caseId);
    await free;
  });
  // More than the pool has connections: each must have been given back.
  for (let nth = 0; nth < 12; nth += 1) {
    const error: unknown = await step(home.database, call).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect([error !== null, isDatabaseAway(error)]).toEqual([true, true]);
  }
  unlock();
  await holding;
  expect(await step(home.database, { ...call, withinMs: null })).toMatchObject({ state: 'asleep', wrote: false });
});
