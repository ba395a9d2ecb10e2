import { armTurn, begin, close, open } from './acts.js';
import { addDays, dayOf, latest } from './calendar.js';
import { amendTurn, note, reviewOf, turnOf, type Change } from './change.js';
import { DRAFT_STAYS } from './policy.js';

/** What happens to nominations alone, by name. */
export const nominating = {
  open_nomination: (change: Change) => {
    open(change, 'nomination', 'nomination', null);
    // Whoever nominates came here by an email of ours: the turn has begun, and the first email of it is for the way back.
    begin(change);
    // What was said of the product stands in the form already.
    change.effects.push({ do: 'keep_as_draft' });
    const { number } = turnOf(change);
    const facts = { by: 'start' } as const;
    const askedBy = `turn:${number}`;
    change.effects.push({ do: 'email', kind: 'prompt', to: 'primary', askedBy, when: 'now', turn: number, facts });
  },
  keep_draft_longer: (change: Change) => {
    const { policy } = reviewOf(change);
    const { draftSavedOn, now } = change.facts;
    const worked = draftSavedOn === null ? null : addDays(draftSavedOn, policy.ownerDays);
    const least = addDays(dayOf(now), DRAFT_STAYS);
    amendTurn(change, { deadline: worked === null ? least : latest(worked, least) });
    armTurn(change);
    note(change, 'draft_kept', { until: turnOf(change).deadline });
  },
  abandon: (change: Change) => close(change, 'abandoned'),
  remove: (change: Change) => {
    const { event } = change;
    if (event.is !== 'remove') throw new Error('a nomination is removed by a row that says why');
    close(change, 'removed');
    note(change, 'removed', { why: event.why });
  },
} as const satisfies Record<string, (change: Change) => void>;

/** A nominated product that passes the first level is a candidate: from here it has a slug. */
export function becomeCandidate(change: Change): void {
  if (change.listing.nominated !== 'nominee') return;
  change.listing = { ...change.listing, nominated: 'candidate' };
  change.effects.push({ do: 'give_slug' });
}
