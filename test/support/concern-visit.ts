import { concernOwner } from '../../domain/concern.js';
import { linkPath } from '../../domain/nomination.js';
import { Browser, deciding, runSteps, type Web } from './owner-visit.js';

/** What somebody of tests writes about a product. */
export const concern = {
  sections: ['2', '9a'],
  text: 'The part called maps has no licence file at all.',
  address: 'zola@reader.example',
} as const;

/** What is different. */
interface Raised {
  readonly sections?: readonly string[];
  readonly text?: string;
  readonly address?: string;
}

/** Somebody who opens the form about a product and sends it. */
export async function raise(web: Web, slug: string, some: Raised = {}) {
  const browser = new Browser(web.app);
  await browser.get(`/r/${slug}/concern`);
  await browser.send({ ...concern, ...some });
  return browser;
}

/** The newest concern of an address. */
export function concernBy({ context }: Web, address: string) {
  return context.database.concern.findFirstOrThrow({ where: { address }, orderBy: { createdAt: 'desc' } });
}

/** The path of its link. */
export async function concernLink(web: Web, address: string): Promise<string> {
  const owner = concernOwner(await concernBy(web, address));
  return linkPath(owner, web.context.links.token(owner));
}

/** Its author presses the button of the link. */
export async function confirm(web: Web, slug: string, address: string): Promise<Browser> {
  const browser = new Browser(web.app);
  await browser.get(await concernLink(web, address));
  await deciding(web, `dpg/${slug}`, browser.send());
  await browser.follow();
  await runSteps(web.context.database, `dpg/${slug}`);
  return browser;
}

/** A concern whose address is confirmed, and the browser of its author. */
export async function confirmed(web: Web, slug: string, some: Raised = {}): Promise<Browser> {
  await raise(web, slug, some);
  return confirm(web, slug, some.address ?? concern.address);
}
