import { Hono, type Context } from 'hono';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { erasedInWords } from '../../client/words/erased-words.js';
import { readColleagues } from '../../prisma/colleagues.js';
import { productsToAsk, saveContacts } from '../../prisma/contacts.js';
import type { Database } from '../../prisma/database.js';
import { findCase } from '../../prisma/find-case.js';
import { erasePerson } from '../../prisma/erase-person.js';
import { appendAndWait } from '../../prisma/owner-rows.js';
import { colleagueRow, inviteProblem, whomOf } from '../colleague-form.js';
import type { WebContext } from '../context.js';
import { ErrorSummary, titleWith } from '../answer/errors.js';
import { CsrfField, forStaff } from '../desk/for-staff.js';
import type { Staff } from '../desk/session.js';
import { contactsIn, digestOf, readContacts } from './contact-rows.js';
import { COLLEAGUES_FORM } from './colleagues.js';
import { AllContactsPage, ContactsPage, EraseForm } from './contacts.js';
import { Field, fieldOf } from './fields.js';
import { ConsolePage, NothingHere } from './frame.js';
import { productPath } from './reasons.js';

interface Asking {
  readonly context: WebContext;
  readonly request: Context;
  readonly staff: Staff;
}

/** The pages on which contacts are seen, changed and erased. */
export function contactPages(context: WebContext): Hono {
  const app = new Hono();
  const path = '/console/products/:slug/contacts';
  app.get(
    path,
    forStaff(context, (request, staff) => show({ context, request, staff })),
  );
  app.post(
    path,
    forStaff(context, (request, staff, form) => save({ context, request, staff, form })),
  );
  app.post(
    '/console/products/:slug/colleagues',
    forStaff(context, (request, staff, form) => saveColleague({ context, request, staff, form })),
  );
  app.get(
    '/console/contacts',
    forStaff(context, async (request, staff) => {
      const slugs = await productsToAsk(context.database, 'without_contact');
      const without = await context.database.listing.findMany({
        where: { slug: { in: [...slugs] } },
        select: { slug: true, name: true },
        orderBy: { name: 'asc' },
      });
      return request.html(<AllContactsPage {...{ context, staff, without }} />);
    }),
  );
  app.post(
    '/console/people/erase',
    forStaff(context, (request, staff, form) => erase({ context, request, staff, form })),
  );
  return app;
}

const SAID: Readonly<Record<string, string>> = {
  changed: 'The contacts are saved. An open review takes them within a moment.',
  same: 'These were the contacts already. Nothing was changed.',
};

async function show(
  { context, request, staff }: Asking,
  again: { readonly form?: FormFields; readonly problems?: readonly Problem[] } = {},
): Promise<Response> {
  const slug = await slugNow(context.database, request);
  const listing = await context.database.listing.findUnique({ where: { slug }, select: { name: true } });
  if (listing === null) {
    return request.html(<NothingHere context={context} staff={staff} what="There is no such product" />, 404);
  }
  const contacts = await readContacts(context.database, slug);
  const said = SAID[request.req.query('saved') ?? ''];
  const review = await openReviewOf(context.database, slug);
  const row = request.req.query('row');
  const drafting = review === null ? null : await readColleagues(context.database, { reference: review.id, row });
  const page = { context, staff, slug, product: listing.name, contacts, drafting, said, ...again };
  return request.html(<ContactsPage {...page} />, again.problems === undefined ? 200 : 422);
}

/** The slug of a product now: a page that was opened before its nomination passed the first level has another. */
async function slugNow(database: Database, request: Context): Promise<string> {
  const given = request.req.param('slug') ?? '';
  if ((await database.listing.count({ where: { slug: given } })) > 0) return given;
  return (await findCase(database, given))?.slug ?? given;
}

/** The same function as `contacts import`; what somebody else changed meanwhile is not overwritten unseen. */
async function save({ form, ...asking }: Asking & { readonly form: FormFields }): Promise<Response> {
  const { context, request, staff } = asking;
  const { database } = context;
  const slug = await slugNow(database, request);
  if ((await database.listing.count({ where: { slug } })) === 0) return show(asking);
  const read = contactsIn(form, slug);
  if ('problems' in read) return show(asking, { form, problems: read.problems });
  const there = (what: 'changed' | 'same') => request.redirect(`${productPath(slug)}/contacts?saved=${what}`, 303);
  const before = await readContacts(database, slug);
  const wanted = read.contacts.map(({ line: _, ...contact }) => contact);
  if (digestOf(wanted.map(asRead)) === digestOf(before)) return there('same');
  if (posted(form, 'seen') !== digestOf(before)) {
    const sentence =
      'Somebody changed the contacts since you opened this page. Nothing was saved. Check it and save again.';
    const problems = [{ field: fieldOf('contacts', 'name.0'), sentence }];
    return show(asking, { form: { ...form, seen: digestOf(before) }, problems });
  }
  const { changed } = await saveContacts(database, { contacts: read.contacts, actor: staff.person.id });
  return there(changed.length > 0 ? 'changed' : 'same');
}

