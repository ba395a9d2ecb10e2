import type { CheckParts, Looked } from './check.js';

/**
 * Link scanners changed nothing: as many sessions began as people pressed the button of a link, and every use of a
 * link that is on record belongs to a session. Tried: requests of scanners.
 */
export async function lookAtScanners({ database, tried }: Pick<CheckParts, 'database' | 'tried'>): Promise<Looked> {
  // Whoever presses once more because no page came may have been let in by the first press.
  const entered = (tried['entered'] ?? 0) + (tried['pressedAgain'] ?? 0);
  const sessions = await database.session.findMany({ select: { recipientId: true, createdAt: true } });
  const uses = await database.submission.findMany({ where: { kind: 'link_used' }, orderBy: { id: 'asc' } });
  const drafts = await database.draft.findMany({ where: { recipientId: { not: null } } });
  const hasSession = (recipient: number, at: Date) =>
    sessions.some(({ recipientId, createdAt }) => recipientId === recipient && createdAt <= at);
  return {
    tried: tried['scanner'] ?? 0,
    problems: [
      ...(sessions.length > entered ? [`${sessions.length} sessions began, and people entered ${entered} times`] : []),
      ...uses
        .filter(({ actor, at }) => !hasSession(Number(actor), at))
        .map(({ id }) => `row ${id} says that a link was used, and nobody came in by it`),
      ...drafts
        .filter(({ recipientId, savedAt }) => !hasSession(recipientId ?? 0, savedAt))
        .map(({ applicationId, field }) => `${applicationId}: a draft of ${field} was saved, and nobody had come in`),
    ],
    found: `${tried['scanner'] ?? 0} requests of scanners; ${sessions.length} sessions began, all by people`,
  };
}
