import { cleanLine } from '../../domain/answer-text.js';
import { OFF_THE_LIST, ON_THE_LIST, type ProductStatus } from '../../domain/product-status.js';
import type { RegistryProduct } from '../../prisma/read-registry.js';

/** What the list shows. Empty words and null filter nothing. */
export interface ListQuery {
  readonly q: string;
  /** Null: everything that is on the list. */
  readonly status: ProductStatus | null;
  readonly sdg: number | null;
  readonly type: string | null;
  readonly licence: string | null;
  /** From 1. */
  readonly page: number;
}

/** Products on a page of the list. */
export const PAGE_SIZE = 50;

/** The statuses that the list can be filtered by. */
export const STATUSES: readonly ProductStatus[] = [...ON_THE_LIST, ...OFF_THE_LIST];

/** The query of an address; what makes no sense is as if it were not there. */
export function readQuery(parameters: URLSearchParams): ListQuery {
  const text = (name: string) => cleanLine(parameters.get(name) ?? '').slice(0, 100);
  const whole = (name: string) => (/^\d{1,4}$/u.test(text(name)) ? Number(text(name)) : 0);
  const sdg = whole('sdg');
  return {
    q: text('q'),
    status: STATUSES.find((status) => status === text('status')) ?? null,
    sdg: sdg >= 1 && sdg <= 17 ? sdg : null,
    type: text('type') || null,
    licence: text('licence') || null,
    page: Math.max(1, whole('page')),
  };
}

/** The address of the list with some of the query changed; another filter begins at the first page. */
export function listAddress(query: Partial<ListQuery>, change: Partial<ListQuery> = {}): string {
  const { q, status, sdg, type, licence, page = 1 } = { ...query, page: 1, ...change };
  const parameters = new URLSearchParams();
  const filters = { q, status, sdg, type, licence, page: page === 1 ? null : page };
  for (const [name, value] of Object.entries(filters)) {
    if (value !== null && value !== undefined && value !== '') parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '/' : `/?${parameters.toString()}`;
}

/** The products that a query finds, in the order in which they were given. */
export function findProducts(products: readonly RegistryProduct[], query: ListQuery): readonly RegistryProduct[] {
  return withText(
    products.filter((product) => {
      if (query.status === null ? product.removedOn !== null : product.status !== query.status) return false;
      if (query.sdg !== null && !product.sdgs.includes(query.sdg)) return false;
      if (query.type !== null && !product.types.includes(query.type)) return false;
      return query.licence === null || product.licences.includes(query.licence);
    }),
    query.q,
  );
}

/** The products in which each word of a text stands somewhere. */
export function withText(products: readonly RegistryProduct[], q: string): readonly RegistryProduct[] {
  const words = folded(q).split(' ').filter(Boolean);
  if (words.length === 0) return products;
  return products.filter((product) => {
    const text = searchedText(product);
    return words.every((word) => text.includes(word));
  });
}

function searchedText({ name, slug, dpgId, description, website, licences, types }: RegistryProduct): string {
  return folded([name, slug, dpgId, description, website, ...licences, ...types].join(' '));
}

/** Letters without accents and case, so that "Sao" finds "São". */
function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}
