import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { savedViews } from '../../client/saved-views.js';

test('operations.md names the same views with the same queries, in the same order', async () => {
  const text = await readFile('docs/operations.md', 'utf8');
  const [, after = ''] = text.split('| view | query |\n| --- | --- |\n');
  const [table = ''] = after.split('\n\n');
  const documented = table.split('\n').map((row) => {
    const [, name = '', query = ''] = row.split('|').map((cell) => cell.trim().replaceAll('`', ''));
    return [name, query];
  });
  const place = { temporalUiUrl: 'http://127.0.0.1:8233', temporalNamespace: 'default' };
  const views = savedViews({ ...place, now: '<now>', campaigns: ['<name>'] });
  expect(documented).toEqual(views.map(({ name, query }) => [name, query]));
});
