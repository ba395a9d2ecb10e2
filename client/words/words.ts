import { printInstant } from '../../adapters/dates.js';
import type { Instant } from '../../domain/calendar.js';
import type { Attention, Entry } from '../../domain/case.js';

/** Why a human must look, and what helps; REF stands for the review's reference. */
export const attentionWords: Readonly<Record<Attention, { readonly why: string; readonly help: string }>> = {
  no_contact: {
    why: 'there is nobody to ask',
    help: 'perennial contacts import FILE, or, if the address is right: perennial case resend REF',
  },
  undeliverable: {
    why: 'the email could not be delivered',
    help: 'perennial contacts import FILE with another address, or: perennial case resend REF',
  },
  bounced: { why: 'the email came back', help: 'perennial contacts import FILE with another address' },
  unknown_handover: {
    why: 'nobody knows whether the email was handed over',
    help: 'look at the mail server; if it was not taken: perennial case resend REF --unknown',
  },
  mail_mode: {
    why: 'the mail mode keeps the email here',
    help: 'set PERENNIAL_MAIL_MODE and PERENNIAL_MAIL_ALLOWLIST; what waits goes by itself then',
  },
  refused_row: { why: "the owner's answers were refused as incomplete", help: 'wait for the owner, or write to them' },
  request: { why: 'the owner asked for something', help: 'perennial case grant REF, or: perennial case refuse REF' },
  silence: { why: 'nobody answered', help: 'perennial case extend REF --until DATE, or: perennial case expire REF' },
  reviewer_late: {
    why: 'the reviewers are late, or disagree',
    help: 'perennial verdict REF, or, if somebody has it: perennial case hand-over REF --to ID',
  },
  no_reviewer: {
    why: 'nobody may hear the appeal',
    help: 'perennial people add ID ... --role l2, for somebody who gave no verdict in this review',
  },
  concern: {
    why: 'somebody raised a concern about the product',
    help: 'perennial concern list, then: perennial concern accept, reject or ask',
  },
  stuck: { why: 'something was set aside because its step always failed', help: 'perennial case release REF' },
  elsewhere: { why: 'it was approved elsewhere too', help: 'perennial case close REF, or decide it here' },
};

/** What an entry means, where its own name does not tell. */
const entryWords: Readonly<Partial<Record<Entry['what'], string>>> = {
  open: 'the annual review opens',
  concern: 'the concerns that wait are reviewed',
  mail_late: 'staff are told if no mail server has taken the email',
  staff: 'staff are reminded',
  reviewers: 'the reviewers are late',
  watch: 'the reviewer is reminded, or the case is free again',
  commit: 'the decision is final',
  forget: 'the time for reopening ends',
};

/** What is due next and when: "reminder 2 of 4 on Friday 10 July 2026, 09:00 UTC". */
export function entryInWords({ what, nth, of, due }: Entry): string {
  const count = nth === undefined || of === undefined ? '' : ` ${nth} of ${of}`;
  return `${entryWords[what] ?? what.replaceAll('_', ' ')}${count} on ${printInstant(due)}`;
}

/** A count with its word: "1 review", "2 reviews"; "0 people" where the many are given. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "12 overdue, 3 due"; words with a count of nothing are left out. */
export function tallied(counts: readonly (readonly [number, string])[]): string {
  const words = counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return words.length === 0 ? 'none' : words.join(', ');
}

/** So many of a group are named where a line is to stay short. */
const HANDFUL = 5;

/** The first handful of a group, or all: "seed, twin, rain, well, atlas and 212 more". */
export function handful(names: readonly string[], { all = false }: { all?: boolean } = {}): string {
  const { shown, more } = firstOf(names, { all });
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}

/** The first handful of a group, or all, and how many more there are. */
export function firstOf<One>(
  group: readonly One[],
  { all }: { all: boolean },
): { readonly shown: readonly One[]; readonly more: number } {
  const shown = all ? group : group.slice(0, HANDFUL);
  return { shown, more: group.length - shown.length };
}

/** So many of a long list are printed; --json has all. */
const SHOWN = 20;

/** The first lines of a long list, and how many more there are. */
export function cut(lines: readonly string[]): readonly string[] {
  return lines.length <= SHOWN ? lines : [...lines.slice(0, SHOWN), `  and ${lines.length - SHOWN} more: see --json`];
}

/** An instant as lists show it: "2026-07-10 09:00". */
export function shortInstant(at: Instant): string {
  return at.slice(0, 16).replace('T', ' ');
}

/** Lines of columns under their names, two blanks between them. */
export function tableOf(names: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = names.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [names, ...rows].map(line).join('\n');
}
