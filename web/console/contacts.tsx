import type { FormFields, Problem } from '../../domain/answer-form.js';
import type { ProductContact } from '../../domain/contact.js';
import { counted } from '../../client/words/words.js';
import { ErrorSummary, titleWith } from '../answer/errors.js';
import { TypedText } from '../answer/typed-text.js';
import { CsrfField } from '../desk/for-staff.js';
import type { Staff } from '../desk/session.js';
import { Colleagues, type Drafting } from './colleagues.js';
import { CONTACTS_FORM, formOfContacts, roomFor } from './contact-rows.js';
import { Field, type FormOnPage } from './fields.js';
import { ConsolePage, mayUse, OnlyReading, type ConsoleProps } from './frame.js';
import { productPath } from './reasons.js';

interface ContactsProps extends ConsoleProps {
  readonly slug: string;
  readonly product: string;
  readonly contacts: readonly ProductContact[];
  /** Of the review that is open; null: none is. */
  readonly drafting: Drafting | null;
  /** What was posted and could not be taken. */
  readonly form?: FormFields;
  readonly problems?: readonly Problem[];
  /** What became of a post. */
  readonly said?: string | undefined;
}

/** Whom to ask about a product: to see, to change, and to erase. */
export function ContactsPage(props: ContactsProps) {
  const { context, staff, slug, product, contacts, drafting, form, problems = [], said } = props;
  const may = mayUse(staff, 'POST /console/products/:slug/contacts');
  const isOfContacts = form !== undefined && form['newest'] === undefined;
  const values = isOfContacts ? form : formOfContacts(contacts);
  return (
    <ConsolePage context={context} staff={staff} title={titleWith(problems, `Contacts of ${product}`)}>
      <ErrorSummary problems={problems} />
      {said === undefined ? null : (
        <div class="panel done" role="status">
          <p>{said}</p>
        </div>
      )}
      <nav class="crumbs" aria-label="Back">
        <a href={productPath(slug)}>Back to {product}</a>
      </nav>
      <h1>Contacts of {product}</h1>
      {contacts.length === 0 ? <p>There is nobody to ask about it.</p> : null}
      {may ? (
        <ContactsForm {...{ staff, slug, contacts }} form={{ id: CONTACTS_FORM, values, problems }} />
      ) : (
        <>
          <Listed contacts={contacts} />
          <OnlyReading />
        </>
      )}
      {drafting !== null ? (
        <Colleagues {...{ staff, slug, drafting, form, problems }} />
      ) : isOfContacts ? null : (
        <TypedText standards={context.standards} form={form ?? {}} />
      )}
      {mayUse(staff, 'POST /console/people/erase') && contacts.length > 0 ? (
        <Erasing staff={staff} contacts={contacts} />
      ) : null}
    </ConsolePage>
  );
}

function Listed({ contacts }: { readonly contacts: readonly ProductContact[] }) {
  return (
    <ul>
      {contacts.map(({ rank, name, address, language }) => (
        <li>
          {rank}: {name}, {address}, {language}
        </li>
      ))}
    </ul>
  );
}

function ContactsForm({
  staff,
  slug,
  contacts,
  form,
}: {
  readonly staff: Staff;
  readonly slug: string;
  readonly contacts: readonly ProductContact[];
  readonly form: FormOnPage;
}) {
  const seen = String(form.values['seen'] ?? '');
  return (
    <form method="post" action={`${productPath(slug)}/contacts`} id="contacts-form" novalidate>
      <CsrfField staff={staff} />
      <input type="hidden" name="seen" value={seen} />
      <p>
        We write to the primary contact first, and to an alternate if that address is refused. Whoever is taken off has
        no link any more. If the primary address changes while we wait for an answer, the new one is asked and the time
        begins anew.
      </p>
      {Array.from({ length: roomFor(contacts) }, (_, nth) => (
        <ContactFields form={form} nth={nth} />
      ))}
      <div class="acts">
        <button type="submit">Save the contacts</button>
      </div>
    </form>
  );
}

function ContactFields({ form, nth }: { readonly form: FormOnPage; readonly nth: number }) {
  return (
    <fieldset>
      <legend>
        <h2>{nth === 0 ? 'Primary contact' : `Alternate ${nth}`}</h2>
      </legend>
      {nth === 0 ? null : <p class="hint">Leave it empty, or empty it, to have none here.</p>}
      <Field form={form} name={`name.${nth}`} label="Name of the person or team" />
      <Field form={form} name={`address.${nth}`} label="Email address" kind="email" />
      <Field
        form={form}
        name={`language.${nth}`}
        label="Language (optional)"
        hint="Two letters, such as en, fr or es."
      />
      <Field form={form} name={`country.${nth}`} label="Country (optional)" hint="Two letters, or its name." />
    </fieldset>
  );
}

function Erasing({ staff, contacts }: { readonly staff: Staff; readonly contacts: readonly ProductContact[] }) {
  return (
    <section aria-labelledby="erase">
      <h2 id="erase">Erase a person</h2>
      <p>When somebody asks that nothing of them is kept. First you see what would go and what would stay.</p>
      {contacts.map(({ name, address }) => (
        <form method="post" action="/console/people/erase">
          <CsrfField staff={staff} />
          <input type="hidden" name="address" value={address} />
          <div class="acts">
            <button type="submit" class="second">
              See what erasing {name} would do
            </button>
          </div>
        </form>
      ))}
    </section>
  );
}

/** The products that nobody can be asked about, and the form that erases a person. */
export function AllContactsPage({
  context,
  staff,
  without,
}: ConsoleProps & { readonly without: readonly { readonly slug: string; readonly name: string }[] }) {
  return (
    <ConsolePage context={context} staff={staff} title="Contacts">
      <h1>Contacts</h1>
      <p>
        {counted(without.length, 'product has', 'products have')} nobody to ask. Operations can take many at once from a
        file: "perennial contacts template --missing", then "perennial contacts import FILE".
      </p>
      <p>
        To change a contact, find its product under <a href="/console/products">Products</a>: its page leads there.
      </p>
      <ul class="products" role="list">
        {without.map(({ slug, name }) => (
          <li>
            <a href={`${productPath(slug)}/contacts`}>Give a contact of {name}</a>
          </li>
        ))}
      </ul>
      {mayUse(staff, 'POST /console/people/erase') ? <EraseForm staff={staff} values={{}} problems={[]} /> : null}
    </ConsolePage>
  );
}

/** Asks whom to erase; nothing is erased by it. */
export function EraseForm({
  staff,
  values,
  problems,
}: {
  readonly staff: Staff;
  readonly values: FormFields;
  readonly problems: readonly Problem[];
}) {
  return (
    <section aria-labelledby="erase">
      <h2 id="erase">Erase a person</h2>
      <p>When somebody asks that nothing of them is kept. First you see what would go and what would stay.</p>
      <form method="post" action="/console/people/erase" id="erase-form" novalidate>
        <CsrfField staff={staff} />
        <Field form={{ id: 'erase', values, problems }} name="address" label="Email address" kind="email" />
        <div class="acts">
          <button type="submit" class="second">
            See what that would do
          </button>
        </div>
      </form>
    </section>
  );
}
