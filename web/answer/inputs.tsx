import type { Child } from 'hono/jsx';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import type { Option } from '../../domain/standard.js';
import { FieldError, fieldId, problemOf } from './errors.js';

/** A field's label; as the heading of the page (1) or of a part of it (2), or as a plain label. */
export interface Label {
  readonly text: string;
  readonly level?: 1 | 2;
}

interface Field {
  readonly name: string;
  readonly label: Label;
  readonly values: FormFields;
  readonly problems: readonly Problem[];
  /** What stands between label and field. */
  readonly about?: Child;
  readonly hint?: string | undefined;
}

/** A heading of a level, or the text alone. */
export function Heading({ level, children }: { readonly level?: 1 | 2 | undefined; readonly children?: Child }) {
  if (level === 1) return <h1>{children}</h1>;
  return level === 2 ? <h2>{children}</h2> : <>{children}</>;
}

/** Text on one line, or on several when `rows` says so. */
export function TextField(props: Field & { readonly rows?: number; readonly kind?: 'text' | 'email' }) {
  const { name, label, values, problems, about, hint, rows, kind = 'text' } = props;
  const id = fieldId(name);
  const problem = problemOf(problems, name);
  const described = describedBy({ id, hint, problem });
  return (
    <div class={problem === undefined ? 'field' : 'field wrong'}>
      <Heading level={label.level}>
        <label class="name" for={id}>
          {label.text}
        </label>
      </Heading>
      {about}
      <Hint id={id} hint={hint} />
      <FieldError name={name} sentence={problem} />
      {rows === undefined ? (
        <input
          type={kind}
          id={id}
          name={name}
          value={posted(values, name)}
          aria-describedby={described}
          autocomplete={kind === 'email' ? 'email' : undefined}
        />
      ) : (
        // A line feed directly after the tag is not part of the text: without it a first empty line would get lost.
        <textarea id={id} name={name} rows={rows} aria-describedby={described}>
          {`\n${posted(values, name)}`}
        </textarea>
      )}
    </div>
  );
}

/** One of several choices, or any of them when `many` says so. The first one carries the field's id. */
export function ChoiceField(props: Field & { readonly options: readonly Option[]; readonly many?: boolean }) {
  const { name, label, values, problems, about, hint, options, many = false } = props;
  const id = fieldId(name);
  const problem = problemOf(problems, name);
  const chosen = posted(values, name).split('\n');
  return (
    <fieldset class={problem === undefined ? undefined : 'wrong'} aria-describedby={describedBy({ id, hint, problem })}>
      <legend>
        <Heading level={label.level}>{label.text}</Heading>
      </legend>
      {about}
      <Hint id={id} hint={hint} />
      <FieldError name={name} sentence={problem} />
      {options.map(({ value, label: words }, index) => {
        const own = index === 0 ? id : `${id}-${index + 1}`;
        return (
          <div class="choice">
            <input
              type={many ? 'checkbox' : 'radio'}
              id={own}
              name={name}
              value={value}
              checked={chosen.includes(value)}
            />
            <label for={own}>{words}</label>
          </div>
        );
      })}
    </fieldset>
  );
}

function Hint({ id, hint }: { readonly id: string; readonly hint: string | undefined }) {
  return hint === undefined ? null : (
    <p class="hint" id={`${id}-hint`}>
      {hint}
    </p>
  );
}

function describedBy({
  id,
  hint,
  problem,
}: {
  readonly id: string;
  readonly hint: string | undefined;
  readonly problem: string | undefined;
}): string | undefined {
  const ids = [hint === undefined ? [] : `${id}-hint`, problem === undefined ? [] : `${id}-error`].flat();
  return ids.length === 0 ? undefined : ids.join(' ');
}
