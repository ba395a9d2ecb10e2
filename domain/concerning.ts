import { open } from './acts.js';
import { hasEnded } from './agenda.js';
import { DAY, later } from './calendar.js';
import type { Entry } from './case.js';
import { note, reschedule, type Change } from './change.js';
import type { ConcernStage } from './concern.js';
import type { SectionId } from './standard.js';

/** What waits for another review is looked at again so often; in truth concerns go on as soon as the case's own ends. */
const LOOK_AGAIN = 7 * DAY;

/** What concerns do, by name. */
export const concerning = {
  raise_concern: (change: Change) => note(change, 'concern_raised'),
  end_concern: (change: Change) => becomes(change, 'ended'),
  reject_concern: (change: Change) => becomes(change, 'rejected'),
  ask_concern: (change: Change) => becomes(change, 'asked'),
  join_concern: (change: Change) => becomes(change, 'accepted', { here: true }),
  keep_concern: (change: Change) => {
    becomes(change, 'accepted');
    const { event, facts } = change;
    if (event.is !== 'accept_concern') throw new Error('a concern waits once it is accepted');
    const waiting = change.agenda.find(({ what }) => what === 'concern');
    const sections = once([...(waiting?.sections ?? []), ...event.sections]);
    const id = waiting?.id ?? causeOf(event.concern);
    const entry: Entry = { id, what: 'concern', due: later(facts.now, LOOK_AGAIN), for: 'nobody', sections };
    reschedule(change, ['concern'], [entry]);
  },
  wait_on: (change: Change) => {
    const { event, facts } = change;
    if (event.is !== 'due') throw new Error('what is due waits on');
    change.agenda = [...change.agenda, { ...event.entry, due: later(facts.now, LOOK_AGAIN) }];
  },
  open_concern: (change: Change) => {
    const { event } = change;
    if (event.is === 'accept_concern') {
      open(change, 'concern', causeOf(event.concern), null, once(event.sections));
      return becomes(change, 'accepted', { here: true });
    }
    if (event.is !== 'due') throw new Error('a review of concerns opens when one is accepted');
    open(change, 'concern', event.entry.id, null, event.entry.sections ?? []);
    change.effects.push({ do: 'take_concerns' });
  },
} as const satisfies Record<string, (change: Change) => void>;

/** What waited for another review goes on when that one has ended. */
export function hastenConcerns(change: Change): void {
  const { review, facts } = change;
  if ((review !== null && !hasEnded(review)) || facts.approvalOpen === true) return;
  change.agenda = change.agenda.map((entry) =>
    entry.what === 'concern' && entry.due > facts.now ? { ...entry, due: facts.now } : entry,
  );
}

/** Not the number of a row, which another row may have after an older copy of the database was put back. */
function causeOf(concern: string): string {
  return `concern:${concern}`;
}

function becomes(change: Change, stage: ConcernStage, where: { readonly here?: true } = {}): void {
  const { event } = change;
  if (!('concern' in event)) throw new Error('a row says which concern it is about');
  if (change.facts.concern === 'waiting') change.concerns = Math.max(0, change.concerns - 1);
  change.effects.push({ do: 'concern_is', concern: event.concern, stage, ...where });
  note(change, 'concern_answered', { answer: stage });
}

/** Each section once. */
function once(sections: readonly SectionId[]): readonly SectionId[] {
  return [...new Set(sections)];
}
