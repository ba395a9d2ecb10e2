import { considerationsOf, type Question } from '../domain/standard.js';

/** Why a question is asked, what a good answer looks like, and what else helps to answer it. */
export function AboutQuestion({ question }: { readonly question: Question }) {
  const serves = considerationsOf(question);
  return (
    <>
      <p class="small">Why we ask: {question.why}</p>
      {question.good === undefined ? null : <p class="small">What a good answer looks like: {question.good}</p>}
      {serves.length === 0 ? null : <p class="small">This is about: {serves.join(', ')}.</p>}
      {question.suggestions === undefined ? null : (
        <details>
          <summary>Words that we know</summary>
          <p class="small">{question.suggestions.join(', ')}</p>
        </details>
      )}
    </>
  );
}
