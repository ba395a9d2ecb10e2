import { printDay, printShortDay } from '../../adapters/dates.js';
import type { AlikeProduct } from '../../prisma/alike-products.js';
import { excludedPath } from '../registry/excluded-path.js';

/** Too many links went to one address. */
export function Full() {
  return (
    <div class="errors" role="alert" tabindex={-1} autofocus>
      <h2>Nothing was sent</h2>
      <p>
        We sent several links to this address today, and each of them works for two days. Look for our emails, also
        among unwanted mail. If none is there, try again tomorrow, or write to us.
      </p>
    </div>
  );
}

/** A listed product, and one that is under review, are not nominated again. */
export function canGoOn(alike: readonly AlikeProduct[]): boolean {
  return alike.length > 0 && alike.every(({ is }) => is !== 'listed' && is !== 'nominated');
}

/** What a product may be the same as, with the way there. */
export function Alike({ alike }: { readonly alike: readonly AlikeProduct[] }) {
  if (alike.length === 0) return null;
  return (
    <div class="errors" role="alert" tabindex={-1} autofocus>
      <h2>This product may be here already</h2>
      <ul>
        {alike.map((one) => (
          <li>
            <AlikeOne one={one} />
          </li>
        ))}
      </ul>
      <p>
        {canGoOn(alike)
          ? 'Is it another product, or has it changed since? Then go on below.'
          : 'Is it another product? Then write to us, and name both.'}
      </p>
    </div>
  );
}

function AlikeOne({ one }: { readonly one: AlikeProduct }) {
  switch (one.is) {
    case 'listed':
      return (
        <>
          <a href={`/r/${one.slug}`}>{one.name}</a> is listed. Its owner answers once a year, and needs no nomination.
        </>
      );
    case 'removed':
      return (
        <>
          <a href={`/r/${one.slug}`}>{one.name}</a> was listed. For some time its last review can be opened again: write
          to us first.
        </>
      );
    case 'nominated':
      return (
        <>
          <a href={`/a/${one.reference}`}>{one.name}</a> is nominated, and under review. If you speak for it, ask us for
          its link.
        </>
      );
    case 'refused':
      return (
        <>
          <a href={`/a/${one.reference}`}>{one.name}</a> was nominated, and not listed on {printDay(one.on)}. Its page
          says why.
        </>
      );
    case 'excluded':
      return (
        <>
          <a href={excludedPath(one.source)}>{one.name}</a> was excluded
          {one.on === null ? '' : ` on ${printShortDay(one.on)}`}, before this website. The list says why. Nominate it
          again once that has changed.
        </>
      );
    case 'formerly_listed':
      return <>{one.name} was listed before this website, and is not any more. You can nominate it again.</>;
    case 'archived':
      return (
        <>{one.name} was nominated before this website, and its nomination was archived. You can nominate it again.</>
      );
  }
}
