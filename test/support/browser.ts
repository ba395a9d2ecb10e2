import { type Browser, chromium as playwright } from 'playwright-core';
import { alone, onPath } from '../../dev/cache.js';

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
    return launchPackaged();
  }
  const found = ['chromium', 'chromium-browser', 'google-chrome'].map(onPath).find((file) => file !== undefined);
  if (found !== undefined) return playwright.launch({ executablePath: found });
  try {
    return await playwright.launch({ channel: 'chrome' });
  } catch (cause) {
    throw new Error(NOT_FOUND, { cause });
  }
}

/** Its first use unpacks it into the temporary folder: only one test file at a time may do that. */
async function launchPackaged(): Promise<Browser> {
  const { default: chromium } = await import('@sparticuz/chromium');
  let executablePath = '';
  await alone({
    name: 'browser',
    say: () => undefined,
    ready: () => executablePath !== '',
    work: async () => {
      executablePath = await chromium.executablePath();
    },
  });
  return playwright.launch({ executablePath, args: chromium.args });
}
