import { formTo, type StaffBrowser } from './staff-browser.js';

/** What staff do on the console to start a campaign: whom it asks, the plan, the name typed back. Throws if it is not started. */
export async function startCampaignOnConsole(
  browser: StaffBrowser,
  scope: {
    readonly name: string;
    readonly perDay: number;
    readonly include: readonly string[];
    /** Products, each with its reason. */
    readonly exclude: readonly { readonly slug: string; readonly reason: string }[];
  },
): Promise<void> {
  const asking = formTo(await browser.open('/console/campaigns/new'), /\/campaigns\/plan$/u);
  if (asking === null) throw new Error('The console has no form to plan a campaign.');
  const plan = await browser.submit(asking, {
    name: scope.name,
    perDay: String(scope.perDay),
    include: scope.include.join('\n'),
    exclude: scope.exclude.map(({ slug, reason }) => `${slug} = ${reason}`).join('\n'),
  });
  const start = formTo(plan, /\/campaigns\/start$/u);
  if (start === null) throw new Error(`The console shows no plan of the campaign: “${plan.h1}”.`);
  const started = await browser.submit(start, { confirm: scope.name });
  if (!new URL(started.url).searchParams.has('started')) {
    throw new Error(`The campaign did not start: “${started.h1}”.`);
  }
}
