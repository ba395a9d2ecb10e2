import { printDay, printInstant } from '../../adapters/dates.js';
import { dayOf, type Instant } from '../../domain/calendar.js';
import { visible } from '../../domain/answers.js';
import type { Question, Standard } from '../../domain/standard.js';
import { formOf, knownForm, STANDARDS } from '../../domain/standards.js';
import { printAnswer } from '../../domain/answer-text.js';
import type { Database } from '../../prisma/database.js';
import { readRunningCampaigns } from '../../prisma/read-running-campaigns.js';
import { findCase } from '../../prisma/find-case.js';
import { readAppeal } from '../../prisma/read-appeal.js';
import { readCase, type CaseDetails } from '../../prisma/read-case.js';
import { readCases, type CaseLine } from '../../prisma/read-cases.js';
import { questionsInWords } from '../words/expert-words.js';
import { reasonInWords } from '../words/email-words.js';
import { waveInWords } from '../words/campaign-words.js';
import { attentionLines, nextInWords } from '../words/next-words.js';
import { UsageError } from '../usage.js';
import { shortInstant } from '../words/words.js';

/** What `case show` is asked for. */
export interface ShowOptions {
  readonly reference: string;
  readonly answers?: true;
  readonly people?: true;
  readonly json?: true;
}

/** One case in words, or as JSON. People and answers only where they are asked for. Throws a UsageError if it is unknown. */
export async function showCase(database: Database, options: ShowOptions): Promise<string> {
  const found = await findCase(database, options.reference);
  const { lines, now } = await readCases(database, { slug: found?.slug ?? '' });
  const [line] = lines;
  if (found === null || line === undefined) {
    throw new UsageError(
      `Nothing here is called "${options.reference.slice(0, 80)}". Give a reference such as 2026-7Q2MK, or a slug.`,
    );
  }
  const reference = found.review?.reference ?? null;
  const { people, answers, ...details } = await readCase(database, { caseId: found.caseId, reference });
  const appeal = found.review === null ? null : await readAppeal(database, found.review);
  const wanted = {
    ...(options.people === true ? { people } : {}),
    ...(options.answers === true ? { answers, appeal } : {}),
  };
  if (options.json === true) return JSON.stringify({ ...line, reference, ...details, ...wanted });
  const { version } = found;
  const standard = version === null ? knownForm(STANDARDS) : formOf({ standards: STANDARDS, version, on: dayOf(now) });
  const isNewest = reference === line.reference;
  return [
    ...(isNewest
      ? head(line, now, await wakeInWords(database, line, now))
      : [`${reference} is an earlier review of ${line.product}; the newest is ${line.reference}.`]),
    ...(options.people === true ? section('Who is asked', peopleInWords(people)) : []),
    ...(options.answers === true ? section('Answers', answersInWords(answers, standard)) : []),
    ...(options.answers === true && appeal !== null
      ? section(`Appeal of ${printDay(appeal.on)}`, appeal.grounds.split('\n'))
      : []),
    ...section('Verdicts', verdictsInWords(details)),
    ...section('Asked of experts', questionsInWords(details.questions)),
    ...section('Decisions', decisionsInWords(details)),
    ...section('Rows', rowsInWords(details)),
    ...section('What happened', ledgerInWords(details)),
    ...section('Emails', emailsInWords(details)),
  ].join('\n');
}

/** A campaign that is still to wake a product, in words; null: none is, or something of its own is due. */
async function wakeInWords(database: Database, line: CaseLine, now: Instant): Promise<string | null> {
  if (line.next !== null || line.email !== null) return null;
  const running = await readRunningCampaigns(database);
  const found = running.find(({ asleep }) => asleep.includes(line.slug));
  if (found === undefined) return null;
  const when = found.nextWave === null ? '' : ` (${waveInWords(found.nextWave, now)})`;
  return `the campaign ${found.name} wakes it in one of its waves${when}`;
}

