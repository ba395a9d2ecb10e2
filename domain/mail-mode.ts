/**
 * Which addresses emails may go to. `catch`: reserved ones only, which nobody owns. `allowlist`: listed ones only.
 * `live`: all but reserved ones, which must never leave. What may not go stays queued.
 */
export type MailMode = 'catch' | 'allowlist' | 'live';

/** The mode of an installation, with its list: addresses and `@domain`s in lower case. */
export interface MailRules {
  readonly mode: MailMode;
  readonly allowlist: readonly string[];
}

/** RFC 2606 and RFC 6761: names that belong to nobody, for examples and tests. */
const RESERVED = /(?:^|\.)(?:example|test|invalid|localhost|example\.(?:com|net|org))$/u;

/** The domain of an address in lower case; empty if it has none. */
export function domainOf(address: string): string {
  const at = address.lastIndexOf('@');
  return at === -1 ? '' : address.slice(at + 1).toLowerCase();
}

/** Whether the name behind an address is reserved, so that no person can have it. */
export function isReserved(address: string): boolean {
  return RESERVED.test(domainOf(address));
}

/** Whether an email may be handed over for an address now. */
export function mayMail({ mode, allowlist }: MailRules, address: string): boolean {
  if (mode === 'catch') return isReserved(address);
  if (mode === 'live') return domainOf(address) !== '' && !isReserved(address);
  const known = address.toLowerCase();
  return allowlist.includes(known) || allowlist.includes(`@${domainOf(known)}`);
}
