import type { Loop } from '../../activities/index.js';
import { readConfig, type Config } from '../../adapters/config.js';
import { startWorkers } from '../../worker/workers.js';
import { startTestDatabase, type TestDatabase } from './database.js';
import { devServer, type TestTemporal } from './temporal.js';

/** Workers on a real Temporal server and a database of their own; no sender hands emails over. */
export interface TestWorkers {
  readonly home: TestDatabase;
  readonly temporal: TestTemporal;
  readonly stop: () => Promise<void>;
}

const idle: Loop = ({ signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

/** The configuration of an invented installation, with the servers of a test. */
export function testConfig(variables: Readonly<Record<string, string>>): Config {
  return readConfig({
    SMTP_URL: 'smtp://127.0.0.1:1',
    PERENNIAL_BASE_URL: 'http://127.0.0.1:8080',
    PERENNIAL_LINK_KEY: '0'.repeat(64),
    PERENNIAL_ORGANISATION: 'Invented Alliance',
    PERENNIAL_SENDER: 'reviews@alliance.example',
    PERENNIAL_SENDER_NAME: 'Fatou Ndiaye',
    PERENNIAL_STAFF_ADDRESS: 'staff@alliance.example',
    ...variables,
  });
}

/** Starts them at an instant of case time; what they log is an error of the test's. */
export async function startTestWorkers(caseAt: string): Promise<TestWorkers> {
  const home = await startTestDatabase(caseAt);
  const temporal = await devServer();
  const config = testConfig({ DATABASE_URL: home.url, TEMPORAL_ADDRESS: temporal.address });
  const log = (line: unknown) => console.error(line);
  const workers = await startWorkers({ config, database: home.database, sender: idle, log });
  return {
    home,
    temporal,
    stop: async () => {
      await workers.stop();
      await temporal.stop();
      await home.stop();
    },
  };
}
