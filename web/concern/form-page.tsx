import type { FormFields, Problem } from '../../domain/answer-form.js';
import { judgedSections } from '../../domain/answers.js';
import { sectionTitle, type Standard } from '../../domain/standard.js';
import type { WebContext } from '../context.js';
import { ErrorSummary, titleWith } from '../answer/errors.js';
import { ChoiceField, TextField } from '../answer/inputs.js';
import { Page } from '../layout.js';
import { Full } from '../nominate/alike.js';
import { Trap } from '../nominate/trap.js';
import { concernPath } from './words.js';

interface ProductOnForm {
  readonly context: WebContext;
  readonly slug: string;
  readonly product: string;
}

interface ConcernFormProps extends ProductOnForm {
  readonly standard: Standard;
  readonly values: FormFields;
  readonly problems: readonly Problem[];
  /** The address was sent enough links today. */
  readonly full?: boolean;
}

/** Where somebody says what is wrong with a listed product. */
export function ConcernForm({ context, slug, product, standard, values, problems, full = false }: ConcernFormProps) {
  const title = `Report a concern about ${product}`;
  const shared = { values, problems };
  const sections = judgedSections({ standard, scope: 'all' });
  return (
    <Page context={context} title={full ? `Error: ${title}` : titleWith(problems, title)} help>
      <Back slug={slug} product={product} />
      <ErrorSummary problems={problems} />
      {full ? <Full /> : null}
      <h1>{title}</h1>
      <p>
        Does {product} not meet a part of the <a href="/standard">DPG Standard</a>? Tell us. Staff read it. If they
        accept it, the owner of {product} is asked about it, and reviewers decide.
      </p>
      <form method="post" action={concernPath(slug)} novalidate>
        <ChoiceField
          {...shared}
          name="sections"
          label={{ text: 'Which parts of the Standard is it about?' }}
          hint="Select all that apply."
          options={sections.map((id) => ({ value: id, label: sectionTitle(standard, id) }))}
          many
        />
        <TextField
          {...shared}
          name="text"
          label={{ text: 'What is your concern?' }}
          hint="Say where it can be seen: a page, a screen or a file. Do not write about people."
          rows={8}
        />
        <TextField
          {...shared}
          name="address"
          kind="email"
          label={{ text: 'Your email address' }}
          hint="We send a link to confirm it. Neither your address nor your text is published, and the owner sees neither."
        />
        <Trap values={values} />
        <div class="acts">
          <button type="submit">Send me the link</button>
        </div>
      </form>
    </Page>
  );
}

function Back({ slug, product }: Pick<ProductOnForm, 'slug' | 'product'>) {
  return (
    <nav class="crumbs" aria-label="Way back">
      <a href={`/r/${slug}`}>{product}</a>
    </nav>
  );
}

/** Said to everybody who posted the form, whatever became of it. */
export function CheckConcernEmail({ context, slug, product }: ProductOnForm) {
  return (
    <Page context={context} title="Check your email" help>
      <Back slug={slug} product={product} />
      <h1>Check your email</h1>
      <p>
        We sent a link to the address that you gave. It is good for two days. With it you confirm the address. Nobody
        reads your concern before that.
      </p>
      <p>Nothing came after an hour? Look among unwanted mail, then check the address and send the form again.</p>
    </Page>
  );
}

/** What left the list is not reviewed. */
export function LeftTheList({ context, slug, product }: ProductOnForm) {
  return (
    <Page context={context} title={`${product} is not listed`} help>
      <Back slug={slug} product={product} />
      <h1>{product} is not listed</h1>
      <p>It left the registry of digital public goods. Concerns are reviewed while a product is listed.</p>
      <p>Its page says since when and why. Is something wrong on that page? Then write to us.</p>
    </Page>
  );
}
