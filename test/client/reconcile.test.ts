import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCases } from '../../client/cases.js';
import { look } from '../../prisma/step.js';
import { REVIEWS } from '../../workflows/contract.js';
import { eventually } from '../support/case-world.js';
import { perennial } from '../support/command.js';
import { startTestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { startTestWorkers, type TestWorkers } from '../support/workers.js';

const SLUGS = ['well', 'gone', 'changed', 'over', 'broken'];
let workers: TestWorkers;
beforeAll(async () => {
  workers = await startTestWorkers('2026-07-10T08:00:00.000Z');
  process.env['TEMPORAL_ADDRESS'] = workers.temporal.address;
  for (const slug of SLUGS) await listProduct(workers.home.database, slug);
  for (const slug of SLUGS) await eventually(`a workflow of ${slug}`, () => runIdOf(`dpg/${slug}`));
}, 120_000);
afterAll(async () => {
  delete process.env['TEMPORAL_ADDRESS'];
  await workers.stop();
}, 60_000);

const run = (...args: readonly string[]) => perennial(workers.home.url, ...args);
const client = () => workers.temporal.env.client;

/** The run of a case's workflow; null: none runs. */
async function runIdOf(caseId: string): Promise<string | null> {
  const found = await client()
    .workflow.getHandle(caseId)
    .describe()
    .catch(() => null);
  return found?.status.name === 'RUNNING' ? found.runId : null;
}
const runs = () => Promise.all([...SLUGS, 'ghost'].map((slug) => runIdOf(`dpg/${slug}`)));

/** What a restore leaves behind, each in another case. */
async function disagree(): Promise<void> {
  const { database } = workers.home;
  const cases = createCases(client());
  await client().workflow.getHandle('dpg/gone').terminate();
  const state = await look(database, 'dpg/well');
  if (state === null) throw new Error('dpg/well has no state');
  await cases.start('dpg/ghost', { ...state, product: 'ghost' });
  await cases.start('nomination/2026-GHOST', { ...state, product: 'nominated-ghost' });
  await client().workflow.start('certification', { workflowId: 'links', taskQueue: REVIEWS, args: [null] });
  await database.listing.update({ where: { slug: 'changed' }, data: { removedOn: new Date('2026-07-01') } });
  await database.case.update({ where: { id: 'dpg/over' }, data: { ended: true } });
  await client().workflow.getHandle('dpg/broken').terminate();
  await client().workflow.start('certification', { workflowId: 'dpg/broken', taskQueue: REVIEWS, args: [null] });
}

describe('records and Temporal', () => {
  test('agree while everything works: there is nothing to do', async () => {
    expect(await run('status')).toContain('Records and Temporal agree.');
    expect(await run('reconcile', '--confirm')).toBe('Records and Temporal agree: there is nothing to do.');
  });

  test('of two installations have nothing in common: no workflow is ended for a database that is not its own', async () => {
    const other = await startTestDatabase('2026-07-10T08:00:00.000Z');
    try {
      await listProduct(other.database, 'elsewhere');
      const before = await runs();
      await expect(perennial(other.url, 'reconcile', '--confirm')).rejects.toThrow('seem to be of two installations');
      expect(await runs()).toEqual(before);
    } finally {
      await other.stop();
    }
  }, 30_000);

  test('that disagree are listed with what helps; reconcile shows first and then does it', async () => {
    await disagree();
    // A task that a worker keeps counts as failed once no step inside it could last so long.
    const said = await eventually('both workflows that fail', async () => {
      const seen = await run('status');
      return seen.includes('Workflows that fail: 2\n') ? seen : null;
    });
    expect(said).toContain('Records and Temporal disagree: 5\n');
    expect(said).toContain('  dpg/gone: no workflow runs for it\n');
    expect(said).toContain('  dpg/ghost: a workflow runs, and there is no record of it here\n');
    expect(said).toContain(
      '  dpg/changed: its workflow shows something else than its record says (DpgState asleep instead of expired)\n',
    );
    expect(said).toContain('  dpg/over: its record has ended, and its workflow goes on\n');
    expect(said).toContain(
      '  nomination/2026-GHOST: a workflow runs, and there is no record of it here\n  -> perennial reconcile',
    );
    const stands = 'workflow code fails at it: it stands still\n';
    expect(said).toContain(`Workflows that fail: 2\n  dpg/broken: ${stands}  links: ${stands}  -> `);

    const before = await runs();
    const plan = await run('reconcile');
    expect(plan).toContain('dpg/gone: no workflow runs for it -> would be started from its record');
    expect(plan).toContain('Nothing was done. To do it: perennial reconcile --confirm');
    expect(await runs()).toEqual(before);

    const done = (await run('reconcile', '--confirm')).split('\n');
    expect(done[0]).toBe('Brought to their records: 6 of 7.');
    expect(done.slice(1).sort()).toEqual([
      '  dpg/broken: ended, and started anew from its record',
      '  dpg/changed: has looked at its record',
      '  dpg/ghost: ended',
      '  dpg/gone: started from its record',
      '  dpg/over: has looked at its record',
      '  links: nothing was done: see "perennial status"',
      '  nomination/2026-GHOST: ended',
    ]);
    await client().workflow.getHandle('links').terminate();
    const [well, gone, changed, over, broken, ghost] = await runs();
    expect([well, changed]).toEqual([before[0], before[2]]);
    expect([over, ghost]).toEqual([null, null]);
    for (const started of [gone, broken]) expect(started).not.toBeNull();
    expect(broken).not.toBe(before[4]);
    expect(await run('status')).toContain('Records and Temporal agree.');
  }, 60_000);

  test('are not compared where Temporal does not answer or nobody says where it is; the rest is told all the same', async () => {
    process.env['TEMPORAL_ADDRESS'] = '127.0.0.1:1';
    expect(await run('status')).toContain('not compared: Temporal does not answer. -> perennial doctor');
    process.env['TEMPORAL_ADDRESS'] = '';
    const said = await run('status');
    expect(said).toContain('not compared: TEMPORAL_ADDRESS says where it is');
    expect(said).toContain('Needs a human: 0');
    await expect(run('reconcile')).rejects.toThrow('TEMPORAL_ADDRESS is missing');
    process.env['TEMPORAL_ADDRESS'] = workers.temporal.address;
  }, 60_000);
});