function head(line: CaseLine, now: Instant, wake: string | null): readonly string[] {
  const { product, slug, reference, kind, state, round, waitingOn, deadline, requests, campaign } = line;
  return [
    `${product} (${slug})`,
    line.open
      ? `  review ${reference}: ${kind}, in ${state}, round ${round}${campaign === null ? '' : `, opened by ${campaign}`}`
      : `  ${state}; ${reference === null ? 'never reviewed here' : `last review ${reference}`}`,
    `  valid until: ${line.validUntil === null ? 'not known' : printDay(line.validUntil)}` +
      (line.removedOn === null ? '' : `; left the list on ${printDay(line.removedOn)}`),
    ...(line.open
      ? [`  waits on: ${waitingOn}${deadline === null ? '' : `; the owner has until ${printDay(deadline)}`}`]
      : []),
    `  next: ${wake ?? nextInWords(line, now)}`,
    ...(requests.length === 0 ? [] : [`  asked for: ${requests.join(', ')}`]),
    ...attentionLines(line).map((text) => `  ${text}`),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function peopleInWords(people: CaseDetails['people']): readonly string[] {
  return people.length === 0
    ? ['nobody']
    : people.map(({ rank, name, address, language, state }) => `${rank}: ${name} <${address}>, ${language}, ${state}`);
}

function answersInWords(given: CaseDetails['answers'], standard: Standard): readonly string[] {
  if (given === null) return ['none were sent in this review'];
  const { version, by, at, answers, forReviewers, confirmed } = given;
  // An address is shown where people are.
  const shown = visible({ standard, scope: 'all', answers }).filter(({ kind }) => kind !== 'email');
  return [
    `version ${version}, by ${by}, ${printInstant(at)}`,
    ...shown.flatMap((question) => {
      const note = forReviewers[question.id];
      const carried = answers[question.id] !== undefined && !confirmed.includes(question.id);
      return [
        `[${question.section}] ${question.id}: ${question.title}${carried ? ' (carried over, not confirmed)' : ''}${earlyInWords(question)}`,
        ...printAnswer({ question, value: answers[question.id] }).map((text) => `    ${text}`),
        ...(note === undefined || note === '' ? [] : [`    FOR REVIEWERS ONLY: ${note.replaceAll('\n', '\n      ')}`]),
      ];
    }),
  ];
}

function earlyInWords({ early }: Question): string {
  return early === undefined ? '' : ` (early: reviews that open from ${early.bindsFrom} on ask this)`;
}

function verdictsInWords({ verdicts }: Pick<CaseDetails, 'verdicts'>): readonly string[] {
  return verdicts.flatMap(({ level, by, round, answersVersion, at, sections }) => [
    `${shortInstant(at)}  ${level} by ${by}, round ${round}, on version ${answersVersion} of the answers`,
    ...sections.flatMap(({ section: id, verdict, publicReason, internalReason }) =>
      verdict === 'meets' && internalReason === ''
        ? []
        : [
            `    ${id}: ${[`${verdict}.`, publicReason, internalReason === '' ? '' : `(internal: ${internalReason})`].filter(Boolean).join(' ')}`,
          ],
    ),
  ]);
}

function decisionsInWords({ decisions }: Pick<CaseDetails, 'decisions'>): readonly string[] {
  return decisions.flatMap(({ result, round, by, at, reasons }) => [
    `${shortInstant(at)}  ${result}, round ${round}, by ${by}`,
    ...reasons.flatMap(({ section: id, publicReason }) =>
      publicReason === '' ? [] : [`    ${id === undefined ? '' : `${id}: `}${publicReason}`],
    ),
  ]);
}

function rowsInWords({ rows }: Pick<CaseDetails, 'rows'>): readonly string[] {
  return rows.map(({ id, kind, role, at, aside, result, sentence }) => {
    const became = result === null ? (aside ? 'SET ASIDE' : 'waits') : `${result}: ${sentence ?? ''}`;
    return `${shortInstant(at)}  ${id}  ${kind} (${role})  ${became}`;
  });
}

function ledgerInWords({ ledger }: Pick<CaseDetails, 'ledger'>): readonly string[] {
  return ledger.map(({ what, role, at, detail }) => {
    const facts = Object.entries(detail).flatMap(([name, value]) =>
      value === null ? [] : [`${name} ${String(value)}`],
    );
    return `${shortInstant(at)}  ${what.replaceAll('_', ' ')} (${role})${facts.length === 0 ? '' : `: ${facts.join(', ')}`}`;
  });
}

function emailsInWords({ emails }: Pick<CaseDetails, 'emails'>): readonly string[] {
  return emails.map(
    ({ kind, state, reason, at }) =>
      `${shortInstant(at)}  ${kind}: ${state}${reason === null ? '' : ` (${reasonInWords(reason)})`}`,
  );
}
