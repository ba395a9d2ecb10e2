import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { giveVerdict, staffAct } from '../../client/staff-acts.js';
import { appendSubmission } from '../../prisma/append.js';
import { awaitOutcome } from '../../prisma/await-outcome.js';
import { findCase } from '../../prisma/find-case.js';
import { section } from '../support/case-records.js';
import { eventually } from '../support/case-world.js';
import { nothingPersonal } from '../support/demo-review.js';
import type { Homes } from './homes.js';

const accepted = { result: 'accepted' };

/** Staff open the review of a product by command. */
export async function openReview(homes: Homes, slug: string): Promise<void> {
  const opened = await staffAct({ database: homes.database(), reference: slug, by: 'fatou', act: { is: 'open' } });
  expect(opened).toMatchObject(accepted);
}

/** The owner sends answers, each time anew. */
export async function answer(homes: Homes, slug: string): Promise<void> {
  const database = homes.database();
  const review = await reviewOf(homes, slug);
  const appended = await appendSubmission(database, {
    key: `form:${randomUUID()}`,
    caseId: `dpg/${slug}`,
    applicationId: review.reference,
    round: review.round,
    kind: 'answers',
    role: 'owner',
    actor: '1',
    body: nothingPersonal,
  });
  if (!('id' in appended)) throw new Error(appended.problem);
  expect(await awaitOutcome(database, { submissionId: appended.id, milliseconds: 20_000 })).toMatchObject(accepted);
}

/** Two reviewers find everything well. */
export async function decide(homes: Homes, slug: string): Promise<void> {
  for (const [level, by] of [
    ['l1', 'ravi'],
    ['l2', 'lucia'],
  ] as const) {
    const given = { database: homes.database(), reference: slug, level, by, sections: [section('meets')] };
    expect(await giveVerdict(given)).toMatchObject(accepted);
  }
}

/** Waits until the emails of products have come to these ends, in the order in which they were queued. */
export async function settledIn(homes: Homes, wanted: Readonly<Record<string, readonly string[]>>): Promise<void> {
  for (const [slug, states] of Object.entries(wanted)) {
    const read = async () => {
      const emails = await homes
        .database()
        .email.findMany({ where: { caseId: `dpg/${slug}` }, orderBy: { id: 'asc' } });
      return emails.map(({ state }) => state);
    };
    const waits = (all: readonly string[]) =>
      all.some((state) => ['queued', 'handing_over', 'deferred'].includes(state));
    const found = await eventually(`emails of ${slug}`, async () => {
      const all = await read();
      return all.length < states.length || waits(all) ? null : all;
    });
    expect([slug, found]).toEqual([slug, states]);
  }
  await eventually('every row to be heard', async () =>
    (await homes.database().submission.count({ where: { outcome: null } })) === 0 ? true : null,
  );
}

/** How many emails of a kind went to the people of a product. */
export function emailsTo(homes: Homes, slug: string, kind: string): number {
  return homes.emails().filter(({ to, key }) => to.endsWith(`@${slug}.example`) && key?.split('|')[2] === kind).length;
}

async function reviewOf({ database }: Homes, slug: string): Promise<{ reference: string; round: number }> {
  const review = (await findCase(database(), slug))?.review;
  if (review === null || review === undefined) throw new Error(`${slug} has no review`);
  return review;
}
