import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { digestOf, digestsOf } from '../../prisma/email-digest.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { listProduct } from '../support/listed-product.js';
import { say, wake } from '../support/post.js';

let home: TestDatabase;
let reference: string;
let recipientId: number;
const caseId = 'dpg/openwise';
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  await listProduct(home.database, 'openwise');
  reference = (await say(home.database, caseId, wake)).result.reference ?? '';
  const recipient = await home.database.recipient.findFirstOrThrow({ where: { address: 'amina@openwise.example' } });
  recipientId = recipient.id;
}, 120_000);
afterAll(() => home.stop());

let last = 0;
const at = new Date('2026-07-10T08:00:00.000Z');

/** An email as a step would queue it. */
async function email(some: {
  kind: string;
  askedBy: string;
  round?: number;
  turn?: number;
  recipientId?: number;
  facts?: object;
}): Promise<string> {
  const { kind, askedBy, round = 1, turn = null, recipientId: to = recipientId, facts = {} } = some;
  last += 1;
  const { id } = await home.database.email.create({
    data: {
      key: [reference, to, kind, `${round}.${last}`, askedBy].join('|'),
      ...{ caseId, applicationId: reference, recipientId: to, kind, round, turn, facts },
      ...{ dueAt: at, state: 'queued', stateAt: at },
    },
  });
  return digestOf(home.database, id);
}
/** A row of the review that was accepted. */
async function row(kind: string, round = 1): Promise<string> {
  last += 1;
  const { id } = await home.database.submission.create({
    data: {
      ...{ key: `${kind}:${last}`, caseId, applicationId: reference, round, kind, role: 'secretariat', actor: 'fatou' },
      ...{ body: {}, at, outcome: { create: { result: 'accepted', sentence: '', at } } },
    },
  });
  return `row:${id}`;
}

describe('two emails are the same one', () => {
  test('if they ask in the same turn, whatever row asked and however often people acted before', async () => {
    const first = await email({ kind: 'clarification', turn: 2, round: 3, askedBy: await row('verdict') });
    expect(await email({ kind: 'clarification', turn: 2, round: 4, askedBy: await row('verdict') })).toBe(first);
    expect(await email({ kind: 'clarification', turn: 3, round: 4, askedBy: await row('verdict') })).not.toBe(first);
  });

  test.each([
    ['reopened it', 'reopen', 3],
    ['had it looked at again', 'reconsider', 13],
  ])('if they say how the review ended, unless staff %s in between', async (_, again, round) => {
    const first = await email({ kind: 'decision', round, askedBy: await row('verdict') });
    expect(await email({ kind: 'decision', round: round + 2, askedBy: 'commit:5' })).toBe(first);
    await row(again, round + 2);
    expect(await email({ kind: 'decision', round: round + 2, askedBy: 'commit:5' })).toBe(first);
    expect(await email({ kind: 'decision', round: round + 4, askedBy: 'commit:7' })).not.toBe(first);
  });

  test('not if each answers another row', async () => {
    const receipt = async () => email({ kind: 'receipt', turn: 1, askedBy: await row('answers') });
    expect(await receipt()).not.toBe(await receipt());
  });

  test.each(['receipt', 'prompt', 'decision'])('not if staff sent one again: %s', async (kind) => {
    const first = await row('answers');
    const again = await row('resend');
    const onceMore = await row('resend');
    const all = [
      await email({ kind, turn: 1, askedBy: first }),
      await email({ kind, turn: 1, askedBy: again, facts: { askedBy: first } }),
      await email({ kind, turn: 1, askedBy: onceMore, facts: { askedBy: first } }),
    ];
    expect(new Set(all).size).toBe(3);
    // Two that one command of staff sent again.
    const other = await email({ kind, turn: 2, round: 2, askedBy: again, facts: { askedBy: await row('answers') } });
    if (kind !== 'decision') expect(all).not.toContain(other);
  });

  test('not if they are for another person, or for one who was asked anew with another link', async () => {
    const prompt = (to: number) => email({ kind: 'prompt', turn: 1, askedBy: 'wake:annual-2026', recipientId: to });
    const first = await prompt(recipientId);
    const anew = await home.database.recipient.create({
      data: {
        ...{ applicationId: reference, rank: 'primary', position: 2, name: 'Amina', language: 'en' },
        address: 'Amina@openwise.example',
      },
    });
    const bao = await home.database.recipient.findFirstOrThrow({ where: { address: 'bao@openwise.example' } });
    expect(new Set([first, await prompt(anew.id), await prompt(bao.id)]).size).toBe(3);
    expect(await prompt(recipientId)).toBe(first);
  });
});

test('an answer to the author of a concern is the same one, whatever number its row has after a restore', async () => {
  const concern = { id: 'one', slug: 'openwise', sections: ['2'], text: '', address: 'zola@reader.example' };
  await home.database.concern.create({ data: { ...concern, stage: 'waiting', createdAt: at, stageAt: at } });
  const answered = async (key: string) => {
    await home.database.submission.deleteMany({ where: { key } });
    const row = { key, caseId, kind: 'ask_concern', role: 'secretariat', actor: 'fatou', body: {}, at };
    const { id: number } = await home.database.submission.create({ data: row });
    const { id } = await home.database.email.create({
      data: {
        ...{ key: `concern_answered|one|row:${number}`, kind: 'concern_answered', concernId: 'one', round: 0 },
        ...{ facts: { answer: 'asked' }, dueAt: at, state: 'queued', stateAt: at },
      },
    });
    return digestOf(home.database, id);
  };
  const first = await answered('console:one');
  expect(await answered('console:one')).toBe(first);
  expect(await answered('console:two')).not.toBe(first);
});

test('an email that is not there has no digest, and the list of a day has one of its own', async () => {
  await expect(digestOf(home.database, 0)).rejects.toThrow('no record of this email');
  const list = (day: string) =>
    home.database.email.create({
      data: { key: `staff:${day}`, kind: 'staff_list', round: 0, facts: {}, dueAt: at, state: 'queued', stateAt: at },
    });
  const ids = [await list('2026-07-10'), await list('2026-07-11')].map(({ id }) => id);
  expect(new Set((await digestsOf(home.database, ids)).values()).size).toBe(2);
});
