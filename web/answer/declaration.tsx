import { Hono, type Context } from 'hono';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { cleanLine } from '../../domain/answer-text.js';
import { parseDeclaration, parseSubmission } from '../../domain/questionnaire.js';
import type { SavedDraft } from '../../prisma/read-form.js';
import { saveDrafts } from '../../prisma/save-draft.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { Closed } from './closed.js';
import { chooseField, Conflict, versionField } from './conflict.js';
import { ErrorSummary, NothingTaken, titleWith } from './errors.js';
import { DECLARATION, formState } from './form-state.js';
import { ChoiceField, TextField } from './inputs.js';
import { noteUse } from './link-use.js';
import { seenVersion } from './page-view.js';
import { mayAnswer } from './questions.js';
import { pathOf, sameOrigin, taking, visited, type Visitor } from './visit.js';

const PATH = '/answer/:reference/declaration';

/** The page on which a person says who answers, and that they may. */
export function declarationPages(context: WebContext): Hono {
  const app = new Hono();
  app.get(
    PATH,
    visited(context, (request, visitor) => {
      const { reference, product } = visitor.record;
      if (!mayAnswer(visitor)) return request.redirect(pathOf(reference), 303);
      const values = { ...savedBefore(visitor), [versionField(DECLARATION)]: String(versionOf(visitor)) };
      const action = pathOf(reference, DECLARATION);
      return request.html(<DeclarationPage {...{ context, product, action, values, problems: [] }} />);
    }),
  );
  app.post(
    PATH,
    sameOrigin(context),
    taking(context, {
      handle: (request, visitor, form) => declare({ context, request, visitor, form }),
      apology: (request, form) => {
        const action = new URL(request.req.url).pathname;
        const product = 'the product';
        return <DeclarationPage {...{ context, product, action, values: form, problems: [] }} notSaved />;
      },
    }),
  );
  return app;
}

/** What was saved, or else who sent answers last; only a person ticks the declaration. */
function savedBefore({ record }: Visitor): FormFields {
  const saved = record.drafts[DECLARATION];
  if (saved !== undefined) return saved.form;
  const sent = parseSubmission({
    standard: record.standard,
    body: record.rows.findLast(({ kind }) => kind === 'answers')?.body,
  });
  return sent.ok ? { name: sent.submission.declaration.name, role: sent.submission.declaration.role } : {};
}

function versionOf({ record }: Visitor): number {
  return record.drafts[DECLARATION]?.version ?? 0;
}

async function declare({
  context,
  request,
  visitor,
  form,
}: {
  readonly context: WebContext;
  readonly request: Context;
  readonly visitor: Visitor;
  readonly form: FormFields;
}): Promise<Response> {
  const { record, recipientId } = visitor;
  const { caseId, reference, product } = record;
  const action = pathOf(reference, DECLARATION);
  const after = pathOf(reference, formState(record).open.length > 0 ? '' : 'check');
  if (posted(form, chooseField(DECLARATION)) === 'theirs') return request.redirect(after, 303);
  const parsed = parseDeclaration({ form });
  if (!parsed.ok) {
    const values = { ...form, ...parsed.typed };
    return request.html(<DeclarationPage {...{ context, product, action, values, problems: parsed.problems }} />, 422);
  }
  const own = { name: parsed.value.name, role: parsed.value.role, maySpeak: 'yes' };
  const drafts = [{ field: DECLARATION, form: own, seen: seenVersion(form, DECLARATION) }];
  const saved = await saveDrafts(context.database, {
    caseId,
    reference,
    recipientId,
    drafts,
    standards: context.standards,
  });
  if ('closed' in saved) return request.html(<Closed {...{ context, record, why: saved.closed, form }} />, 409);
  await noteUse(context, visitor);
  const other = saved.conflicts[DECLARATION];
  if (other === undefined) return request.redirect(after, 303);
  const problems = [{ field: chooseField(DECLARATION), sentence: 'Select which of the two texts you want to keep.' }];
  const page = <DeclarationPage {...{ context, product, action, values: form, problems, other }} />;
  return request.html(page, 409);
}

function DeclarationPage(props: {
  readonly context: WebContext;
  readonly product: string;
  readonly action: string;
  readonly values: FormFields;
  readonly problems: readonly Problem[];
  readonly other?: SavedDraft;
  readonly notSaved?: boolean;
}) {
  const { context, product, action, values, problems, other, notSaved = false } = props;
  const shared = { values, problems };
  return (
    <Page context={context} title={notSaved ? 'Error: nothing was saved' : titleWith(problems, 'Who answers')} help>
      <nav class="crumbs" aria-label="Back">
        <a href={action.replace(/\/[^/]*$/u, '')}>Back to the list</a>
      </nav>
      <ErrorSummary problems={problems} />
      {notSaved ? <NothingTaken title="Nothing was saved" /> : null}
      <h1>Who answers</h1>
      <p>Name and role of the person who sends the answers. They are never published.</p>
      <form method="post" action={action} novalidate>
        <input type="hidden" name={versionField(DECLARATION)} value={posted(values, versionField(DECLARATION))} />
        {other === undefined ? null : <Conflict box={DECLARATION} other={other} {...shared} />}
        <TextField {...shared} name="name" label={{ text: 'Your name' }} />
        <TextField {...shared} name="role" label={{ text: 'Your role' }} hint="For example product lead" />
        <ChoiceField
          {...shared}
          name="maySpeak"
          many
          label={{ text: 'Declaration' }}
          options={[{ value: 'yes', label: `I may speak for ${cleanLine(product)}, and the answers are correct.` }]}
        />
        <div class="acts">
          <button type="submit">Save and continue</button>
        </div>
      </form>
    </Page>
  );
}
