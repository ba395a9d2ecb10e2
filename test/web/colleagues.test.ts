import { describe, expect, test } from '@jest/globals';
import { erasePerson } from '../../prisma/erase-person.js';
import { readPartial } from '../../prisma/read-reviewer.js';
import { fieldsOfForm, signedIn } from '../support/console-visit.js';
import { nominate } from '../support/nomination-visit.js';
import {
  append,
  Browser,
  declaration,
  deciding,
  fillWithoutData,
  linkOf,
  openReview,
  runSteps,
  sendAndDecide,
  visitor,
} from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';
import { addOne } from '../support/staff-visit.js';

const { home, web } = pagesOfFile();

/** An owner invites a colleague on the page for that; gives what the page then says. */
async function invite(browser: Browser, { caseId, reference }: Opened, address: string): Promise<string> {
  await browser.get(`/answer/${reference}/colleagues`);
  const body = new URLSearchParams({ newest: newestOf(browser), address });
  const posted = await deciding(web, caseId, browser.post(browser.path, body));
  return posted.location === null ? posted.html : (await browser.follow()).html;
}

async function remove(browser: Browser, { caseId, reference }: Opened, id: number): Promise<string> {
  await browser.get(`/answer/${reference}/colleagues`);
  const body = new URLSearchParams({ newest: newestOf(browser), remove: String(id) });
  await deciding(web, caseId, browser.post(browser.path, body));
  return (await browser.follow()).html;
}

const newestOf = ({ page }: Browser) => /name="newest" value="(\d+)"/u.exec(page.html)?.[1] ?? '';

interface Opened {
  readonly caseId: string;
  readonly reference: string;
}

/** A colleague in a browser of their own, who came through the link of the email. */
async function arrives(reference: string): Promise<Browser> {
  const browser = new Browser(web.app);
  await browser.get(await linkOf(web, reference, 'colleague'));
  await browser.send();
  return browser;
}

const colleaguesOf = (reference: string) =>
  home.database.recipient.findMany({ where: { applicationId: reference, rank: 'colleague' }, orderBy: { id: 'asc' } });
const emailsTo = (recipientId: number) =>
  home.database.email.findMany({ where: { recipientId }, orderBy: { id: 'asc' } });

