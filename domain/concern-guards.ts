import type { Change } from './change.js';

/** The conditions of the table about concerns alone, each with the words that the documents use. */
export const concernGuards = {
  concern_answered: {
    words: 'staff decided about it',
    // Whoever was asked for details may never answer: staff ask again, or decide all the same.
    holds: ({ facts }: Change) => facts.concern !== 'waiting' && facts.concern !== 'asked',
  },
  no_section: {
    words: 'it names no section',
    holds: ({ event }: Change) => event.is === 'accept_concern' && event.sections.length === 0,
  },
  asks_already: {
    words: 'a review of concerns about these sections is open',
    holds: ({ event, review }: Change) =>
      event.is === 'accept_concern' && event.sections.every((section) => review?.about?.includes(section) === true),
  },
  approval_open: {
    words: 'its nomination is open again, in another case',
    holds: ({ facts }: Change) => facts.approvalOpen === true,
  },
  about_concerns: {
    words: 'a review of concerns',
    holds: ({ review }: Change) => review?.about !== undefined,
  },
} as const satisfies Record<string, { words: string; holds: (change: Change) => boolean }>;
