/** The page of all exclusions, with their reasons. */
export const EXCLUDED_PATH = '/excluded';

/** The place of one of them on it: a word that an address can hold, whatever its file was called. */
export function excludedPath(source: string): string {
  return `${EXCLUDED_PATH}#${excludedId(source)}`;
}

export function excludedId(source: string): string {
  return `x-${source.toLowerCase().replace(/[^a-z0-9]+/gu, '-')}`;
}
