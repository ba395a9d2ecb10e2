import type { Day } from '../domain/calendar.js';
import type { CaseFrame, DecisionEmail } from './content.js';

/** We look at an approval again, of our own accord. */
export interface ReconsideredEmail extends CaseFrame {
  readonly kind: 'reconsidered';
  /** The day by which it is to be judged; null: not known. */
  readonly nextBy: Day | null;
}

/** The owner's appeal came in. */
export interface AppealReceivedEmail extends CaseFrame {
  readonly kind: 'appeal_received';
  readonly receivedOn: Day;
  /** What the owner wrote. */
  readonly grounds: string;
  /** The day by which it is to be heard; null: not known. */
  readonly nextBy: Day | null;
  /** What the decision did to the listing, and stays so until the appeal is decided. */
  readonly listing: 'removed' | 'unchanged';
}

/** What became of the appeal: the decision stands, or is replaced. */
export type AppealDecidedEmail = Appealed<DecisionEmail>;
type Appealed<Email> = Email extends DecisionEmail
  ? Omit<Email, 'kind' | 'appealUntil'> & { readonly kind: 'appeal_decided' }
  : never;
