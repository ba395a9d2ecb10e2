import type { Database } from '../../prisma/database.js';

/** Every mandatory answer of the form, for a product without personal data. */
export const completeAnswers = {
  name: 'Seed Ledger',
  category: ['open_software'],
  short_description: 'A ledger.',
  website: ['https://seed.example'],
  source_location: ['https://code.example/seed'],
  sdgs: ['2'],
  sdg_relevance: 'Seeds.',
  licences: ['MIT'],
  licence_evidence: ['https://code.example/seed/LICENSE'],
  owner: 'Seed Foundation',
  owner_evidence: ['https://seed.example/owner'],
  owner_country: 'Kenya',
  owns_all: 'yes',
  closed_components: 'no',
  documentation: { text: 'Docs.', urls: ['https://seed.example/docs'] },
  handles_non_pii: 'no',
  laws: ['A law'],
  laws_evidence: ['https://seed.example/laws'],
  standards: ['HTTP'],
  best_practices: ['Tests'],
  pii_level: 'none',
  content_level: 'none',
  user_interaction: 'no',
};

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
