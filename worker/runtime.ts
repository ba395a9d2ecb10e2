import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Log } from '../adapters/log.js';

/**
 * Prepares Temporal's part of this process, once, before anything else of it: its errors go to our log, by their
 * first line only; signals such as Ctrl-C are left to us.
 */
export function installRuntime(log: Log): void {
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({
    shutdownSignals: [],
    logger: new DefaultLogger('ERROR', ({ message }) => log({ what: 'temporal', said: message.split('\n')[0] ?? '' })),
    telemetryOptions: { logging: { forward: {}, filter } },
  });
}
