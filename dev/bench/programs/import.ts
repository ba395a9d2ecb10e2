import { readDatabaseUrl } from '../../../adapters/config.js';
import { importFiles } from '../../../client/cli/import-files.js';
import { openDatabase } from '../../../prisma/database.js';
import { withImport } from '../../../prisma/import-run.js';

// Imports a folder as the command does; prints how many records it took, how long, and the most memory it ever had.
const path = process.argv[2] ?? '';
const database = openDatabase(readDatabaseUrl());
const began = performance.now();
const { rows } = await withImport(database, { takenAsNew: [] }, (run) =>
  importFiles(run, { path, asOf: '2026-07-10' }),
);
const seconds = (performance.now() - began) / 1_000;
await database.$disconnect();
const taken = [...rows.values()].reduce((sum, row) => sum + row.new, 0);
process.stdout.write(`${JSON.stringify({ taken, seconds, megabytes: process.resourceUsage().maxRSS / 1024 })}\n`);
