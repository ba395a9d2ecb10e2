import type { Instant } from '../../domain/calendar.js';
import { asleep } from '../support/case-records.js';
import { eventually, START, type Beginning, type CaseWorld, type LivingCase } from '../support/case-world.js';
import type { Wish } from '../support/memory-case.js';
import type { SectionWord } from '../../domain/case.js';
import type { Seat } from '../../domain/policy.js';
import { advice, answers, appeal, asks, consult, declines, grants, refuses, verdict, wake } from '../support/wishes.js';
import { nominee } from '../support/nominee.js';
import type { Keep } from './scenarios.js';

/** What happens to a case: somebody wants something, or time goes on to an instant. */
type Move = Wish | Instant | ((one: LivingCase) => Wish);
/** How a case comes into a state, and what is kept: the run in which its last move happens. */
interface Way {
  readonly begins: Beginning;
  readonly moves: readonly Move[];
}

const BY = { l1: 'ada', l2: 'ben', appeal: 'cleo' } as const;
const says = (level: Seat, word: SectionWord = 'meets'): Move => {
  return ({ kept }) => verdict(kept, { level, by: BY[level], word });
};
const asked = [wake()];
const answered = [...asked, answers];
const second = [...answered, says('l1')];
const clarifying = [...second, says('l2', 'clarify')];
const rejected = [...second, says('l2', 'does_not_meet')];
/** A notice to whose owner the mail server took the email, where reviews start with the product's own policies. */
const noticed = rejected;
const undo = (by: string): Move => ({ is: 'undo', by });
/** Nobody fails without notice. */
const atOnce = { holdMinutes: 0 } as const;
const slowly: Beginning = { policies: { annual_review: atOnce, privacy: atOnce } };
const slowlyFar: Beginning = { ...slowly, listing: { validUntil: '2027-01-10' } };
/** A verdict can be undone for ten minutes, too. */
const holding: Beginning = { policies: {} };
const holdingFar: Beginning = { ...holding, listing: { validUntil: '2027-01-10' } };
const passedOn: readonly Move[] = [...answered, says('l1'), '2026-07-10T08:20:00.000Z'];
const HOLD_OVER = '2026-07-10T08:40:00.000Z';
/** A reminder is taken, and the days for a reply to the notice pass. */
const noReply: readonly Instant[] = ['2026-07-18T12:00:00.000Z', '2026-07-26T12:00:00.000Z'];
const held = asks('withdrawal');

/** A level asks an expert, who says nothing until the days are over. */
const consults = (level: 'l1' | 'l2'): Move => {
  return ({ kept }) => consult(kept, { level, by: BY[level] });
};
const EXPERT_SILENT = '2026-07-20T12:00:00.000Z';

/** The open states of an annual review, and how it comes there. */
const annual: Readonly<Record<string, readonly Move[]>> = {
  owner: asked,
  l1: answered,
  l2: second,
  clarification: clarifying,
  decided: [...second, held, says('l2')],
  appeal: [...rejected, appeal],
  consultation: [...second, consults('l2')],
};

/** The open states of a privacy case; its product's annual review opens on 2026-11-11. */
const privacy: Readonly<Record<string, readonly Move[]>> = {
  owner: asked,
  l1: answered,
  clarification: [...answered, says('l1', 'clarify')],
  decided: [...answered, held, says('l1')],
  appeal: [...answered, says('l1', 'does_not_meet'), appeal],
};
const far: Beginning = { listing: { validUntil: '2027-01-10' } };
const reopen: Wish = { is: 'reopen' };
const expire: Wish = { is: 'expire' };
/** An owner says nothing: a reminder is taken, and the deadline of whatever turn it is passes. */
const silence: readonly Instant[] = ['2026-08-10T12:00:00.000Z', '2026-09-10T12:00:00.000Z'];
/** Waits on the mail server all the time: its owner's time never begins. */
const unheard: Beginning = { ...far, takesMail: false };
const NEAR = '2026-08-01T12:00:00.000Z';
const OPENS = '2026-11-11T12:00:00.000Z';

/** What ends a review in any of its states. */
const endings: Readonly<Record<string, readonly Move[]>> = {
  withdrawn: [{ is: 'withdraw' }],
  closed: [{ is: 'close' }],
  'withdrawal-granted': [asks('withdrawal'), grants('withdrawal')],
  'elsewhere-granted': [asks('answered_elsewhere'), grants('answered_elsewhere')],
  'approved-elsewhere': [{ is: 'listing_changed', approvedElsewhereOn: '2026-07-09', validity: null }],
};

/** How a privacy case ends. */
const ended: Readonly<Record<string, readonly Move[]>> = {
  approved: [...answered, says('l1')],
  ineligible: [...answered, says('l1', 'does_not_meet')],
  withdrawn: [...asked, { is: 'withdraw' }],
  closed: [...asked, { is: 'close' }],
  unanswered: [...asked, ...silence],
};
const another = wake({ cause: 'again-2026' });

