import type { Config, IssuerPlace, Variables } from '../../adapters/config.js';
import { readDatabaseUrl } from '../../adapters/config.js';
import { discoverIssuer } from '../../adapters/issuer.js';
import { openDatabase } from '../../prisma/database.js';
import { readStaff } from '../../prisma/staff.js';
import { codeOf, isUntrusted, NotWell } from './doctor-finding.js';
import { counted } from '../words/words.js';

/** What is to be said of sign-in. Throws with a sentence if staff cannot sign in although they are meant to. */
export async function signInOf({ issuer }: Config, given: Variables): Promise<string> {
  if (issuer === null) return 'none: staff act by command. PERENNIAL_OIDC_ISSUER names who knows their accounts.';
  await findIssuer(issuer);
  const people = await mayBe(given);
  if (people === null) return `${issuer.url} answers; who may sign in is not known: see "database".`;
  if (people === 0) throw new NotWell(`${issuer.url} answers, but nobody may sign in: perennial people add`);
  return `${issuer.url} answers; ${counted(people, 'person', 'people')} may sign in`;
}

async function findIssuer(issuer: IssuerPlace): Promise<void> {
  try {
    await discoverIssuer(issuer);
  } catch (cause) {
    const code = codeOf(cause);
    const why = isUntrusted(code)
      ? 'has a certificate that this machine does not trust'
      : code.startsWith('OAUTH_') && code !== 'OAUTH_TIMEOUT'
        ? 'answers, but not as an identity provider of that very address does (/.well-known/openid-configuration)'
        : 'does not answer';
    throw new NotWell(`${issuer.url} ${why}: mend PERENNIAL_OIDC_ISSUER, or the way to it.`, { cause });
  }
}

/** How many people may sign in; null: the database does not say. */
async function mayBe(given: Variables): Promise<number | null> {
  const database = openDatabase(readDatabaseUrl(given));
  try {
    return (await readStaff(database)).filter(({ offAt, roles }) => offAt === null && roles.length > 0).length;
  } catch {
    return null;
  } finally {
    await database.$disconnect();
  }
}