/** The review in which colleagues can be invited now; null: none is open. */
function openReviewOf(database: Database, slug: string) {
  return database.application.findFirst({
    where: { slug, open: true },
    orderBy: { openedAt: 'desc' },
    select: { id: true, caseId: true, round: true },
  });
}

const NO_REVIEW = 'No review of this product is open now. Nothing was changed.';

/** The same rows as the owners' own page appends. */
async function saveColleague({ form, ...asking }: Asking & { readonly form: FormFields }): Promise<Response> {
  const { context, request, staff } = asking;
  const { database } = context;
  const slug = await slugNow(database, request);
  const review = await openReviewOf(database, slug);
  if (review === null) {
    const problems = [{ field: fieldOf('contacts', 'name.0'), sentence: NO_REVIEW }];
    return show(asking, { form, problems });
  }
  const whom = whomOf(form);
  const sentence = 'address' in whom ? inviteProblem(whom.address) : undefined;
  if (sentence !== undefined) {
    return show(asking, { form, problems: [{ field: fieldOf(COLLEAGUES_FORM, 'address'), sentence }] });
  }
  const about = { caseId: review.caseId, applicationId: review.id, round: review.round };
  const by = { role: 'secretariat', actor: staff.person.id, session: staff.form } as const;
  const id = await appendAndWait(database, colleagueRow({ form, whom, about, by }));
  return request.redirect(`${productPath(slug)}/contacts?row=${id}`, 303);
}

/** With its fields in the order in which contacts are read. */
function asRead({ slug, name, address, language, country, rank }: Awaited<ReturnType<typeof readContacts>>[number]) {
  return { slug, name, address, language, country, rank };
}

/** The same function as `person erase`: without the address typed back everything is counted and nothing is erased. */
async function erase({ context, request, staff, form }: Asking & { readonly form: FormFields }): Promise<Response> {
  const address = posted(form, 'address').trim();
  if (!/^[^\s@]+@[^\s@]+$/u.test(address)) {
    const problems = [
      { field: fieldOf('erase', 'address'), sentence: 'Give one email address, such as amina@product.example.' },
    ];
    return request.html(
      <ConsolePage context={context} staff={staff} title={titleWith(problems, 'Erase a person')}>
        <ErrorSummary problems={problems} />
        <h1>Erase a person</h1>
        <EraseForm staff={staff} values={form} problems={problems} />
      </ConsolePage>,
      422,
    );
  }
  const confirm = posted(form, 'confirm').trim().toLowerCase();
  const done = confirm === address.toLowerCase();
  const only = done ? {} : ({ only: 'count' } as const);
  const erased = await erasePerson(context.database, { address, actor: staff.person.id, ...only });
  const differs = !done && form['confirm'] !== undefined;
  const sentence = 'The two addresses differ. Nothing was erased.';
  const problems = differs ? [{ field: fieldOf('erase', 'confirm'), sentence }] : [];
  const words = erasedInWords(erased, { done });
  return request.html(<ErasePage {...{ context, staff, address, done, problems, ...words }} />, differs ? 422 : 200);
}

function ErasePage({
  context,
  staff,
  address,
  done,
  lines,
  anything,
  problems,
}: Omit<Asking, 'request'> & {
  readonly address: string;
  readonly done: boolean;
  readonly lines: readonly string[];
  readonly anything: boolean;
  readonly problems: readonly Problem[];
}) {
  const title = done ? 'Erased' : 'Erase a person';
  return (
    <ConsolePage context={context} staff={staff} title={titleWith(problems, title)}>
      <ErrorSummary problems={problems} />
      <h1>{title}</h1>
      <p>{address}</p>
      {lines.map((line) => (
        <p>{line}</p>
      ))}
      {anything && !done ? (
        <form method="post" action="/console/people/erase" id="confirm-form" novalidate class="panel">
          <p>Nothing was erased yet. It cannot be taken back.</p>
          <CsrfField staff={staff} />
          <input type="hidden" name="address" value={address} />
          <Field
            form={{ id: 'erase', values: {}, problems }}
            name="confirm"
            label="Type the address again to erase the person"
          />
          <div class="acts">
            <button type="submit">Erase the person</button>
          </div>
        </form>
      ) : null}
    </ConsolePage>
  );
}