/** How a case comes back from an expert to the reviewer who asked. */
const backs: Readonly<Record<string, (by: string) => Move>> = {
  answered: () => advice,
  declined: () => declines,
  silent: () => EXPERT_SILENT,
  'called-off': (by) => ({ is: 'call_off', by }),
};

function* all(): Generator<readonly [string, Way]> {
  for (const [state, moves] of Object.entries(annual)) {
    for (const [end, last] of Object.entries(endings))
      yield [`${state}-${end}`, { begins: {}, moves: [...moves, ...last] }];
  }
  for (const [state, moves] of Object.entries(privacy)) {
    const begins = state === 'owner' ? unheard : far;
    yield [`privacy-${state}-woken`, { begins, moves: [...moves, NEAR, another] }];
    yield [`privacy-${state}-opens`, { begins, moves: [...moves, OPENS] }];
  }
  for (const [end, moves] of Object.entries(ended)) {
    yield [`privacy-${end}`, { begins: far, moves }];
    yield [
      `privacy-${end}-woken`,
      { begins: far, moves: [...moves, ...(end === 'unanswered' ? [] : [NEAR]), another] },
    ];
    yield [`privacy-${end}-opens`, { begins: far, moves: [...moves, OPENS] }];
  }
  for (const [end, last] of Object.entries(endings)) {
    yield [`notice-${end}`, { begins: slowly, moves: [...noticed, ...last] }];
  }
  const noticedByL1 = [...answered, says('l1', 'does_not_meet')];
  yield ['privacy-notice-woken', { begins: slowlyFar, moves: [...noticedByL1, '2026-07-20T12:00:00.000Z', another] }];
  yield ['privacy-notice-opens', { begins: slowlyFar, moves: [...noticedByL1, asks('more_time'), OPENS] }];
  yield ['privacy-notice-replied', { begins: slowlyFar, moves: [...noticedByL1, answers] }];
  yield ['privacy-notice-over', { begins: slowlyFar, moves: [...noticedByL1, ...noReply] }];
  yield ['privacy-undone', { begins: holdingFar, moves: [...answered, says('l1'), undo('ada')] }];
  for (const [how, last] of Object.entries(backs)) {
    yield [`consultation-${how}`, { begins: {}, moves: [...second, consults('l2'), last('ben')] }];
    yield [`privacy-consultation-${how}`, { begins: far, moves: [...answered, consults('l1'), last('ada')] }];
  }
  // Experts are asked for a few days alone: the case is with them still when the annual review opens.
  const beside = (day: string): readonly Move[] => [...answered, `${day}T12:00:00.000Z`, consults('l1')];
  yield ['privacy-consultation-woken', { begins: far, moves: [...beside('2026-07-15'), another] }];
  yield ['privacy-consultation-opens', { begins: far, moves: [...beside('2026-11-10'), OPENS] }];
  yield ['consultation-replied', { begins: slowly, moves: [...noticed, ...noReply, consults('l2'), answers] }];
  yield [
    'privacy-consultation-replied',
    { begins: slowlyFar, moves: [...noticedByL1, ...noReply, consults('l1'), answers] },
  ];
  yield ['notice-replied', { begins: slowly, moves: [...noticed, answers] }];
  yield ['notice-over', { begins: slowly, moves: [...noticed, ...noReply] }];
  yield ['notice-replied-late', { begins: slowly, moves: [...noticed, ...noReply, answers] }];
  const typed: Move = ({ kept }) => {
    kept.draftSaved = true;
    return { is: 'new_link' };
  };
  const lost: readonly Move[] = [typed, ...noReply];
  yield ['notice-ended-by-staff', { begins: slowly, moves: [...noticed, ...lost, expire] }];
  yield ['privacy-notice-ended-by-staff', { begins: slowlyFar, moves: [...noticedByL1, ...lost, expire] }];
  yield ['undone', { begins: holding, moves: [...passedOn, says('l2'), undo('ben')] }];
  yield ['first-level-undone', { begins: holding, moves: [...answered, says('l1'), undo('ada')] }];
  yield ['first-level-held', { begins: holding, moves: passedOn }];
  yield ['clarification-held', { begins: holding, moves: [...passedOn, says('l2', 'clarify'), HOLD_OVER] }];
  yield ['notice-held', { begins: holding, moves: [...passedOn, says('l2', 'does_not_meet'), HOLD_OVER] }];
  yield ['opens-by-itself', { begins: { listing: { validUntil: '2026-10-01' } }, moves: ['2026-08-02T12:00:00.000Z'] }];
  yield ['l2-approved', { begins: {}, moves: [...second, says('l2')] }];
  yield ['l2-ineligible', { begins: {}, moves: rejected }];
  yield [
    'decided-ineligible',
    { begins: {}, moves: [...second, held, says('l2', 'does_not_meet'), refuses('withdrawal')] },
  ];
  yield ['appeal-won', { begins: {}, moves: [...rejected, appeal, says('appeal')] }];
  yield ['appeal-lost', { begins: {}, moves: [...rejected, appeal, says('appeal', 'does_not_meet')] }];
  yield ['appeal-undone', { begins: {}, moves: [...rejected, appeal, held, says('appeal'), undo('cleo')] }];
  for (const level of ['l1', 'l2'] as const) {
    const again: Wish = { is: 'reconsider', level };
    yield [`approved-again-at-${level}`, { begins: {}, moves: [...second, says('l2'), again] }];
  }
  yield ['ineligible-reopened', { begins: {}, moves: [...rejected, reopen] }];
  yield ['withdrawn-reopened', { begins: {}, moves: [...asked, { is: 'withdraw' }, reopen] }];
  yield ['reopened-unanswered', { begins: {}, moves: [...rejected, reopen, ...silence, expire] }];
  yield ['silence-submits', { begins: {}, moves: [...asked, ...silence] }];
  yield ['silence-submits-answered', { begins: {}, moves: [...asked, ...silence, answers] }];
  yield ['clarification-unanswered', { begins: {}, moves: [...clarifying, ...silence, expire] }];
  yield ['privacy-clarification-answered', { begins: far, moves: [...(privacy['clarification'] ?? []), answers] }];
}

