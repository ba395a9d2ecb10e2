import { inEach, type Erasing, type Found, type Tally } from './erase-mentions.js';
import { Prisma } from './generated/client.js';
import { json } from './json.js';
import { mentionsOneOf } from './mentions.js';

/** Takes mentions out of what reviewers ask experts, what these advise, and what they typed and did not send. */
export async function inConsultations(of: Erasing): Promise<Tally> {
  const tallies = [await inQuestions(of), await inAdvice(of), await inDrafts(of)];
  return tallies.reduce((sum, { changed, left }) => ({ changed: sum.changed + changed, left: sum.left + left }));
}

async function inQuestions(of: Erasing): Promise<Tally> {
  const found = await of.transaction.$queryRaw<(Found & { id: number; value: string })[]>`
    select id, "applicationId", null as "caseId", question as value from "Consultation"
    where ${mentionsOneOf(of.words, Prisma.sql`question`)}`;
  return inEach(of, {
    found,
    write: ({ id }, question) => of.transaction.consultation.update({ where: { id }, data: { question } }),
  });
}

/** One expert's part in a question. */
interface OfExpert extends Found {
  readonly consultationId: number;
  readonly expert: string;
}

const whose = ({ consultationId, expert }: OfExpert) => ({ consultationId_expert: { consultationId, expert } });

async function inAdvice(of: Erasing): Promise<Tally> {
  const found = await of.transaction.$queryRaw<(OfExpert & { value: string })[]>`
    select d."consultationId", d.expert, c."applicationId", null as "caseId", d.text as value
    from "Advice" d join "Consultation" c on c.id = d."consultationId"
    where ${mentionsOneOf(of.words, Prisma.sql`d.text`)}`;
  return inEach(of, {
    found,
    write: (row, text) => of.transaction.advice.update({ where: whose(row), data: { text } }),
  });
}

async function inDrafts(of: Erasing): Promise<Tally> {
  const found = await of.transaction.$queryRaw<OfExpert[]>`
    select f."consultationId", f.expert, c."applicationId", null as "caseId", f.form as value
    from "AdviceDraft" f join "Consultation" c on c.id = f."consultationId"
    where ${mentionsOneOf(of.words, Prisma.sql`f.form::text`)} for update of f`;
  return inEach(of, {
    found,
    write: (row, form) => of.transaction.adviceDraft.update({ where: whose(row), data: { form: json(form) } }),
  });
}
