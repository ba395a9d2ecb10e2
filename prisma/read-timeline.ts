import type { Instant } from '../domain/calendar.js';
import type { EmailFacts } from '../domain/effect.js';
import type { Database } from './database.js';
import { readEmails, type EmailRecord } from './read-emails.js';

/** A line of the ledger: what a step did. */
export interface TimelineStep {
  readonly what: string;
  readonly detail: EmailFacts;
}

/** What a verdict says of a section; texts that were not given are empty. */
export interface TimelineSection {
  readonly section: string;
  readonly verdict: string;
  readonly publicReason: string;
  readonly noteToOwner: string;
  readonly internalReason: string;
}

/** What somebody wanted, and what became of it. */
export interface TimelineRow {
  readonly is: 'row';
  readonly at: Instant;
  readonly id: number;
  readonly kind: string;
  readonly reference: string | null;
  readonly role: string;
  /** A word of the staff, a rank, a campaign; null: the role says it. */
  readonly actor: string | null;
  /** Facts of its body that staff want to know. */
  readonly facts: Readonly<Record<string, string | number>>;
  /** What its author wrote, by the name of the field. */
  readonly texts: Readonly<Record<string, string>>;
  /** Of a verdict: what it says of each section. */
  readonly sections: readonly TimelineSection[];
  readonly aside: boolean;
  /** Null: it waits for its step. */
  readonly outcome: { readonly result: string; readonly sentence: string } | null;
  readonly steps: readonly TimelineStep[];
}

/** Something that happened to a case. */
export type TimelineEntry =
  | TimelineRow
  | {
      readonly is: 'step';
      readonly at: Instant;
      readonly role: string;
      readonly actor: string | null;
      readonly steps: readonly TimelineStep[];
    }
  | { readonly is: 'email'; readonly at: Instant; readonly email: EmailRecord }
  | {
      readonly is: 'decision';
      readonly at: Instant;
      readonly reference: string;
      readonly result: string;
      readonly by: string;
      readonly reasons: readonly { readonly section?: string; readonly publicReason: string }[];
    };

/** So many emails of one review are read at most, the newest. */
const MOST_EMAILS = 500;

/** Everything that happened to a case, in all its reviews, the newest first. */
export async function readTimeline(database: Database, caseId: string): Promise<readonly TimelineEntry[]> {
  const applications = await database.application.findMany({ where: { caseId }, select: { id: true } });
  const references = applications.map(({ id }) => id);
  const emails: EmailRecord[] = [];
  for (const reference of references) emails.push(...(await readEmails(database, { reference, most: MOST_EMAILS })));
  const decisions = await database.decision.findMany({ where: { applicationId: { in: references } } });
  const { rows, steps } = await readRowsAndSteps(database, { caseId, references });
  const entries: readonly TimelineEntry[] = [
    ...rows,
    ...steps,
    ...emails.map((email) => ({ is: 'email', at: email.at, email }) as const),
    ...decisions.map(({ applicationId, result, by, at, reasons }) => ({
      ...({ is: 'decision', at: at.toISOString(), reference: applicationId, result, by } as const),
      // As steps wrote them.
      reasons: reasons as unknown as { publicReason: string }[],
    })),
  ];
  // Of one instant, what was wanted stands below what followed from it.
  return [...entries].reverse().sort((one, other) => (one.at > other.at ? -1 : one.at < other.at ? 1 : 0));
}

async function readRowsAndSteps(
  database: Database,
  { caseId, references }: { readonly caseId: string; readonly references: readonly string[] },
) {
  const oldest = { orderBy: { id: 'asc' } } as const;
  const stored = await database.submission.findMany({ where: { caseId }, include: { outcome: true }, ...oldest });
  const ledger = await database.ledgerEntry.findMany({ where: { caseId }, ...oldest });
  const people = await database.recipient.findMany({
    where: { applicationId: { in: [...references] } },
    select: { id: true, rank: true },
  });
  const ranks = new Map(people.map(({ id, rank }) => [String(id), rank]));
  const stepsBy = byWhy(ledger);
  const rows = stored.map(({ id, kind, applicationId, role, actor, body, at, aside, outcome }): TimelineRow => {
    const steps = (stepsBy.get(`row:${id}`) ?? []).map(stepOf);
    stepsBy.delete(`row:${id}`);
    return {
      ...({ is: 'row', at: at.toISOString(), id, kind, reference: applicationId, role } as const),
      actor: role === 'owner' ? (ranks.get(actor) ?? null) : role === 'mail' || role === 'public' ? null : actor,
      ...saidIn(body),
      aside: aside && outcome === null,
      outcome: outcome === null ? null : { result: outcome.result, sentence: outcome.sentence },
      steps,
    };
  });
  const steps = [...stepsBy.values()].flatMap((lines) => {
    const [first] = lines;
    if (first === undefined) return [];
    const { at, role, actor } = first;
    return [{ is: 'step', at: at.toISOString(), role, actor, steps: lines.map(stepOf) } as const];
  });
  return { rows, steps };
}

/** The lines of each step; what a step took names it. */
function byWhy<Line extends { readonly why: string; readonly id: number; readonly at: Date }>(ledger: readonly Line[]) {
  const found = new Map<string, Line[]>();
  for (const line of ledger) {
    // A command, or a failure, may come again.
    const key = /^(?:row|entry):/u.test(line.why) ? line.why : `${line.why} ${line.at.getTime()}`;
    found.set(key, [...(found.get(key) ?? []), line]);
  }
  return found;
}

function stepOf({ what, detail }: { readonly what: string; readonly detail: unknown }): TimelineStep {
  // As steps wrote it.
  return { what, detail: detail as EmailFacts };
}

const TEXTS = ['publicReason', 'internalReason', 'reason', 'text', 'secondRoundReason'];
const FACTS = ['request', 'until', 'days', 'level', 'to', 'campaign', 'section', 'word', 'why'];

/** What of a row's body staff want to read: never answers, whose page is another. */
function saidIn(body: unknown): Pick<TimelineRow, 'facts' | 'texts' | 'sections'> {
  const given = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const texts = given.filter(
    (pair): pair is [string, string] => TEXTS.includes(pair[0]) && typeof pair[1] === 'string' && pair[1].trim() !== '',
  );
  const facts = given.filter(
    (pair): pair is [string, string | number] =>
      FACTS.includes(pair[0]) && (typeof pair[1] === 'string' || typeof pair[1] === 'number'),
  );
  return { texts: Object.fromEntries(texts), facts: Object.fromEntries(facts), sections: sectionsIn(body) };
}

function sectionsIn(body: unknown): readonly TimelineSection[] {
  const given = typeof body === 'object' && body !== null && 'sections' in body ? body.sections : [];
  if (!Array.isArray(given)) return [];
  // Parsed at the door where the row came in; older rows lack some of the texts. Concerns name sections, and no verdict.
  return (given as readonly (Partial<TimelineSection> | string)[]).flatMap((one) =>
    typeof one === 'string' ? [] : [sectionIn(one)],
  );
}

function sectionIn(one: Partial<TimelineSection>): TimelineSection {
  return {
    ...{ section: one.section ?? '', verdict: one.verdict ?? '', publicReason: one.publicReason ?? '' },
    ...{ noteToOwner: one.noteToOwner ?? '', internalReason: one.internalReason ?? '' },
  };
}
