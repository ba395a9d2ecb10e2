import { printAnswer } from '../../domain/answer-text.js';
import type { ReadText, UnderstoodAnswer } from '../../domain/read-standard-text.js';
import type { Question } from '../../domain/standard.js';
import { counted } from '../../client/words/words.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import type { FormState } from './form-state.js';
import { pathOf } from './paths.js';

/** What became of the answers of an uploaded text. */
export interface Found {
  /** Saved as drafts. */
  readonly taken: readonly UnderstoodAnswer[];
  /** They say what the form says. */
  readonly same: readonly UnderstoodAnswer[];
  /** Another answer is saved, and stays. */
  readonly kept: readonly UnderstoodAnswer[];
  /** The review does not ask for them now. */
  readonly notAsked: readonly UnderstoodAnswer[];
}

/** So many lines that belong nowhere are shown. */
const MOST_LINES = 30;

/** Says of every part of an uploaded text what became of it. */
export function FoundPage({
  context,
  state,
  read,
  found,
}: {
  readonly context: WebContext;
  readonly state: FormState;
  readonly read: ReadText;
  readonly found: Found;
}) {
  const { reference } = state.record;
  const { taken, same, kept, notAsked } = found;
  const title = 'What we found in your text';
  return (
    <Page context={context} title={title} help>
      <h1>{title}</h1>
      <div class="panel done" role="status">
        <p>{counted(taken.length, 'answer is', 'answers are')} saved as a draft. Nothing was sent.</p>
        <div class="acts">
          <a class="button" href={pathOf(reference)}>
            Go to the list
          </a>
        </div>
      </div>
      <NotUnderstood state={state} read={read} />
      <Answers state={state} title="Not saved: another answer is here already" answers={kept}>
        It stays as it is. Open the question to change it, or upload again and tick that the text replaces it.
      </Answers>
      <Answers state={state} title="Not saved: the review does not ask for this now" answers={notAsked} />
      <Answers state={state} title="Saved as a draft" answers={taken} />
      {same.length === 0 ? null : (
        <p>
          {counted(same.length, 'answer says', 'answers say')} what is here already, and changed nothing. An earlier
          answer is confirmed on its own page.
        </p>
      )}
    </Page>
  );
}

function NotUnderstood({ state, read }: { readonly state: FormState; readonly read: ReadText }) {
  const { refused, unknown, leftOver } = read;
  if (refused.length + unknown.length + leftOver.length === 0) return null;
  return (
    <section aria-labelledby="not-understood">
      <h2 id="not-understood">What we did not understand</h2>
      <p>It was not saved. Copy what you need before you leave this page.</p>
      {refused.map(({ question, problems, text }) => (
        <>
          <h3>
            <QuestionLink state={state} question={question} />
          </h3>
          {problems.map(({ sentence }) => (
            <p class="error">{sentence}</p>
          ))}
          <p class="inset said">{text}</p>
        </>
      ))}
      {unknown.map(({ heading, text }) => (
        <>
          <h3>{heading}</h3>
          <p class="error">The form has no such question, or the text has it twice.</p>
          <p class="inset said">{text}</p>
        </>
      ))}
      {leftOver.length === 0 ? null : (
        <>
          <h3>Lines that belong to no answer</h3>
          <p class="inset said">{leftOver.slice(0, MOST_LINES).join('\n')}</p>
          {leftOver.length > MOST_LINES ? <p>And {leftOver.length - MOST_LINES} more lines.</p> : null}
        </>
      )}
    </section>
  );
}

function Answers({
  state,
  title,
  answers,
  children,
}: {
  readonly state: FormState;
  readonly title: string;
  readonly answers: readonly UnderstoodAnswer[];
  readonly children?: string;
}) {
  if (answers.length === 0) return null;
  return (
    <>
      <h2>{title}</h2>
      {children === undefined ? null : <p>{children}</p>}
      <dl class="facts answers">
        {answers.map(({ question, value, forReviewers }) => (
          <div>
            <dt>
              <QuestionLink state={state} question={question} />
            </dt>
            <dd>
              {value === undefined ? null : <span class="said">{printAnswer({ question, value }).join('\n')}</span>}
              {forReviewers === undefined ? null : <p class="small said">For reviewers only: {forReviewers}</p>}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The way to a question that is shown now; its title alone where it is not. */
function QuestionLink({ state, question }: { readonly state: FormState; readonly question: Question }) {
  const page = state.pages.find(({ questionIds }) => questionIds.includes(question.id));
  if (page === undefined) return <>{question.title}</>;
  return <a href={pathOf(state.record.reference, `q/${page.id}`)}>{question.title}</a>;
}
