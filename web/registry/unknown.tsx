import type { WebContext } from '../context.js';
import { Page } from '../layout.js';

/** There is no such product or review; the ways on. */
export function Unknown({ context, what }: { readonly context: WebContext; readonly what: 'product' | 'review' }) {
  return (
    <Page context={context} title={`No such ${what}`}>
      <h1>{what === 'product' ? 'No product is at this address' : 'No review has this reference'}</h1>
      <p>
        {what === 'product'
          ? 'Check the address, or search for the product by name.'
          : 'Check its spelling: a reference looks like 2026-7Q2MK. Or search for the product by name.'}
      </p>
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
