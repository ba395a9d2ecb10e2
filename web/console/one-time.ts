import { posted, type FormFields } from '../../domain/answer-form.js';
import { oneTime } from '../one-time.js';
import type { Staff } from '../desk/session.js';

/**
 * The one-time key of a form: the same however often its page is opened and posted, another once what it is about has
 * moved on. `about` says what the form does, and where that stands.
 */
export function oneTimeKey({ form }: Staff, about: readonly (string | number)[]): string {
  return oneTime(form, 'console', ...about);
}

/** The key of the row that a posted form appends; null if its key is none of ours. */
export function rowKey({ person }: Staff, form: FormFields): string | null {
  const key = posted(form, 'key');
  return /^[\w-]{20,64}$/u.test(key) ? `console:${person.id}:${key}` : null;
}