describe('a colleague who may only draft', () => {
  test('is invited by an owner, fills in and saves, and never sends; the owner sees whose draft it is', async () => {
    const { browser: owner, ...opened } = await visitor(web, 'shared');
    const { reference } = opened;
    await owner.get(`/answer/${reference}`);
    expect(owner.page.html).toContain(`href="/answer/${reference}/colleagues"`);
    expect(await invite(owner, opened, 'Chi@shared.example')).toContain('The invitation is on its way.');
    expect(owner.page.html).toContain('Chi@shared.example');
    const [chi] = await colleaguesOf(reference);
    expect((await emailsTo(chi?.id ?? 0)).map(({ kind, turn, state }) => [kind, turn, state])).toEqual([
      ['colleague_invited', null, 'queued'],
    ]);

    const helper = await arrives(reference);
    await helper.get(`/answer/${reference}`);
    expect(helper.page.html).toContain('You cannot send: a contact of Product shared reads what you saved');
    for (const theirs of ['declaration', 'more-time', 'withdraw', 'not-me', 'colleagues']) {
      expect(helper.page.html).not.toContain(`/answer/${reference}/${theirs}`);
    }
    await helper.get(`/answer/${reference}/q/pii_level`);
    await helper.send({ pii_level: 'none' });
    await helper.follow();
    expect(helper.path).toBe(`/answer/${reference}/check`);
    expect(helper.page.html).toContain('You cannot send');
    expect(helper.page.html).not.toContain('Send answers for');
    for (const page of ['declaration', 'send', 'more-time', 'withdraw', 'not-me', 'colleagues']) {
      const refused = await helper.post(`/answer/${reference}/${page}`, new URLSearchParams(declaration));
      expect([page, refused.status]).toEqual([page, 403]);
      expect(refused.html).toContain('A contact of Product shared sends them, asks for more time or');
    }
    expect(await home.database.submission.count({ where: { actor: String(chi?.id) } })).toBe(0);

    await owner.get(`/answer/${reference}`);
    expect(owner.page.html).toMatch(/Last saved on [^<]+, by a colleague\./u);
    await owner.get(`/answer/${reference}/declaration`);
    await owner.send(declaration);
    await owner.get(`/answer/${reference}/check`);
    expect(owner.page.html).toContain('New, by a colleague.');
    await sendAndDecide(web, owner, opened.caseId);
    expect((await owner.follow()).html).toContain('We have your answers');
    await helper.get(`/answer/${reference}`);
    await helper.follow();
    expect(helper.page.html).toContain('The form takes no answers now.');
    expect(helper.page.html).not.toContain('Amina');
    // What was sent is not theirs to read, in any form.
    expect((await helper.get(`/answer/${reference}/offline.md`)).status).toBe(303);
    expect((await emailsTo(chi?.id ?? 0)).map(({ kind }) => kind)).toEqual(['colleague_invited']);
  });

  /** Lets the owner's time pass while the mail server takes everything, until the case is not the owner's or waits. */
  async function passTime({ caseId, reference }: Opened) {
    for (let steps = 0; ; steps += 1) {
      await home.database.email.updateMany({ where: { caseId, state: 'queued' }, data: { state: 'sent' } });
      const { review } = await home.database.application.findUniqueOrThrow({ where: { id: reference } });
      const { state, turn } = review as unknown as { state: string; turn: { silent: boolean } };
      if (state !== 'owner' || turn.silent || steps > 20) return { state, silent: turn.silent };
      const { nextDueAt } = await home.database.case.findUniqueOrThrow({ where: { id: caseId } });
      await home.setClock(new Date((nextDueAt?.getTime() ?? 0) + 1_000).toISOString());
      await runSteps(home.database, caseId);
    }
  }

  test('is asked and reminded of nothing, and what is saved holds silence as an owner’s draft does', async () => {
    const passed: unknown[] = [];
    for (const slug of ['untouched', 'drafted']) {
      const { browser: owner, ...opened } = await visitor(web, slug, { validUntil: '2026-09-01' });
      await invite(owner, opened, `chi@${slug}.example`);
      const helper = await arrives(opened.reference);
      await helper.get(`/answer/${opened.reference}/q/pii_level`);
      if (slug === 'drafted') await helper.send({ pii_level: 'none' });
      passed.push(await passTime(opened));
      const [chi] = await colleaguesOf(opened.reference);
      expect((await emailsTo(chi?.id ?? 0)).map(({ kind }) => kind)).toEqual(['colleague_invited']);
      await home.setClock('2026-07-10T08:00:00.000Z');
    }
    // Nothing is submitted over a colleague's draft: people decide.
    expect(passed).toEqual([
      { state: 'clarification', silent: false },
      { state: 'owner', silent: true },
    ]);
  });

  test('begins no turn of the owner by using the link', async () => {
    const opened = await openReview(home.database, { slug: 'waiting' });
    await append(home.database, opened.caseId, {
      ...{ kind: 'invite', reference: opened.reference, body: { address: 'chi@waiting.example' } },
    });
    await runSteps(home.database, opened.caseId);
    const helper = await arrives(opened.reference);
    await helper.get(`/answer/${opened.reference}/q/pii_level`);
    await helper.send({ pii_level: 'none' });
    expect(await home.database.submission.count({ where: { caseId: opened.caseId, kind: 'link_used' } })).toBe(0);
    const { waitingOn } = await home.database.application.findUniqueOrThrow({ where: { id: opened.reference } });
    expect(waitingOn).toBe('mail');
  });

  test('is removed: the link is dead, the page being typed in is not lost, what was saved stays', async () => {
    const { browser: owner, ...opened } = await visitor(web, 'removed');
    const { reference } = opened;
    await invite(owner, opened, 'chi@removed.example');
    const helper = await arrives(reference);
    const link = await linkOf(web, reference, 'colleague');
    await helper.get(`/answer/${reference}/q/pii_level`);
    await helper.send({ pii_level: 'collected_stored' });
    await helper.follow();
    const [chi] = await colleaguesOf(reference);
    expect(await remove(owner, opened, chi?.id ?? 0)).toContain('Removed. Their link is dead. What they saved stays.');
    expect(owner.page.html).not.toContain('chi@removed.example');
    const late = await helper.send({ pii_types: 'Names that I typed' });
    expect([late.status, late.html]).toEqual([404, expect.stringContaining('Names that I typed')]);
    expect((await helper.get(link)).status).toBe(404);
    await owner.get(`/answer/${reference}/q/pii_level`);
    expect(owner.page.html).toMatch(/value="collected_stored"[^>]* checked/u);
    // Invited anew, the same address has another link.
    await invite(owner, opened, 'chi@removed.example');
    expect(await linkOf(web, reference, 'colleague')).not.toBe(link);
    expect((await new Browser(web.app).get(link)).status).toBe(404);
  });

  test('leaves with whoever invited them, and becomes a contact where staff make them one', async () => {
    const { browser: owner, ...opened } = await visitor(web, 'leaving');
    await invite(owner, opened, 'chi@leaving.example');
    await invite(owner, opened, 'dee@leaving.example');
    const rename = (address: string) =>
      home.database.contact.updateMany({ where: { slug: 'leaving', rank: 'primary' }, data: { address } });
    await rename('dee@leaving.example');
    const row = { kind: 'contact_changed', reference: opened.reference, body: { primaryChanged: true } };
    await append(home.database, opened.caseId, row);
    await runSteps(home.database, opened.caseId);
    const people = await home.database.recipient.findMany({ where: { applicationId: opened.reference } });
    const stands = people.map(({ address, rank, revokedAt }) => [address, rank, revokedAt === null]);
    expect(stands).toEqual([
      ['amina@leaving.example', 'primary', false],
      ['bao@leaving.example', 'alternate', true],
      ['chi@leaving.example', 'colleague', false],
      ['dee@leaving.example', 'primary', true],
    ]);
  });

  test('bad addresses, those who can send, and too many are refused in words, with what was typed', async () => {
    const { browser: owner, ...opened } = await visitor(web, 'limits');
    expect(await invite(owner, opened, '')).toContain('Enter the email address of the colleague.');
    const wrong = await invite(owner, opened, 'chi at home');
    expect(wrong).toContain('Enter an email address in the correct format');
    expect(wrong).toContain('value="chi at home"');
    expect(await invite(owner, opened, 'x@mailinator.com')).toContain('short-lived mailboxes');
    expect(await invite(owner, opened, 'BAO@limits.example')).toContain('has a link already with which answers can be');
    for (const name of ['a', 'b', 'c', 'd', 'e']) await invite(owner, opened, `${name}@limits.example`);
    expect(owner.page.html).toContain('No more than 5 colleagues can help at a time.');
    await owner.post(owner.path, new URLSearchParams({ newest: 'none', address: 'f@limits.example' }));
    await runSteps(home.database, opened.caseId);
    expect((await colleaguesOf(opened.reference)).map(({ address }) => address)).not.toContain('f@limits.example');
    // The same one again is the same person, and the email goes again.
    expect(await invite(owner, opened, 'A@limits.example')).toContain('invited already. The email is sent again.');
    const [first] = await colleaguesOf(opened.reference);
    expect(await emailsTo(first?.id ?? 0)).toHaveLength(2);
    for (let more = 0; more < 14; more += 1) {
      const row = { kind: 'invite', reference: opened.reference, body: { address: 'a@limits.example' } };
      await append(home.database, opened.caseId, row);
    }
    await runSteps(home.database, opened.caseId);
    const flooding = await invite(owner, opened, 'a@limits.example');
    expect(flooding).toContain('No more than 20 invitations are sent in one review.');
  });

  test('never judges the product whose answers they helped with; an invitation alone keeps nobody from it', async () => {
    const { browser: owner, ...opened } = await visitor(web, 'partial');
    await addOne(home.database, 'ada', 'l1');
    const ada = await home.database.staffPerson.findUniqueOrThrow({ where: { id: 'ada' } });
    const partiality = async () => (await readPartial(home.database, 'partial'))(ada);
    expect(await partiality()).toBeNull();
    await invite(owner, opened, ada.address.toUpperCase());
    expect(await partiality()).toBeNull();
    await arrives(opened.reference);
    expect(await partiality()).toBe('own_product');
  });

  test('helps with a nomination too, and is erased like everybody', async () => {
    const { browser: owner, ...opened } = await nominate(web, { address: 'amina@tide.example' });
    await invite(owner, opened, 'chi@tide.example');
    const helper = await arrives(opened.reference);
    await helper.get(`/answer/${opened.reference}/q/name`);
    expect(helper.page.html).toContain('Tide Table');
    await erasePerson(home.database, { address: 'chi@tide.example', actor: 'fatou' });
    await runSteps(home.database, opened.caseId);
    expect((await helper.get(`/answer/${opened.reference}`)).status).toBe(404);
    const kept = JSON.stringify([
      await home.database.submission.findMany({ where: { caseId: opened.caseId } }),
      await home.database.recipient.findMany({ where: { applicationId: opened.reference } }),
      await home.database.email.findMany({ where: { caseId: opened.caseId } }),
    ]);
    expect(kept).not.toContain('chi@tide.example');
  });
});

