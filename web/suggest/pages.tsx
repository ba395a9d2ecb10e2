import { Hono, type Context } from 'hono';
import { posted, type Problem } from '../../domain/answer-form.js';
import { cleanText, grouped, lengthOf } from '../../domain/answer-text.js';
import { alikeProducts } from '../../prisma/alike-products.js';
import { startNomination } from '../../prisma/start-nomination.js';
import { postedFields } from '../answer/visit.js';
import type { WebContext } from '../context.js';
import { keepPrivate } from '../private.js';
import { canGoOn } from '../nominate/alike.js';
import { readStartForm } from '../nominate/read-start.js';
import { CheckEmail } from '../nominate/start-page.js';
import { TRAP } from '../nominate/words.js';
import { SuggestPage } from './suggest-page.js';

export const SUGGEST = '/suggest';
const LONGEST_WHY = 1_000;

/** `/suggest`: somebody who does not speak for a product names it. Nothing of it is ever public. */
export function suggestPages(context: WebContext): Hono {
  const app = new Hono();
  keepPrivate(app, { path: SUGGEST, context });
  app.get(SUGGEST, (request) => request.html(<SuggestPage context={context} values={{}} problems={[]} />));
  app.post(SUGGEST, (request) => suggest(context, request));
  return app;
}

async function suggest(context: WebContext, request: Context): Promise<Response> {
  const values = await postedFields(request);
  const { start, problems: found } = readStartForm(values);
  const why = cleanText(posted(values, 'why'));
  const problems = [...found, ...whyProblem(why)];
  if (problems.length > 0) return request.html(<SuggestPage {...{ context, values, problems }} />, 422);
  // A program that fills in everything reads what people read, and nothing is kept of it.
  if (posted(values, TRAP) !== '') return request.html(<CheckEmail context={context} suggestion />);
  const { product: name, website } = start;
  const alike = await alikeProducts(context.database, { name, website, repositories: [] });
  const goesOn = alike.length === 0 || (canGoOn(alike) && posted(values, 'anyway') === 'yes');
  if (!goesOn) return request.html(<SuggestPage {...{ context, values, problems, alike }} />, 409);
  const became = await startNomination(context.database, { kind: 'suggestion', ...start, why });
  return became === 'full'
    ? request.html(<SuggestPage {...{ context, values, problems }} full />, 429)
    : request.html(<CheckEmail context={context} suggestion />);
}

function whyProblem(why: string): readonly Problem[] {
  const length = lengthOf(why);
  if (length <= LONGEST_WHY) return [];
  const sentence = `Shorten it to ${grouped(LONGEST_WHY)} characters. It has ${grouped(length)} now.`;
  return [{ field: 'why', sentence }];
}
