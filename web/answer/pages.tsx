import { Hono } from 'hono';
import type { WebContext } from '../context.js';
import { keepPrivate } from '../private.js';
import { appealPages } from './appeal.js';
import { colleaguePages } from './colleagues.js';
import { declarationPages } from './declaration.js';
import { doorPages, newLinkPages } from './door.js';
import { formState } from './form-state.js';
import { offlinePages } from './offline.js';
import { mayAnswer, questionPages } from './questions.js';
import { requestPages } from './requests.js';
import { sendPages } from './send.js';
import { statusPages } from './status.js';
import { TaskList } from './task-list.js';
import { pathOf, visited } from './visit.js';

/** The owner's pages: `/answer/...`. Nothing of them is kept by browsers or named to other sites. */
export function answerPages(context: WebContext): Hono {
  const app = new Hono();
  keepPrivate(app, { path: '/answer/*', context });
  app.route('/', newLinkPages(context));
  app.get(
    '/answer/:reference',
    visited(context, (request, visitor) => {
      const { record } = visitor;
      if (!mayAnswer(visitor)) return request.redirect(pathOf(record.reference, 'status'), 303);
      return request.html(<TaskList context={context} state={formState(record)} onlyDrafts={visitor.onlyDrafts} />);
    }),
  );
  const others = [offlinePages, statusPages, colleaguePages, requestPages, appealPages, doorPages];
  for (const pages of [questionPages, declarationPages, sendPages, ...others]) {
    app.route('/', pages(context));
  }
  return app;
}
