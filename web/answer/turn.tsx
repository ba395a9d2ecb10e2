import { printDay } from '../../adapters/dates.js';
import { addDays, dayOf } from '../../domain/calendar.js';
import { repliesLate } from '../../domain/agenda.js';
import type { RequestWord } from '../../domain/case.js';
import { REOPEN_WITHIN } from '../../domain/policy.js';
import { nominationsSilence } from './nomination-words.js';
import { takesAnswers, type FormRecord } from '../../prisma/read-form.js';

/** Whose turn it is, since when, until when, and what happens if nothing happens. */
export interface TurnWords {
  readonly whose: string;
  readonly since: string;
  /** Null: no date runs. */
  readonly until: string | null;
  readonly otherwise: string;
}

/** What owners asked for, in words that end a sentence. */
export const REQUESTS: Readonly<Record<RequestWord, string>> = {
  more_time: 'you asked for more time',
  not_me: 'you told us about another person, or that you did not send the answers',
  answered_elsewhere: 'you told us that you answered elsewhere',
  withdrawal: 'you asked to withdraw the product',
};

/** The turn of a review in words for its owner. */
export function turnWords(record: FormRecord): TurnWords {
  const { review, waitingOn } = record;
  const since = printDay(dayOf(review.since));
  switch (waitingOn) {
    case 'owner':
      return {
        whose: 'It is your turn.',
        since: printDay(dayOf(review.turn?.begunAt ?? review.since)),
        until: untilEnd(review.turn?.deadline ?? null),
        otherwise: silenceWords(record),
      };
    case 'mail':
      return {
        whose: 'It is our turn: our email to you is on its way.',
        since: printDay(dayOf(review.turn?.askedAt ?? review.since)),
        until: null,
        otherwise: 'Your time to answer has not begun. You can answer already.',
      };
    case 'l1':
    case 'l2':
    // Whether experts are asked meanwhile is for reviewers and staff alone.
    case 'expert':
      if (repliesLate(review))
        return { ...reviewing(record), whose: 'It is the turn of the reviewers. You can still reply.' };
      if (takesAnswers(review)) return replaceable(record);
      return reviewing(record);
    case 'appeal':
      return hearing(record);
    case 'secretariat':
      return { since, until: null, ...secretariatWords(record) };
    case 'nobody':
      return endWords(record, since);
    default:
      return waitingOn satisfies never;
  }
}

function reviewing(record: FormRecord): TurnWords {
  return {
    whose: 'It is the turn of the reviewers. You have nothing to do.',
    since: printDay(dayOf(record.review.since)),
    until: dueDay(record, 'reviewers'),
    otherwise: 'If they have not decided by then, we remind them. It does not count against you.',
  };
}

/** An appeal is heard by somebody who gave no verdict; until then all stays as the decision left it. */
function hearing(record: FormRecord): TurnWords {
  return {
    ...reviewing(record),
    whose: 'It is the turn of a reviewer who gave no verdict before. You have nothing to do.',
    otherwise: 'The result stays as it is until they decide. We remind them. It does not count against you.',
  };
}

/** The machine submitted what was on file, and nobody gave a verdict on it yet. */
function replaceable(record: FormRecord): TurnWords {
  return {
    ...reviewing(record),
    whose: 'It is the turn of the reviewers. They read the answers that we had on file.',
    otherwise: 'They decide on those answers. Until their first verdict, your own answers replace them.',
  };
}

function untilEnd(deadline: string | null): string | null {
  return deadline === null ? null : `The end of ${printDay(deadline)} (end of day anywhere on Earth)`;
}

function dueDay({ agenda }: FormRecord, what: 'reviewers'): string | null {
  const entry = agenda.find((one) => one.what === what);
  return entry === undefined ? null : printDay(dayOf(entry.due));
}

