/** What erasing a person did, or would do, in words for staff. */
import type { Erased } from '../../prisma/erase-person.js';
import { counted, handful, tallied } from './words.js';

/** What was, or would be, erased, a sentence a line; `anything` is false if nothing of the person is here. */
export function erasedInWords(
  erased: Erased,
  { done }: { readonly done: boolean },
): { readonly lines: readonly string[]; readonly anything: boolean } {
  const { contacts, recipients, sessions, drafts, emails, rows, notes, starts, former, concerns, staff } = erased;
  const { withoutAnybody } = erased;
  const counts = tallied([
    [contacts, contacts === 1 ? 'contact' : 'contacts'],
    [recipients, recipients === 1 ? 'link' : 'links'],
    [sessions, sessions === 1 ? 'session' : 'sessions'],
    [drafts, drafts === 1 ? 'draft' : 'drafts'],
    [emails, emails === 1 ? 'stored email' : 'stored emails'],
    [rows, rows === 1 ? 'submission' : 'submissions'],
    [notes, notes === 1 ? 'private note' : 'private notes'],
    [starts, starts === 1 ? 'beginning of a nomination or suggestion' : 'beginnings of nominations or suggestions'],
    [former, former === 1 ? 'record of older files' : 'records of older files'],
    [concerns, concerns === 1 ? 'concern' : 'concerns'],
    [staff, staff === 1 ? 'member of staff' : 'members of staff'],
  ]);
  if (counts === 'none') return { lines: ['Nothing of this address is here.', ...keptWords(erased)], anything: false };
  const lines = [
    `${done ? 'Erased' : 'Would erase'}: ${counts}.`,
    ...(withoutAnybody.length === 0
      ? []
      : [
          `${counted(withoutAnybody.length, 'product has', 'products have')} nobody to ask then: ${handful(withoutAnybody)}`,
          'Their open reviews wait for staff: perennial contacts import FILE',
        ]),
    ...keptWords(erased),
    ...(staff === 0 ? [] : ['The word by which they acted stays. In the ledger: perennial ledger erase-actor NAME']),
    ...(done ? ['Backups made before still hold the person; so does a file of contacts that is imported again.'] : []),
  ];
  return { lines, anything: true };
}

function keptWords({ kept: { answers, decisions }, left }: Erased): readonly string[] {
  const found = tallied([
    [answers, answers === 1 ? 'version of answers' : 'versions of answers'],
    [decisions, decisions === 1 ? 'decision or verdict' : 'decisions or verdicts'],
  ]);
  const stays =
    left === 1
      ? '1 more email, submission, draft or note has'
      : `${left} more emails, submissions, drafts and notes have`;
  return [
    ...(found === 'none' ? [] : [`Named in what stays, as it is public or was decided on: ${found}.`]),
    ...(left === 0
      ? []
      : [`${stays} a name of this person still: of one word, of somebody else too, or in a review of others.`]),
  ];
}
