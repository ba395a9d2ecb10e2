import { posted, type FormFields } from '../../domain/answer-form.js';
import { SELF_CHECK, type SelfCheckQuestion } from '../../domain/self-check.js';
import type { WebContext } from '../context.js';
import { ChoiceField } from '../answer/inputs.js';
import { Page } from '../layout.js';
import { NOMINATE, SELF_CHECK_PATH } from './words.js';

const OPTIONS = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
  { value: 'unsure', label: 'I am not sure' },
] as const;

/** Nine questions that somebody asks themselves; what they answer is shown again and kept nowhere. */
export function SelfCheckPage({
  context,
  values,
}: {
  readonly context: WebContext;
  readonly values: FormFields | null;
}) {
  const title = 'Is the product ready?';
  return (
    <Page context={context} title={values === null ? title : `${title} Your answers`} help>
      <nav class="crumbs" aria-label="Back">
        <a href={NOMINATE}>Nominate a digital public good</a>
      </nav>
      <h1>{title}</h1>
      {values === null ? (
        <p>Nine questions, one for each indicator of the Standard. Nothing of what you select is kept.</p>
      ) : (
        <Finding values={values} />
      )}
      <form method="post" action={SELF_CHECK_PATH} novalidate>
        {SELF_CHECK.map(({ id, asks }, index) => (
          <ChoiceField
            name={id}
            label={{ text: `${index + 1}. ${asks}` }}
            options={OPTIONS}
            values={values ?? {}}
            problems={[]}
          />
        ))}
        <div class="acts">
          <button type="submit">Show what it comes to</button>
        </div>
      </form>
    </Page>
  );
}

function Finding({ values }: { readonly values: FormFields }) {
  const open = SELF_CHECK.filter(({ id }) => posted(values, id) !== 'yes');
  return (
    <section class={open.length === 0 ? 'panel done' : 'panel'} aria-labelledby="finding" tabindex={-1}>
      <h2 id="finding">{open.length === 0 ? 'Nothing stands against it' : `${countInWords(open)} to look at first`}</h2>
      {open.length === 0 ? (
        <p>
          Reviewers look for the evidence. <a href={NOMINATE}>Nominate the product</a>, with links that show each
          answer.
        </p>
      ) : (
        <>
          <ul>
            {open.map(({ otherwise }) => (
              <li>{otherwise}</li>
            ))}
          </ul>
          <p>
            You can <a href={NOMINATE}>nominate the product</a> all the same, and go on with the form when these are
            done.
          </p>
        </>
      )}
    </section>
  );
}

function countInWords(open: readonly SelfCheckQuestion[]): string {
  return open.length === 1 ? 'One thing' : `${open.length} things`;
}
