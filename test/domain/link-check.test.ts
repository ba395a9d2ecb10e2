import { describe, expect, test } from '@jest/globals';
import { DAY } from '../../domain/calendar.js';
import { isLinkDue, linkInWords, linksIn, linksOf, type LinkFound } from '../../domain/link-check.js';

describe('links in answers', () => {
  test('are found in lists and in sentences, each once, without what ends the sentence', () => {
    expect(linksIn(['https://a.example/x', 'A law', 'https://a.example/x'])).toEqual(['https://a.example/x']);
    expect(linksIn('See https://a.example/terms. And (http://b.example/(1)), too: <https://c.example>!')).toEqual(
      ['https://a.example/terms', 'http://b.example/(1)),', 'https://c.example'].map((link) =>
        link.replace(/\),$/u, ')'),
      ),
    );
    expect(linksIn({ text: 'https://t.example', urls: ['https://u.example'] })).toEqual([
      'https://u.example',
      'https://t.example',
    ]);
    expect(linksIn({ choice: 'yes', text: 'at https://y.example/p?q=1#r' })).toEqual(['https://y.example/p?q=1#r']);
    expect(linksOf({ one: 'https://a.example', other: ['https://a.example', 'https://b.example'] })).toHaveLength(2);
  });

  test('are none where there is no address, and at most thirty in an answer', () => {
    expect(linksIn('javascript:alert(1) mailto:a@b.example https:// www.a.example')).toEqual([]);
    expect(linksIn(Array.from({ length: 100 }, (_, index) => `https://h${index}.example`))).toHaveLength(30);
  });

  test('are looked at again after a day in an open review, after a month elsewhere', () => {
    const asked = { before: 0, real: DAY };
    expect(isLinkDue({ of: 'listed', before: null, real: 0 })).toBe(true);
    expect([isLinkDue({ of: 'open', ...asked }), isLinkDue({ of: 'listed', ...asked })]).toEqual([true, false]);
    expect(isLinkDue({ of: 'open', before: 0, real: DAY - 1 })).toBe(false);
    expect(isLinkDue({ of: 'listed', before: 0, real: 30 * DAY })).toBe(true);
  });

  test('are told of in words that judge nobody', () => {
    const found: LinkFound = { result: 'unreachable', because: 'status', status: 403, leadsTo: null };
    expect(linkInWords(found)).toBe(
      'Not reachable: the server let our program not in (403), perhaps it does let people in',
    );
    expect(linkInWords({ ...found, result: 'gone', status: 410 })).toContain('(410)');
    expect(linkInWords({ ...found, result: 'not_checked', because: 'private' })).toContain('public internet');
  });
});
