import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { warn } from '../../client/cli/standard.js';
import type { StandardWarning } from '../../domain/standard-warning.js';
import { NEWEST } from '../../domain/standards.js';
import { perennial } from '../support/command.js';
import { heldQuestion, laterStandard, withLater } from '../support/coming-standard.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';

const standards = withLater(laterStandard({}, [heldQuestion, { ...heldQuestion, id: 'optional', required: false }]));

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  for (const slug of ['seed-ledger', 'rain-atlas', 'well-map', 'gone']) await listProduct(home.database, slug);
  const at = new Date('2026-05-01');
  const facts = { version: 1, by: 'owner', standard: NEWEST.version, forReviewers: {}, publishedAt: at, at };
  await home.database.answerSet.createMany({
    data: [
      { ...facts, slug: 'rain-atlas', answers: { held_exercises: 'Two.' } },
      { ...facts, slug: 'well-map', answers: { pii_level: 'collected', P1: { choice: 'yes', text: '' } } },
    ],
  });
  await home.database.listing.update({ where: { slug: 'seed-ledger' }, data: { name: '=HYPERLINK("x")' } });
  await home.database.listing.update({ where: { slug: 'gone' }, data: { removedOn: at } });
});
afterAll(() => home.stop());

describe('perennial standard warn', () => {
  test('says of the version to come how many listed products lack what, what is new, and changes nothing', async () => {
    const before = await home.database.answerSet.findMany();
    const words = await warn(home.database, {}, standards);
    expect(words).toContain(
      'Version 2027-invented: may be answered since Monday 1 June 2026, binds from Friday 1 January 2027.',
    );
    expect(words).toContain(
      '3 products are listed. 2 would lack a mandatory answer, 2 of them to a question that 2025-09-privacy does not demand.',
    );
    expect(words).toMatch(/2 +new +held_exercises +Invented exercises/u);
    expect(words).toMatch(/1 +- +P2 /u);
    expect(words).toContain('  seed-ledger: held_exercises');
    expect(words).not.toContain('rain-atlas');
    expect(words).not.toContain('gone');
    expect(words).toContain('Nothing was changed, and nobody was asked.');
    expect(await home.database.answerSet.findMany()).toEqual(before);
  });

  test('prints the same as one JSON object', async () => {
    const warning = JSON.parse(await warn(home.database, { json: true }, standards)) as StandardWarning;
    expect(warning).toMatchObject({ version: '2027-invented', inForce: NEWEST.version, listed: 3, lackingNew: 2 });
    expect(warning.questions[0]).toEqual({
      id: 'held_exercises',
      title: 'Invented exercises',
      isNew: true,
      products: 2,
    });
    expect(warning.products.map(({ slug, lacks }) => [slug, lacks.join(' ')])).toEqual([
      ['seed-ledger', 'held_exercises'],
      ['well-map', 'held_exercises pii_types P2 P3 P4 P5 pii_protection'],
    ]);
  });

  test('prints a line for each product and answer as CSV, in which no name is a formula', async () => {
    const csv = await warn(home.database, { csv: true }, standards);
    const [first, ...others] = parse(csv, { columns: true });
    expect(first).toEqual({
      version: '2027-invented',
      slug: 'seed-ledger',
      name: `'=HYPERLINK("x")`,
      question: 'held_exercises',
      title: 'Invented exercises',
      new: 'yes',
    });
    expect(others).toHaveLength(7);
  });

  test('looks at a version that is named, the one in force too', async () => {
    const words = await perennial(home.url, 'standard', 'warn', '--version', '2025-09-privacy');
    expect(words).toContain('3 products are listed. 1 would lack a mandatory answer, 0 of them');
    const earlier = await perennial(home.url, 'standard', 'warn', '--version', '1.1.7', '--json');
    expect((JSON.parse(earlier) as StandardWarning).questions.map(({ id }) => id)).toEqual([
      'pii_types',
      'pii_protection',
    ]);
  });

  test('says when no version is to come, and which ones there are', async () => {
    expect(await perennial(home.url, 'standard', 'warn')).toBe(
      'No version is to come: 2025-09-privacy binds since Thursday 11 September 2025. Name one of 1.1.7, 2025-09-privacy with --version.',
    );
    expect(await perennial(home.url, 'standard', 'warn', '--csv')).toBe('version,slug,name,question,title,new');
    expect(JSON.parse(await perennial(home.url, 'standard', 'warn', '--json'))).toMatchObject({ version: null });
    await expect(perennial(home.url, 'standard', 'warn', '--version', '3')).rejects.toThrow(
      'There is no version "3". There are 1.1.7, 2025-09-privacy.',
    );
    await expect(perennial(home.url, 'standard', 'warn', '--csv', '--json')).rejects.toThrow('not both');
  });
});
