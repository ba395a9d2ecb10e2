import type { Instant } from '../domain/calendar.js';
import type { CodeOwner } from '../domain/sign-in-code.js';
import type { MailMode, MailRules } from '../domain/mail-mode.js';
import type { Email, EmailContent } from '../mail/content.js';

/** A due email that nobody hands over yet, so far as choosing among many needs it. */
export interface DueEmail {
  readonly id: number;
  /** Null: of no case, such as the staff's list. */
  readonly caseId: string | null;
  readonly address: string;
}

/** What a person's link is derived from. Another address is another recipient; revoking raises the version. */
export interface LinkOwner {
  readonly applicationId: string;
  readonly recipientId: number;
  /** After an older copy of the database was put back, the number of a recipient may come again for another address. */
  readonly address: string;
  readonly linkVersion: number;
}

/** An email that this process, and nobody else, hands over. */
export interface ClaimedEmail {
  readonly id: number;
  /** Which email of this database it is: X-Perennial-Email says it. */
  readonly key: string;
  /** Which email it is, from facts alone and once and for all: see prisma/email-digest.ts. Message-ID follows from it. */
  readonly digest: string;
  /** The digest of the first email of the application that this person got; null: this is the first. */
  readonly thread: string | null;
  readonly to: { readonly name: string; readonly address: string };
  /** Null: it carries no link. */
  readonly owner: LinkOwner | null;
  /** Of a sign-in. Default: it carries no code. */
  readonly code?: CodeOwner | null;
  /** With the placeholder in the place of link or code. */
  readonly email: Email;
}

/**
 * What became of a claim. `busy`: its case is locked or has another email in hand-over. `held`: a row of the owner has
 * no outcome yet. `gone`: it is not due any more. `skipped`: no longer true. `kept`: the mail mode keeps it.
 * `refused`: its address was refused before. `handed`: the journal says that it may have been taken: it is unknown. `failed`: its text could not be made; it is tried again later.
 */
export type Claim =
  | { readonly is: 'claimed'; readonly claimed: ClaimedEmail }
  | { readonly is: 'busy' | 'held' | 'gone' | 'skipped' | 'kept' | 'refused' | 'handed' }
  | { readonly is: 'failed'; readonly error: unknown };

/** Why a mail server did not take an email for now. */
export type LaterWord =
  | 'mail_server_away'
  | 'mail_server_closed_line'
  | 'mail_server_silent'
  | 'not_now'
  | 'sender_refused'
  /** The hand-over journal could not be written: nothing may go without it. */
  | 'journal_away'
  | 'stopped';
/** Why it never will. `given_up`: it said "not now" for days. */
export type RefusedWord = 'address_refused' | 'content_refused' | 'bad_address' | 'given_up';

/** What is known after a hand-over. `unknown`: the line broke when the email may have been taken. */
export type Handed =
  | { readonly is: 'accepted' }
  | { readonly is: 'refused'; readonly because: RefusedWord }
  | {
      readonly is: 'later';
      readonly because: LaterWord;
      /** The server takes nothing at all now: it is not about this email. */
      readonly whole: boolean;
    }
  | { readonly is: 'unknown' };

/** The result of a hand-over as the records take it. */
export interface HandedOver {
  readonly id: number;
  /** Of the sender that claimed it. */
  readonly token: string;
  readonly handed: Handed;
  /** When it was over, in real milliseconds. */
  readonly real: number;
  /** Real milliseconds before which it is not tried again; null: the next try is decided by how often it was tried. */
  readonly notBefore: number | null;
}

/** What waits, for operators. */
export interface OutboxCounts {
  /** Due and not handed over. */
  readonly waiting: number;
  /** Of them, put off because the mail server did not take them. */
  readonly putOff: number;
  /** Of them, kept by the mail mode. */
  readonly keptByMode: number;
  /** Since when the oldest is due, in case time. */
  readonly oldestWaiting: Instant | null;
}

