import { instant } from '../../../domain/calendar.js';
import { realTime, type Clock } from '../../../domain/clock.js';
import { readClock } from '../../../prisma/case-time.js';
import type { Database } from '../../../prisma/database.js';
import type { Attempt } from '../trespass.js';
import { groupedBy } from './case-story.js';
import type { Looked } from './check.js';

/** A row that had an effect, with who wrote it as what. */
interface Act {
  readonly id: number;
  readonly kind: string;
  readonly role: string;
  readonly actor: string;
  readonly applicationId: string | null;
  readonly slug: string | null;
  readonly at: Date;
}

const OF_STAFF: readonly string[] = ['l1', 'l2', 'secretariat', 'expert'];

/**
 * Nobody acted beyond their rights: whoever wrote a row that had an effect had its role at that moment, by what was
 * recorded of the staff's roles; owners wrote on their own review while their link was good; nobody judged a product
 * after a conflict of interest, nor at both levels; nobody heard an appeal in a review in which they had given a verdict,
 * or a deputy had for them; no deputy decided for somebody who was back; no advice counts as in time that came after its
 * question was closed; and what was tried without the right was refused and changed nothing.
 */
export async function lookAtRights({
  database,
  attempts,
}: {
  readonly database: Database;
  readonly attempts: readonly Attempt[];
}): Promise<Looked> {
  const acts = await actsOf(database);
  const { clock } = await database.$transaction(readClock);
  const heard = await appealsHeard(database);
  const problems = [
    ...(await beyondRoles(database, clock, acts)),
    ...(await beyondLinks(database, acts)),
    ...(await inConflict(database, acts)),
    ...(await atBothLevels(database)),
    ...heard.problems,
    ...(await afterReturn(database, clock, acts)),
    ...(await afterClosing(database)),
    ...(attempts.length === 0 ? ['nobody tried anything without the right to'] : []),
    ...attempts.filter(({ refused }) => !refused).map(({ what }) => `${what}: it was not refused`),
    ...attempts.filter(({ changed }) => changed).map(({ what }) => `${what}: something changed`),
  ];
  return {
    tried: acts.length + attempts.length,
    problems,
    found:
      `${acts.length} acts, each by somebody who had the right then; ${attempts.length} attempts without it, all refused; ` +
      `${heard.count} appeals heard by others than decided`,
  };
}

async function actsOf(database: Database): Promise<readonly Act[]> {
  const rows = await database.submission.findMany({
    where: { role: { in: [...OF_STAFF, 'owner'] }, outcome: { result: { in: ['accepted', 'joined'] } } },
    include: { case: { select: { slug: true } } },
    orderBy: { id: 'asc' },
  });
  return rows.map(({ case: { slug }, ...row }) => ({ ...row, slug }));
}

async function beyondRoles(database: Database, clock: Clock, acts: readonly Act[]): Promise<readonly string[]> {
  const changes = await database.staffChange.findMany({ orderBy: { id: 'asc' } });
  const byPerson = groupedBy(changes, ({ personId }) => personId);
  return acts
    .filter(({ role }) => OF_STAFF.includes(role))
    .flatMap(({ id, kind, role, actor, at }) => {
      const real = realTime(clock, instant(at.getTime()));
      const had = byPerson.get(actor)?.findLast((change) => change.at.getTime() <= real)?.roles ?? [];
      return had.includes(role) ? [] : [`row ${id} (${kind}) is by ${actor} as ${role}, who was not that then`];
    });
}

/** Whoever asks for a new link, or confirms an address, has none yet. */
async function beyondLinks(database: Database, acts: readonly Act[]): Promise<readonly string[]> {
  const recipients = await database.recipient.findMany({ select: { id: true, applicationId: true, revokedAt: true } });
  const byId = new Map(recipients.map((recipient) => [String(recipient.id), recipient]));
  return acts
    .filter(({ role, kind }) => role === 'owner' && kind !== 'new_link' && kind !== 'nominate')
    .flatMap(({ id, kind, actor, applicationId, at }) => {
      const person = byId.get(actor);
      const own = person !== undefined && person.applicationId === applicationId;
      const good = own && (person.revokedAt === null || person.revokedAt >= at);
      return good ? [] : [`row ${id} (${kind}) is by an owner whose link was not good for that then`];
    });
}

