import { Prisma } from './generated/client.js';

/** The condition that a text holds one of some words, in capitals or not. No character of a word is a pattern. */
export function mentionsOneOf(words: readonly string[], text: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`exists (select 1 from unnest(${words}::text[]) word
    where position(lower(word) in lower(${text})) > 0)`;
}
