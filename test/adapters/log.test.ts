import { expect, test } from '@jest/globals';
import { describeError } from '../../adapters/log.js';

test('what is told of an error says where it was thrown, and nothing of its message', () => {
  const told = describeError(new TypeError('bad value:\n    at amina@seed.example (home)\nend'));
  expect(JSON.stringify(told)).not.toContain('amina');
  expect(told).toMatchObject({ error: 'TypeError', code: null, where: expect.stringContaining('<') });
});
