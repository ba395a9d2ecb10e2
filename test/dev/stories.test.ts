import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { storiesOf } from '../../dev/demo/stories.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { say, wake } from '../support/post.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
}, 120_000);
afterAll(() => home.stop());

test('what the ledger has of a case that a failing check names is told once, by id or by reference', async () => {
  const caseId = await listProduct(home.database, 'told-case');
  await listProduct(home.database, 'other-case');
  const { result } = await say(home.database, caseId, wake);
  const reference = String(result.reference);
  const bad = { ok: false, tried: 2, detail: `${caseId}: its row 1 has no outcome; ${reference}: nobody moves it` };
  const good = { ok: true, tried: 1, detail: 'dpg/other-case is fine' };
  const [story, ...others] = await storiesOf(home.database, [bad, good]);
  expect(others).toEqual([]);
  expect(story).toContain(`What the ledger has of ${caseId}:`);
  expect(story).toMatch(/2026-07-10T08:\S+ {2}\w+ \(row:\d+, \w+\)/u);
  expect(await storiesOf(home.database, [good])).toEqual([]);
});
