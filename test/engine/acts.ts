import fc from 'fast-check';
import { hasEnded } from '../../domain/agenda.js';
import type { RequestWord, SectionWord } from '../../domain/case.js';
import { GATE_ID } from '../../domain/standard.js';
import type { NewSubmission } from '../../prisma/append.js';
import { completeAnswers } from '../support/listed-product.js';
import type { KeptCase } from './kept-case.js';

/** How reviewers share the work. */
type DeskWord = 'claim' | 'give_back' | 'set_aside' | 'conflict' | 'hand_over' | 'undo';

/** What somebody does, as data: fast-check makes it, shrinks it and prints it. */
export type Act =
  /** Whatever leads the case on from where it is. */
  | { readonly is: 'onward'; readonly word: SectionWord }
  | { readonly is: 'wake'; readonly handPicked: boolean; readonly cause: string }
  | { readonly is: 'answers'; readonly shift: number; readonly what: 'all' | 'gate' | 'laws' | 'nothing' }
  | { readonly is: 'link_used' | 'new_link' | 'reopen' | 'expire' | 'withdraw' | 'close' | 'release' }
  | { readonly is: 'resend'; readonly unknown: boolean }
  | { readonly is: 'request'; readonly request: RequestWord; readonly person: 0 | 1 }
  | { readonly is: 'grant' | 'refuse'; readonly request: RequestWord | null; readonly days: number | null }
  | {
      readonly is: 'verdict';
      readonly level: 'l1' | 'l2';
      readonly by: 'ada' | 'ben';
      readonly word: SectionWord;
      readonly shift: number;
      readonly again: boolean;
    }
  | { readonly is: DeskWord; readonly by: 'ada' | 'ben'; readonly level: 'l1' | 'l2'; readonly shift: number }
  | { readonly is: 'extend'; readonly days: number }
  | { readonly is: 'listing_changed'; readonly approved: boolean }
  /** What the mail server says to the emails that are due: to all, or to the oldest. */
  | { readonly is: 'mail'; readonly says: 'accepted' | 'refused' | 'unknown'; readonly all: boolean }
  | { readonly is: 'draft' }
  | { readonly is: 'contacts'; readonly who: readonly ('amina' | 'bao' | 'chi')[] };

const requests = fc.constantFrom<RequestWord[]>('more_time', 'withdrawal', 'not_me', 'answered_elsewhere');
const shift = fc.constantFrom(0, 0, 0, 0, -1, 1);
const of = <Word extends string>(...words: Word[]) => fc.constantFrom<Word[]>(...words);

/** Anything that people, the mail server and imports do; what leads on comes more often. */
export const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.record({ is: of('onward'), word: of('meets', 'meets', 'meets', 'clarify', 'does_not_meet') }),
  },
  {
    weight: 7,
    arbitrary: fc.record({ is: of('mail'), says: fc.constant('accepted' as const), all: fc.constant(true) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ is: of('mail'), says: of('accepted', 'refused', 'unknown'), all: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ is: of('wake'), handPicked: fc.boolean(), cause: of('spring', 'autumn') }) },
  { weight: 6, arbitrary: fc.record({ is: of('answers'), shift, what: of('all', 'all', 'gate', 'nothing') }) },
  {
    weight: 8,
    arbitrary: fc.record({
      is: of('verdict'),
      level: of('l1', 'l2'),
      by: of('ada', 'ben'),
      word: of('meets', 'meets', 'clarify', 'does_not_meet'),
      shift,
      again: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      is: of('claim', 'claim', 'claim', 'give_back', 'set_aside', 'conflict', 'hand_over', 'undo', 'undo'),
      by: of('ada', 'ben'),
      level: of('l1', 'l2'),
      shift,
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: of('request'), request: requests, person: fc.constantFrom(0, 1) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      is: of('grant', 'refuse'),
      request: fc.option(requests),
      days: fc.option(fc.constantFrom(7, 30)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: of('link_used', 'new_link', 'release') }) },
  { weight: 2, arbitrary: fc.record({ is: of('resend'), unknown: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ is: of('reopen', 'expire', 'withdraw', 'close', 'reopen') }) },
  fc.record({ is: of('extend'), days: fc.constantFrom(10, 60) }),
  fc.record({ is: of('listing_changed'), approved: fc.boolean() }),
  fc.record({ is: of('draft') }),
  fc.record({ is: of('contacts'), who: fc.uniqueArray(of('amina', 'bao', 'chi'), { minLength: 1, maxLength: 3 }) }),
);

/** The acts that are rows of people, import and campaigns. */
export type RowAct = Exclude<Act, { is: 'onward' | 'mail' | 'draft' | 'contacts' }>;

const OTHERS: readonly Act['is'][] = ['onward', 'mail', 'draft', 'contacts'];
export const isRow = (act: Act): act is RowAct => !OTHERS.includes(act.is);

