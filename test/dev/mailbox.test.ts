import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { type Mailbox, startMailbox } from '../../dev/mailbox.js';
import type { MailAnswer } from '../../dev/mailbox-smtp.js';
import { mailboxPages } from '../../dev/mailbox-pages.js';

let folder: string;
let mailbox: Mailbox;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'perennial-mailbox-'));
  mailbox = await startMailbox({ folder, port: 0 });
});
afterEach(() => mailbox.stop());

/** Hands one email over; resolves with the server's last line, rejects as nodemailer does. */
async function send(email: {
  to: string;
  subject?: string;
  text?: string;
  html?: string;
  key?: string;
}): Promise<string> {
  const transport = createTransport({ url: mailbox.smtpUrl, socketTimeout: 300 });
  try {
    const sent = await transport.sendMail({
      from: 'reviews@registry.example',
      to: email.to,
      subject: email.subject ?? 'Your review',
      text: email.text ?? 'Please answer: http://localhost:8080/answer/2026-7Q2MK?t=abc.',
      html:
        email.html ??
        '<html><head><title>x</title></head><body><a href="http://localhost:8080/">Answer</a></body></html>',
      headers: email.key === undefined ? {} : { 'X-Perennial-Email': email.key },
    });
    return sent.response;
  } finally {
    transport.close();
  }
}

describe('catching', () => {
  test('keeps what was sent, with its key, its recipient and its links', async () => {
    await send({ to: 'Ada Example <ada@product.example>', subject: 'Prüfung für Łódź', key: 'ask-1' });
    const [email] = mailbox.emails();
    expect(email).toMatchObject({ id: '00001', key: 'ask-1', to: 'ada@product.example', subject: 'Prüfung für Łódź' });
    expect(email?.links).toEqual(['http://localhost:8080/answer/2026-7Q2MK?t=abc']);
    expect(readFileSync(email?.file ?? '', 'utf8')).toContain('X-Perennial-Email: ask-1');
  });

  test('a restart finds everything again and goes on counting', async () => {
    await send({ to: 'ada@product.example', key: 'first' });
    await mailbox.stop();
    mailbox = await startMailbox({ folder, port: 0 });
    await send({ to: 'bo@product.example', key: 'second' });
    expect(mailbox.emails().map(({ id, key, to }) => [id, key, to])).toEqual([
      ['00001', 'first', 'ada@product.example'],
      ['00002', 'second', 'bo@product.example'],
    ]);
  });

  test('whoever waits gets the email that comes later, and the one that is there already', async () => {
    const later = mailbox.waitFor((email) => email.to === 'bo@product.example');
    await send({ to: 'ada@product.example' });
    await send({ to: 'bo@product.example' });
    expect((await later).id).toBe('00002');
    expect((await mailbox.waitFor((email) => email.to === 'ada@product.example')).id).toBe('00001');
    await expect(mailbox.waitFor(() => false, 20)).rejects.toThrow('2 were caught');
  });
});

describe('bad days', () => {
  const cases: readonly (readonly [MailAnswer, RegExp, number])[] = [
    ['later', /451/, 0],
    ['refuse', /550/, 0],
    ['refuse_after_data', /554/, 0],
    ['drop_before_data', /closed|ECONN|socket/i, 0],
    ['drop_after_data', /closed|ECONN|socket/i, 1],
    ['silent', /timeout/i, 0],
  ];

  test.each(cases)('%s', async (answer, failure, kept) => {
    mailbox.answerWith((recipient) => (recipient === 'bad@product.example' ? answer : 'accept'));
    await expect(send({ to: 'bad@product.example' })).rejects.toThrow(failure);
    expect(mailbox.emails()).toHaveLength(kept);
    await expect(send({ to: 'good@product.example' })).resolves.toMatch(/^250/);
  });

  test('an email that was refused leaves no file', async () => {
    mailbox.answerWith(() => 'refuse_after_data');
    await expect(send({ to: 'bad@product.example' })).rejects.toThrow('554');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('pages', () => {
  const page = async (path: string) => {
    const response = await mailboxPages(mailbox, { note: 'All people here are invented.' }).request(path);
    return {
      status: response.status,
      policy: response.headers.get('content-security-policy'),
      body: await response.text(),
    };
  };

  test('the list shows the newest first and finds by recipient', async () => {
    await send({ to: 'ada@product.example', subject: 'Older' });
    await send({ to: 'bo@product.example', subject: 'Newer' });
    const all = await page('/dev/mail');
    expect(all.body.indexOf('Newer')).toBeLessThan(all.body.indexOf('Older'));
    expect(all.body).toContain('nothing left this machine');
    expect(all.body).toContain('All people here are invented.');
    const found = await page('/dev/mail?to=ADA@');
    expect(found.body).toContain('Older');
    expect(found.body).not.toContain('Newer');
  });

  test('hostile words are shown, not obeyed', async () => {
    const subject = '<script>alert(1)</script>';
    await send({
      to: 'ada@product.example',
      subject,
      text: `${subject} http://localhost/answer`,
      html: `<p>${subject}</p>`,
    });
    for (const path of ['/dev/mail', '/dev/mail/00001']) {
      const shown = await page(path);
      expect(shown.body).not.toContain('<script>');
      expect(shown.policy).toContain("default-src 'none'");
    }
    expect((await page('/dev/mail/00001')).body).toContain('<a href="http://localhost/answer">');
    expect((await page('/dev/mail/00001/html')).policy).toContain('sandbox');
  });

  test('links of the shown HTML open beside the frame', async () => {
    await send({ to: 'ada@product.example' });
    expect((await page('/dev/mail/00001/html')).body).toContain('<head><base target="_blank">');
    expect((await page('/dev/mail/00009/html')).status).toBe(404);
    expect((await page('/dev/mail/00009')).body).toContain('There is no such email');
  });
});
