import { ask, end, tell, toReviewers } from './acts.js';
import { appealing } from './appealing.js';
import { reconsidering } from './reconsidering.js';
import { givenFor } from './reviewer-guards.js';
import { consulting } from './consulting.js';
import { escalating } from './escalating.js';
import { becomeCandidate } from './nominating.js';
import type { HeldVerdict } from './held-verdict.js';
import { amend, note, reviewOf, type Change } from './change.js';
import { hold, leadsTo, undo } from './holding.js';

/** What verdicts, decisions and appeals do, by name. */
export const reviewing = {
  ...consulting,
  ...appealing,
  ...reconsidering,
  ...escalating,
  next_level: (change: Change) => {
    recordVerdict(change);
    passOn(change);
  },
  clarify: (change: Change) => {
    recordVerdict(change);
    askAgain(change, heldBy(change, 'clarify'));
  },
  give_notice: (change: Change) => {
    recordVerdict(change);
    giveNotice(change);
  },
  hold_verdict: (change: Change) => {
    const to = leadsTo(change);
    if (to === null) throw new Error('this verdict decides');
    recordVerdict(change);
    hold(change, { held: heldBy(change, to) });
  },
  take_effect: (change: Change) => {
    const { held } = reviewOf(change);
    if (held === null) throw new Error('no verdict waits');
    if (held.leadsTo === 'next_level') passOn(change);
    else if (held.leadsTo === 'clarify') askAgain(change, held);
    else giveNotice(change);
  },
  undo,
  disagree: (change: Change) => {
    recordVerdict(change);
    amend(change, { round: reviewOf(change).round + 1, reviewersLate: true });
  },
  decide_later: (change: Change) => {
    recordVerdict(change);
    const { event } = change;
    const bad = event.is === 'verdict' && event.sections.some(({ verdict }) => verdict === 'does_not_meet');
    hold(change, { result: bad ? 'ineligible' : 'approved' });
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

/** What a verdict asks for, as its row says it. */
function heldBy({ event }: Change, leads: HeldVerdict['leadsTo']): HeldVerdict {
  if (event.is !== 'verdict') throw new Error('a verdict says what it asks for');
  return { leadsTo: leads, days: event.days, questions: event.questions ?? null };
}

/** The newest verdict, which a level gave. */
function levelsVerdict(change: Change) {
  const given = reviewOf(change).verdicts.at(-1);
  if (given === undefined || given.level === 'appeal') throw new Error('an appeal is decided at once');
  return { level: given.level, sections: given.sections };
}

function passOn(change: Change): void {
  amend(change, { round: reviewOf(change).round + 1 });
  becomeCandidate(change);
  toReviewers(change, 'l2');
}

function askAgain(change: Change, { days, questions }: HeldVerdict): void {
  const review = reviewOf(change);
  const { clarificationLimit: limit, clarificationDays } = review.policy;
  const { level: askedBy } = levelsVerdict(change);
  amend(change, { round: review.round + 1, clarifications: review.clarifications + 1, askedBy });
  change.effects.push({ do: 'ask_sections', word: 'clarify', questions });
  const limited = Math.min(limit.most, Math.max(limit.least, days ?? clarificationDays));
  ask(change, { of: 'clarification', by: 'reviewer', days: limited });
}

function giveNotice(change: Change): void {
  const review = reviewOf(change);
  const { level: askedBy, sections } = levelsVerdict(change);
  const failing = sections.flatMap(({ section, verdict }) => (verdict === 'does_not_meet' ? [section] : []));
  amend(change, { round: review.round + 1, askedBy, noticed: [...new Set([...review.noticed, ...failing])] });
  change.effects.push({ do: 'ask_sections', word: 'does_not_meet', questions: null });
  ask(change, { of: 'notice', by: 'reviewer', days: review.policy.noticeDays });
}

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
