import { casesOfProduct } from './case-of-product.js';
import { randomUUID } from 'node:crypto';
import { appendRow } from './append.js';
import { readClock } from './case-time.js';
import { lockCase, type Database, type Transaction } from './database.js';
import { eraseConcerns } from './erase-concerns.js';
import { ERASED, eraseMentions, isOfWords, mentionsOf, namedMeanwhile, type Search } from './erase-mentions.js';
import { keptOf, type Kept } from './erase-kept.js';
import type { RowBody } from './event-of-row.js';
import { json } from './json.js';
import { inOrder } from './load-case.js';
import { eraseStaff } from './staff.js';
import { sameAddress } from './same-address.js';

/** What was, or would be, erased of a person, in counts. */
export interface Erased {
  /** Products that had the person as a contact. */
  readonly contacts: number;
  /** Products that have nobody to ask after that. */
  readonly withoutAnybody: readonly string[];
  /** Reviews that had asked the person; their links are dead. */
  readonly recipients: number;
  readonly sessions: number;
  /** Saved and not sent: who answers, and texts that named the person. */
  readonly drafts: number;
  /** Emails to the person, whose texts are gone, and others that named the person. */
  readonly emails: number;
  /** Rows that the person sent, or that named the person. */
  readonly rows: number;
  /** Notes of owners and reviewers, never published, that named the person. */
  readonly notes: number;
  /** Nominations that were begun and suggestions, of the person (these are deleted) or with a text that named them. */
  readonly starts: number;
  /** Records of older files that named the person; the next import of the same files does not bring it back. */
  readonly former: number;
  /** Concerns about products that the person raised. */
  readonly concerns: number;
  /** People of the staff: name, address and sessions go, the word by which they acted stays. */
  readonly staff: number;
  /** Emails, rows, drafts and notes in which a name may stand still: one word, another's too, or in others' reviews. */
  readonly left: number;
  readonly kept: Kept;
}

/** Longer than any step's: every email is looked through. In milliseconds. */
const LIMITS = { maxWait: 5_000, timeout: 300_000 } as const;

/**
 * Erases a person by the address: contacts, recipients, sessions, drafts, stored emails, and what rows say of the
 * person, in one transaction, and tells the cases. Decisions and published answers stay. `only: 'count'` changes
 * nothing and counts. Run again it finds nothing. It locks several cases, in their order; whoever else locks cases
 * locks one at a time, or in the same order.
 */
export async function erasePerson(
  database: Database,
  { address, actor, only }: { address: string; actor: string; only?: 'count' },
): Promise<Erased> {
  const counted: Erased[] = [];
  try {
    await database.$transaction(async (transaction) => {
      await transaction.$executeRaw`set local statement_timeout = '240s'`;
      counted.push(await eraseIn(transaction, { address, actor }));
      if (only === 'count') throw new JustCounted();
    }, LIMITS);
  } catch (error) {
    if (!(error instanceof JustCounted)) throw error;
  }
  const [erased] = counted;
  if (erased === undefined) throw new Error('nothing was counted');
  return erased;
}

/** Ends the transaction of a count, so that nothing of it is written. */
class JustCounted extends Error {}

interface Person {
  readonly address: string;
  readonly actor: string;
}

/** Ids of cases: those that the person is of, and all that are locked. */
interface Cases {
  readonly own: readonly string[];
  readonly locked: readonly string[];
}

async function eraseIn(transaction: Transaction, { address, actor }: Person): Promise<Erased> {
  const cases = await lockCases(transaction, address);
  const { contacts, recipients } = await theirsOf(transaction, address);
  const ids = recipients.map(({ id }) => id);
  const declared = await eraseDeclarations(transaction, ids);
  const staff = await eraseStaff(transaction, { address, actor });
  const ofTheirs = { where: { address: sameAddress(address) } };
  const begun = await transaction.nominationStart.findMany({ ...ofTheirs, select: { name: true } });
  const given = [...contacts, ...recipients, ...declared.names, ...staff.names, ...begun].map(({ name }) => name);
  const search = await searchFor(transaction, { names: given, address, cases });
  const asked = recipients.filter(({ revokedAt }) => revokedAt === null).map(({ application }) => application.slug);
  const withoutAnybody = await eraseContacts(transaction, { contacts, actor, also: asked });
  const sessions = await eraseRecipients(transaction, ids);
  const ownEmails = await eraseOwnEmails(transaction, ids);
  const starts = await transaction.nominationStart.deleteMany(ofTheirs);
  const concerns = await eraseConcerns(transaction, { address, search });
  const mentioned = await eraseMentions(transaction, search);
  return {
    contacts: contacts.length,
    withoutAnybody,
    recipients: recipients.length,
    sessions,
    drafts: declared.drafts + mentioned.drafts,
    emails: ownEmails + mentioned.emails,
    rows: declared.rows + mentioned.rows,
    notes: mentioned.notes,
    starts: starts.count + mentioned.starts,
    former: mentioned.former,
    concerns,
    staff: staff.people,
    left: mentioned.left,
    kept: await keptOf(transaction, search.own),
  };
}

