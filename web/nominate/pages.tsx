import { Hono, type Context } from 'hono';
import { posted } from '../../domain/answer-form.js';
import { alikeProducts } from '../../prisma/alike-products.js';
import { startNomination } from '../../prisma/start-nomination.js';
import { postedFields } from '../answer/visit.js';
import type { WebContext } from '../context.js';
import { keepPrivate } from '../private.js';
import { confirmPages } from './confirm.js';
import { readStartForm } from './read-start.js';
import { SelfCheckPage } from './self-check.js';
import { canGoOn } from './alike.js';
import { CheckEmail, StartPage } from './start-page.js';
import { NOMINATE, SELF_CHECK_PATH, TRAP } from './words.js';

/** `/nominate`: a self-check, and what is asked before the form. Nothing of a nomination is kept before it is confirmed. */
export function nominatePages(context: WebContext): Hono {
  const app = new Hono();
  keepPrivate(app, { path: '/nominate/*', context });
  app.get(NOMINATE, (request) => request.html(<StartPage context={context} values={{}} problems={[]} />));
  app.post(NOMINATE, (request) => start(context, request));
  app.get(SELF_CHECK_PATH, (request) => request.html(<SelfCheckPage context={context} values={null} />));
  app.post(SELF_CHECK_PATH, async (request) =>
    request.html(<SelfCheckPage context={context} values={await postedFields(request)} />),
  );
  app.route('/', confirmPages(context));
  return app;
}

async function start(context: WebContext, request: Context): Promise<Response> {
  const values = await postedFields(request);
  const { start: given, problems } = readStartForm(values);
  if (problems.length > 0) return request.html(<StartPage {...{ context, values, problems }} />, 422);
  // A program that fills in everything reads what people read, and nothing is kept of it.
  if (posted(values, TRAP) !== '') return request.html(<CheckEmail context={context} />);
  const { product: name, website } = given;
  const alike = await alikeProducts(context.database, { name, website, repositories: [] });
  const goesOn = alike.length === 0 || (canGoOn(alike) && posted(values, 'anyway') === 'yes');
  if (!goesOn) return request.html(<StartPage {...{ context, values, problems, alike }} />, 409);
  const became = await startNomination(context.database, { kind: 'nomination', ...given });
  return became === 'full'
    ? request.html(<StartPage {...{ context, values, problems }} full />, 429)
    : request.html(<CheckEmail context={context} />);
}
