/** Slugs: the part of a product's public address, given once and never changed. */
import { isOurs } from './nomination.js';

const LONGEST = 64;

/** Latin letters that Unicode does not take apart into a letter and a mark. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ə: 'e',
  ɛ: 'e',
  ɔ: 'o',
};

/**
 * The slug of a name: `^[a-z0-9]+(-[a-z0-9]+)*$`, at most 64 characters, accents taken off, apostrophes and trade
 * marks left out. Empty when the name has no Latin letter; `uniqueSlug` then takes the DPG id.
 */
export function slugOf(name: string): string {
  const plain = name
    .replace(/[®©™'’ʼ`]/gu, '')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{ASCII}]/gu, (letter) => letters[letter] ?? '-');
  const slug = trimmed(plain.replace(/[^a-z0-9]+/gu, '-'));
  return /[a-z]/u.test(slug) ? slug : '';
}

/**
 * A slug that is not among `taken`: of the name; else with the last four, then all digits of the DPG id, of one of
 * ours with its last five letters; else numbered. The same input gives the same slug.
 */
export function uniqueSlug({
  name,
  dpgId,
  taken,
}: {
  name: string;
  dpgId: string;
  taken: ReadonlySet<string>;
}): string {
  const id = trimmed(dpgId.toLowerCase().replace(/[^a-z0-9]+/gu, '-')) || 'product';
  const digits = isOurs(dpgId) ? dpgId.slice(-5).toLowerCase() : dpgId.replace(/\D/gu, '');
  const base = slugOf(name) || id;
  const ends = isOurs(dpgId) ? [digits] : [digits.slice(-4), digits];
  const candidates = [base, ...ends.flatMap((end) => (end === '' ? [] : [joined(base, end)]))];
  const free = candidates.find((candidate) => !taken.has(candidate));
  if (free !== undefined) return free;
  for (let number = 2; ; number += 1) {
    const numbered = joined(base, String(number));
    if (!taken.has(numbered)) return numbered;
  }
}

function joined(base: string, end: string): string {
  return `${base.slice(0, LONGEST - end.length - 1).replace(/-+$/u, '')}-${end}`;
}

function trimmed(slug: string): string {
  return shortened(slug.replace(/^-+|-+$/gu, '')).replace(/-+$/u, '');
}

/** Cut between words where there is a word that fits. */
function shortened(slug: string): string {
  if (slug.length <= LONGEST) return slug;
  const end = slug.lastIndexOf('-', LONGEST);
  return slug.slice(0, end > 0 ? end : LONGEST);
}