/**
 * Locks, in their order, every case that the person is of or whose records have the address; these are read and
 * written back whole. Throws if another came meanwhile.
 */
async function lockCases(transaction: Transaction, address: string): Promise<Cases> {
  const cases = await casesNaming(transaction, address);
  for (const { id } of cases) await lockCase(transaction, id);
  const now = await casesNaming(transaction, address);
  if (now.some(({ id }) => !cases.some((locked) => locked.id === id))) {
    throw namedMeanwhile();
  }
  return { own: now.filter(({ own }) => own).map(({ id }) => id), locked: cases.map(({ id }) => id) };
}

function casesNaming(transaction: Transaction, address: string): Promise<{ id: string; own: boolean }[]> {
  return transaction.$queryRaw<{ id: string; own: boolean }[]>`
    with theirs as (
      select id from "Case" where slug in (select slug from "Contact" where lower(address) = lower(${address}))
      union select a."caseId" from "Application" a join "Recipient" r on r."applicationId" = a.id
        where lower(r.address) = lower(${address})
    ), said as (
      select "caseId" as id, review::text as text from "Application"
      union all select "caseId", body::text from "Submission"
      union all select coalesce(e."caseId", a."caseId"), concat_ws(' ', e.subject, e.text, e.html, e.facts::text)
        from "Email" e left join "Application" a on a.id = e."applicationId"
      union all select a."caseId", d.form::text from "Draft" d join "Application" a on a.id = d."applicationId"
      union all select a."caseId", v.sections::text from "Verdict" v join "Application" a on a.id = v."applicationId"
      union all select a."caseId", d.form::text from "VerdictDraft" d join "Application" a on a.id = d."applicationId"
      union all select a."caseId", concat_ws(' ', c.question, d.text, f.form::text) from "Consultation" c
        join "Application" a on a.id = c."applicationId" left join "Advice" d on d."consultationId" = c.id
        left join "AdviceDraft" f on f."consultationId" = c.id
      union all select coalesce(a."caseId", 'dpg/' || s.slug), s."forReviewers"::text
        from "AnswerSet" s left join "Application" a on a.id = s."applicationId"
    )
    select id, id in (select id from theirs) as own from "Case"
    where id in (select id from theirs)
      or id in (select id from said where position(lower(${address}) in lower(text)) > 0)
    order by id`;
}

/** The person's contacts and recipients: of this very address, in any case of letters. */
async function theirsOf(transaction: Transaction, address: string) {
  const contacts = await transaction.$queryRaw<{ id: number; slug: string; name: string }[]>`
    select id, slug, name from "Contact" where lower(address) = lower(${address})`;
  const found = await transaction.$queryRaw<{ id: number }[]>`
    select id from "Recipient" where lower(address) = lower(${address})`;
  const recipients = await transaction.recipient.findMany({
    where: { id: { in: found.map(({ id }) => id) } },
    include: { application: { select: { slug: true } } },
  });
  return { contacts, recipients };
}

/**
 * What to look for. Elsewhere than in their own reviews, the address alone. A name of one word is looked for nowhere,
 * nor one that another person here bears too, or a product: it would hit others.
 */
async function searchFor(
  transaction: Transaction,
  { names, address, cases }: { names: readonly string[]; address: string; cases: Cases },
): Promise<Search> {
  const all = [...new Set(names.map((name) => name.trim()))].filter(
    (name) => Array.from(name).length > 1 && name !== ERASED,
  );
  const shared = await transaction.$queryRaw<{ name: string }[]>`
    select name from unnest(${all}::text[]) name where lower(name) in (
      select lower(btrim(name)) from "Contact" where lower(address) <> lower(${address})
      union select lower(btrim(name)) from "Recipient" where lower(address) <> lower(${address})
      union select lower(btrim(name)) from "Listing")`;
  const sure = all.filter((name) => isOfWords(name) && !shared.some((one) => one.name === name));
  const applications = await transaction.$queryRaw<{ id: string }[]>`
    select id from "Application" where slug in (select slug from "Contact" where lower(address) = lower(${address}))
      or id in (select "applicationId" from "Recipient" where lower(address) = lower(${address}))`;
  return {
    own: mentionsOf({ address, names: sure }),
    elsewhere: mentionsOf({ address, names: [] }),
    all: mentionsOf({ address, names: all }),
    applications: new Set(applications.map(({ id }) => id)),
    cases: new Set(cases.own),
    locked: new Set(cases.locked),
  };
}

