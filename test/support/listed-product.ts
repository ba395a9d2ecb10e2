import { completeAnswers } from '../../dev/complete-answers.js';
import type { Database } from '../../prisma/database.js';

export { completeAnswers };

/** An invented listed product, asleep, with answers of last year; with two contacts unless told otherwise. */
export async function listProduct(
  database: Database,
  slug: string,
  { contacts = true, validUntil = '2026-09-01' }: { contacts?: boolean; validUntil?: string } = {},
): Promise<string> {
  const at = new Date('2025-09-01');
  const people = [
    { rank: 'primary', position: 0, name: 'Amina', address: `amina@${slug}.example`, language: 'en' },
    { rank: 'alternate', position: 1, name: 'Bao', address: `bao@${slug}.example`, language: 'en' },
  ];
  await database.listing.create({
    data: {
      slug,
      name: slug,
      approvedOn: at,
      validUntil: new Date(validUntil),
      opensByItself: true,
      createdAt: at,
      ...(contacts ? { contacts: { create: people } } : {}),
      answerSets: {
        create: {
          version: 0,
          by: 'import',
          standard: 'x',
          answers: completeAnswers,
          forReviewers: {},
          publishedAt: at,
          at,
        },
      },
    },
  });
  const caseId = `dpg/${slug}`;
  await database.case.create({ data: { id: caseId, slug, workflow: 'certification', revision: 0, agenda: [] } });
  return caseId;
}
