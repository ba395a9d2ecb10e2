import { Hono } from 'hono';
import { absenceLeft } from '../../domain/absence.js';
import { posted } from '../../domain/answer-form.js';
import { dayOf } from '../../domain/calendar.js';
import { STAFF_ROLE_WORDS } from '../../domain/staff.js';
import { levelsOf } from '../../domain/seats.js';
import { readClock } from '../../prisma/case-time.js';
import { endAbsence } from '../../prisma/staff-absence.js';
import { readStaff, type StaffMember } from '../../prisma/staff.js';
import type { WebContext } from '../context.js';
import { AWAY_NOTES, AwayFields, awayInWords, noteAbsence } from '../desk/away.js';
import { CsrfField, forStaff } from '../desk/for-staff.js';
import type { Staff } from '../desk/session.js';
import { ConsolePage, mayUse, OnlyReading, type ConsoleProps } from './frame.js';

/** Who reviews, who of them is away, and who stands in: `/console/people`. */
export function peoplePages(context: WebContext): Hono {
  const app = new Hono();
  app.get(
    '/console/people',
    forStaff(context, async (request, staff) => {
      const { now } = await context.database.$transaction(readClock);
      const people = (await readStaff(context.database)).flatMap((one) =>
        one.offAt === null ? [{ ...one, absence: absenceLeft(one.absence, dayOf(now)) }] : [],
      );
      const said = AWAY_NOTES[request.req.query('note') ?? ''] ?? null;
      return request.html(<PeoplePage {...{ context, staff, people, said }} />);
    }),
  );
  app.post(
    '/console/people/away',
    forStaff(context, async (request, staff, form) => {
      const who = { id: posted(form, 'person'), by: staff.person.id };
      if (posted(form, 'then') !== 'back') {
        return request.redirect(`/console/people?note=${await noteAbsence(context, { ...who, form })}`, 303);
      }
      const changed = await endAbsence(context.database, who);
      return request.redirect(`/console/people?note=${changed === 'unknown' ? 'away-nobody' : 'here'}`, 303);
    }),
  );
  return app;
}

interface PeopleProps extends ConsoleProps {
  readonly people: readonly StaffMember[];
  readonly said: string | null;
}

const isReviewer = ({ roles }: StaffMember) => levelsOf(roles).length > 0;

function PeoplePage({ context, staff, people, said }: PeopleProps) {
  const may = mayUse(staff, 'POST /console/people/away');
  const reviewers = people.filter(isReviewer);
  return (
    <ConsolePage context={context} staff={staff} title="People">
      {said === null ? null : (
        <div class="panel done" role="status">
          <p>{said}</p>
        </div>
      )}
      <h1>People</h1>
      <p>Who may sign in, and as what, operations change with the command “people”.</p>
      {may ? null : <OnlyReading />}
      <ul class="products">
        {people.map((person) => (
          <li>
            <h2>
              {person.name} ({person.id})
            </h2>
            <p>{person.roles.map((role) => STAFF_ROLE_WORDS[role]).join(', ')}</p>
            {person.absence === null ? null : <p>{awayInWords(person.absence)}.</p>}
            {may && isReviewer(person) ? <Absent {...{ staff, person, reviewers }} /> : null}
          </li>
        ))}
      </ul>
    </ConsolePage>
  );
}

function Absent({
  staff,
  person,
  reviewers,
}: {
  readonly staff: Staff;
  readonly person: StaffMember;
  readonly reviewers: readonly StaffMember[];
}) {
  const { id, name, absence } = person;
  const others = reviewers.filter((other) => other.id !== id);
  return (
    <details>
      <summary>
        {absence === null ? 'Away for some days' : 'Change it, or end it'}
        <span class="hidden">: {name}</span>
      </summary>
      <form method="post" action="/console/people/away">
        <CsrfField staff={staff} />
        <input type="hidden" name="person" value={id} />
        <AwayFields others={others} absence={absence} of={`away-${id}`} />
        <div class="acts">
          <button type="submit" class="second">
            {absence === null ? 'Note it' : 'Change it'}
          </button>
          {absence === null ? null : (
            <button type="submit" name="then" value="back" class="second">
              {name} is here
            </button>
          )}
        </div>
      </form>
    </details>
  );
}
