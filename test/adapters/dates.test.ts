import { describe, expect, test } from '@jest/globals';
import { printDay, printInstant, printShortDay } from '../../adapters/dates.js';

describe('dates in words', () => {
  test.each([
    ['en', 'Saturday 23 January 2027'],
    ['en-GB', 'Saturday 23 January 2027'],
    ['fr', 'samedi 23 janvier 2027'],
    ['es-MX', 'sábado 23 de enero de 2027'],
    ['ar', 'Saturday 23 January 2027'],
  ])('in %s: %s', (language, words) => {
    expect(printDay('2027-01-23', language)).toBe(words);
  });

  test('the first of a month is the "1er" in French', () => {
    expect(printDay('2027-03-01', 'fr')).toBe('lundi 1er mars 2027');
  });

  test('a subject has no weekday', () => {
    expect(printShortDay('2027-01-23')).toBe('23 January 2027');
    expect(printShortDay('2027-01-23', 'es')).toBe('23 de enero de 2027');
  });

  test('an instant is printed in UTC, whatever the zone of the machine', () => {
    expect(printInstant('2027-01-23T23:30:00.000Z')).toBe('Saturday 23 January 2027, 23:30 UTC');
    expect(printInstant('2027-01-24T01:30:00.000+03:00')).toBe('Saturday 23 January 2027, 22:30 UTC');
  });

  test.each(['', '2027-02-30', '23.01.2027', '2027-1-3', 'tomorrow'])('%p is refused', (value) => {
    expect(() => printDay(value)).toThrow(`not a date: ${value}`);
    expect(() => printShortDay(value)).toThrow('not a date');
  });

  test('what is not an instant is refused', () => {
    expect(() => printInstant('yesterday')).toThrow('not an instant: yesterday');
  });
});
