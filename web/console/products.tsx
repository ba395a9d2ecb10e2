import { nextInShort } from '../../client/words/next-words.js';
import { counted } from '../../client/words/words.js';
import type { CaseLine } from '../../prisma/read-cases.js';
import { ConsolePage, type ConsoleProps } from './frame.js';
import { FindProduct } from './needs.js';
import { casePath } from './reasons.js';

/** So many products are shown at most; more words find fewer. */
const MOST = 100;

/** The products that a search finds, each with where it stands. */
export function ProductsPage({ context, staff, lines, q }: ConsoleProps & { lines: readonly CaseLine[]; q: string }) {
  const found = findLines(lines, q);
  return (
    <ConsolePage context={context} staff={staff} title="Products">
      <h1>Products</h1>
      <FindProduct q={q} />
      <p>
        {counted(found.length, 'product')}
        {found.length > MOST ? `, the first ${MOST} shown` : ''}
      </p>
      <ul class="products" role="list">
        {found.slice(0, MOST).map((line) => (
          <li>
            <h2 class="small-title">
              <a href={casePath(line)}>{line.product}</a>
            </h2>
            <p class="small">{standOf(line)}</p>
          </li>
        ))}
      </ul>
    </ConsolePage>
  );
}

/** The products whose name, slug or review has each word of a text in it; those with the very reference first. */
export function findLines(lines: readonly CaseLine[], q: string): readonly CaseLine[] {
  const words = q.toLowerCase().split(/\s+/u).filter(Boolean);
  const found = lines.filter(({ product, slug, reference }) => {
    const text = `${product} ${slug} ${reference ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return [...found].sort((one, other) => (one.product.toLowerCase() < other.product.toLowerCase() ? -1 : 1));
}

function standOf(line: CaseLine): string {
  const { listed, open, reference, state, waitingOn } = line;
  const name = listed ? 'Review' : 'Nomination';
  const stands = state.replaceAll('_', ' ');
  const ended = listed ? stands : `${name} ${reference ?? ''}: ${stands}`;
  const where = open ? `${name} ${reference ?? ''}: ${stands}, waits on ${waitingOn}` : ended;
  const next = nextInShort(line);
  return next === '-' ? where : `${where}. Next: ${next} UTC`;
}
