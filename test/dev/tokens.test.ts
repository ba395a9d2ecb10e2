import { expect, test } from '@jest/globals';
import { tokensOf } from '../../dev/demo/result.js';
import { concernLink, raise } from '../support/concern-visit.js';
import { listProduct } from '../support/listed-product.js';
import { confirmPath, nominated } from '../support/nomination-visit.js';
import { Browser, linkOf, openReview } from '../support/owner-visit.js';
import { pagesOfFile } from '../support/pages-of-file.js';

const { home, web } = pagesOfFile();

test('links that are looked for after a demonstration are those of everybody who got one', async () => {
  const { reference } = await openReview(home.database, { slug: 'seed-ledger' });
  const browser = new Browser(web.app);
  await browser.get('/nominate');
  await browser.send(nominated);
  await listProduct(home.database, 'rain-atlas');
  await raise(web, 'rain-atlas', { address: 'zola@reader.example' });
  const paths = [
    await linkOf(web, reference),
    await linkOf(web, reference, 'alternate'),
    await confirmPath(web, nominated.address),
    await concernLink(web, 'zola@reader.example'),
  ];
  const tokens = await tokensOf({ database: home.database, config: { linkKey: Buffer.alloc(32, 7) } });
  expect([...tokens].sort()).toEqual(paths.map((path) => path.split('/').at(-1)).sort());
});
