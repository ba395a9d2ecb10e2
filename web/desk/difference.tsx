import { diffWordsWithSpace } from 'diff';
import { printAnswer } from '../../domain/answer-text.js';
import type { AnswerValue } from '../../domain/answers.js';
import type { Question } from '../../domain/standard.js';

/** Longer texts are shown one after the other: comparing word by word takes time that grows with their product. */
const LONGEST = 20_000;

/** What has changed in an answer, word by word: what came is underlined, what went is struck through. */
export function Difference({
  question,
  before,
  now,
}: {
  readonly question: Question;
  readonly before: AnswerValue;
  readonly now: AnswerValue;
}) {
  const [old, current] = [before, now].map((value) => printAnswer({ question, value }).join('\n')) as [string, string];
  if (old.length + current.length > LONGEST) return <p class="said">{old}</p>;
  return (
    <p class="said">
      {diffWordsWithSpace(old, current).map(({ added, removed, value }) =>
        added ? (
          <ins>
            <span class="hidden">[added: </span>
            {value}
            <span class="hidden">]</span>
          </ins>
        ) : removed ? (
          <del>
            <span class="hidden">[removed: </span>
            {value}
            <span class="hidden">]</span>
          </del>
        ) : (
          value
        ),
      )}
    </p>
  );
}
