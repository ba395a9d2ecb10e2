import { describe, expect, test } from '@jest/globals';
import { createLinks } from '../../adapters/links.js';

const links = createLinks(Buffer.alloc(32, 7));
const amina = { applicationId: '2026-7Q2MK', recipientId: 1, address: 'amina@clinic.example', linkVersion: 1 };
const bao = { applicationId: '2026-7Q2MK', recipientId: 2, address: 'bao@clinic.example', linkVersion: 1 };

describe("an owner's link", () => {
  test('is 256 bits, the same each time, and opens for its own recipient only', () => {
    const token = links.token(amina);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(links.token({ ...amina })).toBe(token);
    expect(links.verify(token, [bao, amina])).toBe(amina);
    expect(links.verify(token, [bao])).toBeNull();
  });

  test('is dead when its version is raised, for another application, and under another key', () => {
    const token = links.token(amina);
    expect(links.verify(token, [{ ...amina, linkVersion: 2 }])).toBeNull();
    expect(links.verify(token, [{ ...amina, applicationId: '2026-9W4RT' }])).toBeNull();
    expect(createLinks(Buffer.alloc(32, 8)).verify(token, [amina])).toBeNull();
  });

  test('does not open for another address that got the same number from an older copy of the database', () => {
    expect(links.verify(links.token(amina), [{ ...bao, recipientId: amina.recipientId }])).toBeNull();
  });

  test('is dead when any one character is changed, added or taken', () => {
    const token = links.token(amina);
    const others = [...token].map(
      (letter, at) => token.slice(0, at) + (letter === 'A' ? 'B' : 'A') + token.slice(at + 1),
    );
    const mutated = [...others, `${token}A`, token.slice(1), '', `${token}=`, 'é'.repeat(43)];
    expect(mutated.filter((one) => links.verify(one, [amina, bao]) !== null)).toEqual([]);
  });

  test('of a product whose fields run together is not another one', () => {
    expect(links.token({ ...amina, recipientId: 12, linkVersion: 1 })).not.toBe(
      links.token({ ...amina, recipientId: 1, linkVersion: 21 }),
    );
  });

  test('needs a key of 32 bytes', () => {
    expect(() => createLinks(Buffer.alloc(16))).toThrow('at least 32');
  });
});
