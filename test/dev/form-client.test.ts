import { describe, expect, test } from '@jest/globals';
import { Hono } from 'hono';
import { openBrowser, type Fetch } from '../../dev/demo/form-client.js';
import { readPage } from '../../dev/demo/page-reader.js';

const AT = 'https://reviews.example';

/** A small site: a form behind a cookie, and a page that tells what came. */
function site() {
  const app = new Hono();
  const came: {
    path: string;
    body: Record<string, unknown>;
    origin: string | undefined;
    cookie: string | undefined;
  }[] = [];
  app.get('/a/door', (request) => {
    request.header('Referrer-Policy', 'no-referrer');
    return request.html('<main><form method="post" action="/a/door"><button>Start</button></form></main>');
  });
  app.post('/a/door', (request) => {
    came.push({
      path: request.req.path,
      body: {},
      origin: request.req.header('origin'),
      cookie: request.req.header('cookie'),
    });
    request.header('Set-Cookie', 'answer=abc; Path=/a; HttpOnly');
    return request.redirect('/a/form', 303);
  });
  app.get('/a/form', (request) => request.html(FORM));
  app.post('/a/form', async (request) => {
    const body = await request.req.parseBody({ all: true });
    came.push({
      path: request.req.path,
      body,
      origin: request.req.header('origin'),
      cookie: request.req.header('cookie'),
    });
    return request.redirect('/b', 303);
  });
  app.get('/b', (request) => {
    came.push({ path: '/b', body: {}, origin: undefined, cookie: request.req.header('cookie') });
    return request.html('<title>Done</title><h1>Thank you</h1>');
  });
  app.get('/round', (request) => request.redirect('/round', 303));
  const send: Fetch = (url, init) => Promise.resolve(app.request(url, init));
  return { came, browser: openBrowser(send) };
}

const FORM = `<!doctype html><title>A form - X</title><meta http-equiv="refresh" content="3">
<header><a href="/elsewhere">Not in main</a></header>
<main>
  <div role="alert"><a href="#P2">Enter &amp; more.</a></div>
  <h1>Privacy</h1><p>Page 1   of 2</p>
  <ul><li><a href="q/P1">Minimum</a> <strong>Incomplete</strong></li></ul>
  <form method="post">
    <input type="hidden" name="P1.version" value="3">
    <h2>First</h2>
    <fieldset aria-describedby="P1-hint"><legend>Is it the minimum?</legend><p id="P1-hint">Select one.</p>
      <input type="radio" id="P1" name="P1" value="yes"><label for="P1">Yes</label>
      <input type="radio" id="P1-2" name="P1" value="no" checked><label for="P1-2">No</label></fieldset>
    <h2><label for="P2">How do you tell?</label></h2><p id="P2-hint">In words.</p>
    <textarea id="P2" name="P2" aria-describedby="P2-hint">
first &lt;line&gt;
second</textarea>
    <fieldset><legend>Ways</legend>
      <input type="checkbox" id="w" name="ways" value="a" checked><label for="w">A</label>
      <input type="checkbox" id="w-2" name="ways" value="b" checked><label for="w-2">B</label></fieldset>
    <label for="c">Country</label><select id="c" name="country"><option value="KE">Kenya</option><option value="SN" selected>Senegal</option></select>
    <label for="m">Mail</label><input type="email" id="m" name="mail" value="">
    <button name="next" value="on">Go on</button><button name="next" value="list">Go to the list</button>
  </form>
</main>`;

describe('a page is read as people read it', () => {
  const page = readPage({ html: FORM, url: `${AT}/a/form`, status: 200 });
  const [form] = page.forms;
  const field = (name: string) => form?.fields.find((one) => one.name === name);

  test('its words and links', () => {
    expect(page).toMatchObject({ title: 'A form - X', h1: 'Privacy', refresh: 3, status: 200 });
    expect(page.text).toContain('Page 1 of 2');
    expect(page.links).toContainEqual({ href: `${AT}/a/q/P1`, text: 'Minimum', item: 'Minimum Incomplete' });
    expect(page.links.some(({ text }) => text === 'Not in main')).toBe(false);
  });

  test('its fields, with labels, hints, problems, choices and what is filled in', () => {
    expect(form).toMatchObject({ action: `${AT}/a/form`, method: 'post' });
    expect(field('P1')).toMatchObject({
      kind: 'radio',
      label: 'Is it the minimum?',
      heading: 'First',
      hint: 'Select one.',
      value: ['no'],
      choices: [
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
      ],
    });
    expect(field('P2')).toMatchObject({
      kind: 'textarea',
      label: 'How do you tell?',
      heading: 'How do you tell?',
      hint: 'In words.',
      problem: 'Enter & more.',
      value: ['first <line>\nsecond'],
    });
    expect(field('ways')?.value).toEqual(['a', 'b']);
    expect(field('country')).toMatchObject({ kind: 'select', value: ['SN'] });
    expect(field('mail')?.kind).toBe('email');
    expect(form?.buttons.map(({ text }) => text)).toEqual(['Go on', 'Go to the list']);
  });
});

describe('a browser', () => {
  test('keeps cookies for their paths, follows redirects by GET, sends what the page holds and what is typed', async () => {
    const { browser, came } = site();
    const door = await browser.open(`${AT}/a/door`);
    const [start] = door.forms;
    if (start === undefined) throw new Error('no form at the door');
    const page = await browser.submit(start, {});
    expect(page.url).toBe(`${AT}/a/form`);
    const [form] = page.forms;
    if (form === undefined) throw new Error('no form');
    const after = await browser.submit(form, { P2: 'new', ways: ['b'] }, form.buttons[1]);
    expect(after).toMatchObject({ url: `${AT}/b`, h1: 'Thank you', title: 'Done' });
    expect(came).toEqual([
      { path: '/a/door', body: {}, origin: 'null', cookie: undefined },
      {
        path: '/a/form',
        body: { 'P1.version': '3', P1: 'no', P2: 'new', ways: 'b', country: 'SN', mail: '', next: 'list' },
        origin: AT,
        cookie: 'answer=abc',
      },
      { path: '/b', body: {}, origin: undefined, cookie: undefined },
    ]);
  });

  test('fills in no field that the page does not have, and does not go in circles', async () => {
    const { browser } = site();
    const [form] = (await browser.open(`${AT}/a/form`)).forms;
    if (form === undefined) throw new Error('no form');
    expect(() => browser.submit(form, { P9: 'x' })).toThrow('no field named P9');
    await expect(browser.open(`${AT}/round`)).rejects.toThrow('circles');
  });
});
