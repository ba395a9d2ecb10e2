/** Mailboxes that anybody opens for some minutes: nobody could be reached there during a review. */
const disposable: ReadonlySet<string> = new Set([
  '10minutemail.com',
  'burnermail.io',
  'discard.email',
  'dispostable.com',
  'emailondeck.com',
  'fakeinbox.com',
  'getairmail.com',
  'getnada.com',
  'grr.la',
  'guerrillamail.com',
  'guerrillamail.info',
  'guerrillamailblock.com',
  'inboxkitten.com',
  'mailcatch.com',
  'maildrop.cc',
  'mailinator.com',
  'mailnesia.com',
  'minuteinbox.com',
  'mintemail.com',
  'moakt.com',
  'mohmal.com',
  'mytemp.email',
  'sharklasers.com',
  'spamgourmet.com',
  'temp-mail.io',
  'temp-mail.org',
  'tempail.com',
  'tempmail.dev',
  'tempr.email',
  'throwawaymail.com',
  'trashmail.com',
  'yopmail.com',
]);

/** Whether an address belongs to a service of short-lived mailboxes, or to a name below one. */
export function isDisposable(address: string): boolean {
  const labels = (address.toLowerCase().split('@').at(-1) ?? '').split('.');
  return labels.some((_, index) => disposable.has(labels.slice(index).join('.')));
}
