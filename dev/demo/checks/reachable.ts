import type { Story } from './case-story.js';

/**
 * Whether anybody could be written to at an instant, by the emails and rows alone: an address that a mail server
 * refused is out until one of its emails is taken, or until its owner acts by a link.
 */
export function isReachable({ recipients, emails, rows }: Pick<Story, 'recipients' | 'emails' | 'rows'>, at: Date) {
  return recipients.some(({ id, revokedAt }) => {
    if (revokedAt !== null && revokedAt <= at) return false;
    const said = emails
      .filter(({ recipientId, state, stateAt }) => recipientId === id && isWord(state) && stateAt <= at)
      .map(({ state, stateAt }) => ({ refused: state === 'refused', at: stateAt }));
    const acted = rows
      .filter((row) => row.role === 'owner' && row.actor === String(id) && row.kind !== 'new_link' && row.at <= at)
      .map((row) => ({ refused: false, at: row.at }));
    const newest = [...said, ...acted].sort((one, other) => one.at.getTime() - other.at.getTime()).at(-1);
    return newest?.refused !== true;
  });
}

function isWord(state: string): boolean {
  return state === 'sent' || state === 'refused';
}
