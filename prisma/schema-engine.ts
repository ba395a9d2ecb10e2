import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, DriverAdapterError } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/** Where this project keeps its schema and its migrations. */
export const SCHEMA_FOLDER = dirname(fileURLToPath(import.meta.url));

/** The schema as the engine wants it: one file, with its content. */
export function schemaFile(): { path: string; content: string } {
  const path = join(SCHEMA_FOLDER, 'schema.prisma');
  return { path, content: readFileSync(path, 'utf8') };
}

// PostgreSQL's catalogue has a one-byte type "char" (oid 18) that the driver adapter does not know. The rows are read
// as text, and their columns are reported as characters: with the first alone the engine stops at the first table.
const CATALOGUE_CHAR = 18;
const TEXT = 25;
const charColumns = new AsyncLocalStorage<number[]>();

function readCatalogueCharAsText(pool: pg.Pool): void {
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<pg.QueryResult>;
  const patched = async (...args: unknown[]): Promise<pg.QueryResult> => {
    const result = await query(...args);
    result.fields.forEach((field, index) => {
      if (field.dataTypeID !== CATALOGUE_CHAR) return;
      field.dataTypeID = TEXT;
      charColumns.getStore()?.push(index);
    });
    return result;
  };
  // pg overloads `query` seventeen ways; the adapter only uses the promise that this returns.
  pool.query = patched as typeof pool.query;
}

/**
 * The adapter for the engine. A script goes to the database as a whole: so it is one transaction, and may have
 * functions in it. The driver adapter itself cuts it at each ";" and sends the pieces one after the other.
 */
class EngineAdapter extends PrismaPg {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    super(pool);
    this.#pool = pool;
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      const client = await this.#pool.connect();
      await client
        .query(script)
        .catch(inWordsOfDatabase)
        .finally(() => client.release());
    };
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = (query) =>
      charColumns.run([], async () => {
        const result = await queryRaw(query);
        for (const index of charColumns.getStore() ?? []) result.columnTypes[index] = ColumnTypeEnum.Character;
        return result;
      });
    return adapter;
  }
}

/** What the database said, as the engine takes it: of any other error it shows a number only. */
function inWordsOfDatabase(error: unknown): never {
  if (!(error instanceof pg.DatabaseError)) throw error;
  const { code = '', severity = 'ERROR', message, detail, column, hint } = error;
  throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint });
}

/** The part of WebAssembly that is used here: the types of Node 20 leave it to those of browsers. */
interface WithWebAssembly {
  WebAssembly: {
    instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
  };
}

const idleTimer = (work: () => void, ms: number) => setTimeout(work, ms).unref();

/** The engine forgets its ten-second limits when it is done: they must not keep the process alive. */
function withIdleTimers(): object {
  const entries = Object.entries(bindings).map(([name, binding]: [string, unknown]) =>
    name.startsWith('__wbg_setTimeout') ? [name, idleTimer] : [name, binding],
  );
  return Object.fromEntries(entries) as object;
}

let loading: Promise<void> | undefined;

/** Loads the WebAssembly module once a process: its bindings hold one instance. */
function loadModule(): Promise<void> {
  loading ??= (async () => {
    const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
    const code = readFileSync(join(dirname(entry), 'schema_engine_bg.wasm'));
    const { WebAssembly } = globalThis as unknown as WithWebAssembly;
    // The bindings are the module's only import, under the name that the compiler gave them.
    const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': withIdleTimers() });
    bindings.__wbg_set_wasm(instance.exports);
    instance.exports.__wbindgen_start();
    // Without this a panic of the engine shows as a TypeError of nothing in particular.
    Object.assign(globalThis, {
      PRISMA_WASM_PANIC_REGISTRY: {
        set_message: (message: string) => process.stderr.write(`Prisma's schema engine stopped: ${message}\n`),
      },
    });
  })();
  return loading;
}

/**
 * Runs `work` with Prisma's own schema engine on one database, and lets go of both afterwards. The engine is the
 * WebAssembly build inside Prisma's command line, so nothing is downloaded and production needs no command line.
 */
export async function withSchemaEngine<Result>(
  databaseUrl: string,
  work: (engine: bindings.SchemaEngine) => Promise<Result>,
): Promise<Result> {
  await loadModule();
  const pool = new pg.Pool({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  readCatalogueCharAsText(pool);
  try {
    const { path, content } = schemaFile();
    const adapter = bindMigrationAwareSqlAdapterFactory(new EngineAdapter(pool));
    const engine = await bindings.SchemaEngine.new({ datamodels: [[path, content]] }, () => undefined, adapter);
    return await work(engine).finally(() => engine.free());
  } finally {
    await pool.end();
  }
}
