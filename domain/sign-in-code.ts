/** The codes by which experts sign in. Real time. */

export const CODE_LENGTH = 8;
/** How long a code may be used, in minutes, and how many times it may be tried. */
export const CODE_LASTS = 10;
export const CODE_TRIES = 5;
/** So many codes one person is sent at one browser while the oldest of them lasts. */
export const CODES_AT_ONCE = 3;
/** So many codes one person is sent within an hour, whoever asks: nobody floods a mailbox, nor locks its owner out with a few. */
export const CODES_AN_HOUR = 12;

/** What stands in the stored text of an email for the code, until the hand-over. */
export const CODE_PLACEHOLDER = '[[code]]';

/** What a code derives from, beside a key outside the database. */
export interface CodeOwner {
  readonly personId: string;
  readonly nonce: string;
}

/** A code as it was typed: in capitals, without what people put between its parts. */
export function codeTyped(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/gu, '')
    .slice(0, 64);
}

/** A code as it is read more easily. */
export function codeInWords(code: string): string {
  return `${code.slice(0, 4)} ${code.slice(4)}`;
}
