/** How the preparation of a test run tells the test files what it made: names of environment variables. */
export const RUN = {
  /** The migrated database that test files copy. */
  templateDatabase: 'perennial_template',
  bundle: 'PERENNIAL_RUN_BUNDLE',
  database: 'PERENNIAL_RUN_DATABASE',
  temporal: 'PERENNIAL_RUN_TEMPORAL',
  testServer: 'PERENNIAL_RUN_TEST_SERVER',
} as const;

function prepared(variable: string): string {
  const value = process.env[variable];
  if (value === undefined || value === '') throw new Error(`${variable} is missing: run tests by \`npm test\`.`);
  return value;
}

/** The file of the workflow bundle: `workflowBundle: { codePath: bundlePath() }`. */
export const bundlePath = (): string => prepared(RUN.bundle);

/** Temporal's command line, for tests that need a whole dev server. */
export const temporalProgram = (): string => prepared(RUN.temporal);

/** The server that skips time. */
export const testServerProgram = (): string => prepared(RUN.testServer);

/** The address of the template database. */
export const templateDatabaseUrl = (): string => prepared(RUN.database);
