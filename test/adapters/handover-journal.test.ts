import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { HandOverJournal } from '../../activities/outbox.js';
import { createHandOverJournal } from '../../adapters/handover-journal.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'perennial-journal-'));
  file = join(folder, 'kept', 'handover-journal');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const journals: HandOverJournal[] = [];
afterEach(() => Promise.all(journals.splice(0).map((journal) => journal.end())));

const digest = (number: number) => number.toString(16).padStart(64, '0');
async function begun() {
  const journal = createHandOverJournal(file);
  journals.push(journal);
  await journal.begin();
  return journal;
}

describe('the hand-over journal', () => {
  test('is made with its folder, for us alone, and knows nothing', async () => {
    expect((await begun()).has(digest(1))).toBe(false);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('has in another process what was noted, and not what was taken back', async () => {
    const one = await begun();
    await Promise.all([1, 2, 3].map((number) => one.add(digest(number))));
    await one.takeBack(digest(2));
    await one.add(digest(4));
    await one.takeBack(digest(4));
    await one.add(digest(4));
    const other = await begun();
    expect([1, 2, 3, 4, 5].map((number) => other.has(digest(number)))).toEqual([true, false, true, true, false]);
  });

  test('has a line in its file as soon as it says so, and nothing but signs and digests', async () => {
    const journal = await begun();
    for (let number = 0; number < 20; number += 1) {
      await journal.add(digest(number));
      expect(readFileSync(file, 'utf8').trimEnd().split('\n')).toHaveLength(number + 1);
    }
    expect(readFileSync(file, 'utf8')).toMatch(/^(\+[0-9a-f]{64}\n)+$/u);
  });

  test('loses no line to half a line that a power cut left, nor to what is no line of its own', async () => {
    const one = await begun();
    await one.add(digest(1));
    appendFileSync(file, `something else\n+${digest(2).slice(0, 20)}`);
    const two = await begun();
    await two.add(digest(3));
    const three = await begun();
    expect([1, 2, 3].map((number) => three.has(digest(number)))).toEqual([true, false, true]);
  });

  test('says so if it cannot be written, and counts the email as handed over until it is taken back', async () => {
    writeFileSync(join(folder, 'kept'), 'a file where its folder would be');
    const journal = createHandOverJournal(file);
    await expect(journal.begin()).rejects.toThrow();
    await expect(journal.add(digest(1))).rejects.toThrow();
    rmSync(join(folder, 'kept'));
    await journal.takeBack(digest(1));
    await journal.end();
    expect(journal.has(digest(1))).toBe(false);
  });
});

test('what could not be noted does not count as handed over, in this run either', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'perennial-'));
  // A folder stands where the file should: nothing can be written.
  const journal = createHandOverJournal(folder);
  const digest = 'a'.repeat(64);
  await expect(journal.add(digest)).rejects.toThrow();
  await expect(journal.takeBack(digest)).rejects.toThrow();
  expect(journal.has(digest)).toBe(false);
  rmSync(folder, { recursive: true });
});
