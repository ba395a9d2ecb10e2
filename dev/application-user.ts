import { randomBytes } from 'node:crypto';
import { APPLICATION_USER, makeApplicationUser as make } from '../prisma/application-user.js';

/**
 * Makes the database user that worker, pages and commands act as, and gives it a new password, so that nobody has to
 * keep one. Returns its address: for configuration only, never for logs.
 */
export async function makeApplicationUser(ownerUrl: string): Promise<string> {
  const password = randomBytes(24).toString('hex');
  await make(ownerUrl, password);
  const url = new URL(ownerUrl);
  url.username = APPLICATION_USER;
  url.password = password;
  return url.href;
}
