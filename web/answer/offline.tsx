import { Hono, type Context } from 'hono';
import { posted, reviewersField, type FormFields } from '../../domain/answer-form.js';
import { asked, equalAnswer } from '../../domain/answers.js';
import { readStandardText, type ReadText, type UnderstoodAnswer } from '../../domain/read-standard-text.js';
import { standardText } from '../../domain/standard-text.js';
import { readForm } from '../../prisma/read-form.js';
import { saveDrafts, type NewDraft } from '../../prisma/save-draft.js';
import type { WebContext } from '../context.js';
import { Closed } from './closed.js';
import { forReviewersOf, formState, isBlankForm, reviewersBox, type FormState } from './form-state.js';
import { noteUse } from './link-use.js';
import { FoundPage, type Found } from './offline-found.js';
import { OfflinePage } from './offline-page.js';
import { boxesOf } from './page-view.js';
import { mayAnswer } from './questions.js';
import { uploadedText } from './uploaded-text.js';
import { pathOf, sameOrigin, taking, visited, type Visitor } from './visit.js';

const PATH = '/answer/:reference/offline';

/** The form as one text, to be filled in without a connection, and read back as a draft. Nothing here sends anything. */
export function offlinePages(context: WebContext): Hono {
  const app = new Hono();
  app.get(
    PATH,
    visited(context, (request, visitor) => {
      const { record } = visitor;
      if (!mayAnswer(visitor)) return request.redirect(pathOf(record.reference), 303);
      return request.html(<OfflinePage {...{ context, record, form: {}, problems: [] }} />);
    }),
  );
  app.get(
    '/answer/:reference/offline.md',
    visited(context, (request, visitor) => {
      if (!mayAnswer(visitor)) return request.redirect(pathOf(visitor.record.reference), 303);
      const state = formState(visitor.record);
      const filled = { answers: state.answers, forReviewers: forReviewersOf(state) };
      return request.body(standardText(visitor.record.standard, filled), 200, {
        'Content-Type': 'text/markdown; charset=utf-8',
        'Content-Disposition': `attachment; filename="answers-${visitor.record.reference}.md"`,
      });
    }),
  );
  app.post(
    PATH,
    sameOrigin(context),
    taking(context, {
      handle: (request, visitor, form) => upload(context, request, { visitor, form }),
      apology: (_request, form) => <OfflinePage {...{ context, record: null, form, problems: [] }} />,
    }),
  );
  return app;
}

interface Posted {
  readonly visitor: Visitor;
  readonly form: FormFields;
}

/** Saves what was understood as drafts, and shows what became of every part of the text. */
async function upload(context: WebContext, request: Context, { visitor, form }: Posted): Promise<Response> {
  const { record, recipientId } = visitor;
  const { caseId, reference } = record;
  const { standards, database } = context;
  if (!mayAnswer(visitor)) {
    return request.html(<Closed {...{ context, record, why: 'moved_on', form }} />, 409);
  }
  const given = await uploadedText(request, form);
  if ('problems' in given) {
    return request.html(<OfflinePage {...{ context, record, form, problems: given.problems }} />, 422);
  }
  const read = readStandardText({ standard: record.standard, text: given.text });
  if (read.understood.length + read.refused.length + read.unknown.length === 0) {
    const sentence =
      'We found no answer to a question of the form in this text. Download the text below, fill it in, and leave its lines that begin with #.';
    const problems = [{ field: 'text', sentence }];
    return request.html(<OfflinePage {...{ context, record, form: { ...form, text: given.text }, problems }} />, 422);
  }
  const replace = posted(form, 'replace') === 'yes';
  const { drafts, ...found } = sorted({ state: formState(record), read, replace });
  const saved = await saveDrafts(database, { caseId, reference, recipientId, drafts, standards });
  if ('closed' in saved) {
    return request.html(<Closed {...{ context, record, why: saved.closed, form: { text: given.text } }} />, 409);
  }
  if (drafts.length > 0) await noteUse(context, visitor);
  const clashes = found.taken.filter(({ question }) => boxesOf(question).some((box) => box in saved.conflicts));
  const now = (await readForm(database, reference, standards)) ?? record;
  const shown: Found = {
    ...found,
    taken: found.taken.filter((one) => !clashes.includes(one)),
    kept: [...found.kept, ...clashes],
  };
  return request.html(<FoundPage {...{ context, state: formState(now), read, found: shown }} />);
}

/**
 * What of a text is to be saved. An answer that says the same as the form confirms nothing and changes nothing; one that
 * somebody saved already gives way only if whoever uploads says so.
 */
function sorted({
  state,
  read: { understood },
  replace,
}: {
  readonly state: FormState;
  readonly read: ReadText;
  readonly replace: boolean;
}): Found & { readonly drafts: readonly NewDraft[] } {
  const { record, answers } = state;
  const askedIds = new Set(asked({ standard: record.standard, scope: record.review.asks }).map(({ id }) => id));
  const found = { taken: [], same: [], kept: [], notAsked: [] } as Record<keyof Found, UnderstoodAnswer[]>;
  const drafts: NewDraft[] = [];
  const texts = forReviewersOf(state);
  for (const one of understood) {
    const { question, form, value, forReviewers } = one;
    const own = record.drafts[question.id];
    const differs = value !== undefined && !equalAnswer(value, answers[question.id]);
    const typed = own !== undefined && !isBlankForm({ question, form: own.form });
    const box = reviewersBox(question);
    const before = texts[question.id] ?? '';
    const isNew = forReviewers !== undefined && forReviewers !== before;
    if (!differs && !isNew) found.same.push(one);
    else if (!askedIds.has(question.id)) found.notAsked.push(one);
    else if (!replace && ((differs && (typed || isKept(own))) || (isNew && before !== ''))) found.kept.push(one);
    else {
      found.taken.push(one);
      if (differs) drafts.push({ field: question.id, form, seen: own?.version ?? 0 });
      if (isNew) {
        const seen = record.drafts[box]?.version ?? 0;
        drafts.push({ field: box, form: { [reviewersField(question)]: forReviewers }, seen });
      }
    }
  }
  return { ...found, drafts };
}

/** Somebody said here that the earlier answer stays. */
function isKept(draft: { readonly form: FormFields } | undefined): boolean {
  return (
    draft !== undefined &&
    Object.entries(draft.form).some(([name, value]) => name.endsWith('.keep') && value === 'keep')
  );
}
