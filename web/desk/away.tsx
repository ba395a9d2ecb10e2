import { Hono } from 'hono';
import { printShortDay } from '../../adapters/dates.js';
import { absenceLeft, type Absence } from '../../domain/absence.js';
import { posted, type FormFields } from '../../domain/answer-form.js';
import { isDay, type Day } from '../../domain/calendar.js';
import { endAbsence, setAbsence } from '../../prisma/staff-absence.js';
import type { StaffMember } from '../../prisma/staff.js';
import type { WebContext } from '../context.js';
import { CsrfField, forStaff } from './for-staff.js';
import type { Staff } from './session.js';

/** What a page says after somebody said that they or another are away, by the word in its address. */
export const AWAY_NOTES: Readonly<Record<string, string>> = {
  away: 'Noted. The deputy has the cases on those days, and nobody has to end it.',
  here: 'Noted. Cases are offered again.',
  'away-days': 'Give two days as YYYY-MM-DD, the last not before the first and not over. Nothing was changed.',
  'away-deputy': 'Choose a deputy who reviews at a level of the person who is away. Nothing was changed.',
  'away-nobody': 'Nobody of that name is one of ours now. Nothing was changed.',
};

/** Where reviewers say that they are away, and that they are back. */
export function awayPages(context: WebContext): Hono {
  const app = new Hono();
  app.post(
    '/desk/away',
    forStaff(context, async (request, { person }, form) => {
      const note = await noteAbsence(context, { id: person.id, by: person.id, form });
      return request.redirect(`/desk?note=${note}`, 303);
    }),
  );
  app.post(
    '/desk/back',
    forStaff(context, async (request, { person }) => {
      await endAbsence(context.database, { id: person.id, by: person.id });
      return request.redirect('/desk?note=here', 303);
    }),
  );
  return app;
}

/** Notes the absence that a form says; the word of what became of it. */
export async function noteAbsence(
  { database }: WebContext,
  { id, by, form }: { readonly id: string; readonly by: string; readonly form: FormFields },
): Promise<string> {
  const absence = absenceGiven(form);
  if (absence === null) return 'away-days';
  const changed = await setAbsence(database, { id, by, absence });
  if (changed === 'done') return 'away';
  if (changed === 'no_days') return 'away-days';
  return changed === 'no_deputy' ? 'away-deputy' : 'away-nobody';
}

function absenceGiven(form: FormFields): Absence | null {
  const [from, until] = [posted(form, 'from').trim(), posted(form, 'until').trim()];
  return isDay(from) && isDay(until) ? { from, until, deputy: posted(form, 'deputy') } : null;
}

interface AwayProps {
  readonly staff: Staff;
  /** Who may be chosen as a deputy. */
  readonly others: readonly StaffMember[];
  readonly today: Day;
}

/** The part of the desk with which somebody says that they are away, or back. */
export function Away({ staff, others, today }: AwayProps) {
  const absence = absenceLeft(staff.person.absence, today);
  return (
    <details>
      <summary>{absence === null ? 'I am away for some days' : awayInWords(absence)}</summary>
      <form method="post" action="/desk/away">
        <CsrfField staff={staff} />
        <AwayFields others={others} absence={absence} />
        <div class="acts">
          <button type="submit" class="second">
            {absence === null ? 'Say so' : 'Change it'}
          </button>
        </div>
      </form>
      {absence === null ? null : (
        <form method="post" action="/desk/back">
          <CsrfField staff={staff} />
          <div class="acts">
            <button type="submit" class="second">
              I am here
            </button>
          </div>
        </form>
      )}
    </details>
  );
}

/** The fields of an absence; `of` tells those of one person from those of another on the same page. */
export function AwayFields({
  others,
  absence,
  of = 'away',
}: Pick<AwayProps, 'others'> & { readonly absence: Absence | null; readonly of?: string }) {
  return (
    <>
      {(
        [
          ['from', 'First day', absence?.from],
          ['until', 'Last day', absence?.until],
        ] as const
      ).map(([name, label, value]) => (
        <div class="field">
          <label class="name" for={`${of}-${name}`}>
            {label}
          </label>
          <input type="date" id={`${of}-${name}`} name={name} value={value ?? ''} />
        </div>
      ))}
      <div class="field">
        <label class="name" for={`${of}-deputy`}>
          Deputy
        </label>
        <select id={`${of}-deputy`} name="deputy">
          {others.map(({ id, name }) => (
            <option value={id} selected={id === absence?.deputy}>
              {name}
            </option>
          ))}
        </select>
        <p class="hint">
          The deputy decides on the cases that are there already, in both names. Where the deputy may not, a case goes
          back to the pool.
        </p>
      </div>
    </>
  );
}

/** "Away from 3 August 2026 to 9 August 2026; ben stands in". */
export function awayInWords({ from, until, deputy }: Absence): string {
  return `Away from ${printShortDay(from)} to ${printShortDay(until)}; ${deputy} stands in`;
}
