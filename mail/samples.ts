import type { Email, EmailContent } from './content.js';
import { renderEmail, withCode, withLink } from './render.js';
import { appeals } from './samples-appeal.js';
import { clarifications, invitations, notices, prompts, receipts, reminders } from './samples-asking.js';
import { concerns } from './samples-concern.js';
import {
  answersToPeople,
  decisions,
  ends,
  staffList,
  startsOfNominations,
  toExperts,
  toReviewers,
} from './samples-telling.js';

/** Every kind and variant of email with invented content, by a name fit for a file. */
export const samples: Readonly<Record<string, EmailContent>> = {
  ...prompts,
  ...invitations,
  ...reminders,
  ...receipts,
  ...clarifications,
  ...notices,
  ...decisions,
  ...appeals,
  ...ends,
  ...answersToPeople,
  ...toReviewers,
  ...toExperts,
  ...startsOfNominations,
  ...concerns,
  'staff-list': staffList,
  'staff-list-suggested': {
    ...staffList,
    ...{ waiting: [], total: 0, suggested: { waiting: 1, oldest: '2027-01-09' } },
  },
};

/** A sample as its reader sees it, with an invented link. Throws, naming all samples, if there is none of that name. */
export function previewEmail(name: string): Email {
  const content = samples[name];
  if (!content) throw new Error(`no sample is called ${name}; there are ${Object.keys(samples).join(', ')}`);
  const coded = withCode(renderEmail(content), 'K7QW3MRX');
  return withLink(coded, 'https://reviews.dpga.example/answer/2026-7Q2MK?k=invented');
}
