import { addDays, type Day } from '../../domain/calendar.js';
import { today, type Reviewer, type Sitting } from './at-the-desk.js';
import { done, odd, type Office } from './office.js';
import { formTo } from './staff-browser.js';

/** Days on which somebody is away, from today on. */
const AWAY = 5;

/** Who of the reviewers is away, as they said on their desks. */
export interface Absences {
  /** Says on the desk of whoever sits that they are away, with a colleague as deputy; false: there is nobody. */
  readonly leave: (sitting: Sitting) => Promise<boolean>;
  /** Who stands in for somebody; null: they are here. */
  readonly deputyOf: (id: string) => string | null;
  /** Those whose days are over, each once. */
  readonly whoIsBack: () => Promise<readonly string[]>;
}

/** Nobody is away yet. */
export function keepAbsences(office: Office, reviewers: readonly Reviewer[]): Absences {
  const away = new Map<string, { readonly deputy: string; readonly until: Day }>();
  const deputyFor = ({ reviewer: { id, level }, about: { slug } }: Sitting) =>
    reviewers.find((one) => one.level === level && one.id !== id && !away.has(one.id) && !one.conflicts.has(slug))?.id;
  return {
    leave: async (sitting) => {
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
      away.set(id, { deputy, until });
      done(office, 'away');
      return true;
    },
    deputyOf: (id) => away.get(id)?.deputy ?? null,
    whoIsBack: async () => {
      if (away.size === 0) return [];
      const day = await today(office);
      const back = [...away].filter(([, { until }]) => until < day).map(([id]) => id);
      for (const id of back) away.delete(id);
      return back;
    },
  };
}

/** Somebody looks at the desk again after their days: nobody had to end them, and cases are offered again. */
export async function comeBack(office: Office, { browser, id }: Reviewer): Promise<void> {
  const page = await office.acting(() => browser.open('/desk'));
  if (/you are away until/iu.test(page.text)) odd(office, `${id} is back, and the desk says away`);
  else done(office, 'came_back');
}
