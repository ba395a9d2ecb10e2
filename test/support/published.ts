import type { SignInWeb } from './staff-visit.js';

/** The text of the public page of a review. */
export async function readPublished({ url }: SignInWeb, reference: string): Promise<string> {
  const response = await fetch(`${url}/a/${reference}`);
  return (await response.text()).replace(/<[^>]+>/gu, ' ');
}
