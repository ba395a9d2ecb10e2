import { expect, test } from '@jest/globals';
import { erasePerson } from '../../prisma/erase-person.js';
import { concernBy, confirmed, raise } from '../support/concern-visit.js';
import { listProduct } from '../support/listed-product.js';
import { append, runSteps } from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home, web } = pagesOfFile();

test('whoever raised concerns is in no record any more; the concern itself goes on, and nobody is written to', async () => {
  const caseId = await listProduct(home.database, 'seed-ledger');
  await confirmed(web, 'seed-ledger', { address: 'Z_la@reader.example', text: 'My name is Zola Invented.' });
  const { id } = await concernBy(web, 'Z_la@reader.example');
  await raise(web, 'seed-ledger', { address: 'z_la@reader.example', text: 'Not confirmed, by Zola.' });
  await confirmed(web, 'seed-ledger', {
    address: 'zola@reader.example',
    text: 'Ask z_la@reader.example, or amina@seed-ledger.example.',
  });
  await home.database.email.updateMany({ data: { text: 'Hello, Zola.', state: 'sent' } });

  const count = await erasePerson(home.database, { address: 'z_la@reader.example', actor: 'fatou', only: 'count' });
  expect(count.concerns).toBe(2);
  const erased = await erasePerson(home.database, { address: 'z_la@reader.example', actor: 'fatou' });
  expect(erased).toMatchObject({ concerns: 2, contacts: 0 });
  const left = await home.database.concern.findMany({ orderBy: { createdAt: 'asc' } });
  expect(left.map(({ address, text }) => [address, text])).toEqual([
    ['', ''],
    ['zola@reader.example', 'Ask [erased], or amina@seed-ledger.example.'],
  ]);
  const texts = await home.database.email.findMany({ where: { concernId: id }, select: { text: true } });
  expect(texts.map(({ text }) => text)).toEqual(texts.map(() => null));

  // Staff can still accept it; who raised it is not written to.
  const body = { concern: id, sections: ['2'], publicReason: 'Which licence?', internalReason: '' };
  await append(home.database, caseId, { kind: 'accept_concern', body });
  await runSteps(home.database, caseId);
  expect(await home.database.application.count({ where: { slug: 'seed-ledger', kind: 'concern' } })).toBe(1);
  const again = await erasePerson(home.database, { address: 'z_la@reader.example', actor: 'fatou' });
  expect(again.concerns).toBe(0);
});

test('a contact of a product whom somebody names in a concern is named no more', async () => {
  await listProduct(home.database, 'rain-atlas');
  await home.database.contact.updateMany({
    where: { slug: 'rain-atlas', rank: 'primary' },
    data: { name: 'Amina Diallo' },
  });
  await confirmed(web, 'rain-atlas', { address: 'two@reader.example', text: 'Amina Diallo told me so.' });
  await erasePerson(home.database, { address: 'amina@rain-atlas.example', actor: 'fatou' });
  const { text } = await concernBy(web, 'two@reader.example');
  expect(text).toBe('[erased] told me so.');
});

test('what staff wrote to whoever raised a concern goes with them, from the rows too', async () => {
  const caseId = await listProduct(home.database, 'tide-table');
  const address = 'three@reader.example';
  await confirmed(web, 'tide-table', { address });
  const { id } = await concernBy(web, address);
  const body = { concern: id, publicReason: 'Dear Zola, on which screen?', internalReason: '' };
  await append(home.database, caseId, { kind: 'ask_concern', body });
  await runSteps(home.database, caseId);
  await erasePerson(home.database, { address, actor: 'fatou' });
  expect(JSON.stringify(await home.database.submission.findMany({ where: { caseId } }))).not.toContain('Zola');
});
