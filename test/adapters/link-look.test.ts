import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createLinkLook, type LinkLookPlan } from '../../adapters/link-look.js';
import { isPublic, type Place } from '../../adapters/link-place.js';
import { makeAuthority } from '../support/certificates.js';

const heard: string[] = [];
let server: Server;
let base = '';

const pages: Readonly<Record<string, RequestListener>> = {
  '/here': (_request, response) => void response.end('here'),
  '/moved': (_request, response) => void response.writeHead(301, { location: '/here' }).end(),
  '/gone': (_request, response) => void response.writeHead(410).end(),
  '/broken': (_request, response) => void response.writeHead(500).end(),
  '/members': (_request, response) => void response.writeHead(403).end(),
  '/busy': (_request, response) => void response.writeHead(429).end(),
  '/round': (_request, response) => void response.writeHead(302, { location: '/round' }).end(),
  '/mail': (_request, response) => void response.writeHead(302, { location: 'mailto:ada@owner.example' }).end(),
  '/inwards': (_request, response) => void response.writeHead(302, { location: 'http://10.0.0.7/admin' }).end(),
  '/silent': () => undefined,
  '/get-only': (request, response) => void response.writeHead(request.method === 'GET' ? 200 : 405).end('x'.repeat(64)),
  '/cut': (request) => void request.socket.destroy(),
};

const portOf = (one: Server) => (one.address() as AddressInfo).port;
const listen = (one: Server) => new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));

beforeAll(async () => {
  server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url} ${request.headers['user-agent']}`);
    const page = pages[request.url ?? ''];
    if (page === undefined) response.writeHead(404).end();
    else page(request, response);
  });
  await listen(server);
  base = `http://127.0.0.1:${portOf(server)}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const userAgent = 'Perennial link check (Invented Alliance; http://127.0.0.1)';
const never = new AbortController().signal;
const looking = (some: Partial<LinkLookPlan> = {}) => createLinkLook({ userAgent, reach: 'loopback', ...some });
const at = (path: string, some: Partial<LinkLookPlan> = {}) => looking(some)(`${base}${path}`, never);

describe('looking at a link', () => {
  test('tells what is there, what moved and to where, and what is gone', async () => {
    expect(await at('/here')).toEqual({ result: 'reachable', because: null, status: 200, leadsTo: null });
    expect(await at('/moved')).toEqual({ result: 'redirected', because: null, status: 200, leadsTo: `${base}/here` });
    expect(await at('/gone')).toEqual({ result: 'gone', because: 'status', status: 410, leadsTo: null });
    expect(await at('/nowhere')).toEqual({ result: 'gone', because: 'status', status: 404, leadsTo: null });
  });

  test.each([
    ['/broken', 'unreachable', 'status'],
    ['/members', 'unreachable', 'status'],
    ['/round', 'unreachable', 'too_many_redirects'],
    ['/mail', 'unreachable', 'odd_redirect'],
    ['/cut', 'unreachable', 'broken'],
    ['/busy', 'not_checked', 'busy'],
  ])('tells of %s why: %s, %s', async (path, result, because) => {
    expect(await at(path)).toMatchObject({ result, because });
  });

  test('waits for nobody longer than its limit', async () => {
    expect(await at('/silent', { milliseconds: 100 })).toMatchObject({ result: 'unreachable', because: 'silent' });
    const resolve = () => new Promise<readonly Place[]>(() => undefined);
    const look = looking({ resolve, reach: 'public', milliseconds: 100 });
    expect(await look('https://slow.example/', never)).toMatchObject({ result: 'unreachable', because: 'silent' });
  });

  test('asks by HEAD, by GET only where that is not answered, and says who asks', async () => {
    heard.length = 0;
    expect(await at('/get-only')).toMatchObject({ result: 'reachable' });
    expect(await at('/here')).toMatchObject({ result: 'reachable' });
    expect(heard).toEqual([`HEAD /get-only ${userAgent}`, `GET /get-only ${userAgent}`, `HEAD /here ${userAgent}`]);
  });

  test('tells of a server that takes no connection, and of a name that there is not', async () => {
    const closed = createServer();
    await listen(closed);
    const port = portOf(closed);
    await new Promise((resolve) => closed.close(resolve));
    expect(await looking()(`http://127.0.0.1:${port}/`, never)).toMatchObject({ because: 'refused' });
    const resolve = () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' }));
    const found = await looking({ reach: 'public', resolve })('https://no-such-name.example/', never);
    expect(found).toMatchObject({ result: 'unreachable', because: 'no_name' });
  });

  test('tells of a certificate for which nobody vouches', async () => {
    const own = makeAuthority('Nobody').issue('server', ['127.0.0.1']);
    const secure = createSecureServer({ cert: own.certificate, key: own.key }, (_request, response) => response.end());
    await listen(secure);
    const found = await looking()(`https://127.0.0.1:${portOf(secure)}/`, never);
    secure.closeAllConnections();
    await new Promise((resolve) => secure.close(resolve));
    expect(found).toMatchObject({ result: 'unreachable', because: 'certificate' });
  });

  test('ends with the worker, and calls that no finding', async () => {
    const ending = new AbortController();
    const look = looking()(`${base}/silent`, ending.signal);
    ending.abort();
    await expect(look).rejects.toThrow();
  });
});

describe('where we do not go', () => {
  const privately = { result: 'not_checked', because: 'private' };

  test.each([
    'http://127.0.0.1:1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://localhost:1/',
    'http://any.localhost/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://[fec0::1]/',
    'http://[2002:7f00:1::]/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
  ])('is %s', async (address) => {
    expect(await looking({ reach: 'public' })(address, never)).toMatchObject(privately);
  });

  test('is a name of which the addresses are private, and one that leads on to such a place', async () => {
    heard.length = 0;
    const resolve = (name: string) =>
      Promise.resolve<readonly Place[]>([
        { address: name === 'inner.example' ? '192.168.1.9' : '127.0.0.1', family: 4 },
      ]);
    const look = looking({ reach: 'public', resolve });
    expect(await look('http://inner.example/', never)).toMatchObject(privately);
    expect(await look(`http://rebound.example:${portOf(server)}/here`, never)).toMatchObject(privately);
    expect(heard).toEqual([]);
    expect(await at('/inwards')).toMatchObject(privately);
  });

  test('is everything but this machine, where only that is allowed', async () => {
    expect(await looking()('http://93.184.216.34/', never)).toMatchObject(privately);
    expect(await looking()('https://www.example.org/', never)).toMatchObject(privately);
  });

  test('connects to what was resolved and to nothing else, however the name is resolved later', async () => {
    const asked: string[] = [];
    const resolve = (name: string) => {
      asked.push(name);
      return Promise.resolve<readonly Place[]>([{ address: '127.0.0.1', family: 4 }]);
    };
    const found = await looking({ resolve })(`http://product.example:${portOf(server)}/here`, never);
    expect([found.result, asked]).toEqual(['reachable', ['product.example']]);
  });

  test('but the public internet is open, by either kind of address', () => {
    expect(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'].map(isPublic)).toEqual([true, true]);
  });
});
