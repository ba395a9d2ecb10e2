import { createHash } from 'node:crypto';

/**
 * The one place where one-time keys of forms derive. The same facts give the same key, however often a page is opened
 * and posted; whoever wants another key once something has moved on names that among the facts.
 */
export function oneTime(...facts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(facts)).digest('base64url');
}
