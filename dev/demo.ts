import { demonstrate } from './demo/demonstrate.js';
import { demoOptions } from './demo/options.js';

await demonstrate(demoOptions(process.argv.slice(2)));
