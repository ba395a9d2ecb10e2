import { type Browser, chromium as playwright } from 'playwright-core';
import { onPath } from '../../dev/cache.js';

const NOT_FOUND =
  'No browser was found. Install Chromium or Google Chrome, or set PERENNIAL_BROWSER to the file of one.';

/**
 * A real browser without a window: the Chromium of npm on Linux with Intel, elsewhere an installed one
 * (PERENNIAL_BROWSER, PATH, Google Chrome). PERENNIAL_BROWSER wins everywhere.
 * @throws with the sentence that says what to set when there is none.
 */
export async function launchBrowser(): Promise<Browser> {
  const named = process.env['PERENNIAL_BROWSER'];
  if (named !== undefined && named !== '') return playwright.launch({ executablePath: named });
  if (process.platform === 'linux' && process.arch === 'x64') {
    const { default: chromium } = await import('@sparticuz/chromium');
    return playwright.launch({ executablePath: await chromium.executablePath(), args: chromium.args });
  }
  const found = ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find((file) => file !== undefined);
  if (found !== undefined) return playwright.launch({ executablePath: found });
  try {
    return await playwright.launch({ channel: 'chrome' });
  } catch (cause) {
    throw new Error(NOT_FOUND, { cause });
  }
}
