import { sectionTitle, type Question, type SectionId } from '../../domain/standard.js';
import { completenessOf } from '../../domain/completeness.js';
import type { FormState } from './form-state.js';
import { pathOf } from './visit.js';

/** How complete a nomination is, what is missing, and why each of it matters. */
export function Completeness({ state }: { readonly state: FormState }) {
  const { record, answers } = state;
  const { reference, standard } = record;
  const { answered, of, missing } = completenessOf({ standard, answers });
  if (of === 0) return null;
  return (
    <section class="panel" aria-labelledby="complete">
      <h2 id="complete">
        {answered === of ? 'Your nomination is complete' : `Complete so far: ${answered} of ${of} questions`}
      </h2>
      <meter min={0} max={of} value={answered} aria-labelledby="complete">
        {answered} of {of}
      </meter>
      <p>The more complete, the faster: complete nominations come first when reviewers choose what to read.</p>
      {missing.length === 0 ? null : (
        <details>
          <summary>What is missing, and why it matters</summary>
          {sectionsOf(missing).map((section) => (
            <>
              <h3>{sectionTitle(standard, section)}</h3>
              <ul>
                {missing
                  .filter((question) => question.section === section)
                  .map(({ id, title, why, required }) => (
                    <li>
                      <a href={pathOf(reference, `q/${pageOf(state, id)}`)}>{title}</a>
                      {required ? '' : ' (optional)'}: {why}
                    </li>
                  ))}
              </ul>
            </>
          ))}
        </details>
      )}
    </section>
  );
}

function sectionsOf(questions: readonly Question[]): readonly SectionId[] {
  return [...new Set(questions.map(({ section }) => section))];
}

function pageOf({ pages }: FormState, id: string): string {
  return pages.find(({ questionIds }) => questionIds.includes(id))?.id ?? id;
}
