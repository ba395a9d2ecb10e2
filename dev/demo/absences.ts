import { addDays, type Day } from '../../domain/calendar.js';
import { today, type Reviewer, type Sitting } from './at-the-desk.js';
import { done, odd, type Office } from './office.js';
import type { Page } from './page-reader.js';
import { formTo } from './staff-browser.js';

/** Days on which somebody is away, from today on, and after how many of them some are back all the same. */
const AWAY = 5;
const BACK_AFTER = 2;

/** Who of the reviewers is away, as they said on their desks. */
export interface Absences {
  /** Says on the desk of whoever sits that they are away, with a colleague as deputy; false: there is nobody. */
  readonly leave: (sitting: Sitting, comesBack: 'early' | 'after') => Promise<boolean>;
  /** Who stands in for somebody; null: they are here. */
  readonly deputyOf: (id: string) => string | null;
  /** Those whose days are over, or who do not wait for that, each once. They are away still until then: see `returns`. */
  readonly whoIsBack: () => Promise<readonly string[]>;
  readonly returns: (id: string) => void;
}

/** Nobody is away yet. */
export function keepAbsences(office: Office, reviewers: readonly Reviewer[]): Absences {
  const away = new Map<string, { readonly deputy: string; readonly backOn: Day }>();
  const coming = new Set<string>();
  const deputyFor = ({ reviewer: { id, level }, about: { slug } }: Sitting) =>
    reviewers.find((one) => one.level === level && one.id !== id && !away.has(one.id) && !one.conflicts.has(slug))?.id;
  return {
    leave: async (sitting, comesBack) => {
      const { browser, id } = sitting.reviewer;
      const deputy = deputyFor(sitting);
      if (deputy === undefined || away.has(id)) return false;
      const from = await today(office);
      const until = addDays(from, AWAY);
      const page = await office.acting(() => browser.open('/desk'));
      const form = formTo(page, /\/desk\/away$/u);
      const after = form === null ? null : await office.acting(() => browser.submit(form, { from, until, deputy }));
      if (after === null || new URL(after.url).searchParams.get('note') !== 'away') {
        odd(office, `saying that a reviewer is away led to “${after?.h1 ?? page.h1}”`);
        return false;
      }
      away.set(id, { deputy, backOn: comesBack === 'early' ? addDays(from, BACK_AFTER) : addDays(until, 1) });
      done(office, 'away');
      return true;
    },
    deputyOf: (id) => away.get(id)?.deputy ?? null,
    whoIsBack: async () => {
      if (away.size === 0) return [];
      const day = await today(office);
      const back = [...away].filter(([id, { backOn }]) => backOn <= day && !coming.has(id)).map(([id]) => id);
      for (const id of back) coming.add(id);
      return back;
    },
    returns: (id) => {
      away.delete(id);
      coming.delete(id);
    },
  };
}

/**
 * Somebody looks at the desk again. After their days nobody has to end them; before, they say that they are here. Cases
 * are offered again.
 */
export async function comeBack(office: Office, absences: Absences, { browser, id }: Reviewer): Promise<void> {
  const page = await office.acting(() => browser.open('/desk'));
  const isEarly = saysAway(page);
  const form = isEarly ? formTo(page, /\/desk\/back$/u) : null;
  const after = form === null ? page : await office.acting(() => browser.submit(form, {}));
  absences.returns(id);
  if (saysAway(after)) odd(office, `${id} is back, and the desk says away`);
  else done(office, isEarly ? 'came_back_early' : 'came_back');
}

function saysAway({ text }: Page): boolean {
  return /you are away until/iu.test(text);
}
