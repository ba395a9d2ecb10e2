import { join } from 'node:path';
import { mistakesIn, unknownNames, wrongEnvironment, type Variables } from '../adapters/config.js';
import { isDemoHome, perennialHome } from './home.js';
import { readPorts, type StackPorts } from './stack-ports.js';

/** Where a one-machine installation runs, and what it calls itself. */
export interface Settings {
  readonly home: string;
  readonly ports: StackPorts;
  /** Variables of the configuration but for the servers, which are known when they run. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What a trial is called unless the environment says otherwise. Nobody has its addresses. */
const TRIAL = {
  PERENNIAL_ORGANISATION: 'Perennial trial installation',
  PERENNIAL_SENDER: 'reviews@perennial.example',
  PERENNIAL_SENDER_NAME: 'The secretariat',
  PERENNIAL_STAFF_ADDRESS: 'secretariat@perennial.example',
} as const;

/** What else `npm start` takes from the environment. */
const TAKEN = [
  ...Object.keys(TRIAL),
  'PERENNIAL_LINK_KEY',
  'PERENNIAL_LEDGER_KEY',
  'PERENNIAL_LEDGER_FOLDER',
  'PERENNIAL_HANDOVER_JOURNAL',
  'PERENNIAL_MAIL_MODE',
  'PERENNIAL_MAIL_ALLOWLIST',
  'PERENNIAL_MAIL_PER_SECOND',
  'PERENNIAL_MAIL_PER_DOMAIN_PER_SECOND',
];

/** What an installation on one machine says itself: a value from outside would be ignored, and mislead commands. */
const OWN = [
  'DATABASE_URL',
  'TEMPORAL_ADDRESS',
  'TEMPORAL_NAMESPACE',
  'TEMPORAL_UI_URL',
  'SMTP_URL',
  'PERENNIAL_BASE_URL',
  'PERENNIAL_OIDC_ISSUER',
  'PERENNIAL_OIDC_CLIENT_ID',
  'PERENNIAL_OIDC_CLIENT_SECRET',
];

/** The environment of `npm start`. Throws a ConfigError that names all mistakes at once. */
export function startSettings(environment: Variables = process.env): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const taken = Object.fromEntries(TAKEN.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])));
  const own = OWN.filter((name) => given[name] !== undefined);
  const home = perennialHome(given);
  const { ports, mistakes } = readPorts(given);
  const all = [
    ...mistakes,
    ...unknownNames(given),
    ...mistakesIn(taken),
    ...(taken['PERENNIAL_MAIL_MODE'] === 'live'
      ? ['PERENNIAL_MAIL_MODE=live needs servers of your own (docs/operations.md): "npm start" is a trial.']
      : []),
    ...(own.length > 0
      ? [`Unset ${own.join(', ')}: "npm start" brings its own servers, and cannot use others yet.`]
      : []),
    ...(isDemoHome(home) ? ["PERENNIAL_HOME is the demonstration's folder: choose another one."] : []),
  ];
  if (all.length > 0) throw wrongEnvironment(all);
  return { home, ports, variables: { ...TRIAL, ...taken } };
}

/** The environment of the demonstration, which decides everything but folder and ports. Throws as `startSettings`. */
export function demoSettings(environment: Variables = process.env): Settings {
  return inventedSettings('demo', environment);
}

/** The environment of the bench, which decides everything but folder and ports. Throws as `startSettings`. */
export function benchSettings(environment: Variables = process.env): Settings {
  return inventedSettings('bench', environment);
}

/** What runs with invented people, in a folder of its own beside real data. */
function inventedSettings(folder: 'demo' | 'bench', environment: Variables): Settings {
  const { ports, mistakes } = readPorts(environment);
  const all = [...mistakes, ...unknownNames(environment)];
  if (all.length > 0) throw wrongEnvironment(all);
  return {
    home: join(perennialHome(environment), folder),
    ports,
    variables: {
      PERENNIAL_ORGANISATION: 'Invented Alliance for Digital Public Goods',
      PERENNIAL_SENDER: 'reviews@alliance.example',
      PERENNIAL_SENDER_NAME: 'Fatou Ndiaye (invented)',
      PERENNIAL_STAFF_ADDRESS: 'secretariat@alliance.example',
      // Nothing leaves the machine, and time is fast.
      PERENNIAL_MAIL_UNLIMITED: 'yes',
    },
  };
}
