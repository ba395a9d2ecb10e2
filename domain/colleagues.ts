import { askedBy, note, type Change } from './change.js';

/** So many colleagues may draft in one review at a time. */
export const MOST_COLLEAGUES = 5;
/** So many invitations are sent in one review in all, so that no mailbox can be flooded from here. */
export const MOST_INVITATIONS = 20;

/** What the records say of the colleagues of a review who may only draft, and of the address or the one that a row names. */
export interface ColleagueFacts {
  readonly now: number;
  /** Invitations sent in all. */
  readonly invitations: number;
  /** Whose address it is; null: nobody's of the review. */
  readonly address: 'contact' | 'colleague' | null;
  /** The one that is to be removed is a colleague with a link. */
  readonly isOne: boolean;
}

/** What is read where no row is about colleagues. */
export const NO_COLLEAGUES: ColleagueFacts = { now: 0, invitations: 0, address: null, isOne: false };

/** The conditions of the table about colleagues alone, each with the words that the documents use. */
export const colleagueGuards = {
  is_contact: {
    words: 'of somebody who can send',
    holds: ({ facts }: Change) => facts.colleagues.address === 'contact',
  },
  is_colleague: {
    words: 'of a colleague who drafts already',
    holds: ({ facts }: Change) => facts.colleagues.address === 'colleague',
  },
  colleagues_enough: {
    words: `${MOST_COLLEAGUES} colleagues draft already`,
    holds: ({ facts }: Change) => facts.colleagues.now >= MOST_COLLEAGUES,
  },
  invited_enough: {
    words: `${MOST_INVITATIONS} invitations were sent`,
    holds: ({ facts }: Change) => facts.colleagues.invitations >= MOST_INVITATIONS,
  },
  no_colleague: { words: 'who drafts no more', holds: ({ facts }: Change) => !facts.colleagues.isOne },
} as const satisfies Record<string, { words: string; holds: (change: Change) => boolean }>;

/** What is done about colleagues, by name. No turn and no clock of the owner depends on them. */
export const collaborating = {
  invite: (change: Change) => {
    change.effects.push({ do: 'invite', askedBy: askedBy(change) });
    note(change, 'colleague_invited');
  },
  uninvite: (change: Change) => {
    const { event } = change;
    if (event.is !== 'uninvite') throw new Error('a colleague is removed by a row that says whom');
    change.effects.push({ do: 'uninvite', recipient: event.recipient });
    note(change, 'colleague_removed');
  },
} as const satisfies Record<string, (change: Change) => void>;
