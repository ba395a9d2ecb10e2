import { dayOf } from '../domain/calendar.js';
import type { EmailFacts, PersonalEmailKind } from '../domain/effect.js';
import { hasCase } from '../domain/reviewer-guards.js';
import { reviewersDue, seatAskedIn } from '../domain/seats.js';
import { CODE_LASTS, CODE_PLACEHOLDER, type CodeOwner } from '../domain/sign-in-code.js';
import type { EmailContent } from '../mail/content.js';
import { liveCode } from './sign-in-codes.js';
import { expertAskedOf, expertCalledOffOf, expertReminderOf, isAt, wasAskedAndClosed } from './email-experts.js';
import { pageAt } from './letter.js';
import { readStandIn } from './read-absence.js';
import { readTakers } from './read-reviewer.js';
import { caseOf, personalFrame, type PersonalLetter } from './personal-letter.js';

/** Why an email to one of ours is not true any more. */
export type PersonalSkip = 'person_left' | 'not_theirs';

/** A kind of email to one of ours: whether it still holds at its claim, and what it then says. */
interface PersonalKind {
  readonly holds: (letter: PersonalLetter) => boolean | Promise<boolean>;
  readonly content: (letter: PersonalLetter) => EmailContent | Promise<EmailContent>;
}

const kinds: Readonly<Record<PersonalEmailKind, PersonalKind>> = {
  sign_in_code: { holds: async (letter) => (await codeOf(letter)) !== null, content: signInCodeOf },
  reviewer_reminder: { holds: isTheirCase, content: reviewerReminderOf },
  reviewer_wanted: { holds: mayTakeIt, content: reviewerWantedOf },
  expert_asked: { holds: (letter) => isAt(letter, 'invited'), content: expertAskedOf },
  expert_reminder: { holds: (letter) => isAt(letter, 'accepted'), content: expertReminderOf },
  expert_called_off: { holds: wasAskedAndClosed, content: expertCalledOffOf },
};

/** Why an email to one of ours is not to go; null: it still holds. */
export async function whyNotPersonal(letter: PersonalLetter): Promise<PersonalSkip | null> {
  const { offAt, roles } = letter.person;
  if (offAt !== null || roles.length === 0) return 'person_left';
  return (await kindOf(letter).holds(letter)) ? null : 'not_theirs';
}

/** What an email to one of ours says, from the records as they now are. */
export async function personalContentOf(letter: PersonalLetter): Promise<EmailContent> {
  return kindOf(letter).content(letter);
}

function kindOf({ email }: PersonalLetter): PersonalKind {
  const found = Object.entries(kinds).find(([kind]) => kind === email.kind);
  if (found === undefined) throw new Error(`an email to one of ours of a kind that has no text: ${email.kind}`);
  return found[1];
}

async function isTheirCase(letter: PersonalLetter): Promise<boolean> {
  const { review } = caseOf(letter);
  return seatAskedIn(review.state) !== null && hasCase(review, await actingOn(letter));
}

/** Whoever an email is to, and who stands in for the reviewer who has its case. */
async function actingOn(letter: PersonalLetter) {
  const { transaction, person, today } = letter;
  const { review, slug } = caseOf(letter);
  return { person: person.id, standIn: await readStandIn(transaction, { review, slug, today }) };
}

async function reviewerReminderOf(letter: PersonalLetter): Promise<EmailContent> {
  const { review, agenda, product, reference } = caseOf(letter);
  // Where the limit is over there is no entry any more: it was then.
  const due = reviewersDue(agenda) ?? letter.now;
  return {
    ...personalFrame(letter),
    ...{ kind: 'reviewer_reminder', product, reference, level: seatAskedIn(review.state) ?? 'l1' },
    ...{ standsInFor: await whoIsAway(letter), dueOn: dayOf(due), passed: review.reviewersLate },
    page: pageAt(letter.head, `/desk/${reference}`),
  };
}

/** The name of who has the case, where that is not the reader. */
async function whoIsAway(letter: PersonalLetter): Promise<string | null> {
  const { transaction, person } = letter;
  const { claim } = caseOf(letter).review;
  if (claim === null || claim.by === person.id) return null;
  return (await transaction.staffPerson.findUnique({ where: { id: claim.by } }))?.name ?? claim.by;
}

async function mayTakeIt(letter: PersonalLetter): Promise<boolean> {
  const { transaction, person, today } = letter;
  const { review, slug } = caseOf(letter);
  return (await readTakers(transaction, { review, slug, today })).includes(person.id);
}

function reviewerWantedOf(letter: PersonalLetter): EmailContent {
  const { review, reference } = caseOf(letter);
  return {
    ...personalFrame(letter),
    ...{ kind: 'reviewer_wanted', reference, level: seatAskedIn(review.state) ?? 'l1', since: dayOf(review.since) },
    page: pageAt(letter.head, `/desk/${reference}`),
  };
}

/** What the code of an email derives from; null: it carries none, or it is of no use any more. */
export async function codeOf({ transaction, email, person }: PersonalLetter): Promise<CodeOwner | null> {
  if (email.kind !== 'sign_in_code') return null;
  // Written by `askForCode`.
  const { code } = email.facts as EmailFacts;
  const nonce = await liveCode(transaction, Number(code));
  return nonce === null ? null : { personId: person.id, nonce };
}

function signInCodeOf(letter: PersonalLetter): EmailContent {
  const page = pageAt(letter.head, '/expert/code');
  return { ...personalFrame(letter), kind: 'sign_in_code', code: CODE_PLACEHOLDER, minutes: CODE_LASTS, page };
}