async function inConflict(database: Database, acts: readonly Act[]): Promise<readonly string[]> {
  const conflicts = await database.reviewerConflict.findMany();
  return acts
    .filter(({ kind }) => kind === 'claim' || kind === 'verdict')
    .flatMap(({ id, kind, actor, slug, at }) => {
      const known = conflicts.find((one) => one.reviewer === actor && one.slug === slug);
      return known !== undefined && known.at < at ? [`row ${id} (${kind}) came after a conflict of interest`] : [];
    });
}

async function atBothLevels(database: Database): Promise<readonly string[]> {
  const verdicts = await database.verdict.findMany({ where: { undoneAt: null, level: { not: 'appeal' } } });
  const byPerson = groupedBy(verdicts, ({ applicationId, by }) => `${applicationId}: ${by}`);
  return [...byPerson]
    .filter(([, ones]) => new Set(ones.map(({ level }) => level)).size > 1)
    .map(([who]) => `${who} decided at both levels`);
}

/** Verdicts of deputies that were sent when whoever had the case was here: back before their days were over, or never away. */
async function afterReturn(database: Database, clock: Clock, acts: readonly Act[]): Promise<readonly string[]> {
  const changes = await database.staffChange.findMany({
    where: { what: { in: ['away', 'returned'] } },
    orderBy: { id: 'asc' },
  });
  const verdicts = await database.verdict.findMany({ where: { forWhom: { not: null } } });
  return verdicts.flatMap(({ applicationId, by, forWhom, at }) => {
    const sent = acts.findLast(
      (act) => act.kind === 'verdict' && act.actor === by && act.applicationId === applicationId && act.at <= at,
    );
    const real = realTime(clock, instant((sent?.at ?? at).getTime()));
    const last = changes.findLast((change) => change.personId === forWhom && change.at.getTime() <= real);
    return last?.what === 'away' ? [] : [`${applicationId}: ${by} decided for ${forWhom ?? ''}, who was here`];
  });
}

/** Advice that came when its question was closed, as one is that was called off, and is not shown as late. */
async function afterClosing(database: Database): Promise<readonly string[]> {
  const found = await database.advice.findMany({
    where: { late: false, answeredAt: { not: null } },
    include: { consultation: { select: { applicationId: true, endedAt: true } } },
  });
  return found
    .filter(
      ({ answeredAt, consultation: { endedAt } }) => answeredAt !== null && endedAt !== null && answeredAt > endedAt,
    )
    .map(({ consultation }) => `${consultation.applicationId}: advice on a question that was closed counts as in time`);
}

/** Verdicts on appeals, and which of them somebody gave who had decided before: a verdict that was undone counts too. */
async function appealsHeard(
  database: Database,
): Promise<{ readonly count: number; readonly problems: readonly string[] }> {
  const heard = await database.verdict.findMany({ where: { level: 'appeal' } });
  const references = heard.map(({ applicationId }) => applicationId);
  const judged = await database.verdict.findMany({
    where: { applicationId: { in: references }, level: { not: 'appeal' } },
  });
  const problems = heard.flatMap(({ applicationId, by, forWhom }) => {
    const own = judged.filter((verdict) => verdict.applicationId === applicationId);
    const deciders = new Set(own.flatMap((verdict) => [verdict.by, verdict.forWhom]));
    const twice = [by, forWhom].find((one) => one !== null && deciders.has(one));
    return twice === undefined ? [] : [`${applicationId}: the appeal was heard by ${twice ?? ''}, who had decided`];
  });
  return { count: heard.length, problems };
}
