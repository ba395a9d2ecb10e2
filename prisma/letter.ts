import { dayOf, type Day, type Instant } from '../domain/calendar.js';
import type { Entry, Review } from '../domain/case.js';
import type { EmailFacts } from '../domain/effect.js';
import type { Standard } from '../domain/standard.js';
import { formOf, STANDARDS, type Standards } from '../domain/standards.js';
import type { CaseFrame, EmailFrame, ReviewWord } from '../mail/content.js';
import type { Transaction } from './database.js';
import type { EmailModel, RecipientModel } from './generated/models.js';
import { dayOfColumn } from './day-column.js';
import { storedReview } from './stored-review.js';

/** What stands on every email of an installation. */
export interface LetterHead {
  readonly organisation: string;
  /** The named human who signs. */
  readonly senderName: string;
  /** The mailbox of staff: replies, help, corrections, the daily list. */
  readonly replyTo: string;
  /** The page on which a reader finds out whether an email is real. */
  readonly checkUrl: string;
  /** What stands for the person's link until the hand-over. */
  readonly link: string;
  /** A demonstration, which every email then says. */
  readonly invented: boolean;
}

/** An email of a case to one of its owners, with the records that its text is made of. */
export interface Letter extends LetterOfCase {
  readonly recipient: RecipientModel;
}

/** An email of a case, whoever reads it, with what its text is made of, all read under the lock of the case. */
export interface LetterOfCase {
  readonly transaction: Transaction;
  readonly head: LetterHead;
  readonly email: EmailModel;
  /** Small facts of its kind, as the step that queued it wrote them. */
  readonly facts: EmailFacts;
  readonly reference: string;
  readonly review: Review;
  readonly agenda: readonly Entry[];
  readonly slug: string;
  readonly product: string;
  readonly listing: { readonly validUntil: Day | null; readonly removedOn: Day | null };
  readonly now: Instant;
  readonly today: Day;
  /** What the review asks. */
  readonly standard: Standard;
}

/** Which email is to have a text, and when. */
export interface LetterWanted {
  readonly email: EmailModel;
  readonly head: LetterHead;
  readonly now: Instant;
  /** The versions of the Standard that there are; all that this software knows by default. */
  readonly standards?: Standards;
}

/** Reads what the text of an email to an owner is made of. Throws if one of its records is missing. */
export async function readLetter(transaction: Transaction, wanted: LetterWanted): Promise<Letter> {
  const where = { id: wanted.email.recipientId ?? 0 };
  const ofCase = await readLetterOfCase(transaction, wanted);
  return { ...ofCase, recipient: await transaction.recipient.findUniqueOrThrow({ where }) };
}

/** Reads what an email of a case is about. Throws if one of its records is missing. */
export async function readLetterOfCase(
  transaction: Transaction,
  { email, head, now, standards = STANDARDS }: LetterWanted,
): Promise<LetterOfCase> {
  const found = await transaction.application.findUniqueOrThrow({
    where: { id: email.applicationId ?? '' },
    include: { case: { select: { agenda: true } } },
  });
  const listing = await transaction.listing.findUniqueOrThrow({ where: { slug: found.slug } });
  return {
    transaction,
    head,
    email,
    // JSON columns hold what steps wrote: the domain's own types.
    facts: email.facts as EmailFacts,
    review: storedReview(found.review),
    agenda: found.case.agenda as unknown as readonly Entry[],
    reference: found.id,
    slug: found.slug,
    product: listing.name,
    listing: { validUntil: dayOfColumn(listing.validUntil), removedOn: dayOfColumn(listing.removedOn) },
    now,
    today: dayOf(now),
    standard: formOf({ standards, version: found.standard, on: dayOf(now) }),
  };
}

/** What every email of a case says. */
export function caseFrame({ head, recipient, product, reference, review }: Letter): CaseFrame {
  return {
    ...emailFrame(head),
    language: recipient.language,
    recipientName: recipient.name.trim() === '' ? null : recipient.name,
    product,
    reference,
    link: head.link,
    checkUrl: head.checkUrl,
    review: reviewWord(review),
  };
}

/** What every email says, whoever reads it. */
export function emailFrame({ organisation, senderName, replyTo, invented }: LetterHead): EmailFrame {
  return { language: 'en', organisation, senderName, replyTo, recipientName: null, invented };
}

/**
 * The row or the entry that asked for an email: the last part of its key. The key of one that staff sent again ends in
 * their row; what asked for it at first is among its facts, since its text is made of that.
 */
export function askedByOf({ key, facts }: { readonly key: string; readonly facts: unknown }): string {
  // Written by steps.
  const { askedBy } = facts as EmailFacts;
  return typeof askedBy === 'string' ? askedBy : (key.split('|').at(-1) ?? '');
}

/** The key of the same email for another recipient. */
export function keyFor(recipientId: number, { key }: { readonly key: string }): string {
  const [reference = '', , ...which] = key.split('|');
  return [reference, recipientId, ...which].join('|');
}

/** Whether an email tells a person that they are asked no more: it is for them alone, although their link is dead. */
export function isFarewell({ kind, facts }: { readonly kind: string; readonly facts: unknown }): boolean {
  // Written by steps.
  const { request, answer } = facts as EmailFacts;
  return kind === 'request_answered' && request === 'not_me' && answer === 'granted';
}

function reviewWord({ kind, reopened }: Review): ReviewWord {
  if (reopened) return 'reopened';
  return kind;
}

/** The address of a page of ours, by its path. */
export function pageAt({ checkUrl }: LetterHead, path: string): string {
  return new URL(path, checkUrl).href;
}
