import { printAnswer } from '../../domain/answer-text.js';
import type { AnswerValue } from '../../domain/answers.js';
import { SECTIONS, type Question } from '../../domain/standard.js';

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
export function AnswersList({ rows }: { readonly rows: readonly AnswerRow[] }) {
  return (
    <>
      {SECTIONS.map(({ id, title }) => {
        const own = rows.filter(({ question }) => question.section === id);
        return own.length === 0 ? null : (
          <>
            <h3>{title}</h3>
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
