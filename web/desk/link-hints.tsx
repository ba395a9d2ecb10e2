import { printShortDay } from '../../adapters/dates.js';
import type { AnswerValue } from '../../domain/answers.js';
import { dayOf } from '../../domain/calendar.js';
import { linkInWords, linksIn, type LinkCheck } from '../../domain/link-check.js';

/** What was found at links, by address; null: this installation looks at none. */
export type LinksSeen = ReadonlyMap<string, LinkCheck> | null;

/** What the hints below are worth, once for a page. */
export function AboutLinks({ links }: { readonly links: LinksSeen }) {
  return links === null ? (
    <p class="small">Links are not checked here.</p>
  ) : (
    <p class="small">A program looks at the links in answers. What it finds is a hint, never a verdict.</p>
  );
}

/** What was found at each link of an answer, since when, and when somebody last looked. */
export function LinkHints({ value, links }: { readonly value: AnswerValue | undefined; readonly links: LinksSeen }) {
  const named = value === undefined ? [] : linksIn(value);
  if (links === null || named.length === 0) return null;
  return (
    <ul class="small">
      {named.map((address) => (
        <li>
          {address}: {hint(links.get(address))}
        </li>
      ))}
    </ul>
  );
}

function hint(check: LinkCheck | undefined): string {
  if (check === undefined) return 'not checked yet.';
  const { since, checkedAt } = check;
  const [first, last] = [dayOf(since), dayOf(checkedAt)];
  const lasting = first === last ? '' : `, since ${printShortDay(first)}`;
  return `${linkInWords(check)}${lasting}. Checked on ${printShortDay(last)}.`;
}
