import { afterAll, beforeAll } from '@jest/globals';
import { startTestDatabase, type TestDatabase } from './database.js';
import { webOver, type Web } from './owner-visit.js';

/** The pages over a database of their own, for all tests of a file; both are there as soon as its tests begin. */
export function pagesOfFile(): { readonly home: TestDatabase; readonly web: Web } {
  let opened: { readonly home: TestDatabase; readonly web: Web } | undefined;
  const ready = () => {
    if (opened === undefined) throw new Error('the tests of this file have not begun');
    return opened;
  };
  beforeAll(async () => {
    const home = await startTestDatabase('2026-07-10T08:00:00.000Z');
    opened = { home, web: webOver(home.database) };
  }, 120_000);
  afterAll(() => opened?.home.stop());
  return {
    home: {
      get database() {
        return ready().home.database;
      },
      get url() {
        return ready().home.url;
      },
      setClock: (caseAt) => ready().home.setClock(caseAt),
      stop: () => ready().home.stop(),
    },
    web: {
      get app() {
        return ready().web.app;
      },
      get context() {
        return ready().web.context;
      },
    },
  };
}
