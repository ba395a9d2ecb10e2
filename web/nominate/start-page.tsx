import { posted } from '../../domain/answer-form.js';
import type { AlikeProduct } from '../../prisma/alike-products.js';
import type { WebContext } from '../context.js';
import { ErrorSummary, titleWith } from '../answer/errors.js';
import { TextField } from '../answer/inputs.js';
import { Page } from '../layout.js';
import { Alike, canGoOn, Full } from './alike.js';
import { NOMINATE, SELF_CHECK_PATH, TRAP, type Typed } from './words.js';

interface StartProps extends Typed {
  readonly context: WebContext;
  /** What it may be the same as; the form then asks whether to go on. */
  readonly alike?: readonly AlikeProduct[];
  /** The address was sent enough links today. */
  readonly full?: boolean;
}

/** Where a nomination begins. */
export function StartPage({ context, values, problems, alike = [], full = false }: StartProps) {
  const title = 'Nominate a digital public good';
  const shared = { values, problems };
  return (
    <Page context={context} title={full || alike.length > 0 ? `Error: ${title}` : titleWith(problems, title)} help>
      <ErrorSummary problems={problems} />
      {full ? <Full /> : null}
      <h1>{title}</h1>
      <Alike alike={alike} />
      {alike.length === 0 ? <About /> : null}
      <form method="post" action={NOMINATE} novalidate>
        <TextField {...shared} name="product" label={{ text: 'Name of the product' }} />
        <TextField
          {...shared}
          name="website"
          label={{ text: 'Its website' }}
          hint="For example https://www.example.org"
        />
        <TextField {...shared} name="name" label={{ text: 'Your name' }} />
        <TextField
          {...shared}
          name="address"
          kind="email"
          label={{ text: 'Your email address' }}
          hint="We send a link to it. Your name and address are never published."
        />
        <div class="hidden" aria-hidden="true">
          <label for={TRAP}>Leave this empty</label>
          <input type="text" id={TRAP} name={TRAP} value={posted(values, TRAP)} tabindex={-1} autocomplete="off" />
        </div>
        {canGoOn(alike) ? <input type="hidden" name="anyway" value="yes" /> : null}
        <div class="acts">
          <button type="submit">{canGoOn(alike) ? 'Nominate it all the same' : 'Send me the link'}</button>
        </div>
      </form>
    </Page>
  );
}

function About() {
  return (
    <>
      <p>
        A nomination asks about the nine indicators of the <a href="/standard">DPG Standard</a>. You fill in a form and
        come back as often as you like: every page is saved. Then reviewers read it.
      </p>
      <ul>
        <li>The more complete the answers are, the faster the review is: complete nominations come first.</li>
        <li>Colleagues may help. Only a person who can speak for the product can send the answers.</li>
        <li>You can withdraw the nomination at any time.</li>
        <li>What you do not send within 90 days is deleted. We remind you before.</li>
      </ul>
      <p>
        It is not your product? <a href="/suggest">Suggest it</a>, and we may invite its owner.
      </p>
      <p>
        Not sure whether the product is ready? <a href={SELF_CHECK_PATH}>Check it yourself with nine questions</a>. We
        keep nothing of that.
      </p>
    </>
  );
}

/** Said to everybody who posted the form, whatever became of it. */
export function CheckEmail({
  context,
  suggestion = false,
}: {
  readonly context: WebContext;
  readonly suggestion?: boolean;
}) {
  return (
    <Page context={context} title="Check your email" help>
      <h1>Check your email</h1>
      <p>
        We sent a link to the address that you gave. It is good for two days. With it you confirm the address
        {suggestion ? ', and we read your suggestion.' : ', and the form opens.'}
      </p>
      <p>Nothing came after an hour? Look among unwanted mail, then check the address and send the form again.</p>
    </Page>
  );
}
