import type { Child } from 'hono/jsx';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { FieldError, fieldId, problemOf } from '../answer/errors.js';

/** A form of the console, of which a page has several: `id` tells its fields from those of the others. */
export interface FormOnPage {
  readonly id: string;
  readonly values: FormFields;
  readonly problems: readonly Problem[];
}

interface FieldProps {
  readonly form: FormOnPage;
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
}

/** The name under which a problem links to a field of one of several forms. */
export function fieldOf(form: string, name: string): string {
  return `${form}-${name}`;
}

/** A field on one line, or on several when `rows` says so. */
export function Field({
  form,
  name,
  label,
  hint,
  rows,
  kind = 'text',
}: FieldProps & { readonly rows?: number; readonly kind?: 'text' | 'date' | 'email' }) {
  const full = fieldOf(form.id, name);
  const id = fieldId(full);
  const value = posted(form.values, name);
  const described = describedBy({ form, name, hint });
  return (
    <Around {...{ form, name, label, hint }}>
      {rows === undefined ? (
        <input type={kind} id={id} name={name} value={value} aria-describedby={described} autocomplete="off" />
      ) : (
        <textarea id={id} name={name} rows={rows} aria-describedby={described}>
          {`\n${value}`}
        </textarea>
      )}
    </Around>
  );
}

/** A choice of one of many. */
export function Choice({
  options,
  ...field
}: FieldProps & { readonly options: readonly { readonly value: string; readonly label: string }[] }) {
  const { form, name } = field;
  const chosen = posted(form.values, name);
  return (
    <Around {...field}>
      <select id={fieldId(fieldOf(form.id, name))} name={name} aria-describedby={describedBy(field)}>
        {options.map(({ value, label }) => (
          <option value={value} selected={value === chosen}>
            {label}
          </option>
        ))}
      </select>
    </Around>
  );
}

function Around({ form, name, label, hint, children }: FieldProps & { readonly children?: Child }) {
  const full = fieldOf(form.id, name);
  const problem = problemOf(form.problems, full);
  return (
    <div class={problem === undefined ? 'field' : 'field wrong'}>
      <label class="name" for={fieldId(full)}>
        {label}
      </label>
      {hint === undefined ? null : (
        <p class="hint" id={`${fieldId(full)}-hint`}>
          {hint}
        </p>
      )}
      <FieldError name={full} sentence={problem} />
      {children}
    </div>
  );
}

function describedBy({ form, name, hint }: Pick<FieldProps, 'form' | 'name' | 'hint'>): string | undefined {
  const id = fieldId(fieldOf(form.id, name));
  const problem = problemOf(form.problems, fieldOf(form.id, name));
  const ids = [hint === undefined ? [] : `${id}-hint`, problem === undefined ? [] : `${id}-error`].flat();
  return ids.length === 0 ? undefined : ids.join(' ');
}
