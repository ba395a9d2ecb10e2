import { describe, expect, test } from '@jest/globals';
import { isReserved, mayMail } from '../../domain/mail-mode.js';

describe('who may be written to', () => {
  test.each([
    ['amina@product.example', true],
    ['amina@PRODUCT.TEST', true],
    ['amina@example.org', true],
    ['amina@mail.example.com', true],
    ['amina@localhost', true],
    ['amina@product.org', false],
    ['amina@myexample.com', false],
    ['amina@example.org.evil.com', false],
    ['amina@product.example.de', false],
    ['amina@x.example"@evil.com', false],
    ['amina', false],
    ['', false],
  ])('%s has a reserved name: %s', (address, reserved) => {
    expect(isReserved(address)).toBe(reserved);
    expect(mayMail({ mode: 'catch', allowlist: [address] }, address)).toBe(reserved);
    const hasDomain = address.includes('@');
    expect(mayMail({ mode: 'live', allowlist: [] }, address)).toBe(hasDomain && !reserved);
  });

  test.each([
    ['Amina@Listed.org', true],
    ['bao@whole.org', true],
    ['amina@product.example', false],
    ['bao@sub.whole.org', false],
    ['bao@listed.org', false],
    ['', false],
  ])('with a list: %s may: %s', (address, may) => {
    expect(mayMail({ mode: 'allowlist', allowlist: ['amina@listed.org', '@whole.org'] }, address)).toBe(may);
  });
});
