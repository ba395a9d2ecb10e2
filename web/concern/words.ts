/** The form about a product. */
export function concernPath(slug: string): string {
  return `/r/${slug}/concern`;
}

/** The one link of a concern. */
export const CONCERN_LINK = '/concern/:concern/:token';
