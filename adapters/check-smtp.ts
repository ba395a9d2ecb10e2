import { createTransport } from 'nodemailer';

const LIMIT_MS = 5_000;

/**
 * Asks a mail server whether it would talk to us: connects, greets, signs in if the address has a user, and leaves.
 * Nothing is sent. With `mustEncrypt` only over an encrypted line. Throws what went wrong; that may name host and user, so
 * it is for logs of nobody.
 */
export async function checkSmtp(plan: { smtpUrl: string; mustEncrypt: boolean }): Promise<void> {
  const transport = createTransport({
    url: plan.smtpUrl,
    requireTLS: plan.mustEncrypt,
    connectionTimeout: LIMIT_MS,
    greetingTimeout: LIMIT_MS,
    socketTimeout: LIMIT_MS,
    dnsTimeout: LIMIT_MS,
  });
  try {
    await transport.verify();
  } finally {
    transport.close();
  }
}
