import { dayOf, type Day, type Instant } from '../domain/calendar.js';
import type { EmailFrame } from '../mail/content.js';
import type { Transaction } from './database.js';
import type { EmailModel } from './generated/models.js';
import { emailFrame, readLetterOfCase, type LetterHead, type LetterOfCase, type LetterWanted } from './letter.js';
import { memberOf, type StaffMember } from './staff.js';

/** An email to one person of ours, with the records that its text is made of. */
export interface PersonalLetter {
  readonly transaction: Transaction;
  readonly head: LetterHead;
  readonly email: EmailModel;
  readonly person: StaffMember;
  /** Null: it is about no one case. */
  readonly ofCase: LetterOfCase | null;
  readonly now: Instant;
  readonly today: Day;
}

/** Reads what the text of an email to one of ours is made of. Throws if one of its records is missing. */
export async function readPersonalLetter(transaction: Transaction, wanted: LetterWanted): Promise<PersonalLetter> {
  const { email, head, now } = wanted;
  const person = await transaction.staffPerson.findUniqueOrThrow({ where: { id: email.personId ?? '' } });
  const ofCase = email.applicationId === null ? null : await readLetterOfCase(transaction, wanted);
  return { transaction, head, email, person: memberOf(person), ofCase, now, today: dayOf(now) };
}

/** What every email to one of ours says. */
export function personalFrame({ head, person }: PersonalLetter): EmailFrame & { readonly checkUrl: string } {
  return {
    ...emailFrame(head),
    recipientName: person.name.trim() === '' ? null : person.name,
    checkUrl: head.checkUrl,
  };
}

/** The case that an email is about. */
export function caseOf({ ofCase }: PersonalLetter): LetterOfCase {
  if (ofCase === null) throw new Error('this kind of email is about a case');
  return ofCase;
}
