import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../prisma/database.js';
import { limitsFor, LIMITS, sourceOf, type Limits } from '../../web/limits.js';
import { startWeb, type WebServer } from '../../web/server.js';
import { freePort } from '../../dev/ports.js';
import { startTestDatabase, type TestDatabase } from '../support/database.js';
import { linkOf, openReview, PUBLIC_URL, visitor, webOver, type Web } from '../support/owner-visit.js';
import { contentsOf } from './contents.js';

let home: TestDatabase;
let web: Web;
beforeAll(async () => {
  home = await startTestDatabase('2026-07-10T08:00:00.000Z');
  web = webOver(home.database);
}, 120_000);
afterAll(() => home.stop());

const few: Limits = {
  requests: { perSource: 30, inAll: 60 },
  posts: { perSource: 5, inAll: 12 },
  signIns: { perSource: 3, inAll: 8 },
  nominations: { perSource: 3, inAll: 100 },
  badLinks: 4,
};

/** Pages with small limits, and somebody who asks for them through a proxy. */
function limitedWeb(limits: Limits = few) {
  const { app } = webOver(home.database, { limits });
  return async (path: string, { from, typed }: { from: string | null; typed?: Record<string, string> }) => {
    const body = typed === undefined ? null : new URLSearchParams(typed).toString();
    const response = await app.request(`${PUBLIC_URL}${path}`, {
      headers: {
        ...(from === null ? {} : { 'X-Forwarded-For': from }),
        ...(body === null
          ? {}
          : { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': String(body.length) }),
      },
      ...(body === null ? {} : { method: 'POST', body }),
    });
    return { status: response.status, html: await response.text(), headers: response.headers };
  };
}

async function times(count: number, ask: () => Promise<{ status: number }>): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let asked = 0; asked < count; asked += 1) statuses.push((await ask()).status);
  return statuses;
}

const counted = (statuses: readonly number[]) =>
  Object.fromEntries([...new Set(statuses)].map((one) => [one, statuses.filter((status) => status === one).length]));

