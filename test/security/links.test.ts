import { describe, expect, test } from '@jest/globals';
import { createLinks } from '../../adapters/links.js';
import { HOLDERS, KEY, mutatedTokens } from './mutated-tokens.js';

/** A million are tried by `npm test -- --testMatch '<rootDir>/test/security/links.figures.ts'`. */
const TRIES = 100_000;

describe('a link that was guessed', () => {
  test(`opens nothing in ${TRIES} tries around real ones, which open for their own`, () => {
    const links = createLinks(KEY);
    const opened: string[] = [];
    for (const token of mutatedTokens(TRIES)) if (links.verify(token, HOLDERS) !== null) opened.push(token);
    expect(opened).toEqual([]);
    expect(HOLDERS.map((holder) => links.verify(links.token(holder), HOLDERS))).toEqual(HOLDERS);
  });

  test('is another one in most tries, and none of the real ones', () => {
    const tokens = [...mutatedTokens(2_000)];
    const real = HOLDERS.map((holder) => createLinks(KEY).token(holder));
    expect(new Set(tokens).size).toBeGreaterThan(1_000);
    expect(tokens.filter((token) => real.includes(token))).toEqual([]);
  });
});