/** What the sender asks of the records. */
export interface OutboxRecords {
  /**
   * Takes the lock that only one sender of a database has; null if another one has it. `broken` hears when it is lost.
   * Resolves with what gives it back.
   */
  lock(broken: (error: Error) => void): Promise<(() => Promise<void>) | null>;
  /**
   * Emails that are due by case time and by real time (milliseconds), that no row of their owner holds and that are not
   * among `except`, oldest first, at most so many. Queues the staff's list of the day before, once, if its sending time
   * has come and something waits.
   */
  due(ask: {
    readonly real: number;
    readonly limit: number;
    readonly except?: readonly number[];
  }): Promise<readonly DueEmail[]>;
  /** Takes one email, under the lock of its case, with the text that it then has. */
  claim(ask: ClaimCall): Promise<Claim>;
  /** Writes what became of a hand-over and, where it can change its case, a row for it. Safe to run twice. */
  record(result: HandedOver): Promise<void>;
  /** Calls what senders with other tokens left in hand-over `unknown`. How many. */
  strand(token: string): Promise<number>;
  /** Calls `unknown` what waits here and was handed over before, so far as `handed` knows by its digest. How many. */
  strandHanded(handed: (digest: string) => boolean): Promise<number>;
  /** Lets go what the mail mode kept and no longer keeps. How many. */
  letGo(rules: MailRules): Promise<number>;
  counts(): Promise<OutboxCounts>;
}

/** Which email to take, and how. */
export interface ClaimCall {
  readonly id: number;
  readonly token: string;
  readonly real: number;
  readonly rules: MailRules;
  /** Whether an email of this digest may have been taken before. Default: none was. */
  readonly handed?: (digest: string) => boolean;
  readonly render: (content: EmailContent) => Email;
}

/** An email as it goes over the line. */
export interface OutgoingEmail {
  readonly key: string;
  readonly digest: string;
  readonly thread: string | null;
  readonly to: { readonly name: string; readonly address: string };
  readonly email: Email;
  /** Runs when the mail server lets the text begin; nothing of it goes before this resolves, or if it rejects. */
  readonly beforeText?: () => Promise<void>;
}

/**
 * What was handed over, kept outside the database, so that an older copy of the database does not send it again.
 * Digests of emails alone.
 */
export interface HandOverJournal {
  /** Reads it anew; whoever holds the sender's lock does so before anything else. Throws if it cannot be read. */
  begin(): Promise<void>;
  /** Whether an email may have been taken by a mail server. */
  has(digest: string): boolean;
  /** Notes an email whose text is about to go; resolves when that outlives a power cut. */
  add(digest: string): Promise<void>;
  /** Notes that the mail server did not take it after all. */
  takeBack(digest: string): Promise<void>;
  /** Closes it; what is noted later opens it again. */
  end(): Promise<void>;
}

/** What the sender asks of the mail server. */
export interface MailServer {
  /** Hands one email over. Never throws. Once the signal aborts it ends at once, with what is then known. */
  handOver(outgoing: OutgoingEmail, signal: AbortSignal): Promise<Handed>;
  /** Cuts every line; the next hand-over opens one again. */
  hangUp(): void;
}

/** Hand-overs a second at most, in all and to one domain. */
export interface MailLimits {
  readonly perSecond: number;
  readonly perDomainPerSecond: number;
}

export interface SenderPorts {
  readonly records: OutboxRecords;
  readonly mailServer: MailServer;
  /** Null: there is none, and an older copy of the database sends again what it does not know of. */
  readonly journal: HandOverJournal | null;
  readonly rules: MailRules;
  /** Null: as fast as the mail server takes them. */
  readonly limits: MailLimits | null;
  /** The address of a person's link. */
  readonly linkOf: (owner: LinkOwner) => string;
  /** The code of a sign-in. */
  readonly codeOf: (owner: CodeOwner) => string;
  /** Real time in milliseconds. */
  readonly now: () => number;
  /** Logs, without anything personal, what could not be done with an email (null: with none in particular). */
  readonly failed: (emailId: number | null, error: unknown) => void;
}

/** The last thing that went wrong, for operators. */
export type OutboxProblem = LaterWord | RefusedWord | 'unknown' | 'text_failed' | 'another_sender' | 'database_away';

/** What operators read in the heartbeat of `outbox`. */
export interface OutboxDetails extends OutboxCounts {
  readonly mode: MailMode;
  readonly handing: number;
  /** Taken by the mail server since this sender started. */
  readonly sent: number;
  /** The mail server takes nothing at all: it is asked again after pauses of at most a minute. */
  readonly mailServerAway: boolean;
  readonly lastProblem: OutboxProblem | null;
}