describe('limits', () => {
  test('there are none on loopback, where the demonstration is', () => {
    expect(limitsFor('http://127.0.0.1:8080')).toBeNull();
    expect(limitsFor('http://localhost:8080')).toBeNull();
    expect(limitsFor('https://reviews.example')).toBe(LIMITS);
  });

  test('a source that asks too often waits, and others do not', async () => {
    const ask = limitedWeb();
    expect(counted(await times(35, () => ask('/check', { from: '192.0.2.1' })))).toEqual({ 200: 30, 429: 5 });
    expect((await ask('/check', { from: '192.0.2.2' })).status).toBe(200);
    const { headers, html } = await ask('/check', { from: '192.0.2.1' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(html).toContain('Wait a minute, then try again.');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('what a source may not have does not count for all; many sources together wait', async () => {
    const ask = limitedWeb();
    await times(500, () => ask('/check', { from: '192.0.2.1' }));
    const many = await Promise.all(
      Array.from({ length: 40 }, (_, number) => ask('/check', { from: `198.51.100.${number}` })),
    );
    expect(counted(many.map(({ status }) => status))).toEqual({ 200: 30, 429: 10 });
  });

  test('what nobody forwarded counts among all alone, and what a client claims to be is not believed', async () => {
    const ask = limitedWeb();
    expect(counted(await times(65, () => ask('/check', { from: null })))).toEqual({ 200: 60, 429: 5 });
    const other = limitedWeb();
    let claimed = 0;
    const lying = () => other('/check', { from: `203.0.113.${(claimed += 1)}, 192.0.2.9` });
    expect(counted(await times(35, lying))).toEqual({ 200: 30, 429: 5 });
  });

  test('sending is limited more than reading, and what was typed is shown again', async () => {
    const ask = limitedWeb();
    const typed = { reference: '2026-ZZZZZ', address: '<b>amina</b>@lost.example' };
    const from = '192.0.2.3';
    const statuses = await Promise.all(Array.from({ length: 6 }, () => ask('/answer/new-link', { from, typed })));
    expect(counted(statuses.map(({ status }) => status))).toEqual({ 200: 5, 429: 1 });
    const refused = await ask('/answer/new-link', { from, typed });
    expect(refused.html).toContain('&lt;b&gt;amina&lt;/b&gt;@lost.example');
    expect((await ask('/check', { from })).status).toBe(200);
  });

  test('links that open nothing: after a few the source waits, with real links too; others open theirs', async () => {
    const ask = limitedWeb();
    const { reference } = await openReview(home.database, { slug: 'probed' });
    const link = await linkOf(web, reference);
    const bad = `/answer/${reference}/${'A'.repeat(43)}`;
    const from = '2001:db8:1:2::7';
    expect((await ask(link, { from })).status).toBe(200);
    expect(counted(await times(9, () => ask(bad, { from })))).toEqual({ 404: 4, 429: 5 });
    expect((await ask(link, { from: '2001:db8:1:2:ffff::1' })).status).toBe(429);
    expect((await ask(link, { from: '2001:db8:1:3::7' })).status).toBe(200);
    expect((await ask('/', { from })).status).toBe(200);
  });

  test('sign-ins: a source waits after a few, begun or ended, and many sources together; looking is free', async () => {
    const ask = limitedWeb();
    const back = '/desk/signed-in?code=made-up&state=made-up';
    const from = '192.0.2.5';
    expect(counted(await times(5, () => ask(back, { from })))).toEqual({ 400: 3, 429: 2 });
    expect((await ask('/desk/sign-in', { from, typed: { to: '/desk' } })).status).toBe(429);
    expect((await ask('/desk/sign-in', { from })).status).toBe(200);
    const many = await Promise.all(
      Array.from({ length: 12 }, (_, number) => ask(back, { from: `198.51.100.${number}` })),
    );
    expect(counted(many.map(({ status }) => status))).toEqual({ 400: 5, 429: 7 });
  });

  test('codes of experts: asking for one and trying one count as sign-ins, from a source and from all; looking is free', async () => {
    const ask = limitedWeb();
    const typed = { address: '<i>eve</i>@registry.example', code: 'WRONGONE' };
    const from = '192.0.2.6';
    const isOver = ({ status }: { status: number }) => status === 429;
    const asked = [await ask('/expert/sign-in', { from, typed }), await ask('/expert/sign-in', { from, typed })];
    const tried = [await ask('/expert/code', { from, typed }), await ask('/expert/code', { from, typed })];
    expect([...asked, ...tried].map(isOver)).toEqual([false, false, false, true]);
    const refused = await ask('/expert/sign-in', { from, typed });
    expect(isOver(refused)).toBe(true);
    expect(refused.html).toContain('Wait a minute, then try again.');
    expect(refused.html).toContain('&lt;i&gt;eve&lt;/i&gt;@registry.example');
    expect((await ask('/expert/sign-in', { from })).status).toBe(200);
    const many = await Promise.all(
      Array.from({ length: 12 }, (_, number) => ask('/expert/code', { from: `198.51.100.${number}`, typed })),
    );
    expect(many.filter(isOver)).toHaveLength(7);
  });

  test('the real ones are far above what people do', async () => {
    const ask = limitedWeb(LIMITS);
    const statuses = await times(100, () => ask('/check', { from: '192.0.2.4' }));
    expect(counted(statuses)).toEqual({ 200: 100 });
  });

  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['10.0.0.1, 203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:4711', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['2001:0DB8:0:1::1', '2001:db8:0:1'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:0:0:1:2:3:4', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
    ['', null],
    [undefined, null],
  ])('%p is from %p', (header, source) => {
    expect(sourceOf(header, 1)).toBe(source);
  });

  test('as many entries are believed as there are proxies; without one, the other end of the line', async () => {
    const header = '198.51.100.1, 203.0.113.9, 10.0.0.1';
    expect([1, 2, 3, 4].map((proxies) => sourceOf(header, proxies))).toEqual([
      ...['10.0.0.1', '203.0.113.9', '198.51.100.1'],
      null,
    ]);
    const { app } = webOver(home.database, { limits: few, proxies: 0 });
    let claimed = 0;
    const ask = (remoteAddress: string) =>
      app.request(
        `${PUBLIC_URL}/check`,
        { headers: { 'X-Forwarded-For': `203.0.113.${(claimed += 1)}` } },
        { incoming: { socket: { remoteAddress } } },
      );
    expect(counted(await times(35, () => Promise.resolve(ask('192.0.2.1'))))).toEqual({ 200: 30, 429: 5 });
    expect((await ask('192.0.2.2')).status).toBe(200);
  });
});

describe('health', () => {
  test('says whether the database answers, and how many proxies say who asks', async () => {
    const headers = { 'X-Forwarded-For': '192.0.2.1, 10.0.0.1' };
    const well = await web.app.request(`${PUBLIC_URL}/health`, { headers });
    expect([well.status, await well.json()]).toEqual([200, { ok: true, forwarded: 2 }]);
    const away = openDatabase('postgresql://nobody@127.0.0.1:1/none');
    const ill = await webOver(away).app.request(`${PUBLIC_URL}/health`);
    expect([ill.status, await ill.json()]).toEqual([503, { ok: false, forwarded: 0 }]);
    await away.$disconnect();
  });
});

describe('bodies', () => {
  let server: WebServer;
  let port: number;
  const failures: unknown[] = [];
  beforeAll(async () => {
    port = await freePort();
    const { context } = webOver(home.database, {
      publicUrl: `http://127.0.0.1:${port}`,
      report: (failure) => failures.push(failure),
    });
    server = await startWeb({ context, port, patience: { head: 700, whole: 1_500, looks: 100 } });
  });
  afterAll(() => server.stop());

  const post = (path: string, init: RequestInit) =>
    fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', ...init });

  test('one that is too large is refused with what was typed, and nothing is saved', async () => {
    const { reference, browser } = await visitor(web, 'large');
    const before = await contentsOf(home.database);
    const text = `The beginning. ${'<i>long</i> '.repeat(150_000)} The end.`;
    const headers = { cookie: browser.cookie, origin: `http://127.0.0.1:${port}` };
    const path = `/answer/${reference}/q/P4`;
    const refused = await post(path, { body: new URLSearchParams({ P4: text, 'P4.version': '0' }), headers });
    expect(refused.status).toBe(413);
    const html = await refused.text();
    expect(html).toContain('Nothing was saved.');
    expect(html.replaceAll('&lt;', '<').replaceAll('&gt;', '>')).toContain(text);
    expect(await contentsOf(home.database)).toEqual(before);
  });

  test('one that is larger than anybody types is refused unread', async () => {
    const refused = await post('/answer/new-link', { body: new URLSearchParams({ address: 'a'.repeat(4_100_000) }) });
    expect(refused.status).toBe(413);
    expect((await refused.text()).length).toBeLessThan(10_000);
  });

  test('one that does not say its length is refused at the same size', async () => {
    const chunk = `186a0\r\n${'b'.repeat(100_000)}\r\n`;
    const head = [
      'POST /answer/new-link HTTP/1.1',
      'Host: 127.0.0.1',
      'Content-Type: application/x-www-form-urlencoded',
      'Transfer-Encoding: chunked',
    ].join('\r\n');
    expect(await slowly(port, `${head}\r\n\r\n${chunk.repeat(11)}`)).toMatch(/^HTTP\/1\.1 413 /u);
  });

  test('one that comes too slowly, or a head that does, is answered 408; its line is closed, nobody is alarmed', async () => {
    const before = await contentsOf(home.database);
    const head = [
      'POST /answer/new-link HTTP/1.1',
      'Host: 127.0.0.1',
      'Content-Type: application/x-www-form-urlencoded',
      'Content-Length: 5000',
    ].join('\r\n');
    expect(await slowly(port, `${head}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 408 /u);
    expect(await slowly(port, `${head}\r\nX-Slow: `)).toMatch(/^HTTP\/1\.1 408 /u);
    expect((await fetch(`http://127.0.0.1:${port}/check`)).status).toBe(200);
    expect(await contentsOf(home.database)).toEqual(before);
    expect(failures).toEqual([]);
  });
});

/** Sends a beginning and then a byte now and then, until the server closes the line; what it said. */
async function slowly(port: number, beginning: string): Promise<string> {
  const line = connect(port, '127.0.0.1');
  let said = '';
  line.setEncoding('utf8').on('data', (text: string) => (said += text));
  line.on('error', () => undefined);
  line.write(beginning);
  const drip = setInterval(() => line.write('a'), 50);
  await once(line, 'close');
  clearInterval(drip);
  return said;
}
