import type { Database } from '../../prisma/database.js';
import type { Fetch } from './form-client.js';
import { createPool } from './matter.js';
import type { Page } from './page-reader.js';
import { createTimes, type Times } from './times.js';
import type { Pace, Reserved, ToldActs } from './types.js';
import { rowOf } from './visit.js';

/** What an act left in public for a moment, and whose row took it back. */
export interface Undone {
  readonly reference: string;
  /** Stood in the public reason of the decision that was undone. */
  readonly marker: string;
  /** The row that undid it. */
  readonly row: string;
}

/** A page of a review that somebody of the second level read before giving a verdict. */
export interface FirstRead {
  readonly reference: string;
  /** Whether it showed what the first level had said. */
  readonly saw: boolean;
}

/** A page of a question, as its expert opened it before answering. */
export interface ExpertRead {
  readonly reference: string;
  readonly section: string;
  /** Whether they had accepted: before, they read the question alone. */
  readonly accepted: boolean;
  /** The text of its main part. */
  readonly text: string;
}

/** What all invented reviewers, experts and staff share, and what they keep in mind for the checks. */
export interface Office {
  readonly database: Database;
  readonly pace: Pace;
  /** No slash at its end. */
  readonly publicUrl: string;
  readonly send: Fetch;
  readonly told: ToldActs;
  readonly problems: string[];
  readonly tried: Record<string, number>;
  /** How long rows waited for their outcome. */
  readonly outcomes: Times;
  /** Texts for reviewers and staff only, and public reasons of a level that does not decide: never public, never sent. */
  readonly hidden: string[];
  /** What few may read in an email, and nobody else: questions to experts. */
  readonly reserved: Reserved[];
  readonly expertReads: ExpertRead[];
  readonly undone: Undone[];
  readonly firstReads: FirstRead[];
  /** What the first level wrote, by reference. */
  readonly firstWords: Map<string, string>;
  /** Waits until few enough act at this instant, then does the work. */
  readonly acting: <Done>(work: () => Promise<Done>) => Promise<Done>;
}

/** So many of them have pressed something at the same instant: mostly they wait for what becomes of it. */
const AT_ONCE = 16;
/** Whoever waits for what becomes of an act gives up after so many looks, some in a day. */
const MOST_LOOKS = 80;
const LOOKS_EVERY = 0.25;

/** An office in which nobody has done anything yet. */
export function openOffice(plan: Pick<Office, 'database' | 'pace' | 'publicUrl'> & { readonly send?: Fetch }): Office {
  return {
    ...{ send: fetch, told: { rows: [], keys: [] }, problems: [], tried: {}, hidden: [], reserved: [] },
    ...{ undone: [], firstReads: [], expertReads: [] },
    ...plan,
    firstWords: new Map(),
    outcomes: createTimes(),
    acting: createPool(AT_ONCE),
  };
}

/** Counts that something was done. */
export function done({ tried }: Office, what: string): void {
  tried[what] = (tried[what] ?? 0) + 1;
}

/** Notes something that should not have happened; the sentence names no person. */
export function odd({ problems, pace }: Office, sentence: string): void {
  if (!pace.stopping.aborted) problems.push(sentence);
}

/** A text that is found nowhere else. */
export function marker(office: Office, what: string): string {
  done(office, 'markers');
  return `zq-${what}-${office.tried['markers'] ?? 0}-z`;
}

/** A text that must never be public and never be sent. */
export function hide(office: Office, what: string): string {
  const text = marker(office, what);
  office.hidden.push(text);
  return text;
}

/** Waits until a row has its outcome. Looked up in the records, so that nobody opens the page again and again. */
export async function untilHeard({ database, pace, outcomes }: Office, row: string): Promise<void> {
  const began = performance.now();
  const where = { submissionId: Number(row) };
  for (let looks = 0; looks < MOST_LOOKS && !pace.stopping.aborted; looks += 1) {
    if ((await pace.patiently(() => database.outcome.findUnique({ where }))) !== null) break;
    await pace.days(LOOKS_EVERY);
  }
  outcomes.note(performance.now() - began);
}

/** Puts the row that a page names on the list of what was taken; null if it names none. */
export function hear({ told }: Office, page: Page): string | null {
  const row = rowOf(page);
  if (row !== null) told.rows.push(Number(row));
  return row;
}
