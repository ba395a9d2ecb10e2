import { writeSync } from 'node:fs';
import type { Say } from './cache.js';
import { runDemo } from './demo/run.js';
import { demoOptions } from './demo/options.js';
import { freshDemoHome } from './home.js';
import { demoSettings } from './settings.js';
import { untilStopped } from '../adapters/until-stopped.js';

const options = demoOptions(process.argv.slice(2));
// With --json the last line of standard output is the result; what is told on the way goes beside it.
const say: Say = (sentence) => writeSync(options.json ? 2 : 1, `${sentence}\n`);

await untilStopped(async () => {
  const settings = demoSettings();
  freshDemoHome(settings.home);
  return runDemo({ options, settings, say });
});
