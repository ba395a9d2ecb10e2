import type { FormFields, Problem } from '../../domain/answer-form.js';
import { hasCase } from '../../domain/reviewer-guards.js';
import { seatAskedIn, seatsOf } from '../../domain/seats.js';
import type { DeskCase } from '../../prisma/read-desk-case.js';
import type { WebContext } from '../context.js';
import type { LinksSeen } from './link-hints.js';
import type { Staff } from './session.js';

/** A review as its page shows it to somebody. */
export interface CaseView {
  readonly context: WebContext;
  readonly staff: Staff;
  readonly record: DeskCase;
  readonly links: LinksSeen;
  /** What they typed and did not confirm, and its version; 0: nothing. */
  readonly form: FormFields;
  readonly seen: number;
  readonly problems: readonly Problem[];
  readonly said: string | null;
  /** What they sent and nothing could be done with; it is shown, to be copied. */
  readonly untaken?: FormFields;
  /** Who may take it over at its level. */
  readonly colleagues: readonly { readonly id: string; readonly name: string }[];
  /** Makes the key of an act: the same page pressed twice is one act. */
  readonly key: string;
}

/** Whether somebody has the review, or stands in for who does, and may give the verdict that is asked now. */
export function isJudging({ review, standIn }: DeskCase, staff: Staff): boolean {
  const seat = seatAskedIn(review.state);
  return seat !== null && hasCase(review, { person: staff.person.id, standIn }) && seatsOf(staff.roles).includes(seat);
}
