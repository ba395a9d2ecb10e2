import tseslint from 'typescript-eslint';
import { importBoundaries } from './eslint.imports.mjs';

const localTime = 'get|set';
const localParts = 'Date|Day|FullYear|Hours|Milliseconds|Minutes|Month|Seconds|TimezoneOffset|Year';

/** What would make a rule depend on when, where or how often it is asked. */
const impure = [
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: 'domain/ has no clock: take "now" as an argument.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'domain/ has no clock: take "now" as an argument.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length>1]",
    message: 'This reads local time: use Date.UTC.',
  },
  { selector: "CallExpression[callee.name='Date']", message: 'domain/ has no clock: take "now" as an argument.' },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'domain/ has no randomness: take it as an argument.',
  },
  {
    selector: `MemberExpression[property.name=/^(${localTime})(${localParts})$/]`,
    message: 'Local time differs by machine: use the UTC one.',
  },
  { selector: 'MemberExpression[property.name=/^toLocale/]', message: 'Text for people is made in adapters/dates.' },
  {
    selector: 'MemberExpression[property.name=/^to(Date|Time)String$/]',
    message: 'Local time differs by machine: use toISOString.',
  },
];
const noDefaultExport = { selector: 'ExportDefaultDeclaration', message: 'Export it by name.' };
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read in adapters/config.ts only.',
};
const noEnum = { selector: 'TSEnumDeclaration', message: 'Use a union of words.' };
const restricted = (...rules) => ({ 'no-restricted-syntax': ['error', noDefaultExport, noEnum, ...rules] });

export default tseslint.config(
  { ignores: ['prisma/generated/**', 'dist/**', 'coverage/**', '.cache/**', '.perennial/**', '**/*.mjs'] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { perennial: { rules: { 'import-boundaries': importBoundaries } } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'perennial/import-boundaries': 'error',
      ...restricted(noEnvironment),
    },
  },
  { files: ['domain/**', 'workflows/**'], rules: restricted(noEnvironment, ...impure) },
  {
    files: ['domain/**', 'workflows/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        'Intl',
        'console',
        'crypto',
        'fetch',
        'performance',
        'process',
        'setInterval',
        'setTimeout',
      ],
    },
  },
  // The one place where case time becomes a timer asks Temporal's clock.
  { files: ['workflows/timer.ts'], rules: restricted(noEnvironment, ...impure.slice(1)) },
  { files: ['workflows/**'], rules: { 'max-lines': ['error', 150] } },
  { files: ['activities/**'], rules: { 'no-restricted-globals': ['error', 'console'] } },
  // The edges of the program: the one reader of the environment, and what runs before or beside the program.
  {
    files: [
      'adapters/config.ts',
      'adapters/config-variables.ts',
      'prisma/migrate.ts',
      'worker/bundle.ts',
      'dev/**',
      'test/**',
    ],
    rules: restricted(),
  },
  { files: ['*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['test/**'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/require-await': 'off' },
  },
);
