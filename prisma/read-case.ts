import type { Answers } from '../domain/answers.js';
import type { Instant } from '../domain/calendar.js';
import type { SectionVerdict } from '../domain/case.js';
import type { EmailFacts } from '../domain/effect.js';
import type { Database } from './database.js';
import { readQuestions, type ExpertQuestionRead } from './read-consultations.js';

/** One product's case as staff look at it. Names and addresses of people are in `people` only. */
export interface CaseDetails {
  readonly people: readonly {
    readonly rank: string;
    readonly name: string;
    readonly address: string;
    readonly language: string;
    readonly state: 'asked' | 'refused' | 'replaced';
  }[];
  readonly answers: {
    readonly version: number;
    readonly by: string;
    readonly at: Instant;
    readonly answers: Answers;
    readonly forReviewers: Readonly<Record<string, string>>;
    readonly confirmed: readonly string[];
  } | null;
  readonly verdicts: readonly {
    readonly level: string;
    readonly round: number;
    readonly by: string;
    readonly answersVersion: number;
    readonly at: Instant;
    readonly sections: readonly SectionVerdict[];
  }[];
  readonly decisions: readonly {
    readonly result: string;
    readonly round: number;
    readonly by: string;
    readonly at: Instant;
    readonly reasons: readonly { readonly section?: string; readonly publicReason: string }[];
  }[];
  /** Questions to experts and what these advise, the newest first. For reviewers and staff alone. */
  readonly questions: readonly ExpertQuestionRead[];
  readonly emails: readonly {
    readonly kind: string;
    readonly state: string;
    readonly reason: string | null;
    readonly at: Instant;
  }[];
  readonly rows: readonly {
    readonly id: number;
    readonly kind: string;
    readonly role: string;
    readonly at: Instant;
    readonly aside: boolean;
    readonly result: string | null;
    readonly sentence: string | null;
  }[];
  readonly ledger: readonly {
    readonly what: string;
    readonly role: string;
    readonly at: Instant;
    readonly detail: EmailFacts;
  }[];
}

/** Everything about a case, and about one of its reviews, oldest first. */
export async function readCase(
  database: Database,
  { caseId, reference }: { caseId: string; reference: string | null },
): Promise<CaseDetails> {
  const where = { applicationId: reference ?? '' };
  const oldest = { orderBy: { id: 'asc' } } as const;
  const [people, answers, verdicts, decisions, emails, rows, ledger] = await Promise.all([
    readPeople(database, reference),
    readAnswers(database, reference),
    database.verdict.findMany({ where, ...oldest }),
    database.decision.findMany({ where, ...oldest }),
    database.email.findMany({ where, ...oldest }),
    database.submission.findMany({ where: { caseId }, include: { outcome: true }, ...oldest }),
    database.ledgerEntry.findMany({ where: { caseId }, ...oldest }),
  ]);
  return {
    people,
    answers,
    // JSON columns hold what steps wrote: the domain's own types.
    verdicts: verdicts.map(({ level, round, by, answersVersion, at, sections }) => {
      return {
        level,
        round,
        by,
        answersVersion,
        at: at.toISOString(),
        sections: sections as unknown as SectionVerdict[],
      };
    }),
    decisions: decisions.map(({ result, round, by, at, reasons }) => {
      return { result, round, by, at: at.toISOString(), reasons: reasons as unknown as { publicReason: string }[] };
    }),
    questions: reference === null ? [] : await readQuestions(database, reference),
    emails: emails.map(({ kind, state, reason, stateAt }) => ({ kind, state, reason, at: stateAt.toISOString() })),
    rows: rows.map(({ id, kind, role, at, aside, outcome }) => {
      const { result = null, sentence = null } = outcome ?? {};
      return { id, kind, role, at: at.toISOString(), aside: aside && outcome === null, result, sentence };
    }),
    ledger: ledger.map(({ what, role, at, detail }) => {
      return { what, role, at: at.toISOString(), detail: detail as EmailFacts };
    }),
  };
}

async function readPeople(database: Database, reference: string | null): Promise<CaseDetails['people']> {
  const found = await database.recipient.findMany({
    where: { applicationId: reference ?? '' },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
  });
  return found.map(({ rank, name, address, language, revokedAt, refusedAt }) => {
    const state = revokedAt !== null ? 'replaced' : refusedAt !== null ? 'refused' : 'asked';
    return { rank, name, address, language, state };
  });
}

/** The newest answers of a review. */
async function readAnswers(database: Database, reference: string | null): Promise<CaseDetails['answers']> {
  const found = await database.answerSet.findFirst({
    where: { applicationId: reference ?? '' },
    orderBy: { version: 'desc' },
  });
  if (found === null) return null;
  const { version, by, at, answers, forReviewers, confirmed } = found;
  return {
    version,
    by,
    at: at.toISOString(),
    // Parsed before they were written.
    answers: answers as unknown as Answers,
    forReviewers: forReviewers as Readonly<Record<string, string>>,
    confirmed,
  };
}
