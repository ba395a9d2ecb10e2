import type { Answers } from '../../domain/answers.js';
import { appendSubmission, type NewSubmission } from '../../prisma/append.js';
import type { Database } from '../../prisma/database.js';
import { step } from '../../prisma/step.js';

type Row = Pick<NewSubmission, 'caseId' | 'kind' | 'role' | 'body'>;

/** Appends a row to a case, about its review if one is open, and takes all rows that wait there, as the engine would. */
export async function sayTo(database: Database, row: Row): Promise<void> {
  const { caseId, kind, role } = row;
  const take = async () => {
    while ((await step(database, { caseId, armedFor: null })).wrote);
  };
  await take();
  const open = await database.application.findFirst({ where: { caseId } });
  const about = { applicationId: open?.id ?? null, round: open?.round ?? null };
  await appendSubmission(database, { key: `bench:${caseId}:${kind}:${role}`, actor: 'bench', ...about, ...row });
  await take();
}

/** What an owner sends. */
export function answersRow(answers: Answers): Omit<Row, 'caseId'> {
  const declaration = { name: 'Amina Abara', role: 'lead', maySpeak: true };
  return { kind: 'answers', role: 'owner', body: { answers, forReviewers: {}, confirmed: [], declaration } };
}
