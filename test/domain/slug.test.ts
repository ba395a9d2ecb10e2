import { describe, expect, test } from '@jest/globals';
import { dpgIdOf } from '../../domain/nomination.js';
import { slugOf, uniqueSlug } from '../../domain/slug.js';

const form = /^[a-z0-9]+(-[a-z0-9]+)*$/;

describe('the slug of a name', () => {
  test.each([
    ['Aam Digital', 'aam-digital'],
    ['Querido Diário', 'querido-diario'],
    ['X-Road®', 'x-road'],
    ['  Seed & Soil  (beta) ', 'seed-soil-beta'],
    ["Farmers' Market", 'farmers-market'],
    ['Ærø Straße Łódź', 'aero-strasse-lodz'],
    ['ﬁeld №5', 'field-no5'],
    ['数据 Atlas 2', 'atlas-2'],
    ['--Dots..and__lines--', 'dots-and-lines'],
  ])('%s becomes %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  test.each(['数据', 'بيانات', '2030', '***', ''])('"%s" has no Latin letter, so no slug of its own', (name) => {
    expect(slugOf(name)).toBe('');
  });

  test('a long name is cut between words', () => {
    const slug = slugOf('An Extraordinarily Long Name Of A Digital Public Good About Groundwater Levels');
    expect(slug).toBe('an-extraordinarily-long-name-of-a-digital-public-good-about');
    expect(slugOf('a'.repeat(100))).toBe('a'.repeat(64));
  });
});

describe('a unique slug', () => {
  const of = (name: string, ...taken: readonly string[]): string =>
    uniqueSlug({ name, dpgId: 'GID0091234', taken: new Set(taken) });

  test('takes the last digits of the DPG id only when the name is taken', () => {
    expect(of('Seed')).toBe('seed');
    expect(of('Seed', 'seed')).toBe('seed-1234');
    expect(of('Seed', 'seed', 'seed-1234')).toBe('seed-0091234');
    expect(of('Seed', 'seed', 'seed-1234', 'seed-0091234')).toBe('seed-2');
  });

  test('takes the letters of a reference where the DPG id was given here', () => {
    const ours = (...taken: readonly string[]) =>
      uniqueSlug({ name: 'Seed', dpgId: dpgIdOf('2026-7Q2MK'), taken: new Set(taken) });
    expect(ours()).toBe('seed');
    expect(ours('seed')).toBe('seed-7q2mk');
    expect(ours('seed', 'seed-7q2mk')).toBe('seed-2');
  });

  test('is the DPG id for a name without Latin letters', () => {
    expect(of('数据')).toBe('gid0091234');
  });

  test('stays within 64 characters when digits are added', () => {
    const long = 'a'.repeat(64);
    expect(of(long, long)).toBe(`${'a'.repeat(59)}-1234`);
    expect(of(`${'a'.repeat(58)} ${'b'.repeat(10)}`, 'a'.repeat(58))).toMatch(form);
  });
});
