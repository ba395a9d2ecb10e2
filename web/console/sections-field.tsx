import { posted } from '../../domain/answer-form.js';
import { judgedSections } from '../../domain/answers.js';
import { sectionTitle, type SectionId, type Standard } from '../../domain/standard.js';
import { FieldError, fieldId, problemOf } from '../answer/errors.js';
import { fieldOf, type FormOnPage } from './fields.js';

/** Which sections the owner is asked about; those of the concern are chosen until something was posted. */
export function SectionsField({
  form,
  standard,
  chosen,
}: {
  readonly form: FormOnPage;
  readonly standard: Standard;
  readonly chosen: readonly SectionId[];
}) {
  const full = fieldOf(form.id, 'sections');
  const was = posted(form.values, 'act') === '' ? chosen : posted(form.values, 'sections').split('\n');
  const problem = problemOf(form.problems, full);
  return (
    <fieldset class={problem === undefined ? undefined : 'wrong'}>
      <legend>Sections that the owner is asked about</legend>
      <FieldError name={full} sentence={problem} />
      {judgedSections({ standard, scope: 'all' }).map((id, index) => {
        const own = index === 0 ? fieldId(full) : `${fieldId(full)}-${index + 1}`;
        return (
          <div class="choice">
            <input type="checkbox" id={own} name="sections" value={id} checked={was.includes(id)} />
            <label for={own}>{sectionTitle(standard, id)}</label>
          </div>
        );
      })}
    </fieldset>
  );
}
