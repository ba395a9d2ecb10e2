import type { WebContext } from '../context.js';
import { Page } from '../layout.js';

const WORDS = {
  product: {
    title: 'No such product',
    heading: 'No product is at this address',
    help: 'Check the address, or search for the product by name.',
  },
  review: {
    title: 'No such review',
    heading: 'No review has this reference',
    help: 'Check its spelling: a reference looks like 2026-7Q2MK. Or search for the product by name.',
  },
  version: {
    title: 'No such version',
    heading: 'There is no such version of the Standard here',
    help: 'Check the address, or read the version that is asked now.',
  },
} as const;

/** There is no such product, review or version of the Standard; the ways on. */
export function Unknown({ context, what }: { readonly context: WebContext; readonly what: keyof typeof WORDS }) {
  const { title, heading, help } = WORDS[what];
  return (
    <Page context={context} title={title}>
      <h1>{heading}</h1>
      <p>{help}</p>
      {what === 'version' ? (
        <p>
          <a href="/standard">The questions of the version in force</a>
        </p>
      ) : null}
      <form method="get" action="/" role="search" class="search">
        <label for="q">Search by name, words or licence</label>
        <div class="line">
          <input type="search" id="q" name="q" maxlength={100} />
          <button type="submit">Search</button>
        </div>
      </form>
      <p>
        <a href="/">All digital public goods</a>
      </p>
    </Page>
  );
}