/** Who answered, in the drafts and in the rows of the person's links. */
async function eraseDeclarations(
  transaction: Transaction,
  recipientIds: readonly number[],
): Promise<{ names: readonly { name: string }[]; drafts: number; rows: number }> {
  const recipientId = { in: [...recipientIds] };
  const drafts = await transaction.draft.findMany({ where: { recipientId, field: 'declaration' } });
  await transaction.draft.deleteMany({ where: { recipientId, field: 'declaration' } });
  await transaction.draft.updateMany({ where: { recipientId }, data: { recipientId: null } });
  const rows = await transaction.submission.findMany({
    where: { role: 'owner', kind: 'answers', actor: { in: recipientIds.map(String) } },
  });
  // Both were parsed by domain/questionnaire.ts before they were written.
  const said = rows.map(({ id, body }) => ({ id, body: body as { declaration?: { name?: unknown } } }));
  const open = said.filter(({ body }) => body.declaration !== undefined && body.declaration.name !== ERASED);
  for (const { id, body } of open) {
    const declaration = { ...body.declaration, name: ERASED, role: ERASED };
    await transaction.submission.update({ where: { id }, data: { body: json({ ...body, declaration }) } });
  }
  const forms = drafts.map(({ form }) => form as { name?: unknown });
  const names = [...forms, ...open.map(({ body }) => body.declaration)].flatMap((one) =>
    typeof one?.name === 'string' ? [{ name: one.name }] : [],
  );
  return { names, drafts: drafts.length, rows: open.length };
}

/** The contact rows, with a row for each case; the slugs of products that nobody is left of. */
async function eraseContacts(
  transaction: Transaction,
  {
    contacts,
    actor,
    also,
  }: {
    contacts: readonly { readonly id: number; readonly slug: string }[];
    actor: string;
    also: readonly string[];
  },
): Promise<readonly string[]> {
  const ids = contacts.map((one) => one.id);
  const isTheirs = (one: { id: number }) => ids.includes(one.id);
  const id = randomUUID();
  const alone: string[] = [];
  for (const slug of [...new Set([...contacts.map((one) => one.slug), ...also])].sort()) {
    const before = inOrder(await transaction.contact.findMany({ where: { slug } }));
    const [first] = before;
    if (before.every(isTheirs)) alone.push(slug);
    await transaction.contact.deleteMany({ where: { id: { in: before.filter(isTheirs).map((one) => one.id) } } });
    const body: RowBody<'contact_changed'> = { primaryChanged: first !== undefined && isTheirs(first) };
    for (const caseId of await casesOfProduct(transaction, slug)) {
      await appendRow(transaction, {
        ...{ key: `erased:${id}:${caseId}`, caseId, applicationId: null, round: null },
        ...{ kind: 'contact_changed', role: 'secretariat', actor, body },
      });
    }
  }
  return alone;
}

/** The recipients' rows stay, for emails and rows refer to them: without name, country and address, and revoked. */
async function eraseRecipients(transaction: Transaction, ids: readonly number[]): Promise<number> {
  const { now } = await readClock(transaction);
  for (const id of ids) {
    const data = { name: '', address: `erased-${id}@erased.invalid`, country: null };
    await transaction.recipient.update({ where: { id }, data });
  }
  const where = { id: { in: [...ids] }, revokedAt: null };
  await transaction.recipient.updateMany({ where, data: { revokedAt: new Date(now) } });
  const { count } = await transaction.session.deleteMany({ where: { recipientId: { in: [...ids] } } });
  const recipientId = { in: [...ids] };
  await transaction.email.updateMany({
    where: { recipientId, state: { in: ['queued', 'deferred'] } },
    data: { state: 'skipped', reason: 'contact_changed', stateAt: new Date(now) },
  });
  return count;
}

/** The texts of what was sent to the person. That, when and why it was sent stays. */
async function eraseOwnEmails(transaction: Transaction, ids: readonly number[]): Promise<number> {
  const { count } = await transaction.email.updateMany({
    where: { recipientId: { in: [...ids] }, text: { not: null } },
    data: { subject: null, text: null, html: null },
  });
  return count;
}
