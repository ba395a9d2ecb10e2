import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { LinkOwner } from '../activities/outbox.js';
import { CLEAR_LETTERS } from '../domain/letters.js';
import { CODE_LENGTH, type CodeOwner } from '../domain/sign-in-code.js';

/** Derives and verifies owners' links. The key stays outside the database, so a copy of it yields no link. */
export interface Links {
  /** The token of a link: HMAC-SHA-256, 256 bits, base64url without padding (43 characters). */
  token(owner: LinkOwner): string;
  /**
   * The recipient whose link a token is, among those of one application that are not revoked; null if it is
   * nobody's. Every token is compared in constant time and with every recipient, so that the answer tells nothing.
   */
  verify<Owner extends LinkOwner>(token: string, owners: readonly Owner[]): Owner | null;
  /** The code by which an expert signs in: 40 bits of HMAC-SHA-256, in letters that nobody takes for each other. */
  code(owner: CodeOwner): string;
  /** Whether a typed code is the one of a sign-in, in constant time. */
  isCode(typed: string, owner: CodeOwner): boolean;
}

/** The least length of the key, in bytes. */
const KEY_BYTES = 32;

/** Makes the links of one key, of at least 32 bytes. Throws on a shorter one. */
export function createLinks(key: Buffer): Links {
  if (key.length < KEY_BYTES) throw new Error(`The link key has ${key.length} bytes; it needs at least ${KEY_BYTES}.`);
  const digest = ({ applicationId, recipientId, address, linkVersion }: LinkOwner): Buffer =>
    createHmac('sha256', key)
      .update(JSON.stringify([applicationId, recipientId, address, linkVersion]))
      .digest();
  const code = ({ personId, nonce }: CodeOwner): string => {
    const bytes = createHmac('sha256', key)
      .update(JSON.stringify(['sign-in code', personId, nonce]))
      .digest();
    // 256 is a multiple of the 32 letters: none is likelier than another.
    return [...bytes.subarray(0, CODE_LENGTH)].map((byte) => CLEAR_LETTERS[byte % CLEAR_LETTERS.length]).join('');
  };
  return {
    code,
    isCode: (typed, owner) => timingSafeEqual(sha256(typed), sha256(code(owner))),
    token: (owner) => digest(owner).toString('base64url'),
    verify: (token, owners) => {
      // Of what is not 43 characters of base64url nothing is compared as it came: a digest of zeros stands for it.
      const given = /^[\w-]{43}$/u.test(token) ? Buffer.from(token, 'base64url') : Buffer.alloc(32);
      const canonical = given.toString('base64url') === token;
      let found: (typeof owners)[number] | null = null;
      for (const owner of owners) if (timingSafeEqual(digest(owner), given) && canonical) found = owner;
      return found;
    },
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
