import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { freePort } from '../../dev/ports.js';
import { startTemporal, type TemporalPlan } from '../../dev/temporal-server.js';
import { startTestServer } from '../../dev/test-server.js';
import { temporalProgram, testServerProgram } from './run.js';

/** An environment of the SDK, and what ends both it and its server. */
export interface TestTemporal {
  readonly env: TestWorkflowEnvironment;
  readonly address: string;
  /** Always in a `finally` or `afterAll`: open workers and servers would outlive the test. */
  readonly stop: () => Promise<void>;
}

let quiet = false;

/** Errors only. Must come before anything else of Temporal's in a test file; the functions below do it. */
export function quietTemporal(): void {
  if (quiet) return;
  quiet = true;
  const filter = makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' });
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { forward: {}, filter } } });
}

// `create` is the SDK's own way to both kinds of environment; its types call it private, because it skips checks. It
// is the only one that skips time on a server that is already running.
interface Creating {
  create(options: {
    server: { type: 'existing' };
    address: string;
    namespace: string;
    supportsTimeSkipping: boolean;
  }): Promise<TestWorkflowEnvironment>;
}

async function connect(options: {
  address: string;
  supportsTimeSkipping: boolean;
  end: () => Promise<void>;
}): Promise<TestTemporal> {
  const { address, supportsTimeSkipping, end } = options;
  try {
    // Only now: a runtime that is never used keeps the process alive.
    quietTemporal();
    const environment = TestWorkflowEnvironment as unknown as Creating;
    const env = await environment.create({
      server: { type: 'existing' },
      address,
      namespace: 'default',
      supportsTimeSkipping,
    });
    return { env, address, stop: () => env.teardown().finally(end) };
  } catch (error) {
    await end();
    throw error;
  }
}

/**
 * A server of this test file's own whose time skips while a test waits for a result through `env.client`, one at a
 * time. It knows no lists and no search.
 */
export async function timeSkipping(): Promise<TestTemporal> {
  const server = await startTestServer(testServerProgram());
  const started = await connect({ address: server.address, supportsTimeSkipping: true, end: () => server.stop() });
  // The server begins with time that skips whenever nothing is under way: to the end of whatever waits for a nudge.
  await started.env.connection.testService?.lockTimeSkipping({});
  return started;
}

/** A whole dev server of this test file's own, in real time: lists, search, attributes. */
export async function devServer(
  plan: Pick<TemporalPlan, 'attributes' | 'databaseFile' | 'suggestsAnewAfter'> = {},
): Promise<TestTemporal> {
  const server = await startTemporal({ program: temporalProgram(), port: await freePort(), ...plan });
  return connect({ address: server.address, supportsTimeSkipping: false, end: () => server.process.stop() });
}
