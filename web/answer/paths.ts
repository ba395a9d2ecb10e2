/** The pages of a review, under its reference. */
export function pathOf(reference: string, page = ''): string {
  return page === '' ? `/answer/${reference}` : `/answer/${reference}/${page}`;
}
