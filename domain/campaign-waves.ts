/** Waves: which products are woken on which day, and what that means for the mail server. */
import { addDays, dayOf, HOUR, later, nextSendingTime, sendingTime, type Day, type Instant } from './calendar.js';

/** A wave's wakes go this long before the sending time, so that its emails go on the same day. */
const AHEAD = HOUR;

/** What a wave does on its day. */
export interface PlannedDay {
  readonly wave: number;
  readonly day: Day;
  /** When the products are woken. */
  readonly at: Instant;
  readonly opens: number;
  readonly joins: number;
  /** First emails on that day. */
  readonly emails: number;
}

/**
 * Cuts groups of slugs into waves, in order. A group stays together; a wave has at most `perDay` of those that count,
 * but for a group that is larger by itself and is a wave of its own. Every wave is as full as the order allows.
 */
export function wavesOf({
  groups,
  perDay,
  counts,
}: {
  readonly groups: readonly (readonly string[])[];
  readonly perDay: number;
  /** Whether a slug counts for the cap. */
  readonly counts: (slug: string) => boolean;
}): readonly (readonly string[])[] {
  const waves: { slugs: string[]; room: number }[] = [];
  for (const group of groups) {
    const weight = group.filter(counts).length;
    // A wave over the cap has less than no room, so that nothing joins it.
    const wave = waves.find(({ room }) => room >= weight);
    if (wave === undefined) {
      waves.push({ slugs: [...group], room: perDay - weight });
    } else {
      wave.slugs.push(...group);
      wave.room -= weight;
    }
  }
  return waves.map(({ slugs }) => slugs);
}

/** When a wave (from 1) of a campaign that starts now releases its wakes: one wave a day, from the next sending time. */
export function waveDue({ wave, now }: { readonly wave: number; readonly now: Instant }): Instant {
  const day = addDays(dayOf(nextSendingTime(now)), wave - 1);
  return later(sendingTime(day), -AHEAD);
}

/** What each wave does, were the campaign started now. */
export function daysOf({
  waves,
  members,
  now,
}: {
  readonly waves: number;
  readonly members: readonly { readonly wave: number; readonly joins: boolean; readonly hasContact: boolean }[];
  readonly now: Instant;
}): readonly PlannedDay[] {
  return Array.from({ length: waves }, (_, index): PlannedDay => {
    const wave = index + 1;
    const at = waveDue({ wave, now });
    const own = members.filter((member) => member.wave === wave);
    const opening = own.filter(({ joins }) => !joins);
    return {
      wave,
      day: dayOf(at),
      at,
      opens: opening.length,
      joins: own.length - opening.length,
      emails: opening.filter(({ hasContact }) => hasContact).length,
    };
  });
}
