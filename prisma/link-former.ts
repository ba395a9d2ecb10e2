import { likenessKeys } from '../domain/same-product.js';
import type { Transaction } from './database.js';

const PART = 500;
const MOST_PARENTS = 20;

/**
 * Finds the products here that records of the past are about, as far as that is certain: by DPG id, by the number of
 * an application or of one before it, and by the name of a file together with an address. Names alone decide nothing.
 * How many were found.
 */
export async function linkFormer(transaction: Transaction): Promise<number> {
  const applications = await linkApplications(transaction);
  const nominees = await linkNominees(transaction);
  // Answers and exclusions belong to the file of the same name; the source of an opinion begins with it.
  const others = await transaction.$executeRaw`
    update "FormerRecord" f set slug = n.slug from "FormerRecord" n
    where f.slug is null and f.kind in ('screening', 'exclusion', 'opinion') and n.slug is not null
      and n.kind in ('nominee', 'archived', 'excluded', 'summary') and n.source = split_part(f.source, ':', 1)`;
  return applications + nominees + others;
}

async function linkApplications(transaction: Transaction): Promise<number> {
  let linked = await transaction.$executeRaw`
    update "FormerRecord" f set slug = l.slug from "Listing" l
    where f.slug is null and f.kind = 'application'
      and (l."dpgId" = f."dpgId" or l."applicationId" in (f.source, f.parent))`;
  for (let generation = 0; generation < MOST_PARENTS; generation += 1) {
    // Of two applications, one being the other's parent, either may be the known one.
    const more = await transaction.$executeRaw`
      update "FormerRecord" f set slug = p.slug from "FormerRecord" p
      where f.slug is null and f.kind = 'application' and p.kind = 'application' and p.slug is not null
        and (p.source = f.parent or p.parent = f.source)`;
    if (more === 0) break;
    linked += more;
  }
  return linked;
}

interface Candidate {
  readonly id: string;
  readonly keys: string[];
  readonly slug: string;
  readonly name: string;
  readonly website: string | null;
  readonly repositories: string[];
}

async function linkNominees(transaction: Transaction): Promise<number> {
  let linked = 0;
  let after = '';
  for (;;) {
    const found = await transaction.$queryRaw<Candidate[]>`
      select f.id, f.keys, l.slug, l.name, l.website, coalesce(l.repositories, '{}') as repositories
      from "FormerRecord" f join "Listing" l on l.slug = f.source
      where f.slug is null and f.kind in ('nominee', 'archived', 'excluded', 'summary') and f.id > ${after}
      order by f.id limit ${PART}`;
    const ids = found.filter(sharesAddress).map(({ id }) => id);
    linked += await transaction.$executeRaw`
      update "FormerRecord" set slug = source where id = any(${ids}::text[])`;
    if (found.length < PART) return linked;
    after = found.at(-1)?.id ?? after;
  }
}

function sharesAddress({ keys, ...listing }: Candidate): boolean {
  return likenessKeys(listing).some((key) => key.startsWith('address ') && keys.includes(key));
}
