import type { Story } from './case-story.js';

type Known = Pick<Story, 'recipients' | 'emails' | 'rows'>;
type Recipient = Story['recipients'][number];

/**
 * Whether anybody could be written to at an instant, by the emails and rows alone: an address that a mail server
 * refused is out until one of its emails is taken, until its owner acts by a link, or until staff have emails sent
 * again.
 */
export function isReachable(story: Known, at: Date): boolean {
  return story.recipients.some((recipient) => isWritable(story, { recipient, at }));
}

/** The number of the person whom a turn asked just before an instant; null: nobody. */
export function whoWasAsked(story: Known, instant: Date): number | null {
  const at = new Date(instant.getTime() - 1);
  const found = inOrder(story.recipients).find((recipient) => isWritable(story, { recipient, at }));
  return found?.id ?? null;
}

function isWritable({ emails, rows }: Known, { recipient, at }: { recipient: Recipient; at: Date }): boolean {
  const { id, rank, revokedAt } = recipient;
  // A colleague who may only draft is asked nothing.
  if (rank === 'colleague') return false;
  if (revokedAt !== null && revokedAt <= at) return false;
  const said = emails
    .filter(({ recipientId, state, stateAt }) => recipientId === id && isWord(state) && stateAt <= at)
    .map(({ state, stateAt }) => ({ refused: state === 'refused', at: stateAt }));
  const acted = rows
    .filter((row) => row.role === 'owner' && row.actor === String(id) && row.kind !== 'new_link')
    .map((row) => row.at);
  const resent = rows.flatMap(({ kind, outcome }) => (kind === 'resend' && outcome !== null ? [outcome.at] : []));
  const cleared = [...acted, ...resent].filter((one) => one <= at).map((one) => ({ refused: false, at: one }));
  const newest = [...said, ...cleared].sort((one, other) => one.at.getTime() - other.at.getTime()).at(-1);
  return newest?.refused !== true;
}

function isWord(state: string): boolean {
  return state === 'sent' || state === 'refused';
}

function inOrder(recipients: readonly Recipient[]): readonly Recipient[] {
  const weight = ({ rank }: Recipient) => (rank === 'primary' ? 0 : 1);
  return [...recipients].sort((one, other) => weight(one) - weight(other) || one.position - other.position);
}
