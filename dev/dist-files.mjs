// Puts beside the compiled program what it reads: texts of emails, the schema with its migrations, the user's rights.
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
for (const path of ['mail/templates', 'prisma/schema.prisma', 'prisma/migrations', 'prisma/application-user.sql']) {
  cpSync(join(root, path), join(root, 'dist', path), { recursive: true });
}
