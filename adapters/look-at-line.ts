import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import type { TemporalSecurity } from './config.js';

/** What stands at the other end of a line. */
export type Line =
  | { readonly is: 'closed'; readonly code: string }
  /** It takes lines, and does not speak TLS. */
  | { readonly is: 'plain' }
  /** It speaks TLS; `code`: of the library, why one of the two refused the other; null: neither did. */
  | { readonly is: 'tls'; readonly code: string | null };

const LIMIT_MS = 5_000;
/** TLS 1.3 tells only after the line is open that it wanted to see a certificate of ours. */
const SECOND_THOUGHTS_MS = 500;
const NETWORK = /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT)$/u;
const NO_TLS = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|^ECONNRESET$|^EPROTO$|^SILENT$/u;

/** Opens a line to `host:port`, as far as TLS, and closes it again: whoever cannot connect learns why. Takes seconds. */
export async function lookAtLine(address: string, tls: TemporalSecurity['tls']): Promise<Line> {
  const url = new URL(`tcp://${address}`);
  const place = { host: url.hostname.replace(/[[\]]/gu, ''), port: Number(url.port) };
  const closed = await codeOf(connect(place), 'connect');
  if (closed !== null) return { is: 'closed', code: closed };
  const { serverCa = null, serverName = null, client = null } = tls ?? {};
  const socket = connectTls({
    ...place,
    ...(serverCa === null ? {} : { ca: serverCa }),
    ...(client === null ? {} : { cert: client.certificate, key: client.key }),
    ...(serverName === null ? {} : { servername: serverName }),
    ALPNProtocols: ['h2'],
  });
  const code = await codeOf(socket, 'secureConnect');
  if (code === null || !NO_TLS.test(code)) return { is: 'tls', code };
  return NETWORK.test(code) ? { is: 'closed', code } : { is: 'plain' };
}

/** The code of the error with which a line ends before or shortly after it opens; null if it stays open. */
async function codeOf(socket: ReturnType<typeof connect>, opened: 'connect' | 'secureConnect'): Promise<string | null> {
  let failure: string | null = null;
  socket.on('error', (error: NodeJS.ErrnoException) => (failure ??= error.code ?? 'ERROR'));
  const silence = setTimeout(() => {
    failure ??= opened === 'connect' ? 'ETIMEDOUT' : 'SILENT';
    socket.destroy();
  }, LIMIT_MS);
  await Promise.race([once(socket, opened).catch(() => undefined), once(socket, 'close').catch(() => undefined)]);
  clearTimeout(silence);
  if (failure === null && opened === 'secureConnect') {
    await Promise.race([pause(SECOND_THOUGHTS_MS), once(socket, 'close').catch(() => undefined)]);
  }
  socket.destroy();
  return failure;
}
