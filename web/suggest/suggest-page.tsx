import { posted } from '../../domain/answer-form.js';
import type { AlikeProduct } from '../../prisma/alike-products.js';
import { ErrorSummary, titleWith } from '../answer/errors.js';
import { TextField } from '../answer/inputs.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { Alike, canGoOn, Full } from '../nominate/alike.js';
import { NOMINATE, TRAP, type Typed } from '../nominate/words.js';

interface SuggestProps extends Typed {
  readonly context: WebContext;
  /** What it may be the same as; the form then asks whether to go on. */
  readonly alike?: readonly AlikeProduct[];
  /** Too many wait for a confirmation already. */
  readonly full?: boolean;
}

/** Where somebody names a product that is not theirs. */
export function SuggestPage({ context, values, problems, alike = [], full = false }: SuggestProps) {
  const title = 'Suggest a digital public good';
  const shared = { values, problems };
  return (
    <Page context={context} title={full || alike.length > 0 ? `Error: ${title}` : titleWith(problems, title)} help>
      <ErrorSummary problems={problems} />
      {full ? <Full /> : null}
      <h1>{title}</h1>
      <Alike alike={alike} />
      <p>
        You know a product that should be here, and it is not yours? Name it. We may invite its owner to nominate it.
        Nothing is public before the owner nominates it. Is it yours? Then <a href={NOMINATE}>nominate it</a>.
      </p>
      <form method="post" action="/suggest" novalidate>
        <TextField {...shared} name="product" label={{ text: 'Name of the product' }} />
        <TextField
          {...shared}
          name="website"
          label={{ text: 'Its website' }}
          hint="For example https://www.example.org"
        />
        <TextField {...shared} name="why" rows={4} label={{ text: 'Why should it be here? (optional)' }} />
        <TextField {...shared} name="name" label={{ text: 'Your name' }} />
        <TextField
          {...shared}
          name="address"
          kind="email"
          label={{ text: 'Your email address' }}
          hint="We send a link to it. We never publish it, and do not tell the owner who you are."
        />
        <div class="hidden" aria-hidden="true">
          <label for={TRAP}>Leave this empty</label>
          <input type="text" id={TRAP} name={TRAP} value={posted(values, TRAP)} tabindex={-1} autocomplete="off" />
        </div>
        {canGoOn(alike) ? <input type="hidden" name="anyway" value="yes" /> : null}
        <div class="acts">
          <button type="submit">{canGoOn(alike) ? 'Suggest it all the same' : 'Send me the link'}</button>
        </div>
      </form>
    </Page>
  );
}
