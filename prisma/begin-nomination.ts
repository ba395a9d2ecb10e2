import { randomInt } from 'node:crypto';
import { answersOfProduct, nominationCase, slugOfNominee } from '../domain/nomination.js';
import { CLEAR_LETTERS } from '../domain/letters.js';
import { appendRow } from './append.js';
import { readClock } from './case-time.js';
import type { Database, Transaction } from './database.js';
import type { RowBody } from './event-of-row.js';
import type { NominationStart } from './generated/client.js';

/** A nomination that begins, and the row that its case is to take. */
export interface Begun {
  readonly reference: string;
  readonly row: number;
  /** False: the same link began it before. */
  readonly isNew: boolean;
}

/**
 * Begins a nomination, once, when its address is confirmed: the product with its contact, which nobody sees yet, its
 * case, and a row for it. Everything else is the case's own.
 */
export async function beginNomination(database: Database, { id }: Pick<NominationStart, 'id'>): Promise<Begun> {
  return database.$transaction(async (transaction) => {
    const key = `nominate:${id}`;
    await transaction.$queryRaw`select 1 from "NominationStart" where id = ${id} for update`;
    const start = await transaction.nominationStart.findUniqueOrThrow({ where: { id } });
    if (start.kind === 'suggestion') throw new Error('a suggestion begins no nomination');
    if (start.reference !== null) {
      const { id: row } = await transaction.submission.findUniqueOrThrow({ where: { key }, select: { id: true } });
      return { reference: start.reference, row, isNew: false };
    }
    const { now } = await readClock(transaction);
    const reference = await newReference(transaction, now.slice(0, 4));
    const caseId = await createProduct(transaction, { start, reference, at: new Date(now) });
    await transaction.nominationStart.update({ where: { id }, data: { reference, usedAt: new Date() } });
    const body: RowBody<'nominate'> = {
      answers: answersOfProduct({ name: start.product, website: start.website }),
      forReviewers: {},
    };
    const author = { applicationId: null, round: null, kind: 'nominate', role: 'owner', actor: '0' } as const;
    const appended = await appendRow(transaction, { key, caseId, ...author, body });
    if ('problem' in appended) throw new Error('a nomination begins once');
    return { reference, row: appended.id, isNew: true };
  });
}

/** Chance, and not the product: what somebody nominates must not be guessed from its reference. */
async function newReference(transaction: Transaction, year: string): Promise<string> {
  for (;;) {
    const letters = Array.from({ length: 5 }, () => CLEAR_LETTERS[randomInt(CLEAR_LETTERS.length)]).join('');
    const reference = `${year}-${letters}`;
    const taken =
      (await transaction.application.count({ where: { id: reference } })) +
      (await transaction.case.count({ where: { id: nominationCase(reference) } }));
    if (taken === 0) return reference;
  }
}

async function createProduct(
  transaction: Transaction,
  { start, reference, at }: { start: NominationStart; reference: string; at: Date },
): Promise<string> {
  const id = nominationCase(reference);
  const slug = slugOfNominee(reference);
  const { product, website, name, address } = start;
  const contact = { rank: 'primary', position: 0, name, address, language: 'en' };
  await transaction.listing.create({
    data: {
      ...{ slug, nominated: 'nominee', name: product, website, opensByItself: false, createdAt: at },
      contacts: { create: [contact] },
    },
  });
  await transaction.case.create({ data: { id, slug, workflow: 'nomination', revision: 0, agenda: [] } });
  return id;
}
