import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { isDatabaseAway } from '../../prisma/away.js';
import { openDatabase } from '../../prisma/database.js';

/** A message of PostgreSQL's protocol: its letter, the length of what follows, and that. */
function message(letter: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(letter), length, body]);
}

const WELCOME = Buffer.concat([message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))]);
const FAREWELL = message('E', Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection\0\0'));

test('a connection that is cut in the instant it is opened is a database away, not the end of the process', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    // Both in one piece: the second is read before anybody who opened the connection hears of the first.
    socket.once('data', () => socket.end(Buffer.concat([WELCOME, FAREWELL])));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const database = openDatabase(`postgresql://nobody@127.0.0.1:${port}/nothing`);
  const error: unknown = await database
    .$transaction((transaction) => transaction.setting.findMany())
    .catch((it: unknown) => it);
  expect(isDatabaseAway(error)).toBe(true);
  await database.$disconnect();
  server.close();
});
