import { nominationCase } from '../../domain/nomination.js';
import { beginNomination } from '../../prisma/begin-nomination.js';
import type { Database } from '../../prisma/database.js';
import { completeAnswers } from '../complete-answers.js';
import { answersRow, sayTo } from './rows.js';

/** Nominates so many products up to their approval, and one more up to the second level: the reference of that one. */
export async function nominateProducts(database: Database, decided: number): Promise<string> {
  for (let nth = 1; nth <= decided; nth += 1) await nominateOne(database, { nth, levels: ['l1', 'l2'] });
  return nominateOne(database, { nth: decided + 1, levels: ['l1'] });
}

async function nominateOne(
  database: Database,
  { nth, levels }: { readonly nth: number; readonly levels: readonly ('l1' | 'l2')[] },
): Promise<string> {
  const id = `bench-${nth}`;
  const product = `Nominated product ${nth}`;
  const website = `https://nominated-${nth}.example`;
  const address = `amina@nominated-${nth}.example`;
  await database.nominationStart.create({
    data: { id, product, website, name: 'Amina Abara', address, createdAt: new Date() },
  });
  const { reference } = await beginNomination(database, { id });
  const caseId = nominationCase(reference);
  const answers = { ...completeAnswers, name: product, website: [website] };
  await sayTo(database, { caseId, ...answersRow(answers) });
  for (const level of levels) {
    const section = { section: '1', verdict: 'meets', publicReason: 'It serves goal 3.', internalReason: '' };
    const none = { days: null, secondRoundReason: null };
    const body = { level, by: level, answersVersion: 1, sections: [section], ...none };
    await sayTo(database, { caseId, kind: 'verdict', role: level, body });
  }
  return reference;
}
