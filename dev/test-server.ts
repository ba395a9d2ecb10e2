import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone, cacheFolder, isProgram, onPath, programName, type Say, withProgress } from './cache.js';
import { runProgram, startProcess, waitForPort } from './processes.js';
import { freePort } from './ports.js';
import { downloadWithSdk } from './sdk-download.js';
import { TEST_SERVER_JARS, TEST_SERVER_VERSION } from './test-server-jars.js';

const MAVEN_CENTRAL = 'https://repo1.maven.org/maven2';
const NOT_FOUND =
  "Temporal's time-skipping test server was not found and could not be downloaded. Set TEMPORAL_TEST_SERVER to its " +
  'file (https://github.com/temporalio/sdk-java/releases), or install Java 11 or newer so that it can be had from Maven Central.';

/**
 * Finds the server that lets tests skip time: TEMPORAL_TEST_SERVER, our cache folder, the SDK's download (needs no
 * Java), the jars of Maven Central with Java. Nothing is asked.
 * @throws with the sentence that says what to set when there is none.
 */
export async function findTestServer(say: Say): Promise<string> {
  const named = process.env['TEMPORAL_TEST_SERVER'];
  if (named !== undefined && named !== '') {
    if (isProgram(named)) return named;
    throw new Error(`TEMPORAL_TEST_SERVER names ${named}, which is not a program that can be run.`);
  }
  const cached = join(cacheFolder(), programName('temporal-test-server'));
  if (isProgram(cached)) return cached;
  await alone({ name: 'temporal-test-server', say, ready: () => isProgram(cached), work: () => obtain(cached, say) });
  if (!isProgram(cached)) throw new Error(NOT_FOUND);
  return cached;
}

async function obtain(cached: string, say: Say): Promise<void> {
  const fetched = await withProgress(say, "Downloading Temporal's test server (once)", () =>
    downloadWithSdk({ kind: 'createTimeSkipping', target: cached }),
  );
  if (fetched || process.platform === 'win32' || !javaRuns()) return;
  const jars = `temporal-test-server-${TEST_SERVER_VERSION}`;
  const folder = join(cacheFolder(), jars);
  await withProgress(say, "Downloading Temporal's test server for Java (once)", async () => {
    if ((await copyWithMaven(folder)) || (await fetchJars(folder))) writeWrapper(cached, jars);
  });
}

/** macOS has a `java` that only says where to get Java, so it is asked. */
function javaRuns(): boolean {
  return spawnSync('java', ['-version'], { stdio: 'ignore' }).status === 0;
}

async function copyWithMaven(folder: string): Promise<boolean> {
  const maven = onPath('mvn');
  if (maven === undefined) return false;
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'pom.xml'),
    `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>perennial</groupId><artifactId>test-server</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${TEST_SERVER_VERSION}</version>
  </dependency></dependencies>
</project>
`,
  );
  const goal = ['-B', '-q', 'dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  const { code } = await runProgram({ command: maven, args: goal, cwd: folder });
  return code === 0 && TEST_SERVER_JARS.every(([path]) => existsSync(join(folder, fileNameOf(path))));
}

async function fetchJars(folder: string): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  try {
    await Promise.all(TEST_SERVER_JARS.map(([path, sha256]) => fetchJar({ folder, path, sha256 })));
    return true;
  } catch {
    return false;
  }
}

async function fetchJar(jar: {
  readonly folder: string;
  readonly path: string;
  readonly sha256: string;
}): Promise<void> {
  const response = await fetch(`${MAVEN_CENTRAL}/${jar.path}`, { signal: AbortSignal.timeout(120_000) });
  if (!response.ok) throw new Error(`Maven Central answered ${response.status} for ${jar.path}.`);
  const content = Buffer.from(await response.arrayBuffer());
  const found = createHash('sha256').update(content).digest('hex');
  if (found !== jar.sha256) throw new Error(`${jar.path} is not what it should be: its SHA-256 is ${found}.`);
  writeFileSync(join(jar.folder, fileNameOf(jar.path)), content);
}

function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A program that the SDK can start like the native one. It is small and lives short: the quick compiler will do. */
function writeWrapper(file: string, jars: string): void {
  const java = 'java -XX:+UseSerialGC -XX:TieredStopAtLevel=1';
  const script = `#!/bin/sh\nexec ${java} -cp "$(dirname "$0")/${jars}/*" io.temporal.testserver.TestServer "$@"\n`;
  const part = `${file}.part`;
  writeFileSync(part, script);
  chmodSync(part, 0o755);
  renameSync(part, file);
}

/** A running test server. */
export interface TestServer {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

/**
 * Starts one test server on a free port of this machine and waits until it answers. The SDK would wait five seconds
 * only, which a busy machine exceeds.
 */
export async function startTestServer(program: string): Promise<TestServer> {
  const port = await freePort();
  const owner = await startProcess({
    name: "Temporal's test server",
    command: program,
    args: [String(port), '--enable-time-skipping'],
    stopSignal: 'SIGTERM',
  });
  await waitForPort({ owner, port, limitMs: 60_000 });
  return { address: `127.0.0.1:${port}`, stop: () => owner.stop() };
}
