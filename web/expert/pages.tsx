import { Hono, type Context } from 'hono';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { cleanText, lengthOf } from '../../domain/answer-text.js';
import { ADVICE_WORDS, DECLINE_WORDS, LONGEST_ADVICE } from '../../domain/consultation.js';
import type { NewSubmission } from '../../prisma/append.js';
import { saveAdviceDraft } from '../../prisma/advice-drafts.js';
import { readExpertLines, readExpertView, type ExpertView } from '../../prisma/read-expert.js';
import { REFERENCE } from '../../prisma/read-reference.js';
import type { WebContext } from '../context.js';
import { forStaff, type ForStaff } from '../desk/for-staff.js';
import { answered, back, saidBefore } from '../desk/rows.js';
import { oneTime } from '../one-time.js';
import type { Staff } from '../desk/session.js';
import { keepPrivate } from '../private.js';
import { NotFound } from '../problems.js';
import { ExpertList, pathOf } from './list.js';
import { QuestionPage } from './question.js';
import { expertSignIn } from './sign-in.js';

/** The pages of experts, `/expert` and below: what was asked of them, and nothing else. */
export function expertPages(context: WebContext): Hono {
  const app = new Hono();
  keepPrivate(app, { path: '/expert/*', context });
  app.route('/', expertSignIn(context));
  app.get(
    '/expert',
    forStaff(context, async (request, staff) => {
      const lines = await readExpertLines(context.database, { expert: staff.person.id, standards: context.standards });
      return request.html(<ExpertList {...{ context, staff, lines }} />);
    }),
  );
  app.get('/expert/:reference/:number/:section', ofQuestion(context, show));
  app.post('/expert/:reference/:number/:section/accept', ofQuestion(context, accept));
  app.post('/expert/:reference/:number/:section/decline', ofQuestion(context, decline));
  app.post('/expert/:reference/:number/:section/advice', ofQuestion(context, advise));
  return app;
}

/** Somebody who was asked a question, and looks at it. */
interface Looking {
  readonly context: WebContext;
  readonly request: Context;
  readonly staff: Staff;
  readonly view: ExpertView;
  readonly form: FormFields;
}

/** A page of a question that this very person was asked; for everybody else there is none. */
function ofQuestion(context: WebContext, handle: (looking: Looking) => Response | Promise<Response>) {
  const inQuestion: ForStaff = async (request, staff, form) => {
    const { reference = '', section = '' } = request.req.param() as { reference?: string; section?: string };
    const number = Number(request.req.param('number'));
    const known = REFERENCE.test(reference) && Number.isSafeInteger(number) && number > 0 && number < 1_000_000;
    const of = { expert: staff.person.id, reference, number, section, standards: context.standards };
    const view = known ? await readExpertView(context.database, of) : null;
    if (view === null) return request.html(NotFound({ context }), 404);
    return handle({ context, request, staff, view, form });
  };
  return forStaff(context, inQuestion, { labelOf: (name) => (name === 'text' ? 'Your advice' : undefined) });
}

async function show(looking: Looking): Promise<Response> {
  return page(looking, { said: await saidBefore(looking.context, looking.request, looking.staff) });
}

function page(
  { context, request, staff, view }: Looking,
  some: { said?: string | null; problems?: readonly Problem[]; form?: FormFields } = {},
): Response | Promise<Response> {
  const { said = null, problems = [], form = view.draft.form } = some;
  return request.html(
    <QuestionPage {...{ context, staff, view, said, problems, form }} />,
    problems.length > 0 ? 422 : 200,
  );
}

/** The row by which an expert acts: it names the question, and no round, for others may act meanwhile. */
function rowOf({ staff, view }: Looking, kind: string, more: object): NewSubmission {
  const { caseId, reference, number, section } = view;
  const body = { by: staff.person.id, number, section, ...more };
  return {
    ...{ caseId, applicationId: reference, round: null, kind, role: 'expert', actor: staff.person.id, body },
    key: oneTime(kind, reference, body),
  };
}

async function accept(looking: Looking): Promise<Response> {
  const said = await answered(looking.context, rowOf(looking, 'expert_accept', {}));
  return back(looking.request, pathOf(looking.view), said);
}

async function decline(looking: Looking): Promise<Response> {
  const why = DECLINE_WORDS.find((one) => one === posted(looking.form, 'why')) ?? null;
  const said = await answered(looking.context, rowOf(looking, 'expert_decline', { why }));
  return back(looking.request, pathOf(looking.view), said);
}

/** Saves what was typed, or sends it. */
async function advise(looking: Looking): Promise<Response> {
  const { context, request, staff, view, form: typed } = looking;
  const text = cleanText(posted(typed, 'text'));
  const form = { word: posted(typed, 'word'), text };
  const { reference, number, section } = view;
  const of = { expert: staff.person.id, reference, number, section, form, seen: Number(posted(typed, 'seen')) || 0 };
  if (view.advice === null && !(await saveAdviceDraft(context.database, of))) {
    const sentence = 'Another window saved a newer text. Yours is below: look, and save again.';
    return page(looking, { form, problems: [{ field: 'text', sentence }] });
  }
  if (posted(typed, 'then') !== 'send') return request.redirect(`${pathOf(view)}?note=saved`, 303);
  const word = ADVICE_WORDS.find((one) => one === form.word);
  const problems: Problem[] = [];
  if (word === undefined) problems.push({ field: 'word', sentence: 'Select what you advise.' });
  if (text === '') problems.push({ field: 'text', sentence: 'Say why, in some sentences.' });
  if (lengthOf(text) > LONGEST_ADVICE) {
    problems.push({ field: 'text', sentence: `Shorten your advice: it has more than ${LONGEST_ADVICE} characters.` });
  }
  if (problems.length > 0) {
    const now = await readExpertView(context.database, { ...of, standards: context.standards });
    return page({ ...looking, view: now ?? view }, { form, problems });
  }
  return back(request, pathOf(view), await answered(context, rowOf(looking, 'advice', { word, text })));
}
