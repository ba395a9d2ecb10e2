import { z } from 'zod';
import { isLoopback, type Config } from '../../adapters/config.js';
import { codeOf, isUntrusted, NotWell } from './doctor-finding.js';
import { counted } from '../words/words.js';

const LIMIT_MS = 5_000;
const Health = z.object({ ok: z.boolean(), forwarded: z.number() });

/** What is to be said of the pages, as people reach them. Throws with a sentence if they do not. */
export async function pagesOf({ publicUrl, proxies }: Config): Promise<string> {
  const { ok, forwarded } = await healthAt(publicUrl);
  if (!ok) throw new NotWell(`${publicUrl} answers, but its database does not: see "database".`);
  // On loopback nobody is limited, so that nobody need be told apart.
  if (isLoopback(new URL(publicUrl).hostname) || forwarded === proxies) return `${publicUrl} answers`;
  throw new NotWell(
    forwarded < proxies
      ? `${publicUrl} answers, but its proxy does not say who asks: let it add that to X-Forwarded-For, or set PERENNIAL_PROXIES=${forwarded}.`
      : `${publicUrl} answers through ${counted(forwarded, 'proxy', 'proxies')}: set PERENNIAL_PROXIES=${forwarded}, or all people count as one.`,
  );
}

async function healthAt(publicUrl: string): Promise<z.infer<typeof Health>> {
  const answer = await fetch(`${publicUrl}/health`, { signal: AbortSignal.timeout(LIMIT_MS), redirect: 'error' }).catch(
    (cause: unknown) => {
      const untrusted = isUntrusted(codeOf(cause));
      throw new NotWell(
        untrusted
          ? `${publicUrl} has a certificate that this machine does not trust; browsers may not, either.`
          : `nobody answers at ${publicUrl}. Are "perennial web" and its proxy running, and is PERENNIAL_BASE_URL right?`,
        { cause },
      );
    },
  );
  const read = Health.safeParse(await answer.json().catch(() => null));
  if (read.success) return read.data;
  throw new NotWell(`${publicUrl} is something else than our pages: mend PERENNIAL_BASE_URL, or the proxy.`);
}