/** What leads a case on: somebody wakes it, the mail server takes its email, whoever is asked answers. */
export function onward({ record, emails }: KeptCase, word: SectionWord): Act {
  const { review } = record;
  if (review === null || hasEnded(review)) {
    return record.listing.removedOn === null ? { is: 'wake', handPicked: true, cause: 'onward' } : { is: 'reopen' };
  }
  if (review.requests.length > 0) return { is: word === 'meets' ? 'refuse' : 'grant', request: null, days: null };
  if (review.state === 'l1' || review.state === 'l2') {
    const by = review.state === 'l1' ? 'ada' : 'ben';
    return { is: 'verdict', level: review.state, by, word, shift: 0, again: true };
  }
  const waits = emails.some(({ state }) => state === 'queued');
  return waits ? { is: 'mail', says: 'accepted', all: true } : { is: 'answers', shift: 0, what: 'all' };
}

const answered = {
  all: completeAnswers,
  gate: { [GATE_ID]: 'none' },
  laws: { laws: ['A law'] },
  nothing: {},
} as const;

/** The row of an act by somebody who sees the case as it is, but for the round that they are behind or ahead. */
export function rowOf(kept: KeptCase, act: RowAct, key: string): NewSubmission {
  const { review, id: caseId, listing } = kept.record;
  const round = (review?.round ?? 1) + ('shift' in act ? act.shift : 0);
  const seen = { key, caseId, applicationId: review?.reference ?? null, round };
  const reasons = { publicReason: 'Because.', internalReason: '' };
  const staff = { ...seen, role: 'secretariat', actor: 'fatou' } as const;
  const owner = { ...seen, role: 'owner', actor: String(personOf(kept, 'person' in act ? act.person : 0)) } as const;
  switch (act.is) {
    case 'wake': {
      const body = { campaign: 'annual', handPicked: act.handPicked, cause: act.cause };
      return { ...seen, applicationId: null, round: null, kind: 'wake', role: 'campaign', actor: 'annual', body };
    }
    case 'answers': {
      const answers = answered[act.what];
      const declaration = { name: 'Amina', role: 'lead', maySpeak: true };
      return { ...owner, kind: 'answers', body: { answers, forReviewers: {}, confirmed: [], declaration } };
    }
    case 'link_used':
    case 'new_link':
      return { ...owner, kind: act.is, body: {} };
    case 'request':
      return { ...owner, kind: 'request', body: { request: act.request } };
    case 'verdict': {
      const { level, word, again } = act;
      const by = reviewer(kept, act.by);
      const verdict = { section: '9a', verdict: word, publicReason: 'Because.', internalReason: '' };
      const answersVersion = review?.answersVersion ?? 0;
      const body = { level, by, answersVersion, sections: [verdict], days: null };
      const secondRoundReason = again ? 'One thing is still open.' : null;
      return { ...seen, role: level, actor: by, kind: 'verdict', body: { ...body, secondRoundReason } };
    }
    case 'claim':
    case 'give_back':
    case 'set_aside':
    case 'conflict':
    case 'hand_over':
    case 'undo': {
      const { level } = act;
      const by = reviewer(kept, act.by);
      const wishes = {
        claim: { by, level },
        set_aside: { by, until: '2027-01-01' },
        hand_over: { by, to: reviewer(kept, act.by === 'ada' ? 'ben' : 'ada') },
      };
      const body = act.is in wishes ? wishes[act.is as keyof typeof wishes] : { by };
      return { ...seen, role: level, actor: by, kind: act.is, body };
    }
    case 'grant':
    case 'refuse': {
      const days = act.is === 'grant' ? { days: act.days } : {};
      return { ...staff, kind: act.is, body: { request: act.request, ...days, ...reasons } };
    }
    case 'extend': {
      const from = review?.turn?.deadline ?? listing.validUntil ?? '2027-01-01';
      const until = new Date(Date.parse(from) + act.days * 86_400_000).toISOString().slice(0, 10);
      return { ...staff, kind: 'extend', body: { until, ...reasons } };
    }
    case 'listing_changed': {
      const on = new Date(Date.parse(listing.validUntil ?? '2027-01-01') - 20 * 86_400_000).toISOString().slice(0, 10);
      const until = `${Number(on.slice(0, 4)) + 1}-06-15`;
      const validity = { approvedOn: act.approved ? on : null, validUntil: until };
      const body = { approvedElsewhereOn: act.approved ? on : null, validity };
      return { ...seen, round: null, role: 'import', actor: 'import', kind: 'listing_changed', body };
    }
    case 'resend':
      return { ...staff, kind: act.is, body: { unknown: act.unknown, ...reasons } };
    default:
      return { ...staff, kind: act.is, body: reasons };
  }
}

/** Each case has reviewers of its own: how many cases one has depends on no other case. */
function reviewer({ record }: KeptCase, name: 'ada' | 'ben'): string {
  return `${name} of ${record.id}`;
}

/** Whether an act is one of the owner's, who writes by a link, and nobody has one. */
export function wantsLink(kept: KeptCase, act: RowAct): boolean {
  return ['answers', 'link_used', 'new_link', 'request'].includes(act.is) && linkedOf(kept).length === 0;
}

/** One of those whom the newest review asks or asked: whoever writes has a link of it. */
function personOf(kept: KeptCase, nth: number): number {
  const linked = linkedOf(kept);
  return (linked[nth] ?? linked[0])?.id ?? 0;
}

function linkedOf({ record, recipients }: KeptCase) {
  return recipients.filter((one) => one.reference === record.review?.reference && one.revokedAt === null);
}
