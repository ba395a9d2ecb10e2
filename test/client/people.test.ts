import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { perennial } from '../support/command.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { contentsOf, placesOf } from '../security/contents.js';

let home: TestDatabase;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
});
afterAll(() => home.stop());

const people = (...args: readonly string[]) => perennial(home.url, 'people', ...args);
const by = ['--by', 'Olga'] as const;
const about = (id: string) => ['--name', `${id} Invented`, '--address', `${id}@Registry.example`] as const;
const add = (id: string, ...roles: readonly string[]) => people('add', id, ...about(id), '--role', ...roles, ...by);
const changesOf = async (id: string) =>
  (await home.database.staffChange.findMany({ where: { personId: id }, orderBy: { id: 'asc' } })).map(
    ({ what, roles, by: who }) => [what, roles.join(' '), who].join(': '),
  );

describe('perennial people', () => {
  test('adds, changes roles, and switches off; who did so is kept, without a name', async () => {
    expect(await add('ada', 'l2', 'l1')).toBe('ada may sign in, as l2, l1.');
    expect(await people('role', 'ada', 'secretariat,l1', ...by)).toBe('ada is secretariat, l1 from now on.');
    expect(await people('role', 'ada', 'l1', 'secretariat', ...by)).toBe(
      'Nothing to change: that is how it is with ada.',
    );
    expect(await people('list')).toMatch(/ada +secretariat, l1 +ada Invented +ada@registry\.example/u);
    expect(await people('off', 'ada', ...by)).toBe('ada cannot sign in any more, and is signed out everywhere.');
    expect(await people('off', 'ada', ...by)).toBe('Nothing to change: that is how it is with ada.');
    expect(await people('list')).toBe('Nobody may sign in. To let somebody: perennial people add');
    expect(await people('list', '--all')).toMatch(/ada +left on \d{4}-\d\d-\d\d/u);
    expect(await changesOf('ada')).toEqual(['added: l1 l2: olga', 'roles: secretariat l1: olga', 'off: : olga']);
  });

  test('switching off ends every session; who comes back has none of them', async () => {
    await add('ben', 'l1');
    const at = new Date();
    const session = { id: 'a session', personId: 'ben', form: 'x', createdAt: at, expiresAt: at };
    await home.database.staffSession.create({ data: session });
    await people('off', 'ben', ...by);
    expect(await add('ben', 'ops')).toBe('ben may sign in, as ops.');
    expect(await home.database.staffSession.count({ where: { personId: 'ben', endedAt: null } })).toBe(0);
    expect(await changesOf('ben')).toEqual(['added: l1: olga', 'off: : olga', 'back: ops: olga']);
  });

  test.each([
    [
      'a word that somebody has',
      ['add', 'cleo', ...about('other'), '--role', 'l1', ...by],
      '"cleo" is somebody already',
    ],
    [
      'an address that somebody has',
      ['add', 'cloe', ...about('cleo'), '--role', 'l1', ...by],
      'has that address already',
    ],
    [
      'a word that somebody had',
      ['add', 'dora', ...about('other'), '--role', 'l1', ...by],
      '"dora" is somebody already',
    ],
    ['a name as the word', ['add', 'Cleo', ...about('new'), '--role', 'l1', ...by], 'Give a word of small letters'],
    ['no such role', ['add', 'new', ...about('new'), '--role', 'boss', ...by], 'Give roles out of secretariat, l1'],
    ['no address', ['add', 'new', '--name', 'New', '--address', 'new', '--role', 'l1', ...by], 'Give --address'],
    ['no name', ['add', 'new', '--name', ' ', '--address', 'n@r.example', '--role', 'l1', ...by], 'Give --name'],
    ['roles of nobody', ['role', 'nobody', 'l1', ...by], 'Nobody is called "nobody" here'],
    ['roles of who left', ['role', 'dora', 'l1', ...by], 'dora left. To bring them back'],
    ['nobody who left', ['off', 'nobody', ...by], 'Nobody is called "nobody" here'],
  ])('refuses %s, and changes nothing', async (_what, args, sentence) => {
    if ((await home.database.staffPerson.count({ where: { id: 'cleo' } })) === 0) {
      await add('cleo', 'l1');
      await add('dora', 'l1');
      await people('off', 'dora', ...by);
    }
    const before = await contentsOf(home.database);
    await expect(people(...args)).rejects.toThrow(sentence);
    expect(await contentsOf(home.database)).toEqual(before);
  });

  test('two at once with one word: one person has it', async () => {
    const both = await Promise.allSettled(
      ['first', 'second'].map((name) => people('add', 'same', ...about(name), '--role', 'l1', ...by)),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await changesOf('same')).toHaveLength(1);
  });

  test('whose address is erased is off and in no table; the word stays', async () => {
    const address = 'Wilhelmina.Quist@registry.example';
    await people('add', 'mina', '--name', 'Wilhelmina Quist', '--address', address, '--role', 'l2', ...by);
    expect(await perennial(home.url, 'person', 'erase', address)).toContain('Would erase: 1 member of staff.');
    expect(await placesOf(home.database, 'wilhelmina')).toHaveLength(1);
    const said = await perennial(home.url, 'person', 'erase', address, '--confirm', address, ...by);
    expect(said).toContain('Erased: 1 member of staff.');
    expect(said).toContain('perennial ledger erase-actor');
    expect(await placesOf(home.database, 'wilhelmina')).toEqual([]);
    expect(await people('list')).not.toContain('mina');
    expect(await changesOf('mina')).toEqual(['added: l2: olga', 'erased: : olga']);
    await expect(people('add', 'mina', ...about('mina'), '--role', 'l1', ...by)).rejects.toThrow('is somebody already');
  });
});
