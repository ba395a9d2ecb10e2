import { CsrfField } from './for-staff.js';
import type { Staff } from './session.js';

/** The way out. */
export function SignOut({ staff }: { readonly staff: Staff }) {
  return (
    <form method="post" action="/desk/sign-out">
      <CsrfField staff={staff} />
      <div class="acts">
        <button type="submit" class="second">
          Sign out
        </button>
      </div>
    </form>
  );
}
