import type { FormFields, Problem } from '../../domain/answer-form.js';

/** What a page of the nomination shows again: what was typed, and what is wrong with it. */
export interface Typed {
  readonly values: FormFields;
  readonly problems: readonly Problem[];
}

export const NOMINATE = '/nominate';
export const SELF_CHECK_PATH = '/nominate/self-check';
/**
 * A field that no person sees: what fills it in is a program. Nothing that browsers fill in by themselves is called so, or
 * what people sent would be dropped.
 */
export const TRAP = 'topic';
