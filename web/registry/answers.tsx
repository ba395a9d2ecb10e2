import { printShortDay } from '../../adapters/dates.js';
import { printAnswer } from '../../domain/answer-text.js';
import { publishedAnswers, yearsOf, type PublishedAnswer, type PublishedSet } from '../../domain/published-answers.js';
import { questionsOfSection, type Question, type Standard } from '../../domain/standard.js';
import { REGISTRY_LICENCE } from '../context.js';
import { SelfAssessment } from '../about-question.js';
import { External } from './external.js';

/** Which answers a page shows: of a year (null: as they now are), long ones in full or their beginning. */
export interface AnswersShown {
  readonly year: string | null;
  readonly inFull: boolean;
}

interface AnswersProps extends AnswersShown {
  readonly slug: string;
  /** All questions whose answers are shown. */
  readonly standard: Standard;
  readonly sets: readonly PublishedSet[];
}

/** So much of an answer keeps a page light; the rest is one link away. */
const BEGINNING = { characters: 500, lines: 8 } as const;

/** The public answers of a product in a year, with links to the other years. */
export function Answers({ slug, standard, sets, year, inFull }: AnswersProps) {
  const years = yearsOf(sets);
  const [newest] = years;
  if (newest === undefined) {
    return (
      <section aria-labelledby="answers">
        <h2 id="answers">Answers</h2>
        <p>No answers are public yet. Answers become public when a review is decided.</p>
      </section>
    );
  }
  const shown = year !== null && years.includes(year) ? year : newest;
  const answers = publishedAnswers({ standard, sets, year: shown });
  const carried = Object.values(answers).every(({ confirmed }) => !confirmed);
  return (
    <section aria-labelledby="answers">
      <h2 id="answers">Answers in {shown}</h2>
      {years.length === 1 ? null : <Years slug={slug} years={years} shown={shown} />}
      <p class="small">
        Answers are public under <a href={REGISTRY_LICENCE.url}>{REGISTRY_LICENCE.name}</a>.{' '}
        {carried
          ? 'All of these were carried over, not confirmed by the owner.'
          : 'Each one says whether the owner confirmed it.'}
      </p>
      {standard.sections.map((section) => {
        const given = questionsOfSection(standard, section.id).flatMap((question) => {
          const answer = answers[question.id];
          return answer === undefined ? [] : [{ question, answer }];
        });
        if (given.length === 0) return null;
        return (
          <>
            <h3>{section.title}</h3>
            <SelfAssessment section={section} />
            <dl class="facts given">
              {given.map(({ question, answer }) => (
                <Answer
                  question={question}
                  answer={answer}
                  marked={!carried}
                  rest={inFull ? null : { slug, year: shown }}
                />
              ))}
            </dl>
          </>
        );
      })}
    </section>
  );
}

function Years({
  slug,
  years,
  shown,
}: {
  readonly slug: string;
  readonly years: readonly string[];
  readonly shown: string;
}) {
  return (
    <nav aria-label="Answers by year" class="pages">
      <ul>
        {years.map((year) => (
          <li>
            <a href={`/r/${slug}?year=${year}#answers`} aria-current={year === shown ? 'true' : undefined}>
              {year}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface AnswerProps {
  readonly question: Question;
  readonly answer: PublishedAnswer;
  /** Whether it says itself if the owner confirmed it. */
  readonly marked: boolean;
  /** Where long answers are in full; null: here. */
  readonly rest: { readonly slug: string; readonly year: string } | null;
}

function Answer({ question, answer, marked, rest }: AnswerProps) {
  const lines = printAnswer({ question, value: answer.value });
  const beginning = rest === null ? lines : beginningOf(lines);
  const on = printShortDay(answer.on);
  return (
    <div id={`answer-${question.id}`}>
      <dt>{question.title}</dt>
      <dd>
        {beginning.map((line) => (
          <p class="said">
            <External address={line} />
          </p>
        ))}
        {rest === null || beginning === lines ? null : (
          <p>
            <a href={`/r/${rest.slug}?year=${rest.year}&answers=full#answer-${question.id}`}>
              Read the whole answer<span class="hidden">: {question.title}</span>
            </a>
          </p>
        )}
        {question.early === undefined ? null : (
          <p class="small">
            Answered early: reviews that open from {printShortDay(question.early.bindsFrom)} on ask this.
          </p>
        )}
        {marked ? (
          <p class="small">
            {answer.confirmed ? `Confirmed by the owner on ${on}` : 'Carried over, not confirmed by the owner'}
          </p>
        ) : null}
      </dd>
    </div>
  );
}

/** The same lines if they are short, else their beginning. */
function beginningOf(lines: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let left: number = BEGINNING.characters;
  for (const line of lines) {
    const characters = Array.from(line);
    if (kept.length === BEGINNING.lines || left <= 0) return [...kept, '…'];
    if (characters.length > left) return [...kept, `${characters.slice(0, left).join('').trimEnd()}…`];
    kept.push(line);
    left -= characters.length;
  }
  return lines;
}
