import { concernOwner, concernsEnd } from '../domain/concern.js';
import type { ConcernEmail } from '../mail/content.js';
import { CONFIRM_DAYS, wasNeverConfirmed } from './concerns.js';
import type { Transaction } from './database.js';
import type { Concern } from './generated/client.js';
import type { EmailModel } from './generated/models.js';
import { emailFrame, type LetterHead } from './letter.js';

/** An email to whoever raised a concern, and what becomes of it: it is not true any more, or whom it is for. */
export interface ConcernLetter {
  readonly overtaken: 'overtaken' | 'contact_changed' | null;
  readonly address: string;
  readonly owner: ReturnType<typeof concernOwner>;
  readonly content: () => ConcernEmail;
}

/** Reads what an email about a concern is made of. Throws if its concern is gone. */
export async function readConcernLetter(
  transaction: Transaction,
  { email, head, real }: { readonly email: EmailModel; readonly head: LetterHead; readonly real: number },
): Promise<ConcernLetter> {
  const concern = await transaction.concern.findUniqueOrThrow({ where: { id: email.concernId ?? '' } });
  const { name } = await transaction.listing.findUniqueOrThrow({ where: { slug: concern.slug } });
  const { address, stage } = concern;
  const over = email.kind === 'concern_start' && (stage !== 'unconfirmed' || wasNeverConfirmed(concern, real));
  return {
    overtaken: address === '' ? 'contact_changed' : over ? 'overtaken' : null,
    address,
    owner: concernOwner(concern),
    content: () => contentOf({ email, head, concern, product: name }),
  };
}

function contentOf({
  email,
  head,
  concern,
  product,
}: {
  readonly email: EmailModel;
  readonly head: LetterHead;
  readonly concern: Concern;
  readonly product: string;
}): ConcernEmail {
  const { link, checkUrl } = head;
  const frame = { ...emailFrame(head), product, link, checkUrl };
  // Written with the email, from the domain's own words.
  const { answer, result } = email.facts as { answer?: 'accepted' | 'rejected' | 'asked'; result?: string };
  if (email.kind === 'concern_start') return { ...frame, kind: 'concern_start', days: CONFIRM_DAYS };
  if (result !== undefined) return { ...frame, kind: 'concern_ended', outcome: concernsEnd(result, product) };
  if (answer === undefined) throw new Error('an email about a concern says what became of it');
  return { ...frame, kind: 'concern_answered', answer, words: concern.answer };
}
