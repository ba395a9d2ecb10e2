import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLinks } from '../../adapters/links.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { linkOf, openReview, PUBLIC_URL, webOver } from '../support/owner-visit.js';
import { HOLDERS, KEY, mutatedTokens } from './mutated-tokens.js';

// Figures that take too long, or depend too much on the machine, for the suite.
// npm test -- --testMatch '<rootDir>/test/security/links.figures.ts'

const TRIES = 1_000_000;
const VISITS = 1_000;

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
}, 120_000);
afterAll(() => home.stop());

const say = (line: string) => process.stdout.write(`${line}\n`);
const median = (times: readonly number[]) => [...times].sort((one, other) => one - other)[times.length >> 1] ?? 0;

describe('links', () => {
  test('a million mutated ones are refused', () => {
    const links = createLinks(KEY);
    const began = performance.now();
    let opened = 0;
    for (const token of mutatedTokens(TRIES)) if (links.verify(token, HOLDERS) !== null) opened += 1;
    say(`${TRIES} mutated links: ${opened} opened, ${((performance.now() - began) / 1_000).toFixed(1)} s`);
    expect(opened).toBe(0);
  }, 300_000);

  test('unknown and revoked ones take alike time', async () => {
    const web = webOver(home.database);
    const { reference } = await openReview(home.database, { slug: 'timed' });
    const revoked = await linkOf(web, reference);
    await home.database.recipient.updateMany({
      where: { applicationId: reference, rank: 'primary' },
      data: { revokedAt: new Date() },
    });
    const token = revoked.split('/').at(-1) ?? '';
    const kinds = {
      revoked,
      mutated: `/answer/${reference}/${token.slice(0, -2)}AA`,
      'unknown review': `/answer/2026-ZZZZZ/${token}`,
      'no reference': `/answer/none/${token}`,
    };
    const times = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, [] as number[]]));
    for (let visit = 0; visit < VISITS; visit += 1) {
      for (const [kind, path] of Object.entries(kinds)) {
        const began = performance.now();
        const response = await web.app.request(`${PUBLIC_URL}${path}`);
        await response.text();
        times[kind]?.push(performance.now() - began);
        expect(response.status).toBe(404);
      }
    }
    const base = median(times['revoked'] ?? []);
    for (const [kind, list] of Object.entries(times)) {
      say(`${kind}: median ${median(list).toFixed(2)} ms, ${(median(list) / base).toFixed(2)} of a revoked one's`);
    }
  }, 300_000);
});
