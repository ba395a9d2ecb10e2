import type { RequestWord } from '../../domain/case.js';
import type { StaffWord } from '../../prisma/event-of-row.js';
import type { Filled } from './form-client.js';
import { done, hear, hide, odd, type Office } from './office.js';
import type { Form, Page } from './page-reader.js';
import type { StaffBrowser } from './staff-browser.js';

/** What the secretariat does to a case by one of the forms of its page. */
export interface ConsoleAct {
  readonly is: StaffWord | 'open';
  readonly request?: RequestWord;
  /** Also what may have arrived is sent again. */
  readonly unknown?: true;
  readonly publicReason?: string;
}

/**
 * Opens the page of a product and sends the form of an act, with a note for reviewers and staff. The page that follows;
 * null if the form is not there any more: the case moved on, or somebody else acted.
 */
export async function actAs(
  office: Office,
  browser: StaffBrowser,
  { slug, act }: { readonly slug: string; readonly act: ConsoleAct },
): Promise<Page | null> {
  const page = await office.acting(() => browser.open(`/console/products/${slug}`));
  const form = formOf(page, act);
  if (form === null) {
    done(office, 'moved_on');
    return null;
  }
  const after = await office.acting(() => browser.submit(form, filled(office, form, act)));
  if (hear(office, after) === null) odd(office, `${slug}: ${act.is} led to “${after.h1}” (${after.status})`);
  else done(office, act.is === 'grant' || act.is === 'refuse' ? 'requests_answered' : act.is);
  return after;
}

/** The form of an act. Forms say what they do in hidden fields; the page shows it as heading and button. */
function formOf({ forms }: Page, { is, request, unknown }: ConsoleAct): Form | null {
  const of = (form: Form, name: string) => form.fields.find((field) => field.name === name)?.value[0] ?? '';
  return (
    forms.find(
      (form) =>
        of(form, 'act') === is &&
        of(form, 'request') === (request ?? '') &&
        of(form, 'unknown') === (unknown === true ? 'yes' : ''),
    ) ?? null
  );
}

function filled(office: Office, form: Form, { publicReason }: ConsoleAct): Filled {
  const to = form.fields.find(({ name }) => name === 'to')?.choices.find(({ value }) => value !== '')?.value;
  return {
    internalReason: `Invented, for reviewers and staff only: ${hide(office, 'staff')}.`,
    ...(publicReason === undefined ? {} : { publicReason }),
    ...(to === undefined ? {} : { to }),
  };
}
