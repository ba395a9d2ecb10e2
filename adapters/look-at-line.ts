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
const NO_TLS = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|^ECONNRESET$|^EPROTO$|^SILENT$/u;

/** Opens a line to `host:port`, as far as TLS, and closes it again: whoever cannot connect learns why. Takes seconds. */
export async function lookAtLine(address: string, tls: TemporalSecurity['tls']): Promise<Line> {
  const url = new URL(`tcp://${address}`);
  const place = { host: url.hostname.replace(/[[\]]/gu, ''), port: Number(url.port) };
  const first = await endOf(connect(place), 'connect');
  if (first.code !== null) return { is: 'closed', code: first.code };
  const { serverCa = null, serverName = null, client = null } = tls ?? {};
  const socket = connectTls({
    ...place,
    ...(serverCa === null ? {} : { ca: serverCa }),
    ...(client === null ? {} : { cert: client.certificate, key: client.key }),
    ...(serverName === null ? {} : { servername: serverName }),
    ALPNProtocols: ['h2'],
  });
  const { opened, code } = await endOf(socket, 'secureConnect');
  if (opened || code === null || !NO_TLS.test(code)) return { is: 'tls', code };
  return { is: 'plain' };
}

/** Whether a line opened, and the code with which it ended before or shortly after that; null if it stays open. */
async function endOf(
  socket: ReturnType<typeof connect>,
  opening: 'connect' | 'secureConnect',
): Promise<{ opened: boolean; code: string | null }> {
  const seen: { opened: boolean; code: string | null } = { opened: false, code: null };
  socket.on('error', (error: NodeJS.ErrnoException) => (seen.code ??= error.code ?? 'ERROR'));
  socket.on(opening, () => (seen.opened = true));
  const ended = once(socket, 'close').catch(() => undefined);
  const silence = setTimeout(() => socket.destroy(), LIMIT_MS);
  await Promise.race([once(socket, opening).catch(() => undefined), ended]);
  clearTimeout(silence);
  if (seen.opened && opening === 'secureConnect') await Promise.race([pause(SECOND_THOUGHTS_MS), ended]);
  if (socket.destroyed) seen.code ??= seen.opened ? 'CLOSED_AGAIN' : 'SILENT';
  socket.destroy();
  return seen;
}
