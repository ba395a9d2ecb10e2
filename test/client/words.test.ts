import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { attentionWords } from '../../client/words/words.js';

test('the page for operators says of every reason why a human must look what to do, and knows no other', () => {
  const page = readFileSync('docs/operations.md', 'utf8');
  const section = /^## What needs a human\n([\s\S]*?)^## /mu.exec(page)?.[1] ?? '';
  const words = [...section.matchAll(/^\| `(\w+)` \|/gmu)].map(([, word]) => word);
  expect(words.sort()).toEqual(Object.keys(attentionWords).sort());
});
