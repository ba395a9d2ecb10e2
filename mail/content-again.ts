import type { OpenPoint, Question, SectionResult, TurnFrame } from './content.js';

/** M8: asks about the open points only. `machine`: silence submitted last year's answers, these have none. */
export interface ClarificationEmail extends TurnFrame {
  readonly kind: 'clarification';
  readonly variant: 'reviewer' | 'machine';
  readonly points: readonly OpenPoint[];
  readonly daysLeft: number;
}

export interface ClarificationReminderEmail extends TurnFrame {
  readonly kind: 'clarification_reminder';
  readonly variant: 'reviewer' | 'machine';
  /** The points that have no saved answer. */
  readonly openQuestions: readonly Question[];
  readonly answered: number;
  readonly total: number;
  readonly daysLeft: number;
}

/** An intended "ineligible": what does not meet, and why, with time to reply before anybody decides. */
export interface NoticeEmail extends Omit<TurnFrame, 'silence'> {
  readonly kind: 'notice';
  /** What does not meet. */
  readonly sections: readonly SectionResult[];
  readonly daysLeft: number;
}

export interface NoticeReminderEmail extends Omit<TurnFrame, 'silence'> {
  readonly kind: 'notice_reminder';
  readonly sections: readonly SectionResult[];
  readonly daysLeft: number;
}
