/** What forms say about a colleague who may only draft, for the people of a product and for staff alike. */
import { posted, type FormFields } from '../domain/answer-form.js';
import { cleanLine } from '../domain/answer-text.js';
import type { NewSubmission } from '../prisma/append.js';
import type { Invitation, RowBody } from '../prisma/event-of-row.js';
import { addressProblem } from './nominate/read-start.js';
import { oneTime } from './one-time.js';

/** Who is invited, or which recipient is removed. */
export type WhomOfForm = Invitation | RowBody<'uninvite'>;

/** Reads whom a form is about. */
export function whomOf(form: FormFields): WhomOfForm {
  const remove = posted(form, 'remove');
  return /^\d{1,9}$/u.test(remove) ? { recipient: Number(remove) } : { address: cleanLine(posted(form, 'address')) };
}

/** What is wrong with the address of a colleague, as a sentence. */
export function inviteProblem(address: string): string | undefined {
  return addressProblem(address, 'Enter the email address of the colleague.');
}

/** The row that invites or removes a colleague. Its key says of which form it is, and never the address itself. */
export function colleagueRow({
  form,
  whom,
  about,
  by: { session, ...by },
}: {
  readonly form: FormFields;
  readonly whom: WhomOfForm;
  readonly about: Pick<NewSubmission, 'caseId' | 'applicationId' | 'round'>;
  /** `session`: what the one-time keys of its forms derive from. */
  readonly by: Pick<NewSubmission, 'role' | 'actor'> & { readonly session: string };
}): NewSubmission {
  const key = oneTime(session, 'colleagues', about.applicationId, posted(form, 'newest'), whom);
  const kind = 'address' in whom ? 'invite' : 'uninvite';
  return { ...about, ...by, kind, key: `colleague:${by.actor}:${key}`, body: whom };
}
