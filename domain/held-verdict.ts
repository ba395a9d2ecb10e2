/** A verdict that decides nothing yet, while it can be undone: what it leads to, and what it asks of the owner. */
export interface HeldVerdict {
  readonly leadsTo: 'next_level' | 'clarify' | 'notice';
  readonly days: number | null;
  readonly questions: readonly string[] | null;
}
