import type { Child } from 'hono/jsx';
import type { FormFields, Problem } from '../../domain/answer-form.js';
import { concernsEnd } from '../../domain/concern.js';
import { sectionTitle, type Standard } from '../../domain/standard.js';
import { MOST_WAITING, type Concern } from '../../prisma/concerns.js';
import type { WebContext } from '../context.js';
import { ErrorSummary, titleWith } from '../answer/errors.js';
import { TextField } from '../answer/inputs.js';
import { TypedText } from '../answer/typed-text.js';
import { Page } from '../layout.js';

export interface ConcernView {
  readonly context: WebContext;
  readonly concern: Concern;
  readonly product: string;
  readonly standard: Standard;
  /** The link itself, which the form of the page posts to. */
  readonly action: string;
  readonly values: FormFields;
  readonly problems: readonly Problem[];
  /** It was not taken: staff have enough of its author. */
  readonly full?: boolean;
}

/** What the one link of a concern shows: how it stands, and what its author can do. It changes nothing; buttons do. */
export function ConcernPage(view: ConcernView) {
  const { context, concern, product, standard, values, problems, full = false } = view;
  const title = `Your concern about ${product}`;
  return (
    <Page context={context} title={full ? `Error: ${title}` : titleWith(problems, title)} help>
      <ErrorSummary problems={problems} />
      {full ? <Full /> : null}
      <h1>{title}</h1>
      <Standing {...view} />
      {concern.stage === 'asked' ? null : <TypedText standards={context.standards} form={values} />}
      <h2>What you wrote</h2>
      <p>About: {concern.sections.map((id) => sectionTitle(standard, id)).join('; ')}</p>
      <p class="inset said">{concern.text}</p>
      {concern.details === null ? null : <p class="inset said">{concern.details}</p>}
    </Page>
  );
}

function Full() {
  return (
    <div class="errors" role="alert" tabindex={-1} autofocus>
      <h2>Nothing was sent</h2>
      <p>
        {MOST_WAITING} concerns from your address wait for an answer already. Press the button again when one of them
        has its answer. The link is good for two days: if that is too short, copy your text and send it again later.
      </p>
    </div>
  );
}

function Standing(view: ConcernView): Child {
  const { concern, product, action, values, problems } = view;
  switch (concern.stage) {
    case 'unconfirmed':
      return (
        <form method="post" action={action}>
          <p>The button confirms your email address and passes your concern to staff. Nothing becomes public by it.</p>
          <div class="acts">
            <button type="submit">Confirm and send</button>
          </div>
        </form>
      );
    case 'waiting':
      return <p>Staff have it and will read it. We write to you when they answer.</p>;
    case 'asked':
      return (
        <>
          <p>Staff need to know more before they decide:</p>
          <Words words={concern.answer} />
          <form method="post" action={action} novalidate>
            <TextField {...{ values, problems }} name="text" label={{ text: 'Your answer' }} rows={8} />
            <div class="acts">
              <button type="submit">Send the answer</button>
            </div>
          </form>
        </>
      );
    case 'rejected':
      return (
        <>
          <p>Staff read it, and do not open a review about it. The reason:</p>
          <Words words={concern.answer} />
        </>
      );
    case 'accepted':
      return (
        <>
          <p>
            Staff accepted it. The owner of {product} is asked about it, or will be when another review has ended, and
            does not learn who you are. We write to you when it is decided. What is asked:
          </p>
          <Words words={concern.answer} />
        </>
      );
    case 'ended':
      return <p>{concernsEnd(concern.result ?? '', product)}</p>;
  }
}

function Words({ words }: { readonly words: string | null }) {
  return words === null ? null : <p class="inset said">{words}</p>;
}

/** Unknown, mistyped or too old. */
export function NoConcern({ context }: { readonly context: WebContext }) {
  return (
    <Page context={context} title="This link does not work" help>
      <h1>This link does not work</h1>
      <p>A part of it is missing, or it was not confirmed within two days.</p>
      <p>
        Copy the whole link from our email. Was it too late? Then nobody has read what you wrote, and we delete it in a
        few days. Find the product in <a href="/">the registry</a> and write again.
      </p>
    </Page>
  );
}
