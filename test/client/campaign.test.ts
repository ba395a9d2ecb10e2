import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { step } from '../../prisma/step.js';
import { noteFailure } from '../../prisma/set-aside.js';
import { perennial, perennialProcess } from '../support/command.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { playSteps } from '../support/play-steps.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T07:00:00.000Z');
  await listProduct(home.database, 'seed');
  await listProduct(home.database, 'twin', { contacts: false });
  await listProduct(home.database, 'lasting', { validUntil: '2028-01-01' });
}, 120_000);
afterAll(() => home.stop());

const campaign = (...args: readonly string[]) => perennial(home.url, 'campaign', ...args);

describe('perennial campaign', () => {
  test('from the plan to closing', async () => {
    const plan = await campaign('plan', '--per-day', '1');
    expect(plan).toContain('2 in: 2 due');
    expect(plan).toContain('wave 2, 2026-07-11: 1 opens, 0 first emails: twin');
    expect(plan).toContain('1 has nobody to ask: twin.');
    expect(plan).toMatch(/lasting: It is valid until 2028-01-01 .+\./);
    expect(plan).not.toContain('@');

    const json: unknown = JSON.parse(await campaign('plan', '--exclude', 'twin=merges, with = seed', '--json'));
    expect(json).toMatchObject({
      members: [{ slug: 'seed', kind: 'annual_review', wave: 1 }],
      leftOut: expect.arrayContaining([
        { slug: 'twin', name: 'twin', because: 'excluded', reason: 'merges, with = seed' },
      ]),
    });

    const start = ['start', 'annual-2026', '--by', 'Fatou', '--exclude', 'twin=merges'];
    await expect(campaign(...start, '--confirm', 'annual-2025')).rejects.toThrow('Nothing was started');
    expect(await home.database.campaign.count()).toBe(0);
    expect(await perennial(home.url, 'case', 'list')).toBe('No review is open.');
    expect(await campaign(...start, '--confirm', 'annual-2026')).toContain(
      '1 product in 1 wave.\nThe first wave is due 2026-07-10 08:00 UTC, its emails go at 09:00 UTC. ' +
        'Until then it sends nothing.',
    );
    const wave = 'annual-2026: wave 1 of 1 is due 2026-07-10 08:00 UTC, its emails go at 09:00 UTC';
    expect(await perennial(home.url, 'case', 'list')).toBe(`No review is open.\n${wave}.`);
    expect(await campaign('plan')).toContain('annual-2026 runs already and is still to wake 1 of them.');
    expect(await campaign(...start, '--confirm', 'annual-2026')).toContain('Nothing was changed');
    const other = campaign('start', 'annual-2026', '--by', 'ben', '--confirm', 'annual-2026');
    await expect(other).rejects.toThrow('with another scope');

    const status = await campaign('status', 'annual-2026', '--members');
    expect(status).toContain('annual-2026: running, started 2026-07-10 07:00 UTC by fatou');
    expect(status).toContain('seed: asleep until wave 1');
    const counted: unknown = JSON.parse(await campaign('status', 'annual-2026', '--json'));
    expect(counted).toMatchObject({ counts: { members: 1, released: 0 }, members: [{ slug: 'seed' }] });

    const closing = campaign('close', 'annual-2026', '--by', 'fatou', '--reason', 'wrong texts');
    while ((await home.database.submission.count()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await step(home.database, { caseId: 'campaign/annual-2026', armedFor: null });
    expect(await closing).toContain('1 product is not woken and stays asleep');
    expect(await campaign('list')).toContain('annual-2026: closed');
  });

  test('a plan names the first handful of each group, and says what to do where most have nobody to ask', async () => {
    const slugs = Array.from({ length: 7 }, (_, index) => `quiet-${index + 1}`);
    for (const slug of slugs) await listProduct(home.database, slug, { contacts: false, validUntil: '2026-01-01' });
    const short = await campaign('plan');
    expect(short).toContain('8 of the 9 have nobody to ask: "perennial contacts template --missing"');
    expect(short).toContain('To ask only the 1 other, add: --where contact=yes');
    expect(short).toContain('1 first email: quiet-1, quiet-2, quiet-3, quiet-4, quiet-5 and 4 more\n');
    expect(short).toContain('--all names every product');
    const all = await campaign('plan', '--all');
    expect(all).toContain('quiet-5, quiet-6, quiet-7, seed, twin\n');
    expect(all).not.toContain('more');
    const some = await campaign('plan', '--where', 'contact=yes');
    expect(some).toContain('1 in: 1 due');
    expect(some).toContain('1 first email: seed\n');
    expect(some).toContain('Every one that is in has somebody to ask.');
    expect(some).toContain('\n  8 are not contact=yes: quiet-1, quiet-2, quiet-3, quiet-4, quiet-5 and 3 more\n');
    expect(some).toMatch(/\n {2}lasting: It is valid until 2028-01-01/u);
    expect(await campaign('plan', '--where', 'contact=yes', '--all')).toContain('quiet-6, quiet-7, twin\n');
  });

  test('what was set aside goes on by a release; until then status says so', async () => {
    await campaign('start', 'stuck-2026', '--by', 'fatou', '--confirm', 'stuck-2026');
    const caseId = 'campaign/stuck-2026';
    await home.setClock('2026-07-10T08:00:01.000Z');
    for (let count = 0; count < 10; count += 1) await noteFailure(home.database, caseId);
    const said = 'campaign stuck-2026: something was set aside because its step always failed';
    expect(await perennial(home.url, 'status')).toContain(`${said} -> perennial campaign release stuck-2026`);
    await expect(perennial(home.url, 'case', 'release', caseId, '--by', 'fatou')).rejects.toThrow(
      'is a campaign, not a case: use "perennial campaign release|close|status stuck-2026"',
    );
    const playing = playSteps(home.database);
    expect(await campaign('release', 'stuck-2026', '--by', 'fatou')).toBe('stuck-2026: What was set aside goes on.');
    await playing.stop();
    expect(await perennial(home.url, 'status')).not.toContain('set aside');
    const late = 'wave 1 of 1 was due 2026-07-10 08:00 UTC and has not gone yet: is the worker running?';
    expect(await perennial(home.url, 'status')).toContain(`Campaign stuck-2026: ${late}`);
    expect(await perennial(home.url, 'case', 'list')).toContain(`stuck-2026: ${late}`);
    expect(await campaign('status', 'stuck-2026')).toContain(late);
  });

  test('without a terminal nothing is asked and nothing started', async () => {
    const run = await perennialProcess(['campaign', 'start', 'other-2026', '--by', 'fatou'], {
      DATABASE_URL: home.url,
    });
    expect(run).toMatchObject({ status: 2, stdout: '' });
    expect(run.stderr).toContain('This asks the owners of so many products: 9. Add --confirm other-2026 to do it.');
    expect(await home.database.campaign.count({ where: { name: 'other-2026' } })).toBe(0);
  }, 30_000);

  test.each([
    [['plan', '--where', 'colour=red', '--include', 'no-such'], 'There is no product "no-such".'],
    [['plan', '--exclude', 'seed'], 'Say why'],
    [['plan', '--per-day', 'none'], 'Give --per-day as a whole number'],
    [['start', 'Annual 2026', '--by', 'fatou', '--confirm', 'Annual 2026'], 'cannot name a campaign'],
    [['start', 'x', '--by', 'fatou', '--where', 'sdg=17', '--confirm', 'x'], 'There is nobody to ask'],
    [['status', 'no-such'], 'There is no campaign "no-such"'],
    [['close', 'no-such', '--by', 'fatou', '--reason', 'x'], 'There is no campaign "no-such"'],
    [['release', 'no-such', '--by', 'fatou'], 'There is no campaign "no-such"'],
  ])('%j is refused and says what to do', async (args, words) => {
    await expect(campaign(...args)).rejects.toThrow(words);
  });
});
