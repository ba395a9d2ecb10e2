import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { StartForm, type StartProps } from './start-form.js';
import { NOMINATE, SELF_CHECK_PATH } from './words.js';

/** Where a nomination begins. */
export function StartPage(props: StartProps) {
  return (
    <StartForm
      {...props}
      title="Nominate a digital public good"
      action={NOMINATE}
      about={(props.alike ?? []).length === 0 ? <About /> : null}
      addressHint="We send a link to it. Your name and address are never published."
      allTheSame="Nominate it all the same"
    />
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
