// Who may import whom (docs/design.md): one table, and the small rule that holds every file to it.
// `folders` and `packages` may be imported for their values, `types` (folders) and any listed package for types only.
// The first entry that matches a file counts. Whatever is not listed is an error.
import { dirname, relative, resolve, sep } from 'node:path';

const temporal = (...names) => names.map((name) => `@temporalio/${name}`);

export const boundaries = [
  { files: /^domain\/questionnaire\.ts$/, folders: ['domain'], packages: ['zod'] },
  { files: /^domain\//, folders: ['domain'], packages: [] },
  {
    files: /^workflows\//,
    folders: ['workflows', 'domain'],
    packages: temporal('workflow', 'common'),
    types: ['activities'],
  },
  {
    files: /^activities\//,
    folders: ['activities', 'domain', 'mail', 'workflows/contract'],
    packages: ['node:', ...temporal('activity')],
  },
  {
    files: /^mail\//,
    folders: ['mail', 'domain', 'adapters/dates'],
    packages: ['node:', 'markdown-it', 'liquidjs'],
  },
  {
    files: /^prisma\//,
    folders: ['prisma', 'domain'],
    packages: ['node:', '@prisma/', 'pg'],
    types: ['activities', 'adapters/config', 'mail/content', 'mail/content-ours'],
  },
  {
    files: /^adapters\/registry-/,
    folders: [
      'domain',
      ...['application', 'exclusions', 'facts', 'feed', 'form', 'former', 'json', 'nominee', 'opinion', 'paths'].map(
        (name) => `adapters/registry-${name}`,
      ),
      ...['read', 'record', 'screening', 'stream', 'text'].map((name) => `adapters/registry-${name}`),
    ],
    packages: ['node:', 'htmlparser2'],
  },
  {
    files: /^adapters\/config(-\w+)?\.ts$/,
    folders: [
      'domain',
      'adapters/config-issuer',
      'adapters/config-live',
      'adapters/config-temporal',
      'adapters/config-variables',
    ],
    packages: ['node:', 'zod'],
    types: ['activities', 'adapters'],
  },
  { files: /^adapters\/until-stopped\.ts$/, folders: ['adapters/config'], packages: ['node:'] },
  {
    files: /^adapters\/link-(look|place)\.ts$/,
    folders: ['domain', 'adapters/link-place'],
    packages: ['node:', 'ipaddr.js'],
  },
  { files: /^adapters\/contacts-file\.ts$/, folders: ['domain'], packages: ['csv-parse', 'csv-stringify', 'zod'] },
  {
    files: /^adapters\//,
    folders: ['domain', 'workflows/contract'],
    packages: ['node:', 'nodemailer', 'openid-client', 'zod', 'pg', ...temporal('client', 'worker', 'common', 'proto')],
    types: ['activities', 'adapters', 'prisma'],
  },
  {
    files: /^client\/cli\/services\.ts$/,
    folders: ['client/cli', 'client/words', 'client/usage', 'adapters/config', 'prisma', 'worker/main', 'web/main'],
    packages: ['commander'],
  },
  {
    files: /^client\/cli\//,
    folders: ['client', 'workflows/contract', 'domain', 'adapters', 'prisma'],
    packages: ['node:', 'commander', 'csv-parse', 'csv-stringify', 'zod', ...temporal('client', 'common')],
  },
  // What people do by commands and on pages alike.
  {
    files: /^client\/(campaign-plan|staff-acts)\.ts$/,
    folders: ['client/given', 'client/usage', 'client/words', 'domain', 'prisma'],
    packages: ['node:'],
  },
  {
    files: /^client\//,
    folders: ['client', 'workflows/contract', 'domain', 'adapters/temporal', 'adapters/config', 'adapters/dates'],
    packages: ['node:', ...temporal('client', 'common', 'proto')],
    types: ['activities', 'prisma'],
  },
  {
    files: /^web\//,
    folders: [
      'web',
      'client/campaign-plan',
      'client/given',
      'client/saved-views',
      'client/staff-acts',
      'client/usage',
      'client/words',
      'domain',
      'prisma',
      'mail/render',
      'adapters/config',
      'adapters/contacts-file',
      'adapters/issuer',
      'adapters/links',
      'adapters/dates',
      'adapters/log',
      'adapters/until-stopped',
    ],
    packages: ['node:', 'hono', '@hono/', 'zod', 'csv-stringify', 'diff', 'rate-limiter-flexible'],
  },
  {
    files: /^worker\//,
    folders: ['worker', 'activities', 'adapters', 'prisma', 'client/cases', 'workflows', 'domain', 'mail'],
    packages: ['node:', 'pg', ...temporal('worker', 'client', 'common', 'activity', 'proto')],
  },
];

/** Whether a path such as `adapters/dates` is, or lies in, one of the entries. */
const within = (path, entries) => entries.some((entry) => path === entry || path.startsWith(`${entry}/`));
const listed = (name, packages) =>
  packages.some((entry) => name === entry || name.startsWith(/[:/]$/.test(entry) ? entry : `${entry}/`));

function complaint({ file, source, typeOnly, root }) {
  const rule = boundaries.find((entry) => entry.files.test(file));
  const folder = file.split('/')[0];
  if (!source.startsWith('.')) {
    return rule === undefined || listed(source, rule.packages)
      ? undefined
      : `${folder}/ does not know the package ${source} (eslint.imports.mjs).`;
  }
  const target = relative(root, resolve(root, dirname(file), source))
    .split(sep)
    .join('/')
    .replace(/\.(js|ts|tsx|mjs)$/, '');
  if (rule === undefined) {
    return ['dev', 'test'].includes(folder) || !within(target, ['dev', 'test'])
      ? undefined
      : `Nothing imports ${target.split('/')[0]}/.`;
  }
  const allowed = typeOnly ? [...rule.folders, ...(rule.types ?? [])] : rule.folders;
  if (within(target, allowed)) return undefined;
  const forTypes = !typeOnly && within(target, rule.types ?? []) ? ', except for types' : '';
  return `${folder}/ does not import ${target}${forTypes} (eslint.imports.mjs).`;
}

const typeOnlyImport = (node) =>
  node.importKind === 'type' ||
  node.exportKind === 'type' ||
  (node.type === 'ImportDeclaration' &&
    node.specifiers.length > 0 &&
    node.specifiers.every((specifier) => specifier.importKind === 'type'));

/** ESLint rule: an import that the table above does not list. Covers import, export from and import(). */
export const importBoundaries = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const root = context.cwd;
    const file = relative(root, context.filename).split(sep).join('/');
    const check = (node) => {
      if (typeof node.source?.value !== 'string') return;
      const message = complaint({ file, source: node.source.value, typeOnly: typeOnlyImport(node), root });
      if (message !== undefined) context.report({ node, message });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
