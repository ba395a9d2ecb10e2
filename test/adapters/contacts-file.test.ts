import { describe, expect, test } from '@jest/globals';
import { parseContacts, writeContactsTemplate } from '../../adapters/contacts-file.js';

const known = ['seed-ledger', 'rain-atlas', 'well-map'];
const header = 'slug,name,address,language,country,rank';
const file = (...lines: readonly string[]): string => [header, ...lines].join('\r\n');
const reasons = (...lines: readonly string[]): readonly string[] =>
  parseContacts(file(...lines), known).refused.map(({ line, reason }) => `${line}: ${reason}`);

describe('the template', () => {
  test('has a line for each product, and read back unfilled it names nobody and refuses nothing', () => {
    const template = writeContactsTemplate(known.map((slug) => ({ slug })));
    expect(template).toBe(
      'slug,name,address,language,country,rank\r\nseed-ledger,,,,,primary\r\nrain-atlas,,,,,primary\r\nwell-map,,,,,primary\r\n',
    );
    expect(parseContacts(template, known)).toEqual({
      contacts: [],
      refused: [],
      withoutAnybody: known,
      withoutPrimary: [],
    });
  });

  test('never starts a cell like a formula', () => {
    expect(writeContactsTemplate([{ slug: '=1+1' }])).toContain("\r\n'=1+1,");
  });
});

describe('a filled file', () => {
  test('gives contacts in order, and says which products have nobody or no primary', () => {
    const text = file(
      'seed-ledger,Ada Example,Ada@Seed.Example,EN,ke,primary',
      'seed-ledger,"Team, Seed",team@seed.example,,,alternate',
      'rain-atlas,Ibn Example,ibn@rain.example,ar,Egypt,Alternate',
    );
    expect(parseContacts(text, known)).toEqual({
      contacts: [
        {
          slug: 'seed-ledger',
          name: 'Ada Example',
          address: 'Ada@seed.example',
          language: 'en',
          country: 'KE',
          rank: 'primary',
          line: 2,
        },
        {
          slug: 'seed-ledger',
          name: 'Team, Seed',
          address: 'team@seed.example',
          language: 'en',
          country: null,
          rank: 'alternate',
          line: 3,
        },
        {
          slug: 'rain-atlas',
          name: 'Ibn Example',
          address: 'ibn@rain.example',
          language: 'ar',
          country: 'Egypt',
          rank: 'alternate',
          line: 4,
        },
      ],
      refused: [],
      withoutAnybody: ['well-map'],
      withoutPrimary: ['rain-atlas'],
    });
  });

  test.each([
    ['semicolons', ';'],
    ['tabs', '\t'],
  ])('may have a byte order mark, %s, other column order, blank lines and more columns', (_, delimiter) => {
    const lines = [
      ['Rank', 'address', 'name', 'note', 'language', 'country', 'SLUG '],
      [],
      [' primary ', ' a@b.example ', 'Ann, of B', 'x', 'pt-', 'BR', 'well-map'],
      ['primary', 'a@b.example', 'Ann, of B', 'x', 'pt', 'BR', 'well-map'],
    ];
    const result = parseContacts(`\ufeff${lines.map((cells) => cells.join(delimiter)).join('\n')}`, known);
    expect(result.contacts).toEqual([
      {
        slug: 'well-map',
        name: 'Ann, of B',
        address: 'a@b.example',
        language: 'pt',
        country: 'BR',
        rank: 'primary',
        line: 4,
      },
    ]);
    expect(result.refused).toEqual([{ line: 3, reason: expect.stringContaining('language code') }]);
  });

  test('one person may speak for several products', () => {
    const text = file('seed-ledger,A,a@b.example,fr,,primary', 'rain-atlas,A,a@b.example,fr,,primary');
    expect(parseContacts(text, known).contacts).toHaveLength(2);
  });

  test('a spreadsheet guard before a name is taken off, a formula is refused', () => {
    expect(reasons(`seed-ledger,"'=HYPERLINK(""x"")",a@b.example,en,,primary`)).toEqual([
      '2: the name starts like a spreadsheet formula (= + - @): write the name only',
    ]);
  });
});

