import { writeSync } from 'node:fs';
import { untilStopped } from '../../adapters/until-stopped.js';
import type { Say } from '../cache.js';
import { freshDemoHome } from '../home.js';
import { demoSettings } from '../settings.js';
import type { DemoOptions } from './options.js';
import { runDemo } from './run.js';

/** Runs a demonstration as a process of its own, to its end or to Ctrl-C. */
export async function demonstrate(options: DemoOptions): Promise<void> {
  // With --json the last line of standard output is the result; what is told on the way goes beside it.
  const say: Say = (sentence) => writeSync(options.json ? 2 : 1, `${sentence}\n`);
  await untilStopped(async () => {
    const settings = demoSettings();
    freshDemoHome(settings.home);
    return runDemo({ options, settings, say });
  });
}
