import { createLinks } from '../../adapters/links.js';
import { appendSubmission } from '../../prisma/append.js';
import type { Database } from '../../prisma/database.js';
import { step } from '../../prisma/step.js';
import { createWebApp } from '../../web/app.js';
import type { WebContext } from '../../web/context.js';

export const PUBLIC_URL = 'http://reviews.example';

/** All pages over a database, with links of a fixed key. */
export function webOver(database: Database, some: Partial<WebContext> = {}) {
  const context: WebContext = {
    database,
    links: createLinks(Buffer.alloc(32, 7)),
    publicUrl: PUBLIC_URL,
    organisation: 'Example Registry',
    staffAddress: 'reviews@registry.example',
    invented: true,
    ...some,
  };
  return { context, app: createWebApp(context) };
}

export type Web = ReturnType<typeof webOver>;

/** A listed product with a primary and an alternate contact, and answers on file; its review is opened by a wake. */
export async function openReview(
  database: Database,
  {
    slug,
    validUntil = '2026-09-01',
    answers = {},
    at = '2026-07-10T08:00:00.000Z',
  }: { slug: string; validUntil?: string; answers?: object; at?: string },
): Promise<{ caseId: string; reference: string }> {
  const caseId = `dpg/${slug}`;
  const approved = validUntil > '2027' ? '2026-06-01' : '2025-09-01';
  await database.listing.create({
    data: {
      slug,
      name: `Product ${slug}`,
      approvedOn: new Date(approved),
      validUntil: new Date(validUntil),
      opensByItself: true,
      createdAt: new Date(at),
      contacts: {
        create: [
          { rank: 'primary', position: 0, name: 'Amina', address: `amina@${slug}.example`, language: 'en' },
          { rank: 'alternate', position: 1, name: 'Bao', address: `bao@${slug}.example`, language: 'en' },
        ],
      },
    },
  });
  await database.case.create({ data: { id: caseId, slug, workflow: 'certification', revision: 0, agenda: [] } });
  if (Object.keys(answers).length > 0) {
    const then = new Date('2025-07-01T08:00:00.000Z');
    await database.answerSet.create({
      data: {
        slug,
        version: 0,
        by: 'import',
        standard: 'earlier',
        answers,
        forReviewers: {},
        publishedAt: then,
        at: then,
      },
    });
  }
  await append(database, caseId, { kind: 'wake', body: { campaign: null, handPicked: true, cause: 'test' } });
  await runSteps(database, caseId);
  const { id } = await database.application.findFirstOrThrow({ where: { caseId } });
  return { caseId, reference: id };
}

let keys = 0;
/** Appends a row of staff, reviewers or the mail server. */
export async function append(
  database: Database,
  caseId: string,
  row: {
    kind: string;
    body: object;
    role?: 'secretariat' | 'l1' | 'l2' | 'mail';
    actor?: string;
    reference?: string;
    round?: number;
  },
): Promise<void> {
  keys += 1;
  const { kind, body, role = 'secretariat', actor = 'fatou', reference = null, round = null } = row;
  await appendSubmission(database, {
    key: `test:${keys}`,
    caseId,
    applicationId: reference,
    round,
    kind,
    role,
    actor,
    body,
  });
}

/** Takes every row that waits. */
export async function runSteps(database: Database, caseId: string): Promise<void> {
  while ((await step(database, { caseId, armedFor: null })).more);
}

/** A page as it came back, with what tests look at. */
export interface Seen {
  readonly status: number;
  readonly html: string;
  readonly location: string | null;
  readonly headers: Headers;
}

/** A browser without scripts: keeps its cookie, follows redirects, sends forms with their hidden fields. */
export class Browser {
  cookie = '';
  page: Seen = { status: 0, html: '', location: null, headers: new Headers() };
  path = '';
  constructor(readonly app: Web['app']) {}

  async get(path: string): Promise<Seen> {
    const response = await this.app.request(`${PUBLIC_URL}${path}`, { headers: { cookie: this.cookie } });
    return this.#take(path, response);
  }

  /** Sends the form of the present page: its hidden fields, what is given, and the first button unless told. */
  async send(fields: Readonly<Record<string, string | readonly string[]>> = {}, action?: string): Promise<Seen> {
    const body = new URLSearchParams();
    const form = /<form method="post" action="([^"]*)"/u.exec(this.page.html);
    const hidden = { ...Object.fromEntries(hiddenFields(this.page.html)), ...fields };
    for (const [name, value] of Object.entries(hidden)) for (const one of [value].flat()) body.append(name, one);
    return this.post(action ?? form?.[1] ?? this.path, body);
  }

  async post(path: string, body: URLSearchParams, headers: Record<string, string> = {}): Promise<Seen> {
    const response = await this.app.request(`${PUBLIC_URL}${path}`, {
      method: 'POST',
      body,
      headers: { cookie: this.cookie, origin: PUBLIC_URL, ...headers },
    });
    return this.#take(path, response);
  }

  /** Where the last answer led to. */
  async follow(): Promise<Seen> {
    if (this.page.location === null)
      throw new Error(`no redirect: ${this.page.status} ${this.page.html.slice(0, 600)}`);
    return this.get(this.page.location);
  }

  async #take(path: string, response: Response): Promise<Seen> {
    const set = response.headers.get('set-cookie');
    if (set !== null) this.cookie = set.split(';')[0] ?? '';
    this.path = path;
    this.page = {
      status: response.status,
      html: await response.text(),
      location: response.headers.get('location'),
      headers: response.headers,
    };
    return this.page;
  }
}

/** The hidden fields of a page. */
export function hiddenFields(html: string): readonly (readonly [string, string])[] {
  return [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/gu)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
}

/** The path of a recipient's link. */
export async function linkOf({ context }: Web, reference: string, rank = 'primary'): Promise<string> {
  const recipient = await context.database.recipient.findFirstOrThrow({
    where: { applicationId: reference, rank, revokedAt: null },
  });
  const { id: recipientId, linkVersion } = recipient;
  return `/answer/${reference}/${context.links.token({ applicationId: reference, recipientId, linkVersion })}`;
}
