import type { Child } from 'hono/jsx';
import type { AlikeProduct } from '../../prisma/alike-products.js';
import type { WebContext } from '../context.js';
import { ErrorSummary, titleWith } from '../answer/errors.js';
import { TextField } from '../answer/inputs.js';
import { Page } from '../layout.js';
import { Alike, canGoOn, Full } from './alike.js';
import { Trap } from './trap.js';
import type { Typed } from './words.js';

/** What a page shows where somebody names a product before their address is confirmed. */
export interface StartProps extends Typed {
  readonly context: WebContext;
  /** What it may be the same as; the form then asks whether to go on. */
  readonly alike?: readonly AlikeProduct[];
  /** The address was sent enough links today. */
  readonly full?: boolean;
}

interface FormProps extends StartProps {
  readonly title: string;
  readonly action: string;
  /** Said before the form. */
  readonly about: Child;
  /** What is asked of the product beside its name and website. */
  readonly more?: Child;
  readonly addressHint: string;
  /** The button of who was told that it may be here already. */
  readonly allTheSame: string;
}

/** The form that names a product and asks for an address to confirm. */
export function StartForm(props: FormProps) {
  const { context, values, problems, alike = [], full = false, title, action, about, more, addressHint } = props;
  const shared = { values, problems };
  return (
    <Page context={context} title={full || alike.length > 0 ? `Error: ${title}` : titleWith(problems, title)} help>
      <ErrorSummary problems={problems} />
      {full ? <Full /> : null}
      <h1>{title}</h1>
      <Alike alike={alike} />
      {about}
      <form method="post" action={action} novalidate>
        <TextField {...shared} name="product" label={{ text: 'Name of the product' }} />
        <TextField
          {...shared}
          name="website"
          label={{ text: 'Its website' }}
          hint="For example https://www.example.org"
        />
        {more}
        <TextField {...shared} name="name" label={{ text: 'Your name' }} />
        <TextField {...shared} name="address" kind="email" label={{ text: 'Your email address' }} hint={addressHint} />
        <Trap values={values} />
        {canGoOn(alike) ? <input type="hidden" name="anyway" value="yes" /> : null}
        <div class="acts">
          <button type="submit">{canGoOn(alike) ? props.allTheSame : 'Send me the link'}</button>
        </div>
      </form>
    </Page>
  );
}
