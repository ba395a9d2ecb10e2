import { printDay } from '../adapters/dates.js';
import { considerationsOf, forCategories, type Question, type Section } from '../domain/standard.js';

/** Since when a question is asked that a later version than the review's own brings; nothing for the others. */
export function Early({ question: { early } }: { readonly question: Question }) {
  if (early === undefined) return null;
  return (
    <p class="small">
      <strong>
        From {printDay(early.bindsFrom)} on (version {early.version}); you may answer already.
      </strong>
    </p>
  );
}

interface AboutProps {
  readonly question: Question;
  /** Of the product; what counts for all of them is shown while none is known. */
  readonly categories?: readonly string[];
}

/** Why a question is asked, what a good answer looks like, and what else helps to answer it. */
export function AboutQuestion({ question, categories }: AboutProps) {
  const serves = considerationsOf(question);
  return (
    <>
      <Early question={question} />
      <p class="small">Why we ask: {question.why}</p>
      {question.good === undefined ? null : <p class="small">What a good answer looks like: {question.good}</p>}
      {forCategories(question, categories).map((line) => (
        <p class="small">{line}</p>
      ))}
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

/** How much is enough, in two columns where there is room; nothing where the Standard says nothing of it. */
export function HowMuch({ question: { guidance } }: { readonly question: Question }) {
  return guidance === undefined ? null : (
    <dl class="columns">
      <div>
        <dt>Enough for a small project</dt>
        <dd>{guidance.small}</dd>
      </div>
      <div>
        <dt>Expected of a large one</dt>
        <dd>{guidance.large}</dd>
      </div>
    </dl>
  );
}

/** Says of a section that no verdict is given on it; nothing for the others. */
export function SelfAssessment({ section }: { readonly section: Section | undefined }) {
  return section?.selfAssessment === undefined ? null : <p class="small">{section.selfAssessment}</p>;
}
