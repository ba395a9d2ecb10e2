import { printInstant } from '../../adapters/dates.js';
import { fieldsOf, posted, reviewersField, type FormFields, type Problem } from '../../domain/answer-form.js';
import { printAnswer } from '../../domain/answer-text.js';
import { parseAnswer } from '../../domain/questionnaire.js';
import type { Question } from '../../domain/standard.js';
import type { SavedDraft } from '../../prisma/read-form.js';
import { DECLARATION, keepsEarlier } from './form-state.js';
import { ChoiceField } from './inputs.js';

/** The names that a box's own fields begin with: those that carry its version and the choice between two texts. */
export function boxName(box: string): string {
  return box.replace(':', '.');
}

/** The field that carries the version of a box that its author saw. */
export function versionField(box: string): string {
  return `${boxName(box)}.version`;
}

/** The field in which an owner chooses between two texts: `mine` or `theirs`. */
export function chooseField(box: string): string {
  return `${boxName(box)}.choose`;
}

/** The field that carries the version of the other text, so that choosing mine replaces that one and no later one. */
export function otherField(box: string): string {
  return `${boxName(box)}.other`;
}

/** The other text of a box that somebody saved in the meantime, and the choice between the two. */
export function Conflict({
  box,
  other,
  question,
  values,
  problems,
}: {
  readonly box: string;
  readonly other: SavedDraft;
  readonly question?: Question;
  readonly values: FormFields;
  readonly problems: readonly Problem[];
}) {
  return (
    <div class="panel">
      <h2>Somebody else saved another text</h2>
      <p>It was saved on {printInstant(other.at)}, while your page was open. Nothing was overwritten.</p>
      <input type="hidden" name={otherField(box)} value={String(other.version)} />
      <div class="inset">
        <p>
          <strong>The other text</strong>
        </p>
        <p class="said">{wordsOf({ box, question, form: other.form }).join('\n')}</p>
      </div>
      <ChoiceField
        name={chooseField(box)}
        label={{ text: 'Which text do you want to keep?' }}
        values={values}
        problems={problems}
        options={[
          { value: 'mine', label: 'Mine, as it stands on this page' },
          { value: 'theirs', label: 'The other text' },
        ]}
      />
    </div>
  );
}

function wordsOf({
  box,
  question,
  form,
}: {
  readonly box: string;
  readonly question: Question | undefined;
  readonly form: FormFields;
}): readonly string[] {
  if (box === DECLARATION) return [posted(form, 'name'), posted(form, 'role')];
  if (question === undefined) return [];
  if (box !== question.id) return [posted(form, reviewersField(question)) || 'Nothing'];
  if (keepsEarlier({ question, form })) return ['The earlier answer is still correct.'];
  const parsed = parseAnswer({ question, form });
  return parsed.ok
    ? printAnswer({ question, value: parsed.value })
    : fieldsOf(question).map((name) => posted(form, name));
}
