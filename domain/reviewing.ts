import { commitEntry, isHeld } from './agenda.js';
import { later } from './calendar.js';
import { ask, end, tell, toReviewers } from './acts.js';
import { appealing } from './appealing.js';
import { reconsidering } from './reconsidering.js';
import { givenFor } from './reviewer-guards.js';
import { consulting } from './consulting.js';
import { escalating } from './escalating.js';
import { becomeCandidate } from './nominating.js';
import { amend, note, reschedule, reviewOf, type Change } from './change.js';

/** What verdicts, decisions and appeals do, by name. */
export const reviewing = {
  ...consulting,
  ...appealing,
  ...reconsidering,
  ...escalating,
  next_level: (change: Change) => {
    recordVerdict(change);
    amend(change, { round: reviewOf(change).round + 1 });
    becomeCandidate(change);
    toReviewers(change, 'l2');
  },
  clarify: (change: Change) => {
    const { event } = change;
    if (event.is !== 'verdict') throw new Error('a reviewer asks by a verdict');
    recordVerdict(change);
    const review = reviewOf(change);
    const limit = review.policy.clarificationLimit;
    const days = Math.min(limit.most, Math.max(limit.least, event.days ?? review.policy.clarificationDays));
    if (event.level === 'appeal') throw new Error('an appeal asks the owner nothing');
    amend(change, { round: review.round + 1, clarifications: review.clarifications + 1, askedBy: event.level });
    change.effects.push({ do: 'ask_sections', word: 'clarify' });
    ask(change, { of: 'clarification', by: 'reviewer', days });
  },
  give_notice: (change: Change) => {
    const { event } = change;
    if (event.is !== 'verdict') throw new Error('notice is given by a verdict');
    recordVerdict(change);
    const review = reviewOf(change);
    if (event.level === 'appeal') throw new Error('an appeal gives no notice');
    const failing = event.sections.flatMap(({ section, verdict }) => (verdict === 'does_not_meet' ? [section] : []));
    const noticed = [...new Set([...review.noticed, ...failing])];
    amend(change, { round: review.round + 1, askedBy: event.level, noticed });
    change.effects.push({ do: 'ask_sections', word: 'does_not_meet' });
    ask(change, { of: 'notice', by: 'reviewer', days: review.policy.noticeDays });
  },
  undo: (change: Change) => {
    const review = reviewOf(change);
    const undone = review.verdicts.at(-1);
    if (undone === undefined) throw new Error('there is no verdict to undo');
    amend(change, { round: review.round + 1, verdicts: review.verdicts.slice(0, -1), result: null });
    change.effects.push({ do: 'undo_verdict' });
    note(change, 'undone', { level: undone.level });
    toReviewers(change, undone.level, undone.for ?? undone.by);
    reschedule(change, ['commit']);
  },
  disagree: (change: Change) => {
    recordVerdict(change);
    amend(change, { round: reviewOf(change).round + 1, reviewersLate: true });
  },
  decide_later: (change: Change) => {
    recordVerdict(change);
    const { event } = change;
    const bad = event.is === 'verdict' && event.sections.some(({ verdict }) => verdict === 'does_not_meet');
    const review = reviewOf(change);
    amend(change, { state: 'decided', result: bad ? 'ineligible' : 'approved', reviewersLate: false, claim: null });
    const due = later(change.facts.now, review.policy.holdMinutes * 60_000);
    reschedule(change, ['reviewers', 'watch', 'commit'], isHeld(review) ? [] : [commitEntry({ review, due })]);
  },
  approve: (change: Change) => {
    recordVerdict(change);
    decide(change, 'approved');
  },
  reject: (change: Change) => {
    recordVerdict(change);
    decide(change, 'ineligible');
  },
  commit_approval: (change: Change) => decide(change, 'approved'),
  commit_refusal: (change: Change) => decide(change, 'ineligible'),
  reviewers_late: (change: Change) => {
    amend(change, { reviewersLate: true });
    note(change, 'reviewer_late', { level: reviewOf(change).state });
  },
} as const satisfies Record<string, (change: Change) => void>;

function recordVerdict(change: Change): void {
  const { event } = change;
  if (event.is !== 'verdict') throw new Error('a verdict is recorded from a verdict');
  const review = reviewOf(change);
  const { level, by, answersVersion, sections } = event;
  const of = givenFor(change);
  const stood = of === null ? {} : { for: of };
  const given = { level, round: review.round, by, ...stood, answersVersion, sections };
  amend(change, { verdicts: [...review.verdicts, given] });
  change.effects.push({ do: 'record_verdict' });
  note(change, 'verdict', { level });
  if (of !== null) change.effects.push({ do: 'ledger', what: 'stood_in', detail: { level }, of });
}

function decide(change: Change, result: 'approved' | 'ineligible'): void {
  amend(change, { result });
  const appealed = reviewOf(change).verdicts.at(-1)?.level === 'appeal';
  end(change, result);
  if (result === 'approved') change.effects.push({ do: 'publish_answers' });
  tell(change, appealed ? 'appeal_decided' : 'decision', { result });
}
