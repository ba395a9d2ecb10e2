import { PORT_WORDS, type Variables } from '../adapters/config.js';
import type { WantedPort } from './ports.js';

/** The ports of a one-machine installation, all on loopback. */
export interface StackPorts {
  readonly web: number;
  readonly temporal: number;
  readonly temporalUi: number;
  readonly postgres: number;
  readonly smtp: number;
  /** The identity provider of the trial, for sign-in. */
  readonly issuer: number;
}

const PORTS: Readonly<Record<keyof StackPorts, WantedPort>> = {
  web: { name: 'web pages', port: 8080, variable: 'PERENNIAL_WEB_PORT' },
  temporal: { name: 'Temporal', port: 7233, variable: 'PERENNIAL_TEMPORAL_PORT' },
  temporalUi: { name: "Temporal's pages", port: 8233, variable: 'PERENNIAL_TEMPORAL_UI_PORT' },
  postgres: { name: 'PostgreSQL', port: 54320, variable: 'PERENNIAL_POSTGRES_PORT' },
  smtp: { name: 'mail catcher', port: 11025, variable: 'PERENNIAL_SMTP_PORT' },
  issuer: { name: 'sign-in', port: 8090, variable: 'PERENNIAL_ISSUER_PORT' },
};
// Every name is one of StackPorts: that is the type of the table above.
const NAMES = Object.keys(PORTS) as (keyof StackPorts)[];

/**
 * The ports to use: those of the environment (PERENNIAL_WEB_PORT, PERENNIAL_TEMPORAL_PORT, PERENNIAL_TEMPORAL_UI_PORT,
 * PERENNIAL_POSTGRES_PORT, PERENNIAL_SMTP_PORT, PERENNIAL_ISSUER_PORT), else 8080, 7233, 8233, 54320, 11025, 8090; with
 * a sentence for each value that is not a port, and for ports that are given twice.
 */
export function readPorts(given: Variables): { readonly ports: StackPorts; readonly mistakes: readonly string[] } {
  const chosen = NAMES.map((key) => {
    const { variable, port } = PORTS[key];
    const text = given[variable] ?? '';
    return { key, variable, port: text === '' ? port : /^\d{1,5}$/u.test(text) ? Number(text) : 0 };
  });
  const bad = chosen.filter(({ port }) => port < 1 || port > 65_535);
  const good = chosen.filter((entry) => !bad.includes(entry));
  const twice = good.filter(({ port, key }) => good.some((other) => other.port === port && other.key !== key));
  const port = (key: keyof StackPorts) => chosen.find((entry) => entry.key === key)?.port ?? PORTS[key].port;
  return {
    ports: {
      web: port('web'),
      temporal: port('temporal'),
      temporalUi: port('temporalUi'),
      postgres: port('postgres'),
      smtp: port('smtp'),
      issuer: port('issuer'),
    },
    mistakes: [
      ...bad.map(({ variable }) => `${variable} ${PORT_WORDS}.`),
      ...(twice.length > 0 ? [`${twice.map(({ variable }) => variable).join(', ')} are the same port.`] : []),
    ],
  };
}

/** Each port with what opens it and the variable that moves it. */
export function wantedPorts(ports: StackPorts): readonly WantedPort[] {
  return NAMES.map((key) => ({ ...PORTS[key], port: ports[key] }));
}
