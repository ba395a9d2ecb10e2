import { STAFF_ROLE_WORDS } from '../../domain/staff.js';
import { rolesFor } from '../rights.js';
import type { Staff } from './session.js';
import { SignOut } from './sign-out.js';

/** Who is signed in, as what, and the way out. */
export function WhoIsHere({ staff }: { readonly staff: Staff }) {
  return (
    <section aria-label="Your account">
      <dl class="facts">
        <div>
          <dt>You are</dt>
          <dd>
            {staff.person.name} ({staff.person.id})
          </dd>
        </div>
        <div>
          <dt>Your roles</dt>
          <dd>{staff.roles.map((role) => STAFF_ROLE_WORDS[role]).join(', ')}</dd>
        </div>
      </dl>
      {rolesFor('GET /console').some((role) => staff.roles.includes(role)) ? (
        <p>
          <a href="/console">What needs the secretariat</a>
        </p>
      ) : null}
      {staff.roles.includes('expert') ? (
        <p>
          <a href="/expert">Questions to you as an expert</a>
        </p>
      ) : null}
      <SignOut staff={staff} />
    </section>
  );
}
