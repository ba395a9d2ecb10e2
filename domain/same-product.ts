/** When two records are about the same product, as far as names and addresses tell. */

/** What is compared. */
export interface Identity {
  readonly name: string;
  readonly website: string | null;
  readonly repositories: readonly string[];
}

/** What two products have in common. */
export type Likeness = 'name' | 'website' | 'repository';

/** Sites that host many products: their bare address says nothing about one of them. */
const sharedSites: ReadonlySet<string> = new Set([
  'github.com',
  'gitlab.com',
  'bitbucket.org',
  'codeberg.org',
  'sourceforge.net',
  'huggingface.co',
  'zenodo.org',
  'kaggle.com',
  'docs.google.com',
  'drive.google.com',
  'sites.google.com',
  'youtube.com',
  'npmjs.com',
  'pypi.org',
]);

/**
 * An address without what does not tell two apart: scheme, case, www, trailing slashes, .git. Null for the bare
 * address of a site that hosts many products.
 */
export function plainAddress(address: string): string | null {
  const plain = address
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//u, '')
    .replace(/^www\./u, '')
    .replace(/[/#]+$/u, '')
    .replace(/\.git$/u, '');
  return plain === '' || sharedSites.has(plain) ? null : plain;
}

/** Small Cyrillic and Greek letters, and the Latin ones that nobody tells from them. */
const lookAlikes: Readonly<Record<string, string>> = {
  ...{ а: 'a', е: 'e', і: 'i', ј: 'j', о: 'o', р: 'p', с: 'c', ѕ: 's', у: 'y', х: 'x', һ: 'h', ԁ: 'd', ԛ: 'q', ԝ: 'w' },
  ...{ α: 'a', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', υ: 'u', χ: 'x', ϲ: 'c', ı: 'i' },
  // Capitals look alike where the small letters do not.
  ...{ в: 'b', к: 'k', м: 'm', н: 'h', т: 't', β: 'b', ε: 'e', ζ: 'z', η: 'h', μ: 'm', τ: 't' },
};

/** A name without what does not tell two apart: case, accents, blanks, punctuation, the alphabet of look-alike letters. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/[^\p{ASCII}]/gu, (letter) => lookAlikes[letter] ?? letter);
}

/** Finds those of `known` that a product may be the same as, each with what they have in common. */
export function findAlike<T extends Identity>(
  known: readonly T[],
): (product: Identity) => readonly { readonly of: T; readonly by: readonly Likeness[] }[] {
  const index = new Map<string, T[]>();
  for (const one of known) {
    for (const [, key] of keysOf(one)) index.set(key, [...(index.get(key) ?? []), one]);
  }
  return (product) => {
    const found = new Map<T, Set<Likeness>>();
    for (const [likeness, key] of keysOf(product)) {
      for (const one of index.get(key) ?? []) found.set(one, (found.get(one) ?? new Set()).add(likeness));
    }
    return [...found].map(([of, by]) => ({ of, by: [...by] }));
  };
}

/** What a product is found by, for an index of one's own: equal keys are what two products have in common. */
export function likenessKeys(product: Identity): readonly string[] {
  return [...new Set(keysOf(product).map(([, key]) => key))].sort();
}

/** What two products have in common, out of the keys of one of them. */
export function likenessBy(product: Identity, keys: readonly string[]): readonly Likeness[] {
  return [...new Set(keysOf(product).flatMap(([likeness, key]) => (keys.includes(key) ? [likeness] : [])))];
}

/** A website may be another record's repository, so addresses share one kind of key. */
function keysOf({ name, website, repositories }: Identity): readonly (readonly [Likeness, string])[] {
  const named = plainName(name);
  const addresses: readonly (readonly [Likeness, string])[] = [
    ...(website === null ? [] : [['website', website] as const]),
    ...repositories.map((repository) => ['repository', repository] as const),
  ];
  return [
    ...(named === '' ? [] : [['name', `name ${named}`] as const]),
    ...addresses.flatMap(([likeness, address]) => {
      const plain = plainAddress(address);
      return plain === null ? [] : [[likeness, `address ${plain}`] as const];
    }),
  ];
}