describe('the secretariat', () => {
  test('invites and removes colleagues beside the contacts; whoever only reads sees them', async () => {
    const { caseId, reference } = await visitor(web, 'helped');
    const fay = await signedIn(web, 'fay', 'secretariat');
    const path = '/console/products/helped';
    await fay.get(`${path}/contacts`);
    const bad = await fay.post(`${path}/colleagues`, form(fay, { address: 'nobody' }));
    expect([bad.status, bad.html]).toEqual([422, expect.stringContaining('href="#colleagues-address"')]);
    expect(bad.html).toContain('value="amina@helped.example"');
    await deciding(web, caseId, fay.post(`${path}/colleagues`, form(fay, { address: 'chi@helped.example' })));
    expect((await fay.follow()).html).toContain('The invitation is on its way.');
    const olu = await signedIn(web, 'olu', 'ops');
    const read = await olu.get(`${path}/contacts`);
    expect(read.html).toContain('chi@helped.example');
    expect(read.html).not.toContain('<form method="post"');
    expect((await olu.post(`${path}/colleagues`, new URLSearchParams({ address: 'x@helped.example' }))).status).toBe(
      403,
    );
    const [chi] = await colleaguesOf(reference);
    await deciding(web, caseId, fay.post(`${path}/colleagues`, form(fay, { remove: String(chi?.id) })));
    expect((await fay.follow()).html).toContain('Their link is dead.');
    const timeline = await fay.get(path);
    expect(timeline.html).toContain('A colleague was invited to draft');
  });

  const form = (browser: Browser, fields: Readonly<Record<string, string>>) =>
    new URLSearchParams({ ...fieldsOfForm(browser.page.html, 'colleagues'), ...fields });
});

test('the answers of a colleague in a form without personal data count as the draft that the owner sends', async () => {
  const { browser: owner, ...opened } = await visitor(web, 'whole');
  await invite(owner, opened, 'chi@whole.example');
  const helper = await arrives(opened.reference);
  await helper.get(`/answer/${opened.reference}/q/pii_level`);
  await helper.send({ pii_level: 'none' });
  await fillWithoutData(owner, opened.reference);
  await sendAndDecide(web, owner, opened.caseId);
  const sent = await home.database.submission.findFirstOrThrow({ where: { caseId: opened.caseId, kind: 'answers' } });
  expect(sent.body).toMatchObject({ answers: { pii_level: 'none' } });
});
