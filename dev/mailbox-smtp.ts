import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

/**
 * What the catching mail server does with one recipient's email; tests use it to play a bad day.
 * - `accept`: takes it (the default).
 * - `later`: refuses it for now (451). `refuse`: refuses it for good (550).
 * - `refuse_after_data`: reads it whole, then refuses it for good (554).
 * - `drop_before_data`: cuts the line before it has seen the email.
 * - `drop_after_data`: takes it, and cuts the line instead of saying so.
 * - `silent`: says nothing and keeps the line open.
 */
export type MailAnswer =
  | 'accept'
  | 'later'
  | 'refuse'
  | 'refuse_after_data'
  | 'drop_before_data'
  | 'drop_after_data'
  | 'silent';

/** How the server hands over what it took, and whom it asks how to behave. */
export interface SmtpPlan {
  readonly port: number;
  /** Resolves when the email is safe. */
  readonly take: (raw: Buffer, recipient: string) => Promise<void>;
  readonly answerFor: (recipient: string) => MailAnswer;
}

/** A running mail server on loopback. */
export interface CatchingServer {
  readonly port: number;
  close(): Promise<void>;
}

const CODES = { later: 451, refuse: 550, refuse_after_data: 554 } as const;
const WORDS = {
  later: 'Not now, please try again later',
  refuse: 'No such mailbox here',
  refuse_after_data: 'This email is not wanted here',
} as const;

function refusal(answer: keyof typeof CODES): Error {
  return Object.assign(new Error(WORDS[answer]), { responseCode: CODES[answer] });
}

/**
 * Starts an SMTP server on loopback that delivers nothing anywhere.
 * @throws when the port is taken.
 */
export async function startCatching(plan: SmtpPlan): Promise<CatchingServer> {
  // By the client's port: the library does not show the socket of a session.
  const sockets = new Map<number, Socket>();
  const cut = (session: SMTPServerSession) => sockets.get(session.remotePort)?.destroy();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    // No name look-up leaves this machine.
    disableReverseLookup: true,
    closeTimeout: 200,
    onRcptTo({ address }, session, callback) {
      const answer = plan.answerFor(address);
      if (answer === 'silent') return;
      if (answer === 'drop_before_data') cut(session);
      else callback(answer === 'later' || answer === 'refuse' ? refusal(answer) : null);
    },
    onData(stream, session, callback) {
      void takeData(plan, stream, session, { callback, cut: () => cut(session) });
    },
  });
  // A line that is cut in the middle is no event for us.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.once('close', () => sockets.delete(port));
  });
  const port = await listen(server, plan.port);
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function takeData(
  plan: SmtpPlan,
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  line: { readonly callback: (error?: Error | null) => void; readonly cut: () => void },
): Promise<void> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const recipients = session.envelope.rcptTo.map((entry) => entry.address);
    const answers = recipients.map(plan.answerFor);
    if (answers.includes('refuse_after_data')) {
      line.callback(refusal('refuse_after_data'));
      return;
    }
    for (const recipient of recipients) await plan.take(Buffer.concat(chunks), recipient);
    if (answers.includes('drop_after_data')) line.cut();
    else line.callback();
  } catch (error) {
    line.callback(error instanceof Error ? error : new Error('The email could not be kept'));
  }
}

function listen(server: SMTPServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.server.address();
      resolve(address === null || typeof address === 'string' ? port : address.port);
    });
  });
}
