import { complain, count, type Matter, type Stage } from './matter.js';

/** How machines fetch the links of emails: mail gateways, link previews, scripts. */
const MACHINES: readonly { readonly method: 'GET' | 'HEAD'; readonly headers: Readonly<Record<string, string>> }[] = [
  { method: 'HEAD', headers: { 'user-agent': 'Mozilla/5.0 (compatible; InventedLinkScanner/1.0)' } },
  { method: 'GET', headers: { 'user-agent': 'Mozilla/5.0 (compatible; InventedLinkScanner/1.0)' } },
  {
    method: 'GET',
    headers: { 'user-agent': 'python-requests/2.31.0', accept: '*/*', 'x-requested-with': 'XMLHttpRequest' },
  },
  {
    method: 'GET',
    headers: { 'user-agent': 'HeadlessChrome/147.0', 'sec-purpose': 'prefetch', 'sec-fetch-dest': 'document' },
  },
];

/**
 * A machine fetches every link of an email, as gateways and previews do. It keeps cookies of nobody: a page that
 * sets one, or that fails, is a problem.
 */
export async function scan(stage: Stage, matter: Pick<Matter, 'reference'>, links: readonly string[]): Promise<void> {
  const own = links.filter((link) => link.startsWith(stage.publicUrl));
  for (const link of own) {
    for (const machine of MACHINES) {
      if (stage.pace.stopping.aborted) return;
      count(stage, 'scanner');
      const answer = await stage.send(link, { ...machine, redirect: 'follow' });
      await answer.text();
      if (answer.status >= 500) complain(stage, matter, `a page failed for a link scanner (${answer.status})`);
      if (answer.headers.getSetCookie().length > 0) complain(stage, matter, 'a link scanner was given a session');
    }
  }
}
