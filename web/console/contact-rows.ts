/** The contacts of one product as a form has them, read and refused by the same rules as a file of contacts. */
import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import { parseContacts, type FileContact } from '../../adapters/contacts-file.js';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { cleanLine } from '../../domain/answer-text.js';
import type { ProductContact } from '../../domain/contact.js';
import type { Database } from '../../prisma/database.js';
import { inOrder } from '../../prisma/load-case.js';
import { fieldOf } from './fields.js';

/** The form of the contacts, by which problems link to its fields. */
export const CONTACTS_FORM = 'contacts';
/** Of each contact, in the order of the form. */
export const CONTACT_FIELDS = ['name', 'address', 'language', 'country'] as const;
type ContactField = (typeof CONTACT_FIELDS)[number];
/** Alternates that a form has room for, one more than there are at least. */
const MOST_ALTERNATES = 20;

/** The contacts of a product, the primary one first. */
export async function readContacts(database: Database, slug: string): Promise<readonly ProductContact[]> {
  const found = inOrder(await database.contact.findMany({ where: { slug } }));
  return found.map(({ name, address, language, country, rank }) => {
    return { slug, name, address, language, country, rank: rank === 'primary' ? 'primary' : 'alternate' };
  });
}

/** How many contacts the form of these has room for: the primary one, the alternates, and one more. */
export function roomFor(contacts: readonly ProductContact[]): number {
  const alternates = contacts.filter(({ rank }) => rank === 'alternate').length;
  return Math.min(MOST_ALTERNATES, alternates + 1) + 1;
}

/** The fields of a form that shows contacts; the first row is the primary contact's. */
export function formOfContacts(contacts: readonly ProductContact[]): FormFields {
  const hasPrimary = contacts[0]?.rank === 'primary';
  const pairs = contacts.flatMap(({ name, address, language, country }, index) => {
    const nth = hasPrimary ? index : index + 1;
    const values: Readonly<Record<ContactField, string>> = { name, address, language, country: country ?? '' };
    return CONTACT_FIELDS.map((field) => [`${field}.${nth}`, values[field]] as const);
  });
  return { ...Object.fromEntries(pairs), seen: digestOf(contacts) };
}

/** What of the contacts somebody saw: another digest, other contacts. */
export function digestOf(contacts: readonly ProductContact[]): string {
  return createHash('sha256').update(JSON.stringify(contacts)).digest('base64url').slice(0, 32);
}

/** The contacts that a form names, or what is to be put right; rows without a word in them are none. */
export function contactsIn(
  form: FormFields,
  slug: string,
): { readonly contacts: readonly FileContact[] } | { readonly problems: readonly Problem[] } {
  const rows = Array.from({ length: MOST_ALTERNATES + 1 }, (_, nth) => {
    const cell = (field: ContactField) => cleanLine(posted(form, `${field}.${nth}`)).trim();
    return { nth, name: cell('name'), address: cell('address'), language: cell('language'), country: cell('country') };
  }).filter(({ name, address, country }) => `${name}${address}${country}` !== '');
  if (rows.length === 0) return { problems: [problem(0, 'Give at least one contact: a name and an address.')] };
  if (rows[0]?.nth !== 0) return { problems: [problem(0, 'Give the primary contact: whom we write to first.')] };
  const lines = rows.map(({ nth, ...row }) => ({ slug, ...row, rank: nth === 0 ? 'primary' : 'alternate' }));
  const columns = ['slug', ...CONTACT_FIELDS, 'rank'];
  const read = parseContacts(stringify(lines, { header: true, columns }), [slug]);
  // The first line of the file has the names of its columns.
  const problems = read.refused.map(({ line, reason }) => problem(rows[line - 2]?.nth ?? 0, sentenceOf(reason)));
  return problems.length > 0 ? { problems } : { contacts: read.contacts };
}

function problem(nth: number, sentence: string): Problem {
  return { field: fieldOf(CONTACTS_FORM, `${/name/u.test(sentence) ? 'name' : 'address'}.${nth}`), sentence };
}

/** A form has no lines that people count. */
function sentenceOf(reason: string): string {
  const said = reason.replace(/^line \d+ already/u, 'another contact above already');
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}
