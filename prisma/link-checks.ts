import { createHash } from 'node:crypto';
import type { LinkRecords } from '../activities/links.js';
import type { Answers } from '../domain/answers.js';
import { isLinkDue, linksOf, type LinkCheck, type LinkFound, type LinkOwnerKind } from '../domain/link-check.js';
import { readClock } from './case-time.js';
import type { Database } from './database.js';
import type { LinkCheckModel } from './generated/models.js';
import { readListedAnswers } from './read-listed-answers.js';

/** Reviews whose answers are read together. */
const AT_ONCE = 200;
/** Rows that are deleted together. */
const DELETED_AT_ONCE = 1_000;

/** What looking at links asks of the records. */
export function linkRecords(database: Database): LinkRecords {
  return {
    due: (ask) => dueLinks(database, ask),
    record: (looked) => recordLook(database, looked),
  };
}

/** The newest looks at some links, by address; links that nobody looked at are absent. */
export async function readLinkChecks(
  database: Database,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, LinkCheck>> {
  const found = await database.linkCheck.findMany({ where: { id: { in: addresses.map(idOf) } } });
  return new Map(found.map((row) => [row.address, checkOf(row)]));
}

function checkOf({ address, result, because, status, leadsTo, since, checkedAt }: LinkCheckModel): LinkCheck {
  return {
    address,
    // Words that only recordLook writes.
    result: result as LinkFound['result'],
    because: because as LinkFound['because'],
    ...{ status, leadsTo, since: since.toISOString(), checkedAt: checkedAt.toISOString() },
  };
}

async function dueLinks(
  database: Database,
  { real, mostOfListed }: Parameters<LinkRecords['due']>[0],
): Promise<readonly string[]> {
  const wanted = await wantedLinks(database);
  const known = await database.linkCheck.findMany({ select: { id: true, address: true, lookedAt: true } });
  await forget(
    database,
    known.flatMap(({ id, address }) => (wanted.has(address) ? [] : [id])),
  );
  const before = new Map(known.map(({ address, lookedAt }) => [address, lookedAt.getTime()]));
  const due = [...wanted].filter(([address, of]) => isLinkDue({ of, before: before.get(address) ?? null, real }));
  const open = due.filter(([, of]) => of === 'open');
  const listed = due.filter(([, of]) => of === 'listed').slice(0, mostOfListed);
  return [...open, ...listed].map(([address]) => address);
}

/** Every link that an answer names which is before a reviewer or public, and whose it is. */
async function wantedLinks(database: Database): Promise<ReadonlyMap<string, LinkOwnerKind>> {
  const wanted = new Map<string, LinkOwnerKind>();
  const { products } = await readListedAnswers(database);
  for (const { answers } of products) for (const link of linksOf(answers)) wanted.set(link, 'listed');
  let after = '';
  for (;;) {
    const open = await database.application.findMany({
      where: { open: true, id: { gt: after } },
      select: { id: true, answerSets: { orderBy: { id: 'desc' }, take: 1, select: { answers: true } } },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
    });
    for (const { answerSets } of open) {
      // Parsed by domain/questionnaire.ts before they were written.
      for (const { answers } of answerSets) for (const link of linksOf(answers as Answers)) wanted.set(link, 'open');
    }
    const last = open.at(-1);
    if (last === undefined) return wanted;
    after = last.id;
  }
}

async function forget(database: Database, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += DELETED_AT_ONCE) {
    await database.linkCheck.deleteMany({ where: { id: { in: ids.slice(at, at + DELETED_AT_ONCE) } } });
  }
}

/** One statement, for it runs beside the sender: a finding that stays keeps the time since when it is so. */
async function recordLook(
  database: Database,
  { address, found, real }: Parameters<LinkRecords['record']>[0],
): Promise<void> {
  const { now } = await readClock(database);
  const { result, because, status, leadsTo } = found;
  const [at, looked] = [new Date(now), new Date(real)];
  await database.$executeRaw`
    insert into "LinkCheck" as known
      (id, address, result, because, status, "leadsTo", since, "checkedAt", "lookedAt")
    values (${idOf(address)}, ${address}, ${result}, ${because}, ${status}, ${leadsTo}, ${at}, ${at}, ${looked})
    on conflict (id) do update set
      since = case
        when known.result = excluded.result and known."leadsTo" is not distinct from excluded."leadsTo"
        then known.since else excluded.since end,
      (result, because, status, "leadsTo", "checkedAt", "lookedAt") =
        (excluded.result, excluded.because, excluded.status, excluded."leadsTo", excluded."checkedAt", excluded."lookedAt")`;
}

function idOf(address: string): string {
  return createHash('sha256').update(address).digest('hex');
}
