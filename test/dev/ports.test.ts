import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { checkPorts, freePort, isFree, PortsTakenError } from '../../dev/ports.js';
import { readPorts } from '../../dev/stack-ports.js';

async function holdPort(port: number): Promise<() => Promise<void>> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  return () => new Promise((resolve) => server.close(() => resolve()));
}

test('one sentence names every taken port and what moves it', async () => {
  const ports = [await freePort(), await freePort(), await freePort()] as const;
  const release = [await holdPort(ports[0]), await holdPort(ports[2])];
  const wanted = [
    { name: 'web pages', port: ports[0], variable: 'PERENNIAL_WEB_PORT' },
    { name: 'Temporal', port: ports[1], variable: 'PERENNIAL_TEMPORAL_PORT' },
    { name: 'mail catcher', port: ports[2], variable: 'PERENNIAL_SMTP_PORT' },
  ];
  const failure: unknown = await checkPorts(wanted).catch((error: unknown) => error);
  for (const end of release) await end();
  expect(failure).toBeInstanceOf(PortsTakenError);
  const { message } = failure as PortsTakenError;
  expect(message).toContain(`${ports[0]} (web pages, PERENNIAL_WEB_PORT)`);
  expect(message).toContain(`${ports[2]} (mail catcher, PERENNIAL_SMTP_PORT)`);
  expect(message).not.toContain(String(ports[1]));
  expect(await isFree(ports[0])).toBe(true);
});

test('a port that is being let go is waited for', async () => {
  const port = await freePort();
  const release = await holdPort(port);
  const check = checkPorts([{ name: 'web pages', port, variable: 'PERENNIAL_WEB_PORT' }]);
  await release();
  await expect(check).resolves.toBeUndefined();
});

test('ports come from the environment, and each mistake is named', () => {
  const ports = { web: 8080, temporal: 7233, temporalUi: 8233, postgres: 54320, smtp: 11025, issuer: 8090 };
  expect(readPorts({ PERENNIAL_WEB_PORT: '' })).toEqual({ ports, mistakes: [] });
  expect(readPorts({ PERENNIAL_WEB_PORT: '9000' })).toEqual({ ports: { ...ports, web: 9000 }, mistakes: [] });
  const wrong = { PERENNIAL_WEB_PORT: 'eighty', PERENNIAL_SMTP_PORT: '70000', PERENNIAL_POSTGRES_PORT: '7233' };
  expect(readPorts(wrong).mistakes).toEqual([
    'PERENNIAL_WEB_PORT must be a port, a whole number from 1 to 65535.',
    'PERENNIAL_SMTP_PORT must be a port, a whole number from 1 to 65535.',
    'PERENNIAL_TEMPORAL_PORT, PERENNIAL_POSTGRES_PORT are the same port.',
  ]);
});