/** What silence brings; the same in substance as mail/templates/parts/silence.en.md. */
function silenceWords(record: FormRecord): string {
  const { review, product } = record;
  const { policy, state, kind, reopened } = review;
  if (kind === 'nomination' && state !== 'notice') return nominationsSilence(record);
  if (state === 'notice') return `A reviewer decides on the answers that we have. ${ifItFails(record)}`;
  if (policy.silence === 'end' && state === 'owner') {
    return `This request ends. The listing of ${product} does not change. The next annual review asks again.`;
  }
  if (policy.silence === 'submit_previous' && state === 'owner' && !reopened) {
    return (
      'We submit the answers that we already have, unchanged, and ask you again about the open ones. ' +
      'If you saved new answers and did not send them, we submit nothing: the secretariat decides.'
    );
  }
  if (reopened) return `The secretariat decides. ${product} stays off the registry until there is a decision.`;
  if (kind === 'privacy') return `The secretariat decides. The listing of ${product} does not change.`;
  return `The secretariat decides. It can end the review without an answer: ${product} then leaves the registry.`;
}

/** What a decision "does not meet" would do. */
function ifItFails({ review, product }: FormRecord): string {
  if (review.kind === 'privacy') return `The listing of ${product} does not change.`;
  if (review.kind === 'nomination') return `If it does not meet the Standard, ${product} is not listed.`;
  if (review.reopened) return `If it does not meet the Standard, ${product} stays off the registry.`;
  return `If it does not meet the Standard, ${product} leaves the registry.`;
}

function secretariatWords(record: FormRecord): Pick<TurnWords, 'whose' | 'otherwise'> {
  const { review } = record;
  const [request] = review.requests;
  if (request !== undefined) {
    return {
      whose: `It is the turn of the secretariat: ${REQUESTS[request.kind]}.`,
      otherwise: 'Staff answer by email. Until then, your time does not run.',
    };
  }
  if (review.turn?.silent === true) {
    const deadline =
      review.turn.deadline === null ? '' : ` Your time to answer ended on ${printDay(review.turn.deadline)}.`;
    return {
      whose: `It is the turn of the secretariat.${deadline}`,
      otherwise: 'You can still answer. Until the secretariat decides, your answer counts first.',
    };
  }
  return {
    whose: 'It is the turn of the secretariat: our email did not reach you in the usual way.',
    otherwise: 'Nothing runs against you. You can answer here already.',
  };
}

function endWords(record: FormRecord, since: string): TurnWords {
  const { review, removedOn, product } = record;
  // The reviewer can still undo it: nobody is told of a decision before it takes effect.
  if (review.state === 'decided') return reviewing(record);
  const reopens = removedOn !== null && review.kind !== 'privacy' && review.kind !== 'nomination';
  return {
    whose: `It is nobody’s turn. The ${review.kind === 'nomination' ? 'nomination' : 'review'} has ended.`,
    since,
    until: null,
    otherwise: reopens
      ? `Until ${printDay(addDays(removedOn, REOPEN_WITHIN))}, this review can be opened again: write to us and name the reference.`
      : isUnlisted(record)
        ? 'Nothing more is asked of you.'
        : `Nothing more is asked of you. We write to you when the next review of ${product} opens.`,
  };
}

/** A nomination that did not lead to the list. */
function isUnlisted({ review }: FormRecord): boolean {
  return review.kind === 'nomination' && review.state !== 'approved';
}

/** The turn as a part of a page. */
export function TurnPanel({ record }: { readonly record: FormRecord }) {
  const { whose, since, until, otherwise } = turnWords(record);
  return (
    <section class="panel" aria-labelledby="turn">
      <h2 id="turn">{whose}</h2>
      <dl class="facts turn">
        <div>
          <dt>Since</dt>
          <dd>{since}</dd>
        </div>
        <div>
          <dt>Until</dt>
          <dd>{until ?? 'No date runs.'}</dd>
        </div>
        <div>
          <dt>If nothing happens</dt>
          <dd>{otherwise}</dd>
        </div>
        <div>
          <dt>Reference</dt>
          <dd>{record.reference}</dd>
        </div>
      </dl>
    </section>
  );
}
