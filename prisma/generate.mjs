// Writes the database client to prisma/generated when it is missing or older than the schema (or with --force).
// `prisma generate` runs no engine, but insists on finding one and would download it: any existing file satisfies it.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => join(root, ...parts);
const schema = inRoot('prisma', 'schema.prisma');
const generated = inRoot('prisma', 'generated', 'client.ts');
const writtenAt = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0);
// A newer Prisma or a changed configuration writes another client from the same schema.
const sources = [schema, inRoot('prisma.config.ts'), inRoot('node_modules', '@prisma', 'client', 'package.json')];
const fresh = sources.every((file) => writtenAt(generated) >= writtenAt(file));

if (process.argv.includes('--force') || !fresh) {
  const prisma = inRoot('node_modules', 'prisma', 'build', 'index.js');
  if (!existsSync(prisma)) {
    console.error('The database client must be generated, but Prisma is not installed. Run `npm ci` first.');
    process.exit(1);
  }
  const run = spawnSync(process.execPath, [prisma, 'generate'], {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: inRoot('package.json'),
      CHECKPOINT_DISABLE: '1',
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
    },
  });
  if (run.status !== 0) {
    console.error(`${run.stdout ?? ''}${run.stderr ?? ''}`);
    console.error('The database client could not be generated from prisma/schema.prisma: the reason is above.');
    process.exit(1);
  }
}
