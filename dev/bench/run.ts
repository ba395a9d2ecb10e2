import { existsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { untilStopped, type Ended } from '../../adapters/until-stopped.js';
import { installRuntime } from '../../worker/runtime.js';
import type { Say } from '../cache.js';
import { benchSettings, type Settings } from '../settings.js';
import { measureCampaign } from './campaign.js';
import { measureCaseCpu } from './case-cpu.js';
import { freshFolder } from './folder.js';
import { measureLinks } from './links.js';
import type { Asked, FigureName, Measure } from './measurement.js';
import { measureImport } from './import.js';
import { measureMemory } from './memory.js';
import type { BenchOptions } from './options.js';
import { measureOutcome } from './outcome.js';
import { measureNominationPage, measurePages } from './pages.js';
import { stopPlaces } from './place.js';
import { measureRelay } from './relay.js';
import { figureInWords, judge, loadNow, printResult, resultOf, type Figure } from './report.js';
import { measureRestart } from './restart.js';
import { measureSender } from './sender.js';
import { measureStaffPages } from './staff-pages.js';

/** Each measurement, and the figures that it gives. */
const MEASUREMENTS: readonly { readonly gives: readonly FigureName[]; readonly measure: Measure }[] = [
  { gives: ['case_cpu'], measure: measureCaseCpu },
  { gives: ['campaign_rate', 'campaign_growth'], measure: measureCampaign },
  { gives: ['worker_memory'], measure: measureMemory },
  { gives: ['sender_rate'], measure: measureSender },
  { gives: ['sender_with_links'], measure: measureLinks },
  { gives: ['relay_rate'], measure: measureRelay },
  { gives: ['outcome_in_campaign'], measure: measureOutcome },
  { gives: ['registry_pages'], measure: measurePages },
  { gives: ['nomination_page'], measure: measureNominationPage },
  { gives: ['import_memory'], measure: measureImport },
  { gives: ['desk_pool', 'console_needs', 'console_product'], measure: measureStaffPages },
  { gives: ['restart_seconds'], measure: measureRestart },
];

/** Runs the bench as a process of its own, to its end or to Ctrl-C. */
export async function runBench(options: BenchOptions): Promise<void> {
  // With --json the last line of standard output is the result; what is told on the way goes beside it.
  const say: Say = (sentence) => writeSync(options.json ? 2 : 1, `${sentence}\n`);
  await untilStopped(() => {
    if (!existsSync('/proc/self/stat')) throw new Error('The bench reads /proc, which this system does not have.');
    const settings = benchSettings();
    const close = freshFolder(settings.home);
    installRuntime(() => undefined);
    const stop = async () => {
      await stopPlaces();
      close();
    };
    return Promise.resolve({ stop, ended: measureAll({ options, settings, say }) });
  });
}

async function measureAll({
  options,
  settings,
  say,
}: {
  readonly options: BenchOptions;
  readonly settings: Settings;
  readonly say: Say;
}): Promise<Ended> {
  const began = performance.now();
  const { only, rounds, size } = options;
  const figures: Figure[] = [];
  const failed: string[] = [];
  const sized: Asked['sized'] = (full, least = 1) => Math.max(Math.round(full * size), least);
  for (const { gives, measure } of MEASUREMENTS) {
    if (only.length > 0 && !gives.some((name) => only.includes(name))) continue;
    say(`\n${gives.join(', ')} (load ${loadNow()})`);
    try {
      const home = join(settings.home, gives[0] ?? '');
      const readings = await measure({ settings: { ...settings, home }, rounds, sized, say });
      for (const figure of readings.map(judge)) {
        figures.push(figure);
        say(figureInWords(figure));
      }
    } catch (error) {
      failed.push(`${gives.join(', ')}: ${error instanceof Error ? error.message : String(error)}`);
      say(`FAILED: ${failed.at(-1)}`);
    } finally {
      await stopPlaces();
    }
  }
  const seconds = (performance.now() - began) / 1_000;
  const result = resultOf({ seconds, size, rounds, figures, failed });
  printResult(result, { json: options.json, say });
  return { code: result.ok ? 0 : 1, sentence: null };
}
