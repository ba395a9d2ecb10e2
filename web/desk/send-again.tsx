import type { Child } from 'hono/jsx';
import type { FormFields } from '../../domain/answer-form.js';
import { isTyped } from '../answer/typed-text.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';

/** What a field of a form is called where it is shown again, by its name; undefined: by its name in words. */
export type LabelOf = (name: string) => string | undefined;

/** A form that could not be taken. */
export interface Untaken {
  readonly context: WebContext;
  /** Where it was posted. */
  readonly action: string;
  readonly form: FormFields;
  /** The token that it is to have instead of its own. Default: its own. */
  readonly csrf?: string;
  readonly labelOf?: LabelOf | undefined;
}

/** A text, rather than a choice or a fact that the page knew; it is shown, whatever is hidden is sent all the same. */
const LONGEST_WORD = 40;

/** The page of a form that could not be taken: why, what was typed, and a button that sends all of it again. */
export function SendAgain({
  untaken,
  title,
  button,
  children,
}: {
  readonly untaken: Untaken;
  readonly title: string;
  readonly button: string;
  /** Why, and what to do first. */
  readonly children?: Child;
}) {
  const { context, action, form, csrf, labelOf } = untaken;
  const fields = Object.entries(csrf === undefined ? form : { ...form, csrf });
  return (
    <Page context={context} title={`Error: ${title}`} staff>
      <h1>{title}</h1>
      {children}
      <form method="post" action={action}>
        {fields.map(([name, given]) => (
          <Field name={name} given={given} labelOf={labelOf} />
        ))}
        <div class="acts">
          <button type="submit">{button}</button>
        </div>
      </form>
    </Page>
  );
}

function Field({
  name,
  given,
  labelOf,
}: {
  readonly name: string;
  readonly given: string | readonly string[];
  readonly labelOf: LabelOf | undefined;
}) {
  if (typeof given !== 'string' || !isText(name, given)) {
    return (
      <>
        {[given].flat().map((value) => (
          <input type="hidden" name={name} value={value} />
        ))}
      </>
    );
  }
  const id = `again-${name.replaceAll(/[^\w-]/gu, '-')}`;
  return (
    <div class="field">
      <label class="name" for={id}>
        {labelOf?.(name) ?? inWords(name)}
      </label>
      <textarea id={id} name={name} rows={5}>
        {`\n${given}`}
      </textarea>
    </div>
  );
}

function isText(name: string, given: string): boolean {
  return isTyped(name) && (/\s/u.test(given) || given.length > LONGEST_WORD);
}

/** `publicReason` and `public_reason` as "Public reason". */
function inWords(name: string): string {
  const words = name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
  return words === '' ? 'Your text' : words.charAt(0).toUpperCase() + words.slice(1);
}
