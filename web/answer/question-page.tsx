import type { FormFields, Problem } from '../../domain/answer-form.js';
import { categoriesOf } from '../../domain/answers.js';
import { asksAgain } from '../../domain/form-stand.js';
import { sectionOf, sectionTitle, TERMS, type Question, type SectionId } from '../../domain/standard.js';
import { wordsToOwner } from '../../domain/verdict.js';
import type { EarlierAnswer } from '../../prisma/read-form.js';
import { SelfAssessment } from '../about-question.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { chooseField, Conflict, versionField } from './conflict.js';
import { ErrorSummary, NothingTaken, titleWith } from './errors.js';
import type { FormState } from './form-state.js';
import { boxesOf, type PageView } from './page-view.js';
import { QuestionFields } from './question-fields.js';
import { pathOf } from './visit.js';

interface QuestionPageProps {
  readonly context: WebContext;
  readonly state: FormState;
  readonly pageId: string;
  readonly questions: readonly Question[];
  readonly view: PageView;
  /** Where the page was opened from, and leads back to. */
  readonly from: 'check' | 'list';
}

/** One page of the form: a question, or the short ones of a section together. */
export function QuestionPage({ context, state, pageId, questions, view, from }: QuestionPageProps) {
  const { record, pages } = state;
  const { reference, product } = record;
  const place = pages.findIndex(({ id }) => id === pageId);
  const sectionId = questions[0]?.section ?? 'general';
  const section = sectionTitle(record.standard, sectionId);
  const title = questions.length === 1 ? (questions[0]?.title ?? section) : section;
  const wrong = [...view.problems, ...choosing(view)];
  return (
    <Page context={context} title={titleWith(wrong, `${title}: ${product}`)} help>
      <nav class="crumbs" aria-label="Back">
        <a href={from === 'check' ? pathOf(reference, 'check') : pathOf(reference)}>
          {from === 'check' ? 'Back to your answers' : 'Back to the list'}
        </a>
      </nav>
      <ErrorSummary problems={wrong} />
      <p class="small">
        {product}. Page {place + 1} of {pages.length}
        {questions.length === 1 ? `: ${section}` : ''}
      </p>
      {questions.length === 1 ? null : <h1>{section}</h1>}
      <SelfAssessment section={sectionOf(record.standard, sectionId)} />
      <AskedBecause state={state} questions={questions} />
      <QuestionForm
        action={pathOf(reference, `q/${pageId}`)}
        questions={questions}
        view={{ ...view, problems: wrong }}
        from={from}
        earlierOf={state.earlier}
        categories={categoriesOf(state.answers)}
      />
    </Page>
  );
}

/** The form of a page alone: what is shown again when nothing but the posted fields is known. */
export function QuestionForm({
  action,
  questions,
  view,
  from,
  earlierOf,
  categories = [],
}: {
  readonly action: string;
  readonly questions: readonly Question[];
  readonly view: PageView;
  readonly from: 'check' | 'list';
  readonly earlierOf: (question: Question) => EarlierAnswer | undefined;
  readonly categories?: readonly string[];
}) {
  return (
    <form method="post" action={action} novalidate>
      <input type="hidden" name="from" value={from} />
      <Terms questions={questions} />
      {questions.map((question) => (
        <>
          <QuestionFields
            question={question}
            values={view.values}
            problems={view.problems}
            level={questions.length === 1 ? 1 : 2}
            earlier={earlierOf(question)}
            categories={categories}
            asksToKeep={(view.values[`${question.id}.keep`] ?? '') !== ''}
          />
          {boxesOf(question).map((box) => (
            <BoxState box={box} question={question} view={view} />
          ))}
        </>
      ))}
      <p class="hint">Simple English is enough. Spelling mistakes do not matter.</p>
      <div class="acts">
        <button type="submit" name="next" value="on">
          Save and continue
        </button>
        <button type="submit" name="next" value="list" class="second">
          Save and go to the list
        </button>
      </div>
    </form>
  );
}

/** The version of a box that this page shows, and the other text if somebody saved one meanwhile. */
function BoxState({
  box,
  question,
  view,
}: {
  readonly box: string;
  readonly question: Question;
  readonly view: PageView;
}) {
  const other = view.conflicts[box];
  return (
    <>
      <input type="hidden" name={versionField(box)} value={String(view.seen[box] ?? 0)} />
      {other === undefined ? null : (
        <Conflict box={box} other={other} question={question} values={view.values} problems={view.problems} />
      )}
    </>
  );
}

/** Words that owners may not know, explained where the page uses them. */
function Terms({ questions }: { readonly questions: readonly Question[] }) {
  const words = questions.map(({ label, why, good = '' }) => `${label} ${why} ${good}`).join(' ');
  const terms = (['PII', 'DPG', 'SDG'] as const).filter((term) => new RegExp(`\\b${term}s?\\b`, 'u').test(words));
  return (
    <>
      {terms.map((term) => (
        <p class="small">{TERMS[term]}</p>
      ))}
    </>
  );
}

/** What the reviewer asks about the section of these questions. */
function AskedBecause({ state, questions }: { readonly state: FormState; readonly questions: readonly Question[] }) {
  const reasons = clarificationOf(state).filter(({ section }) => questions.some((one) => one.section === section));
  return (
    <>
      {reasons.map(({ reason }) => (
        <div class="inset">
          <p>
            <strong>{asksWords(state)}</strong>
          </p>
          <p class="said">{reason}</p>
        </div>
      ))}
    </>
  );
}

/** What stands above a reviewer's reason. */
function asksWords({ record }: FormState): string {
  return record.review.turn?.of === 'notice'
    ? 'This does not meet the Standard yet. The reviewer writes:'
    : 'The reviewer asks:';
}

/** What reviewers ask in a clarification, or write in a notice, by section. */
export function clarificationOf({
  record,
}: FormState): readonly { readonly section: SectionId; readonly reason: string }[] {
  const { turn } = record.review;
  if (!asksAgain(record.review)) return [];
  const word = turn?.of === 'notice' ? 'does_not_meet' : 'clarify';
  const sections = record.review.verdicts.at(-1)?.sections ?? [];
  return sections.flatMap((one) => (one.verdict === word ? [{ section: one.section, reason: wordsToOwner(one) }] : []));
}

/** Two texts of one box are a problem until one is chosen. */
function choosing({ conflicts }: PageView): readonly Problem[] {
  return Object.keys(conflicts).map((box) => ({
    field: chooseField(box),
    sentence: 'Select which of the two texts you want to keep.',
  }));
}

/** Said in place of a page when nothing could be saved; the form with what was typed stands below. */
export function NotSaved({
  context,
  action,
  questions,
  view,
  form,
}: {
  readonly context: WebContext;
  readonly action: string;
  readonly questions: readonly Question[];
  readonly view: PageView;
  readonly form: FormFields;
}) {
  return (
    <Page context={context} title="Error: nothing was saved" help>
      <NothingTaken title="Nothing was saved" />
      <QuestionForm
        action={action}
        questions={questions}
        view={view}
        from={form['from'] === 'check' ? 'check' : 'list'}
        earlierOf={() => undefined}
      />
    </Page>
  );
}
