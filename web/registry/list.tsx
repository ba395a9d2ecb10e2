import { printDay, printShortDay } from '../../adapters/dates.js';
import { grouped } from '../../domain/answer-text.js';
import { isOverdue, statusWords } from '../../domain/product-status.js';
import { goalOptions } from '../../domain/standard-lists.js';
import type { Registry } from '../../prisma/read-registry.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { DataLinks } from './data-links.js';
import { findProducts, listAddress, PAGE_SIZE, STATUSES, withText, type ListQuery } from './query.js';

interface ListProps {
  readonly context: WebContext;
  readonly registry: Registry;
  readonly query: ListQuery;
}

/** The list of products: search, filters by plain links, pages. */
export function ListPage({ context, registry, query }: ListProps) {
  const found = findProducts(registry.products, query);
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(query.page, pages);
  const shown = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const listed = registry.products.filter(({ removedOn }) => removedOn === null).length;
  const title = page === 1 ? 'Digital public goods' : `Digital public goods, page ${page} of ${pages}`;
  return (
    <Page context={context} title={title} wide>
      <h1>Digital public goods</h1>
      <p>
        {grouped(listed)} {listed === 1 ? 'product is' : 'products are'} on the list on {printDay(registry.today)}.
      </p>
      <p>
        <a href="/nominees">Nominations</a> wait for their review. <a href="/nominate">Nominate a product</a>.{' '}
        <a href="/excluded">What was not listed, and why</a>
      </p>
      <Search query={query} />
      <div class="sides">
        <Filters registry={registry} query={query} />
        <section aria-labelledby="found">
          <h2 id="found">{foundWords({ found: found.length, page, pages })}</h2>
          <Chosen query={query} />
          {found.length === 0 ? <Nothing /> : <Products today={registry.today} products={shown} />}
          <Pages query={query} page={page} pages={pages} />
        </section>
      </div>
      <DataLinks />
    </Page>
  );
}

function foundWords({ found, page, pages }: { found: number; page: number; pages: number }): string {
  if (found === 0) return 'No product found';
  const counted = found === 1 ? '1 product' : `${grouped(found)} products`;
  return pages === 1 ? counted : `${counted}, page ${page} of ${pages}`;
}

function Search({ query }: { readonly query: ListQuery }) {
  const { status, sdg, type, licence } = query;
  const kept = Object.entries({ status, sdg, type, licence }).filter(([, value]) => value !== null);
  return (
    <form method="get" action="/" role="search" class="search">
      {kept.map(([name, value]) => (
        <input type="hidden" name={name} value={String(value)} />
      ))}
      <label for="q">Search by name, words or licence</label>
      <div class="line">
        <input type="search" id="q" name="q" value={query.q} maxlength={100} />
        <button type="submit">Search</button>
      </div>
    </form>
  );
}

/** What the list is narrowed to, each with the link that takes it away. */
function Chosen({ query }: { readonly query: ListQuery }) {
  const { q, status, sdg, type, licence } = query;
  const chosen: readonly (readonly [string, string])[] = [
    ...(q === '' ? [] : [[`“${q}”`, listAddress(query, { q: '' })] as const]),
    ...(status === null ? [] : [[statusWords(status).label, listAddress(query, { status: null })] as const]),
    ...(sdg === null ? [] : [[`Goal ${goalLabel(sdg)}`, listAddress(query, { sdg: null })] as const]),
    ...(type === null ? [] : [[type, listAddress(query, { type: null })] as const]),
    ...(licence === null ? [] : [[licence, listAddress(query, { licence: null })] as const]),
  ];
  if (chosen.length === 0) return null;
  return (
    <ul class="chips" aria-label="Shown are only products with">
      {chosen.map(([label, address]) => (
        <li>
          {label}{' '}
          <a href={address}>
            Remove<span class="hidden"> {label}</span>
          </a>
        </li>
      ))}
      {chosen.length === 1 ? null : (
        <li>
          <a href="/">Show all products</a>
        </li>
      )}
    </ul>
  );
}

function Nothing() {
  return (
    <p>
      Use fewer words, check their spelling, or <a href="/">show all products</a>.
    </p>
  );
}

function Products({ today, products }: Registry) {
  return (
    <ul class="products">
      {products.map(({ slug, name, words, since, validUntil, removedOn }) => (
        <li>
          <h3>
            <a href={`/r/${slug}`}>{name}</a>
          </h3>
          <p>
            {words.label}
            {since === null ? '' : `, since ${printShortDay(since)}`}
          </p>
          {removedOn === null ? (
            <p class="small">
              {validUntil === null
                ? 'Last review unknown'
                : `${isOverdue({ validUntil, today }) ? 'Was valid' : 'Valid'} until ${printShortDay(validUntil)}`}
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

interface Choice {
  readonly label: string;
  readonly count: number;
  readonly address: string;
  readonly chosen: boolean;
}

function Filters({ registry, query }: Omit<ListProps, 'context'>) {
  // The text is looked for once, the choices are counted among what has it.
  const products = withText(registry.products, query.q);
  const choice = (label: string, change: Partial<ListQuery>, chosen: boolean): Choice => ({
    label,
    count: findProducts(products, { ...query, ...change, q: '' }).length,
    address: listAddress(query, change),
    chosen,
  });
  const types = [...new Set(registry.products.flatMap((product) => product.types))].sort();
  const statuses = [
    choice('All on the list', { status: null }, query.status === null),
    ...STATUSES.map((status) => choice(statusWords(status).label, { status }, query.status === status)),
  ];
  return (
    <nav aria-label="Filters">
      <Choices title="Status" open choices={statuses} />
      <Choices title="Type" choices={types.map((type) => choice(type, { type }, query.type === type))} />
      <Choices
        title="Goal (SDG)"
        choices={goalOptions.map(({ value, label }) =>
          choice(label, { sdg: Number(value) }, query.sdg === Number(value)),
        )}
      />
    </nav>
  );
}

function Choices({
  title,
  choices,
  open = false,
}: {
  readonly title: string;
  readonly choices: readonly Choice[];
  readonly open?: boolean;
}) {
  const offered = choices.filter(({ count, chosen }) => count > 0 || chosen);
  if (offered.length === 0) return null;
  return (
    <details open={open}>
      <summary>{title}</summary>
      <ul class="filters">
        {offered.map(({ label, count, address, chosen }) => (
          <li>
            <a href={address} aria-current={chosen ? 'true' : undefined}>
              {label}
            </a>{' '}
            <span class="state">({grouped(count)})</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Pages({ query, page, pages }: { readonly query: ListQuery; readonly page: number; readonly pages: number }) {
  if (pages === 1) return null;
  const numbers = Array.from({ length: pages }, (_, index) => index + 1);
  return (
    <nav aria-label="Pages" class="pages">
      <ul>
        {page === 1 ? null : (
          <li>
            <a href={listAddress(query, { page: page - 1 })} rel="prev">
              Previous<span class="hidden"> page</span>
            </a>
          </li>
        )}
        {numbers.map((number) => (
          <li>
            <a href={listAddress(query, { page: number })} aria-current={number === page ? 'page' : undefined}>
              <span class="hidden">Page </span>
              {number}
            </a>
          </li>
        ))}
        {page === pages ? null : (
          <li>
            <a href={listAddress(query, { page: page + 1 })} rel="next">
              Next<span class="hidden"> page</span>
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

function goalLabel(sdg: number): string {
  return goalOptions.find(({ value }) => value === String(sdg))?.label ?? String(sdg);
}
