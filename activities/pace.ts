import { domainOf } from '../domain/mail-mode.js';
import type { MailLimits } from './outbox.js';

/** Keeps hand-overs within the limits, evenly spaced. */
export interface Pace {
  /** Takes the next place for an address; false if it is not time yet for its domain, or for any. */
  readonly take: (address: string, now: number) => boolean;
  /** Whether there is a place for any domain. */
  readonly isOpen: (now: number) => boolean;
}

/** Makes the pace of one sender; without limits it is always time. */
export function createPace(limits: MailLimits | null): Pace {
  if (limits === null) return { take: () => true, isOpen: () => true };
  const gap = 1_000 / limits.perSecond;
  const domainGap = 1_000 / limits.perDomainPerSecond;
  /** From when on a domain has its next place. */
  const domains = new Map<string, number>();
  let next = 0;
  return {
    isOpen: (now) => now >= next,
    take: (address, now) => {
      const domain = domainOf(address);
      if (now < next || now < (domains.get(domain) ?? 0)) return false;
      for (const [known, open] of domains) if (open <= now) domains.delete(known);
      next = now + gap;
      domains.set(domain, now + domainGap);
      return true;
    },
  };
}
