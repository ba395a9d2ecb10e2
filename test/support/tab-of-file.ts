import { afterAll, beforeAll } from '@jest/globals';
import { serve } from '@hono/node-server';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.js';
import { looksWell } from './looks-well.js';
import { pagesOfFile } from './pages-of-file.js';

/** A tab of a real browser before the pages of `pagesOfFile`, for all tests of a file. */
export function tabOfFile() {
  const pages = pagesOfFile();
  let opened: { readonly page: Page; readonly address: string; readonly stop: () => Promise<void> } | undefined;
  const tab = () => {
    if (opened === undefined) throw new Error('the tests of this file have not begun');
    return opened;
  };
  beforeAll(async () => {
    const server = serve({ fetch: pages.web.app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('the pages have no port');
    const browser = await launchBrowser();
    const stop = async () => {
      await browser.close();
      server.close();
    };
    // Scripts are axe's own: no page brings any.
    const page = await browser.newPage({ bypassCSP: true });
    opened = { page, address: `http://127.0.0.1:${bound.port}`, stop };
  }, 180_000);
  afterAll(() => opened?.stop());

  /** From now on it has the cookie of this visitor, and no other. */
  async function enters({ cookie }: { readonly cookie: string }, path: string): Promise<void> {
    const { page, address } = tab();
    const [name = '', value = ''] = cookie.split('=');
    await page.context().clearCookies();
    await page.context().addCookies([{ name, value, url: address + path }]);
  }
  /** Goes to a page, as a visitor who is there already if one is given, and looks whether it looks well. */
  async function shows(path: string, name: string, visitor?: { readonly cookie: string }): Promise<void> {
    const { page, address } = tab();
    if (visitor !== undefined) await enters(visitor, path);
    await page.goto(address + path);
    await looksWell(page, name);
  }
  return { ...pages, tab, enters, shows };
}
