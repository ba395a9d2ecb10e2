import { printAnswer } from '../../domain/answer-text.js';
import { Early, SelfAssessment } from '../about-question.js';
import type { AnswerValue } from '../../domain/answers.js';
import type { Question, Standard } from '../../domain/standard.js';

/** A question with its answer, as lists of answers show it. */
export interface AnswerRow {
  readonly question: Question;
  readonly value: AnswerValue | undefined;
  /** What is to be said of it, such as that it was confirmed. */
  readonly note?: string | undefined;
  /** Where it can be changed. */
  readonly change?: string | undefined;
}

/** Answers by section, in the order of the form. */
export function AnswersList({ standard, rows }: { readonly standard: Standard; readonly rows: readonly AnswerRow[] }) {
  return (
    <>
      {standard.sections.map((section) => {
        const own = rows.filter(({ question }) => question.section === section.id);
        return own.length === 0 ? null : (
          <>
            <h3>{section.title}</h3>
            <SelfAssessment section={section} />
            <dl class="facts answers">
              {own.map((row) => (
                <Answer {...row} />
              ))}
            </dl>
          </>
        );
      })}
    </>
  );
}

function Answer({ question, value, note, change }: AnswerRow) {
  return (
    <div>
      <dt>{question.title}</dt>
      <dd>
        <span class="said">{printAnswer({ question, value }).join('\n')}</span>
        <Early question={question} />
        {note === undefined ? null : <p class="small">{note}</p>}
      </dd>
      {change === undefined ? null : (
        <dd>
          <a href={change}>
            Change<span class="hidden"> {question.title}</span>
          </a>
        </dd>
      )}
    </div>
  );
}
