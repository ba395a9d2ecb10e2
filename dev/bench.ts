import { benchOptions } from './bench/options.js';
import { runBench } from './bench/run.js';

await runBench(benchOptions(process.argv.slice(2)));
