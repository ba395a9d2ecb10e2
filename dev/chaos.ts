import { demonstrate } from './demo/demonstrate.js';
import { chaosOptions } from './demo/options.js';

await demonstrate(chaosOptions(process.argv.slice(2)));
