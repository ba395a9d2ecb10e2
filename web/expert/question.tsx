import type { FormFields, Problem } from '../../domain/answer-form.js';
import { printShortDay } from '../../adapters/dates.js';
import { visible } from '../../domain/answers.js';
import { printAnswer } from '../../domain/answer-text.js';
import { ADVICE_WORDS, DECLINE_WORDS, type DeclineWord } from '../../domain/consultation.js';
import type { Question } from '../../domain/standard.js';
import type { ExpertView } from '../../prisma/read-expert.js';
import { AboutQuestion } from '../about-question.js';
import { ErrorSummary, fieldId, titleWith } from '../answer/errors.js';
import { ChoiceField, TextField } from '../answer/inputs.js';
import type { WebContext } from '../context.js';
import { ADVICE } from '../desk/consulting.js';
import { CsrfField } from '../desk/for-staff.js';
import { Said } from '../desk/pool.js';
import type { Staff } from '../desk/session.js';
import { Page } from '../layout.js';
import { External } from '../registry/external.js';
import { ExpertHere, pathOf, standing } from './list.js';

const WHY: Readonly<Record<Exclude<DeclineWord, 'unreachable'>, string>> = {
  no_time: 'I have no time',
  not_my_field: 'It is not my field',
  conflict: 'I have a conflict of interest',
  other: 'Another reason',
};

interface QuestionProps {
  readonly context: WebContext;
  readonly staff: Staff;
  readonly view: ExpertView;
  /** What became of what they did last; null: nothing. */
  readonly said: string | null;
  readonly problems: readonly Problem[];
  readonly form: FormFields;
}

/** A question to an expert, with what is needed to answer it. */
export function QuestionPage({ context, staff, view, said, problems, form }: QuestionProps) {
  const { title, question, stage, advice } = view;
  // Before they accept they read the question alone.
  const reads = advice === null && (stage === 'accepted' || stage === 'over');
  const advises = reads || (advice === null && stage === 'silent');
  return (
    <Page context={context} title={titleWith(problems, `A question about ${title}`)} staff>
      <nav class="crumbs" aria-label="Way back">
        <a href="/expert">Questions to you</a>
      </nav>
      <ErrorSummary problems={problems} />
      <h1>A question about {title}</h1>
      <Said said={said} />
      <p>{standing(view)}</p>
      <div class="panel">
        <p>
          <strong>A reviewer asks you:</strong>
        </p>
        <p class="said">{question}</p>
      </div>
      {advice === null ? null : <Given advice={advice} />}
      {advice === null ? <Choices {...{ staff, view }} /> : null}
      {reads ? <SectionAnswers view={view} /> : null}
      {advises ? <AdviceForm {...{ staff, view, problems, form }} /> : null}
      <ExpertHere staff={staff} />
    </Page>
  );
}

function Given({ advice: { word, text, on, late } }: { readonly advice: NonNullable<ExpertView['advice']> }) {
  return (
    <div class="inset">
      <p>
        You advised on {printShortDay(on)}: <strong>{ADVICE[word]}</strong>
        {late ? '. It came late; the reviewers see that.' : '. The reviewers have it.'}
      </p>
      <p class="said">{text}</p>
    </div>
  );
}

/** Accept or decline, while the question is theirs. */
function Choices({ staff, view }: { readonly staff: Staff; readonly view: ExpertView }) {
  const { stage, end } = view;
  if (end !== null || (stage !== 'invited' && stage !== 'accepted')) return null;
  return (
    <section aria-labelledby="choices">
      <h2 id="choices">{stage === 'invited' ? 'Can you answer it?' : 'You cannot answer after all?'}</h2>
      {stage === 'invited' ? <Act {...{ staff, view }} act="accept" button="I accept" /> : null}
      <details>
        <summary>Decline</summary>
        <form method="post" action={`${pathOf(view)}/decline`}>
          <CsrfField staff={staff} />
          <div class="field">
            <label class="name" for={fieldId('why')}>
              Why? You need not say.
            </label>
            <select id={fieldId('why')} name="why">
              <option value="">I do not say</option>
              {DECLINE_WORDS.map((word) => (
                <option value={word}>{WHY[word]}</option>
              ))}
            </select>
            <p class="hint">Reviewers and staff read this. Then we ask another expert.</p>
          </div>
          <div class="acts">
            <button type="submit" class="second">
              I decline
            </button>
          </div>
        </form>
      </details>
    </section>
  );
}

function Act({
  staff,
  view,
  act,
  button,
}: {
  readonly staff: Staff;
  readonly view: ExpertView;
  readonly act: string;
  readonly button: string;
}) {
  return (
    <form method="post" action={`${pathOf(view)}/${act}`}>
      <CsrfField staff={staff} />
      <div class="acts">
        <button type="submit">{button}</button>
      </div>
    </form>
  );
}

/** The answers of the section, with what is for reviewers only and the guidance of each question. */
function SectionAnswers({ view }: { readonly view: ExpertView }) {
  const questions = visible({ ...view.asking, answers: view.values }).filter(({ section }) => section === view.section);
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">What the owner answered</h2>
      {questions.map((question) => (
        <Answer {...{ view, question }} />
      ))}
      {questions.length === 0 ? <p>No question of this section applies.</p> : null}
    </section>
  );
}

function Answer({ view, question }: { readonly view: ExpertView; readonly question: Question }) {
  const value = view.values[question.id];
  // What is not published is for as long as the question is theirs.
  const reserved = view.end === null && view.stage === 'accepted' ? (view.forReviewers[question.id]?.trim() ?? '') : '';
  return (
    <div class="answered">
      <h3>{question.title}</h3>
      {value === undefined ? (
        <p class="small">No answer.</p>
      ) : (
        printAnswer({ question, value }).map((line) => (
          <p class="said">
            <External address={line} />
          </p>
        ))
      )}
      {reserved === '' ? null : (
        <div class="inset private">
          <p>
            <strong>Not published. Pass it on to nobody:</strong>
          </p>
          <p class="said">{reserved}</p>
        </div>
      )}
      <details>
        <summary>
          What is asked<span class="hidden">: {question.title}</span>
        </summary>
        <p>{question.label}</p>
        <AboutQuestion question={question} />
      </details>
    </div>
  );
}

function AdviceForm({ staff, view, problems, form }: Pick<QuestionProps, 'staff' | 'view' | 'problems' | 'form'>) {
  const common = { values: form, problems };
  return (
    <form method="post" action={`${pathOf(view)}/advice`}>
      <CsrfField staff={staff} />
      <input type="hidden" name="seen" value={String(view.draft.version)} />
      <h2>Your advice</h2>
      <ChoiceField
        {...common}
        name="word"
        label={{ text: `What do you advise on ${view.title}?` }}
        options={ADVICE_WORDS.map((value) => ({ value, label: ADVICE[value] }))}
      />
      <TextField
        {...common}
        name="text"
        label={{ text: 'Why' }}
        hint="Reviewers and staff read this. It is never published, and the owner does not see it."
        rows={8}
      />
      <div class="acts">
        <button type="submit" name="then" value="send">
          Send my advice
        </button>
        <button type="submit" name="then" value="save" class="second">
          Save and go on later
        </button>
      </div>
    </form>
  );
}
