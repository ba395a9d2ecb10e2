import { Hono, type Context } from 'hono';
import { posted, type FormFields } from '../../domain/answer-form.js';
import { asked } from '../../domain/answers.js';
import { questionOf, type Question } from '../../domain/standard.js';
import { knownForm } from '../../domain/standards.js';
import { readForm, takesAnswers, waitingAnswers } from '../../prisma/read-form.js';
import { saveDrafts } from '../../prisma/save-draft.js';
import type { WebContext } from '../context.js';
import { versionField } from './conflict.js';
import { Closed } from './closed.js';
import { formState, type FormState } from './form-state.js';
import { postedView, readPage, savedView, type PageView } from './page-view.js';
import { NotSaved, QuestionPage } from './question-page.js';
import { noteUse } from './link-use.js';
import { pathOf, sameOrigin, taking, visited, type Visitor } from './visit.js';

/** The pages with the questions: `/answer/<reference>/q/<id of the first question>`. */
export function questionPages(context: WebContext): Hono {
  const app = new Hono();
  const path = '/answer/:reference/q/:page';
  const known = knownForm(context.standards).questions;
  app.get(
    path,
    visited(context, (request, visitor) => {
      const { reference } = visitor.record;
      const pageId = request.req.param('page') ?? '';
      if (!mayAnswer(visitor)) return request.redirect(pathOf(reference), 303);
      const state = formState(visitor.record);
      const questions = questionsOn(state, pageId);
      if (questions.length === 0) return request.redirect(pathOf(reference), 303);
      const from = request.req.query('from') === 'check' ? 'check' : 'list';
      const view = savedView(state, questions);
      return request.html(<QuestionPage {...{ context, state, pageId, questions, view, from }} />);
    }),
  );
  app.post(
    path,
    sameOrigin(context),
    taking(context, {
      handle: (request, visitor, form) => savePage({ context, request, visitor, form }),
      apology: (request, form) => {
        const questions = postedQuestions(known, form);
        const action = new URL(request.req.url).pathname;
        return <NotSaved {...{ context, action, questions, form, view: postedView(questions, form) }} />;
      },
    }),
  );
  return app;
}

/** Whether the form is open for a visitor. */
export function mayAnswer({ record }: Visitor): boolean {
  return takesAnswers(record.review) && waitingAnswers(record) === null;
}

interface Saving {
  readonly context: WebContext;
  readonly request: Context;
  readonly visitor: Visitor;
  readonly form: FormFields;
}

async function savePage({ context, request, visitor, form }: Saving): Promise<Response> {
  const { record, recipientId } = visitor;
  const { caseId, reference } = record;
  const { standards } = context;
  const pageId = request.req.param('page') ?? '';
  const state = formState(record);
  const questions = postedQuestions(asked({ standard: record.standard, scope: record.review.asks }), form);
  if (questions.length < postedQuestions(knownForm(standards).questions, form).length) {
    return request.html(<Closed {...{ context, record, why: 'not_asked', form }} />, 409);
  }
  if (questions.length === 0) return request.redirect(pathOf(reference), 303);
  const read = readPage(state, questions, form);
  const saved = await saveDrafts(context.database, { caseId, reference, recipientId, drafts: read.drafts, standards });
  if ('closed' in saved) {
    return request.html(<Closed {...{ context, record, why: saved.closed, form }} />, 409);
  }
  await noteUse(context, visitor);
  const now = (await readForm(context.database, reference, standards)) ?? record;
  const after = formState(now);
  if (read.problems.length === 0 && Object.keys(saved.conflicts).length === 0) {
    return request.redirect(nextPath(after, { pageId, form, onlyDrafts: visitor.onlyDrafts }), 303);
  }
  const wrong = new Set(read.problems.map(({ field }) => field.split('.')[0]));
  const view = mixedView({ after, questions, form, wrong, conflicts: saved.conflicts });
  const shown = { ...view, problems: read.problems };
  const from = posted(form, 'from') === 'check' ? 'check' : 'list';
  const page = <QuestionPage {...{ context, state: after, pageId, questions, view: shown, from }} />;
  return request.html(page, read.problems.length > 0 ? 422 : 409);
}

/** As typed, with the versions as saved now where the page's text was saved, and as seen where it was not. */
function mixedView({
  after,
  questions,
  form,
  wrong,
  conflicts,
}: {
  readonly after: FormState;
  readonly questions: readonly Question[];
  readonly form: FormFields;
  readonly wrong: ReadonlySet<string | undefined>;
  readonly conflicts: PageView['conflicts'];
}): PageView {
  const typed = postedView(questions, form);
  const saved = savedView(after, questions);
  const seen = Object.entries(saved.seen).map(([box, version]) => {
    const unsaved = wrong.has(box.split(':')[0]) || conflicts[box] !== undefined;
    return [box, unsaved ? (typed.seen[box] ?? 0) : version] as const;
  });
  return { ...typed, conflicts, seen: Object.fromEntries(seen) };
}

/** Where the form goes on after a page: back to where it was opened from, or to the next page that needs a look. */
function nextPath(
  state: FormState,
  { pageId, form, onlyDrafts }: { readonly pageId: string; readonly form: FormFields; readonly onlyDrafts: boolean },
): string {
  const { reference } = state.record;
  if (posted(form, 'next') === 'list') return pathOf(reference);
  if (posted(form, 'from') === 'check') return pathOf(reference, 'check');
  const order = state.record.standard.questions.map(({ id }) => id);
  const rest = state.pages.filter(({ id }) => order.indexOf(id) > order.indexOf(pageId));
  const next = rest.find(({ questionIds }) => !questionIds.every((id) => isSettled(state, id)));
  if (next !== undefined) return pathOf(reference, `q/${next.id}`);
  const last = state.declaration === null && !onlyDrafts ? 'declaration' : 'check';
  return pathOf(reference, state.open.length > 0 ? '' : last);
}

/** Whether a question is done without a look at it. */
function isSettled(state: FormState, id: string): boolean {
  const question = questionOf(state.record.standard, id);
  return question !== undefined && ['fresh', 'sent'].includes(state.standing(question)) && !state.open.includes(id);
}

/** The visible questions of a page; none if there is no such page. */
function questionsOn({ pages, record }: FormState, pageId: string): readonly Question[] {
  const ids = pages.find(({ id }) => id === pageId)?.questionIds ?? [];
  return ids.flatMap((id) => questionOf(record.standard, id) ?? []);
}

/** The questions that a posted page had: it names the version of each. */
function postedQuestions(questions: readonly Question[], form: FormFields): readonly Question[] {
  return questions.filter(({ id }) => Object.hasOwn(form, versionField(id)));
}
