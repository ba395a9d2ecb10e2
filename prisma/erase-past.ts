import { inEach, type Erasing, type Found, type Tally } from './erase-mentions.js';
import { Prisma } from './generated/client.js';
import { json } from './json.js';
import { mentionsOneOf } from './mentions.js';

/** Answers go under another word: published ones stay where they stand, and these are not. */
interface InRecord extends Found {
  readonly id: string;
}

/** Takes mentions out of what older files of the registry say, and of what of them is kept aside. */
export async function inPast(of: Erasing): Promise<Tally> {
  const records = await of.transaction.$queryRaw<
    (InRecord & { value: { reason: string | null; details: unknown; given: unknown } })[]
  >`select id, null as "applicationId", 'dpg/' || slug as "caseId",
      jsonb_build_object('reason', reason, 'details', details, 'given', answers) as value from "FormerRecord"
    where ${mentionsOneOf(of.words, Prisma.sql`concat_ws(' ', reason, details::text, answers::text)`)} for update`;
  const former = await inEach(of, {
    found: records,
    write: ({ id }, { reason, details, given }) =>
      of.transaction.formerRecord.update({
        where: { id },
        data: {
          reason,
          details: json(details),
          answers: json(given),
        },
      }),
  });
  const aside = await of.transaction.$queryRaw<InRecord[]>`
    select id, null as "applicationId", null as "caseId", fields as value from "UnknownFields"
    where ${mentionsOneOf(of.words, Prisma.sql`fields::text`)} for update`;
  const unknown = await inEach(of, {
    found: aside,
    write: ({ id }, fields) => of.transaction.unknownFields.update({ where: { id }, data: { fields: json(fields) } }),
  });
  return { changed: former.changed + unknown.changed, left: former.left + unknown.left };
}

/** Takes mentions out of suggestions: why somebody made one, and why staff dismissed it. */
export async function inSuggestions(of: Erasing): Promise<Tally> {
  const found = await of.transaction.$queryRaw<(InRecord & { value: { why: string; reason: string | null } })[]>`
    select id, null as "applicationId", null as "caseId", jsonb_build_object('why', why, 'reason', reason) as value
    from "NominationStart"
    where ${mentionsOneOf(of.words, Prisma.sql`concat_ws(' ', why, reason)`)} for update`;
  return inEach(of, {
    found,
    write: ({ id }, { why, reason }) => of.transaction.nominationStart.update({ where: { id }, data: { why, reason } }),
  });
}
