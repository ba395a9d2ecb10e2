import type { Context } from 'hono';
import { posted, type FormFields } from '../../domain/answer-form.js';
import { readVerdictDraft, saveVerdictDraft } from '../../prisma/verdict-drafts.js';
import type { WebContext } from '../context.js';
import { isJudging } from './case-view.js';
import type { Looking } from './rows.js';
import { ofDraft } from './verdict-form.js';

/**
 * Saves what a reviewer is typing, and answers the script of the page: the version that its next save goes over, or a
 * sentence that says why nothing was saved. A reason chosen from the library is put in when a person saves.
 */
export async function saveByScript(
  { database }: WebContext,
  request: Context,
  { staff, record, form: typed }: Looking & { readonly form: FormFields },
): Promise<Response> {
  const { reference, review } = record;
  const refuse = (sentence: string) => request.json({ sentence }, 409);
  if (!isJudging(record, staff)) return refuse('This case is not yours now. Nothing was saved.');
  const reviewer = staff.person.id;
  const saved = await saveVerdictDraft(database, {
    ...{ reference, reviewer, form: ofDraft(typed), seen: Number(posted(typed, 'seen')) || 0 },
    answersVersion: Number(posted(typed, 'answers')) || review.answersVersion,
  });
  if (!saved) return refuse('Not saved: another window saved a newer text. Press "Save and stay here" to see.');
  const draft = await readVerdictDraft(database, { reference, reviewer });
  return request.json({ seen: String(draft?.version ?? 0) });
}