/** What nominations have beside other reviews. */
function* nominations(): Generator<readonly [string, Way]> {
  const begins = { record: nominee };
  const nominate: Wish = { is: 'nominate' };
  const sent = [nominate, answers];
  yield ['nomination-draft', { begins, moves: [nominate] }];
  yield ['nomination-withdrawn', { begins, moves: [nominate, asks('withdrawal')] }];
  yield ['nomination-withdrawn-by-staff', { begins, moves: [nominate, { is: 'withdraw' }] }];
  yield [
    'nomination-abandoned',
    { begins, moves: [nominate, '2026-07-17T12:00:00.000Z', '2026-10-02T12:00:00.000Z', '2026-10-10T12:00:00.000Z'] },
  ];
  yield [
    'nomination-removed',
    { begins, moves: [...sent, { is: 'claim', by: 'ada', level: 'l1' }, { is: 'remove', by: 'ada', why: 'spam' }] },
  ];
  yield ['nomination-approved', { begins, moves: [...sent, says('l1'), says('l2', 'clarify'), answers, says('l2')] }];
}

/** Reviews of concerns: after whatever left the product on the list, or as soon as it did. */
function* concerns(): Generator<readonly [string, Way]> {
  const accepts: Wish = { is: 'accept_concern', concern: 'one', sections: ['9a'] };
  yield ['concern-first', { begins: far, moves: [accepts, answers, says('l1'), says('l2')] }];
  // Its product had no review yet: it waited until its nomination's approval had been looked at again.
  const agenda = [{ id: 'concern:one', what: 'concern', due: START, for: 'nobody', sections: ['9a'] }] as const;
  yield [
    'concern-waits-for-nomination',
    { begins: { record: { ...asleep, agenda } }, moves: ['2026-07-10T12:00:00.000Z', answers] },
  ];
  for (const [end, moves] of Object.entries(ended)) {
    yield [`concern-after-${end}`, { begins: far, moves: [...moves, accepts] }];
    // It opens in the run that follows: something more happens there.
    const waited = [...asked, accepts, ...moves.slice(asked.length), { is: 'new_link' }] as const;
    yield [`concern-waits-for-${end}`, { begins: far, moves: waited }];
  }
}

/** So many cases at once. */
const AT_ONCE = 8;

/** Plays every way from one state into another that the longer plays do not take. */
export async function playWays(world: CaseWorld, keep: Keep): Promise<void> {
  const left = [...all(), ...nominations(), ...concerns()];
  const takeOn = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await playWay(world, keep, next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeOn));
}

async function playWay(world: CaseWorld, keep: Keep, [name, { begins, moves }]: readonly [string, Way]): Promise<void> {
  const one = await world.begin(name, begins);
  const { workflow } = world.temporal.env.client;
  let run = '';
  for (const move of moves) {
    await world.quiet(one.id);
    ({ runId: run } = await workflow.getHandle(one.id).describe());
    if (typeof move === 'string') await one.until(move);
    else await one.says(typeof move === 'function' ? move(one) : move);
  }
  // A decision that nothing holds takes effect by the timer's next beat.
  await eventually('the decision', async () =>
    one.kept.record.agenda.some(({ what }) => what === 'commit') ? null : true,
  );
  await world.quiet(one.id);
  await keep(name, one.id, run);
}
