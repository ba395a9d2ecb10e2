/** What emails to one person of ours know: to a reviewer, to an expert. */
import type { Day } from '../domain/calendar.js';
import type { EmailFrame } from './content.js';

/** To a reviewer of ours who took a case: it is due. */
export interface ReviewerReminderEmail extends EmailFrame {
  readonly kind: 'reviewer_reminder';
  readonly product: string;
  readonly reference: string;
  /** Who took it and is away, where this goes to the deputy; null: its reader took it. */
  readonly standsInFor: string | null;
  /** As what it was taken; `appeal`: to hear one. */
  readonly level: 'l1' | 'l2' | 'appeal';
  readonly dueOn: Day;
  /** That day is over. */
  readonly passed: boolean;
  /** The page of the case, for whoever is signed in. It is no secret. */
  readonly page: string;
  readonly checkUrl: string;
}

/** To a reviewer of ours who may take a case that nobody took. It names neither the product nor any person. */
export interface ReviewerWantedEmail extends EmailFrame {
  readonly kind: 'reviewer_wanted';
  readonly reference: string;
  readonly level: 'l1' | 'l2' | 'appeal';
  /** Since when it waits. */
  readonly since: Day;
  /** The page of the case, for whoever is signed in. It is no secret. */
  readonly page: string;
  readonly checkUrl: string;
}

/** What an expert has to know: section, question and page; neither the product nor any person. */
interface ExpertFrame extends EmailFrame {
  readonly reference: string;
  /** Its title. */
  readonly section: string;
  readonly question: string;
  /** The last day to accept, or to answer. */
  readonly until: Day;
  /** The page of the question, for whoever is signed in. It is no secret. */
  readonly page: string;
  readonly checkUrl: string;
}

/** Asks an expert one question about one section; whoever accepts has so many days. */
export interface ExpertAskedEmail extends ExpertFrame {
  readonly kind: 'expert_asked';
  readonly days: number;
}

/** Reminds an expert who accepted. */
export interface ExpertReminderEmail extends ExpertFrame {
  readonly kind: 'expert_reminder';
}

/** Tells an expert whom we asked that no advice is needed any more. */
export interface ExpertCalledOffEmail extends ExpertFrame {
  readonly kind: 'expert_called_off';
}

/** The code by which an expert signs in. */
export interface SignInCodeEmail extends EmailFrame {
  readonly kind: 'sign_in_code';
  /** The placeholder that stands for it in the records. */
  readonly code: string;
  /** For so long it may be used. */
  readonly minutes: number;
  readonly page: string;
  readonly checkUrl: string;
}

export type EmailToOurs =
  | SignInCodeEmail
  | ReviewerReminderEmail
  | ReviewerWantedEmail
  | ExpertAskedEmail
  | ExpertReminderEmail
  | ExpertCalledOffEmail;
