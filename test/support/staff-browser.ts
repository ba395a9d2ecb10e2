import type { Browser, Page } from 'playwright-core';
import type { SignInWeb } from './staff-visit.js';

/** A browser's tab in which somebody of the staff signed in on the way to a page. */
export async function signInTab(
  browser: Browser,
  { url }: SignInWeb,
  { account, path }: { readonly account: string; readonly path: string },
): Promise<Page> {
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  await page.goto(`${url}${path}`);
  await page.click('main button');
  await page.click(`button[value=${account}]`);
  await page.waitForURL(`${url}${path}`);
  return page;
}
