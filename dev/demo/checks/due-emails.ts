import type { Instant } from '../../../domain/calendar.js';
import { fieldOf, type Story, type StoryEmail, type StoryRow } from './case-story.js';
import { isReachable } from './reachable.js';
import { actedSoon, turnsOf, type ActedUpTo } from './turns.js';

/** An email that had to be: what for, in words for whoever reads the check, and which rows of emails are it. */
export interface DueEmail {
  readonly about: string;
  readonly is: (email: StoryEmail) => boolean;
}

/** The emails that were due in a review up to an instant, worked out from its ledger, rows, decisions and policy. */
export function dueEmails(story: Story, now: Instant, actedUpTo = actedSoon): readonly DueEmail[] {
  // Nobody to write to: the case waits for the secretariat, visibly, and nothing is due; so below, too.
  if (story.recipients.length === 0) return [];
  return [...ofTurns(story, now, actedUpTo), ...story.rows.flatMap((row) => ofRow(story, row)), ...ofEnds(story)];
}

/** A first email for each turn, and the reminders of the policy's days. */
function ofTurns(story: Story, now: Instant, actedUpTo: ActedUpTo): readonly DueEmail[] {
  const { reference } = story;
  const { asked, reminders } = turnsOf(story, now, actedUpTo);
  const kinds = ['prompt', 'clarification', 'notice'];
  const firsts = [...asked].map(
    (turn): DueEmail => ({
      about: `${reference}: the first email of turn ${turn}`,
      is: (email) => email.turn === turn && kinds.includes(email.kind),
    }),
  );
  const toNobody = ({ entry }: { readonly entry: string }) =>
    story.lines.some((line) => line.entry === entry && !isReachable(story, line.at));
  const due = reminders.filter((reminder) => !toNobody(reminder));
  return [
    ...firsts,
    ...due.map(({ turn, entry }) => ({
      about: `${reference}: ${entry} of turn ${turn}`,
      is: (email: StoryEmail) => email.turn === turn && email.kind.includes('reminder') && isAskedBy(email, entry),
    })),
  ];
}

/** What a row of a person brings its owner, or experts who are asked no more. */
function ofRow(story: Story, { id, kind, outcome }: StoryRow): readonly DueEmail[] {
  if (outcome === null) return [];
  const { reference, lines } = story;
  const accepted = outcome.result === 'accepted';
  const line = lines.find(({ what, row }) => what === 'request_answered' && row?.id === id);
  const request = String(fieldOf(line?.detail, 'request'));
  // Whoever is asked no more is told so, whether or not anybody else can be written to.
  const isFarewell = (kind === 'grant' && request === 'not_me') || kind === 'call_off';
  if (!isFarewell && !isReachable(story, outcome.at)) return [];
  const bring = (email: string): readonly DueEmail[] => [
    {
      about: `${reference}: ${email.replaceAll('_', ' ')} for row ${id}`,
      is: (one) => one.kind === email && isAskedBy(one, `row:${id}`),
    },
  ];
  switch (kind) {
    case 'answers':
      return bring(accepted ? 'receipt' : 'not_taken');
    case 'appeal':
      return accepted ? bring('appeal_received') : [];
    case 'new_link':
      return accepted ? bring('link') : [];
    case 'extend':
      return accepted ? bring('request_answered') : [];
    case 'grant':
    case 'refuse': {
      // What ends the review is told as its end.
      const ends = ['withdrawal', 'answered_elsewhere'].includes(request);
      return accepted && !(kind === 'grant' && ends) ? bring('request_answered') : [];
    }
    case 'call_off':
      // Whoever is asked at that moment; of those who never read that they were, it is skipped.
      return accepted ? bring('expert_called_off') : [];
    default:
      return [];
  }
}

/** The result of a review, once for each of its ends; what goes on as another review has nothing to tell. */
function ofEnds({ reference, decisions }: Story): readonly DueEmail[] {
  return decisions.flatMap(({ round, result }): readonly DueEmail[] => {
    if (result === 'superseded') return [];
    const kinds = result === 'approved' || result === 'ineligible' ? ['decision', 'appeal_decided'] : ['closed'];
    return [
      {
        about: `${reference}: the end of round ${round}, ${result}`,
        is: (email) => kinds.includes(email.kind) && email.round === round,
      },
    ];
  });
}

/** Whether an email's key says that a row or an entry asked for it. */
function isAskedBy({ key }: StoryEmail, asked: string): boolean {
  return key.endsWith(`|${asked}`);
}
