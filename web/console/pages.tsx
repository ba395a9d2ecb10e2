import { Hono, type Context } from 'hono';
import { posted, type FormFields } from '../../domain/answer-form.js';
import { cleanLine } from '../../domain/answer-text.js';
import { readCases } from '../../prisma/read-cases.js';
import { readNeeds } from '../../prisma/read-needs.js';
import type { TimelineRow } from '../../prisma/read-timeline.js';
import type { WebContext } from '../context.js';
import { forStaff } from '../desk/for-staff.js';
import type { Staff } from '../desk/session.js';
import { keepPrivate } from '../private.js';
import { safeWithScript } from '../safe.js';
import { actOn } from './act.js';
import { campaignRunPages } from './campaign-acts.js';
import { campaignPages } from './campaign-pages.js';
import { contactPages } from './contact-pages.js';
import { mayUse, NothingHere } from './frame.js';
import { actOnMany } from './many.js';
import { NeedsPage } from './needs.js';
import { readProduct, type ProductFacts } from './product-facts.js';
import { peoplePages } from './people.js';
import { ProductPage } from './product.js';
import { ProductsPage } from './products.js';
import { casePath, REASONS } from './reasons.js';
import { ManyResults, SilencePage } from './silence.js';
import { suggestionPages } from './suggestions.js';

/** The pages of the secretariat: `/console` and below. Who may use which: web/rights.ts. */
export function consolePages(context: WebContext): Hono {
  const app = new Hono();
  const { database } = context;
  app.use('/console/*', safeWithScript(context));
  keepPrivate(app, { path: '/console/*', context });
  app.get(
    '/console',
    forStaff(context, async (request, staff) => {
      const only = REASONS.find((reason) => reason === request.req.query('reason')) ?? null;
      const needs = await readNeeds(database);
      const many = only === 'silence' && mayUse(staff, 'POST /console/silence');
      return request.html(
        many ? <SilencePage {...{ context, staff, needs }} /> : <NeedsPage {...{ context, staff, only, needs }} />,
      );
    }),
  );
  app.post(
    '/console/silence',
    forStaff(
      context,
      async (request, staff, form) => {
        const acted = await actOnMany(database, { staff, form });
        if ('results' in acted) {
          const { lines } = await readCases(database);
          return request.html(<ManyResults {...{ context, staff, lines, ...acted }} />);
        }
        const needs = await readNeeds(database);
        return request.html(<SilencePage {...{ context, staff, needs, form, ...acted }} />, 422);
      },
      { labelOf: actLabel },
    ),
  );
  app.route('/', productPages(context));
  app.route('/', campaignPages(context));
  app.route('/', campaignRunPages(context));
  app.route('/', contactPages(context));
  app.route('/', peoplePages(context));
  app.route('/', suggestionPages(context));
  return app;
}

/** Where products are found, and the page of each with its acts. */
function productPages(context: WebContext): Hono {
  const app = new Hono();
  const { database } = context;
  app.get(
    '/console/products',
    forStaff(context, async (request, staff) => {
      const q = cleanLine(request.req.query('q') ?? '').slice(0, 100);
      const { lines } = await readCases(database);
      return request.html(<ProductsPage {...{ context, staff, lines, q }} />);
    }),
  );
  app.get(
    '/console/products/:slug',
    forStaff(context, async (request, staff) => {
      const facts = await readProduct(database, request.req.param('slug') ?? '', context.standards);
      if (facts === null) return noProduct(context, request, staff);
      return request.html(<ProductPage {...{ context, staff, facts }} row={rowAsked(request, facts)} />);
    }),
  );
  app.post(
    '/console/products/:slug/act',
    forStaff(context, (request, staff, form) => act({ context, request, staff, form }), { labelOf: actLabel }),
  );
  return app;
}

/** Of the row that a page was told to wait for; one of another case is none. */
function rowAsked(request: Context, { entries }: ProductFacts): TimelineRow | undefined {
  const id = Number(request.req.query('row') ?? Number.NaN);
  return entries.find((entry): entry is TimelineRow => entry.is === 'row' && entry.id === id);
}

interface Acting {
  readonly context: WebContext;
  readonly request: Context;
  readonly staff: Staff;
  readonly form: FormFields;
}

/** Acts on a case, then shows its page, which says what became of it. */
async function act({ context, request, staff, form }: Acting): Promise<Response> {
  const facts = await readProduct(context.database, request.req.param('slug') ?? '', context.standards);
  if (facts === null) return noProduct(context, request, staff);
  const { caseId, line } = facts;
  const seen = posted(form, 'reference');
  // Another product's review is not on the page of this one.
  const isOwn =
    facts.entries.some((entry) => entry.is === 'row' && entry.reference === seen) || seen === line.reference;
  const acted = await actOn(context.database, { staff, form, reference: isOwn ? seen : caseId });
  if ('row' in acted) return request.redirect(`${casePath(line)}?row=${acted.row}`, 303);
  return request.html(<ProductPage {...{ context, staff, facts }} untaken={{ form, ...acted }} />, 422);
}

function noProduct(context: WebContext, request: Context, staff: Staff): Response | Promise<Response> {
  return request.html(<NothingHere context={context} staff={staff} what="There is no such product" />, 404);
}

/** What the texts of acts are called where a form is shown again. */
function actLabel(name: string): string | undefined {
  if (name === 'publicReason') return 'Reason, for owner and public';
  return name === 'internalReason' ? 'Note, for reviewers and staff' : undefined;
}
