import type { Redeemed } from '../../adapters/issuer.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';

/**
 * Why nobody was signed in. `unknown`: used before, too old, or begun in another browser. `nobody`: the address is of
 * nobody who may sign in. `nowhere`: there is no identity provider. The others: see Redeemed.
 */
export type WhyNoSignIn = 'unknown' | 'nobody' | 'nowhere' | Exclude<Redeemed['is'], 'known'>;

/** The door for staff. */
export function SignIn({
  context,
  to,
  left,
}: {
  readonly context: WebContext;
  /** The page to come back to. */
  readonly to: string;
  /** They just signed out. */
  readonly left: boolean;
}) {
  const open = (context.issuer ?? null) !== null;
  return (
    <Page context={context} title={left ? 'You are signed out' : 'Sign in'} staff>
      <h1>{left ? 'You are signed out' : 'Sign in'}</h1>
      <p>These pages are for the staff of {context.organisation}: secretariat, reviewers, experts and operators.</p>
      <p>You answer for a product? You need no account. Open the link in our email.</p>
      <p>
        We asked you for advice? <a href="/expert/sign-in">Sign in as an expert</a>, by a code.
      </p>
      {open ? (
        <form method="post" action="/desk/sign-in">
          <input type="hidden" name="to" value={to} />
          <div class="acts">
            <button type="submit">{left ? 'Sign in again' : 'Sign in'}</button>
          </div>
        </form>
      ) : (
        <p class="inset">{WHY.nowhere.sentence}</p>
      )}
    </Page>
  );
}

/** Said for the moment in which a browser goes on to the identity provider. */
export function GoOn({ context, url }: { readonly context: WebContext; readonly url: string }) {
  return (
    <Page context={context} title="Going on to sign in" staff>
      <h1>Going on to sign in</h1>
      <p>You sign in at {new URL(url).host}, and come back here.</p>
      <p>
        <a class="button" href={url}>
          Go on
        </a>
      </p>
    </Page>
  );
}

/** Nobody was signed in: why, and what helps. */
export function NoSignIn({ context, why }: { readonly context: WebContext; readonly why: WhyNoSignIn }) {
  const { sentence, again } = WHY[why];
  return (
    <Page context={context} title="You are not signed in" staff>
      <h1>You are not signed in</h1>
      <p>{sentence}</p>
      {again ? (
        <p>
          <a href="/desk/sign-in">Sign in from the beginning</a>
        </p>
      ) : null}
    </Page>
  );
}

const WHY: Readonly<Record<WhyNoSignIn, { readonly sentence: string; readonly again: boolean }>> = {
  unknown: {
    sentence: 'This sign-in was used already, is too old, or began in another browser.',
    again: true,
  },
  refused: { sentence: 'The sign-in was stopped, by you or by the service where your account is.', again: true },
  not_believed: {
    sentence: 'What came back from the service where your account is could not be trusted.',
    again: true,
  },
  no_address: {
    sentence: 'The service where your account is does not vouch for an email address of yours. Ask who looks after it.',
    again: false,
  },
  nobody: {
    sentence: 'Your account is known there, but it is of nobody who may sign in here. Ask the secretariat to add you.',
    again: true,
  },
  nowhere: {
    sentence:
      'Nobody can sign in here yet: the operator has not said where accounts are (docs/operations.md, “Sign-in”).',
    again: false,
  },
  away: { sentence: 'The service where your account is does not answer. Try again in a few minutes.', again: true },
};