describe('a line is refused with a reason', () => {
  test.each([
    ['no-such,A,a@b.example,en,,primary', 'no product has the slug "no-such"'],
    [',A,a@b.example,en,,primary', 'the slug is empty'],
    ['seed-ledger,,a@b.example,en,,primary', 'the name is empty'],
    ['seed-ledger,A,,en,,primary', 'the address is empty'],
    ['seed-ledger,A,a@b,en,,primary', 'not a valid email address'],
    ['seed-ledger,A,a b@c.example,en,,primary', 'one email address alone'],
    ['seed-ledger,A,"a@b.example, c@d.example",en,,primary', 'one email address alone'],
    ['seed-ledger,A,A <a@b.example>,en,,primary', 'one email address alone'],
    ['seed-ledger,A,jürgen@b.example,en,,primary', 'plain Latin'],
    [`seed-ledger,A,${'a'.repeat(65)}@b.example,en,,primary`, 'not a valid email address'],
    ['seed-ledger,A,a@b.example,english,,primary', '"english" is not a language code'],
    ['seed-ledger,A,a@b.example,xx,,primary', '"xx" is not a language code'],
    ['seed-ledger,A,a@b.example,en,=X,primary', 'the country starts like a spreadsheet formula'],
    ['seed-ledger,A,a@b.example,en,,first', '"first" is no rank'],
    ['seed-ledger,A,a@b.example,en,,', 'the rank is empty'],
    [`seed-ledger,${'A'.repeat(201)},a@b.example,en,,primary`, 'the name is longer than 200 characters'],
    ['seed-ledger,"A\nBcc: x@y.example",a@b.example,en,,primary', 'invisible character'],
    ['seed-ledger,A\u0000B,a@b.example,en,,primary', 'invisible character'],
    ['seed-ledger,A\u202eB,a@b.example,en,,primary', 'invisible character'],
    ['seed-ledger,A,a@b.example', 'this line has 3 columns, the first line has 6'],
  ])('%s', (line, reason) => {
    const [refused] = reasons(line, 'rain-atlas,B,b@b.example,en,,primary');
    expect(refused).toContain(reason);
    expect(parseContacts(file(line, 'rain-atlas,B,b@b.example,en,,primary'), known).contacts).toHaveLength(1);
  });

  test('a second primary, and the same address twice', () => {
    expect(
      reasons(
        'seed-ledger,A,a@b.example,en,,primary',
        'seed-ledger,B,b@b.example,en,,primary',
        'seed-ledger,A,A@B.example,en,,alternate',
      ),
    ).toEqual([
      '3: line 2 already gives the primary contact of this product: make one of them an alternate',
      '4: line 2 already gives this address for this product',
    ]);
  });

  test('a stray quotation mark costs its own line only', () => {
    const { contacts, refused } = parseContacts(
      file('seed-ledger,A "x,a@b.example,en,,primary', 'rain-atlas,B,b@b.example,en,,primary'),
      known,
    );
    expect(refused).toEqual([{ line: 2, reason: expect.stringContaining('quotation marks') }]);
    expect(contacts.map(({ slug }) => slug)).toEqual(['rain-atlas']);
  });

  test.each([
    ['slug,name,language,country,rank\nseed-ledger,A,en,,primary', 'missing: address'],
    ['seed-ledger,A,a@b.example,en,,primary', 'the first line must name the columns'],
    ['', 'the first line must name the columns'],
  ])('a file without its header: %s', (text, reason) => {
    expect(parseContacts(text, known)).toMatchObject({
      contacts: [],
      refused: [{ line: 1, reason: expect.stringContaining(reason) }],
      withoutAnybody: known,
    });
  });
});
