import type { Transaction } from './database.js';
import type { Mentions } from './erase-mentions.js';
import { Prisma } from './generated/client.js';
import { mentionsOneOf } from './mentions.js';

/** Published answers, and decisions with their public reasons, that name the person: they stay. */
export interface Kept {
  readonly answers: number;
  readonly decisions: number;
}

/** How many of them there are. */
export async function keptOf(transaction: Transaction, { words, erase }: Mentions): Promise<Kept> {
  const found = await transaction.$queryRaw<{ what: 'answers' | 'decisions'; said: string }[]>`
    select what, said from (
      select 'answers' as what, answers::text as said from "AnswerSet"
      union all select 'decisions', reasons::text from "Decision"
      union all select 'decisions', jsonb_path_query_array(sections, '$[*].publicReason')::text from "Verdict") one
    where ${mentionsOneOf(words, Prisma.sql`said`)}`;
  const named = found.filter(({ said }) => erase(said) !== said);
  const of = (what: 'answers' | 'decisions') => named.filter((one) => one.what === what).length;
  return { answers: of('answers'), decisions: of('decisions') };
}
