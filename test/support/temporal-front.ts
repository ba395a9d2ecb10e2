import { once } from 'node:events';
import { connect, constants, createSecureServer, type OutgoingHttpHeaders, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificates.js';

/** What stands before a Temporal server: it encrypts, and asks who comes. */
export interface Front {
  readonly address: string;
  readonly stop: () => Promise<void>;
}

const UNAUTHENTICATED = '16';
const { NGHTTP2_FLAG_END_STREAM: END_STREAM } = constants;

/** A front on loopback that wants a certificate of `ca` and a key, and passes calls of gRPC on to a server. */
export async function startFront(plan: {
  readonly server: string;
  readonly own: Certificate;
  readonly ca: string;
  readonly key: string;
}): Promise<Front> {
  const behind = connect(`http://${plan.server}`);
  const { certificate: cert, key } = plan.own;
  const front = createSecureServer({ cert, key, ca: plan.ca, requestCert: true, rejectUnauthorized: true });
  const sessions: ServerHttp2Session[] = [];
  front.on('session', (session) => {
    session.on('error', () => undefined);
    sessions.push(session);
  });
  front.on('stream', (stream, headers) => {
    stream.on('error', () => undefined);
    if (headers.authorization !== `Bearer ${plan.key}`) {
      stream.respond({ 'content-type': 'application/grpc', 'grpc-status': UNAUTHENTICATED }, { endStream: true });
      return;
    }
    const call = behind.request({ ...headers, ':authority': plan.server });
    let last: OutgoingHttpHeaders = {};
    call.on('error', () => stream.destroy());
    // An answer that is an error is a head and nothing else.
    call.on('response', (response, flags) =>
      stream.respond(response, (flags & END_STREAM) === 0 ? { waitForTrailers: true } : { endStream: true }),
    );
    call.on('trailers', (trailers: OutgoingHttpHeaders) => (last = trailers));
    stream.on('wantTrailers', () => stream.sendTrailers(last));
    stream.on('close', () => call.destroy());
    stream.pipe(call).pipe(stream);
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  return {
    address: `127.0.0.1:${(front.address() as AddressInfo).port}`,
    stop: async () => {
      behind.destroy();
      for (const session of sessions) session.destroy();
      await new Promise<void>((resolve) => front.close(() => resolve()));
    },
  };
}
