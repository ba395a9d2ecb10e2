/** Which links an answer may hold. */
import { grouped, LIMITS, quoted } from './answer-text.js';

/** A name of the public internet, as `URL` spells it: labels and a top-level domain of letters, or an international one. */
const publicName = /^(?:[a-z0-9_-]{1,63}\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/u;

/**
 * What is wrong with a link, as a sentence that says what to do; undefined when it is good: http or https, a name of
 * the public internet (no bare IP address, no local name), no user name or password, at most 2,000 characters.
 */
export function linkProblem(text: string): string | undefined {
  if (text.length > LIMITS.link) {
    return `Enter a link with at most ${grouped(LIMITS.link)} characters.`;
  }
  if (/\s/u.test(text)) {
    return `Enter one link on each line, without other words. You wrote ${quoted(text)}.`;
  }
  if (!/^https?:\/\//iu.test(text)) {
    return `The link must start with https:// or http://, for example https://www.example.org. You wrote ${quoted(text)}.`;
  }
  const page = URL.canParse(text) ? new URL(text) : undefined;
  if (page === undefined || !publicName.test(page.hostname)) {
    return `Enter the full address of a public page, for example https://www.example.org/about. You wrote ${quoted(text)}.`;
  }
  return page.username === '' && page.password === ''
    ? undefined
    : 'Enter a link without a user name or password. Links are published.';
}

/** Said of a name that holds an address. */
export const NAME_ALONE = 'Enter the name alone, without a link and without an email address.';

/** Whether a text holds a link or an email address; an @ alone is none. */
export function holdsAddress(text: string): boolean {
  return /:\/\/|www\.|\S@\S+\.\S/iu.test(text);
}
