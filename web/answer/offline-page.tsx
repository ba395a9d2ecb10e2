import type { FormFields, Problem } from '../../domain/answer-form.js';
import type { FormRecord } from '../../prisma/read-form.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { ErrorSummary, FieldError, NothingTaken, problemOf, titleWith } from './errors.js';
import { ChoiceField, TextField } from './inputs.js';
import { pathOf } from './paths.js';
import { MOST_BYTES } from './uploaded-text.js';

/** Where the form is downloaded as one text and uploaded again. `record` null: nothing can be read now. */
export function OfflinePage({
  context,
  record,
  form,
  problems,
}: {
  readonly context: WebContext;
  readonly record: FormRecord | null;
  readonly form: FormFields;
  readonly problems: readonly Problem[];
}) {
  const title = 'Fill in the form offline';
  return (
    <Page context={context} title={record === null ? 'Error: nothing was saved' : titleWith(problems, title)} help>
      {record === null ? <NothingTaken title="Nothing was saved" /> : <Download record={record} problems={problems} />}
      <h2>Upload the text</h2>
      <p>What we understand is saved as a draft, and we show you what we did not understand. Nothing is sent.</p>
      <form
        method="post"
        action={record === null ? undefined : pathOf(record.reference, 'offline')}
        enctype="multipart/form-data"
        novalidate
      >
        <FileField problem={problemOf(problems, 'file')} />
        <TextField name="text" label={{ text: 'Or paste the text' }} values={form} problems={problems} rows={8} />
        <ChoiceField
          name="replace"
          many
          label={{ text: 'If an answer is saved here already' }}
          hint="If you do not tick this, it stays, and we show you the one in the text."
          values={form}
          problems={problems}
          options={[{ value: 'yes', label: 'Replace it by the one in the text' }]}
        />
        <div class="acts">
          <button type="submit">Save as a draft</button>
        </div>
      </form>
    </Page>
  );
}

function Download({ record, problems }: { readonly record: FormRecord; readonly problems: readonly Problem[] }) {
  const { reference, product } = record;
  return (
    <>
      <nav class="crumbs" aria-label="Back">
        <a href={pathOf(reference)}>Back to the list</a>
      </nav>
      <ErrorSummary problems={problems} />
      <h1>Fill in the form offline</h1>
      <p>
        <a href={pathOf(reference, 'offline.md')}>Download the form about {product} as one text</a>, with the answers
        that are there. Fill it in with any editor, and save it as plain text. Colleagues can do that too.
      </p>
    </>
  );
}

function FileField({ problem }: { readonly problem: string | undefined }) {
  return (
    <div class={problem === undefined ? 'field' : 'field wrong'}>
      <label class="name" for="file">
        The text as a file
      </label>
      <p class="hint" id="file-hint">
        Plain text, at most {MOST_BYTES / 1_000} KB
      </p>
      <FieldError name="file" sentence={problem} />
      <input
        type="file"
        id="file"
        name="file"
        aria-describedby={problem === undefined ? 'file-hint' : 'file-hint file-error'}
      />
    </div>
  );
}
