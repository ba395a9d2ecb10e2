/**
 * Asks for an email address in whatever capitals. Prisma compares by a pattern there: what a pattern would read is
 * taken as it is.
 */
export function sameAddress(address: string): { readonly equals: string; readonly mode: 'insensitive' } {
  return { equals: address.replaceAll(/[\\%_]/gu, String.raw`\$&`), mode: 'insensitive' };
}
