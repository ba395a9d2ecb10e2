import { setStaffRoles } from '../../prisma/staff.js';
import type { Database } from '../../prisma/database.js';
import { openBrowser, type Filled } from './form-client.js';
import type { Office } from './office.js';
import type { Form, Page } from './page-reader.js';
import { openStaffBrowser } from './staff-browser.js';

/** Something that somebody tried without the right to, and what became of it. */
export interface Attempt {
  readonly what: string;
  readonly refused: boolean;
  readonly changed: boolean;
}

/** Who sends what where; the token of the form is their own and good, unless another one is given. */
interface Plan {
  readonly what: string;
  /** Null: nobody who is signed in. */
  readonly account: string | null;
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly token?: string;
  /** The site whose page the form stands on; ours by default. */
  readonly from?: string;
}

const KEY = 'forged-key-of-a-form-that-nobody-drew';

/**
 * Tries a handful of things without the right to, by forms that are right in everything else; when nobody else acts, so
 * that whatever changes is their doing. Somebody's role is taken away while a session runs, and given back.
 */
export async function trespass(office: Office): Promise<readonly Attempt[]> {
  const { database } = office;
  const [found] = await database.application.findMany({ select: { id: true, slug: true }, take: 1 });
  const asked = await database.advice.findFirst({
    where: { consultation: { advices: { none: { expert: 'ines' } } } },
    select: { consultation: { select: { applicationId: true, number: true, section: true } } },
  });
  const { applicationId, number, section } = asked?.consultation ?? { applicationId: found?.id, number: 1, section: 1 };
  const question = `/expert/${applicationId ?? ''}/${number}/${section}`;
  const attempts: Attempt[] = [];
  for (const plan of plansFor({ reference: found?.id ?? '', slug: found?.slug ?? '', question }))
    attempts.push(await attempt(office, plan));
  attempts.push(await afterRoleIsGone(office));
  return attempts;
}

function plansFor(of: {
  readonly reference: string;
  readonly slug: string;
  /** The page of a question to somebody else. */
  readonly question: string;
}): readonly Plan[] {
  const { reference, slug, question } = of;
  const advice = { word: 'meets', text: 'Forged.', then: 'send' };
  const product = `/console/products/${slug}`;
  const close = { form: 'close', act: 'close', key: KEY, reference, publicReason: 'Forged.' };
  const confirmed = { name: 'forged-2026', confirm: 'forged-2026' };
  const contact = { 'name.0': 'Forged', 'address.0': 'forged@alliance.example' };
  const next = '/desk/next';
  return [
    { what: 'a reviewer closes a review', account: 'ada', path: `${product}/act`, fields: close },
    { what: 'a reviewer changes contacts', account: 'ezra', path: `${product}/contacts`, fields: contact },
    { what: 'a coordinator starts a campaign', account: 'kofi', path: '/console/campaigns/start', fields: confirmed },
    { what: 'operations takes a case', account: 'olga', path: next, fields: {} },
    { what: 'the secretariat takes a case', account: 'fatou', path: `/desk/${reference}/claim`, fields: { key: KEY } },
    { what: 'an expert saves a verdict', account: 'ines', path: `/desk/${reference}/verdict`, fields: {} },
    { what: 'an expert answers for another', account: 'ines', path: `${question}/advice`, fields: advice },
    { what: 'nobody closes a review', account: null, path: `${product}/act`, fields: close },
    { what: 'a form without its token', account: 'fatou', path: `${product}/act`, fields: close, token: 'forged' },
    { what: 'a form of another site', account: 'ada', path: next, fields: {}, from: 'https://elsewhere.example' },
  ];
}

async function attempt(office: Office, plan: Plan): Promise<Attempt> {
  const { publicUrl, send, database } = office;
  const staff = plan.account === null ? null : openStaffBrowser({ account: plan.account, publicUrl, send });
  const desk = staff === null ? null : await staff.open('/desk');
  const before = await standing(database);
  const form = forged(office, plan, plan.token ?? (desk === null ? '' : tokenOn(desk)));
  // Whoever is signed out is told so, and signs in no more for this.
  const page = staff === null ? await openBrowser(send).submit(form, {}) : await staff.submit(form, {});
  return { what: plan.what, refused: isRefusal(page), changed: (await standing(database)) !== before };
}

/** A reviewer whose role is taken away while the desk is open. */
async function afterRoleIsGone(office: Office): Promise<Attempt> {
  const { publicUrl, send, database } = office;
  const what = 'a reviewer whose role was taken away takes a case';
  const staff = openStaffBrowser({ account: 'chen', publicUrl, send });
  const token = tokenOn(await staff.open('/desk'));
  await setStaffRoles(database, { id: 'chen', by: 'olga', roles: ['expert'] });
  const before = await standing(database);
  const page = await staff.submit(forged(office, { what, account: 'chen', path: '/desk/next', fields: {} }, token), {});
  const changed = (await standing(database)) !== before;
  await setStaffRoles(database, { id: 'chen', by: 'olga', roles: ['l1'] });
  return { what, refused: isRefusal(page), changed };
}

/** A form that no page has. */
function forged({ publicUrl }: Office, { path, fields, from = publicUrl }: Plan, token: string): Form {
  const all: Filled = { csrf: token, ...fields };
  return {
    action: `${publicUrl}${path}`,
    method: 'post',
    fields: Object.entries(all).map(([name, value]) => ({
      ...{ name, kind: 'hidden', label: '', heading: '', hint: '', problem: '', choices: [] },
      value: [value].flat(),
    })),
    buttons: [],
    page: `${from}/`,
    namesOrigin: true,
  };
}

function tokenOn({ forms }: Page): string {
  const fields = forms.flatMap((form) => form.fields);
  return fields.find(({ name }) => name === 'csrf')?.value[0] ?? '';
}

function isRefusal({ status }: Page): boolean {
  return status >= 400 && status < 500;
}

/** All that these attempts could have changed, in one line. */
async function standing(database: Database): Promise<string> {
  const [rows, drafts, campaigns, contacts, ended] = await Promise.all([
    database.submission.count({ where: { role: { in: ['owner', 'l1', 'l2', 'secretariat', 'expert', 'campaign'] } } }),
    database.verdictDraft.aggregate({ _count: true, _sum: { version: true } }),
    database.campaign.count(),
    database.contact.findMany({ select: { slug: true, address: true }, orderBy: { id: 'asc' } }),
    database.application.count({ where: { open: false } }),
  ]);
  return JSON.stringify([rows, drafts, campaigns, contacts, ended]);
}
