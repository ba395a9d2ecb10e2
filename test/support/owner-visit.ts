import { createLinks } from '../../adapters/links.js';
import { STANDARDS, type Standards } from '../../domain/standards.js';
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
    standards: STANDARDS,
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
    standards = STANDARDS,
  }: { slug: string; validUntil?: string; answers?: object; at?: string; standards?: Standards },
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
  await runSteps(database, caseId, standards);
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
export async function runSteps(database: Database, caseId: string, standards: Standards = STANDARDS): Promise<void> {
  while ((await step(database, { caseId, armedFor: null, standards })).more);
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
  app: Web['app'];
  constructor(app: Web['app']) {
    this.app = app;
  }

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
  const { id: recipientId, address, linkVersion } = recipient;
  const token = context.links.token({ applicationId: reference, recipientId, address, linkVersion });
  return `/answer/${reference}/${token}`;
}

/** A browser that came through a link. */
export async function arrive(web: Web, reference: string): Promise<Browser> {
  const browser = new Browser(web.app);
  await browser.get(await linkOf(web, reference));
  await browser.send();
  await browser.follow();
  return browser;
}

/** Somebody who came through the link of a review whose first email was taken; by default of a privacy case. */
export async function visitor(web: Web, slug: string, some: { validUntil?: string; answers?: object } = {}) {
  const { database, standards } = web.context;
  const opened = await openReview(database, { slug, validUntil: '2027-06-01', standards, ...some });
  const { caseId, reference } = opened;
  const takenAt = '2026-07-10T09:00:00.000Z';
  await append(database, caseId, { kind: 'email_taken', role: 'mail', reference, body: { turn: 1, takenAt } });
  await runSteps(database, caseId, standards);
  return { ...opened, browser: await arrive(web, reference) };
}

/** Waits for a page while the rows of a case are taken as they come, as the engine would. */
export async function deciding<Result>(web: Web, caseId: string, page: Promise<Result>): Promise<Result> {
  let open = true;
  const answered = page.finally(() => {
    open = false;
  });
  while (open) {
    await runSteps(web.context.database, caseId, web.context.standards);
    await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, 50))]);
  }
  return answered;
}

/** Sends the present form while the step of its row runs. */
export function sendAndDecide(web: Web, browser: Browser, caseId: string): Promise<Seen> {
  return deciding(web, caseId, browser.send());
}

/** What is saved of a box of the form. */
export function savedDraft({ context }: Web, reference: string, field: string) {
  return context.database.draft.findUnique({ where: { applicationId_field: { applicationId: reference, field } } });
}

/** Who answers, as the page about it posts it. */
export const declaration = { name: 'Amina', role: 'Product lead', maySpeak: 'yes' };

/** Fills in a privacy case of a product without personal data, and opens the check page. */
export async function fillWithoutData(browser: Browser, reference: string): Promise<void> {
  await browser.get(`/answer/${reference}/q/pii_level`);
  await browser.send({ pii_level: 'none' });
  await browser.get(`/answer/${reference}/declaration`);
  await browser.send(declaration);
  await browser.get(`/answer/${reference}/check`);
}

/** Answers to the last three privacy questions, by page. */
export const lastThree = {
  P3: { 'P3.text': '', 'P3.urls': 'https://product.example/privacy' },
  P4: { P4: 'In the database.', 'P4.reviewers': 'The admin account is shared.' },
  P5: { 'P5.choice': ['user_initiated_deletion'], 'P5.text': 'A button.' },
} as const;
