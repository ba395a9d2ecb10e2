import { expect, test } from '@jest/globals';
import { piecesOf } from '../../adapters/registry-json.js';
import { withFiles } from '../support/former-records.js';

const pieces = (content: string): Promise<readonly (readonly [unknown, boolean])[]> =>
  withFiles({ 'file.json': content }, async (folder) => {
    const all: (readonly [unknown, boolean])[] = [];
    for await (const { json, alone } of piecesOf({ path: `${folder}/file.json`, source: 'file.json' })) {
      all.push([json === null ? null : JSON.parse(json), alone]);
    }
    return all;
  });

test.each([
  ['[]', []],
  ['{}', [{}]],
  ['\ufeff [ {"a": "]\\"}"} , 7, null, "x,y" , [1,[2]] ]\n', [{ a: ']"}' }, 7, null, 'x,y', [1, [2]]]],
  ['{"meta": {"items": [1]}, "items" : [ {"b": 1}, {"b": 2} ], "rest": [{"c": [1, 2]}], "n": 3}', [{ b: 1 }, { b: 2 }]],
  ['{"items": "none", "a": [1, 2]}', [{ items: 'none', a: [1, 2] }]],
  ['{"items": []}', []],
])('%s', async (content, records) => {
  expect((await pieces(content)).map(([record]) => record)).toEqual(records);
});

test('an object is alone in its file, the items of a list are not', async () => {
  expect(await pieces('{"a":1}')).toEqual([[{ a: 1 }, true]]);
  expect(await pieces('[{"a":1}]')).toEqual([[{ a: 1 }, false]]);
});

test('what is longer than one reading comes out whole, and what no record could be is passed over', async () => {
  const records = Array.from({ length: 300 }, (_, number) => ({ number, text: `"${'é\\'.repeat(400)}"` }));
  const long = JSON.stringify({ text: 'x'.repeat(2_100_000) });
  const list = JSON.stringify(records);
  const read = await pieces(`${list.slice(0, -1)},${long},{"last":true}]`);
  expect(read.map(([record]) => record)).toEqual([...records, null, { last: true }]);
});

test.each(['', ' \n', '[{"a":1}', '{"a":', '[1]]', '<html>', '7', '[1] [2]'])(
  '"%s" is one clear sentence',
  async (content) => {
    await expect(pieces(content)).rejects.toThrow(content.trim() === '' ? 'is empty' : 'is not JSON');
  },
);
