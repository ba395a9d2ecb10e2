import type { LinkOwner } from '../activities/outbox.js';
import { COLLEAGUE } from './colleagues.js';
import type { Database } from './database.js';

/** Somebody with a link. */
export interface LinkHolder extends LinkOwner {
  /** A colleague of the owners: fills in and saves, and sends nothing. */
  readonly onlyDrafts: boolean;
}

/** The people of an application whose links count; none if there is no such application. */
export async function linkHolders(database: Database, reference: string): Promise<readonly LinkHolder[]> {
  const found = await database.recipient.findMany({
    where: { applicationId: reference, revokedAt: null },
    orderBy: { id: 'asc' },
  });
  return found.map(({ applicationId, id, linkVersion, address, rank }) => {
    return { applicationId, recipientId: id, linkVersion, address, onlyDrafts: rank === COLLEAGUE };
  });
}

/** A browser's session. */
export interface OpenSession {
  readonly recipientId: number;
  /** What the one-time keys of its forms derive from. */
  readonly form: string;
}

/** A session, with what its link is good for as it now is. */
export interface KnownSession extends OpenSession, Pick<LinkHolder, 'onlyDrafts'> {}

/** Begins the session of a browser. `id` is the SHA-256 of its cookie. */
export async function openSession(
  database: Database,
  { id, recipientId, form, at }: OpenSession & { readonly id: string; readonly at: Date },
): Promise<void> {
  await database.session.create({ data: { id, recipientId, form, createdAt: at } });
}

/** The session of a cookie's SHA-256 for an application; null if it is unknown, ended, or of another one. */
export async function readSession(
  database: Database,
  { id, reference }: { readonly id: string; readonly reference: string },
): Promise<KnownSession | null> {
  const found = await database.session.findFirst({
    where: { id, endedAt: null, recipient: { applicationId: reference, revokedAt: null } },
    include: { recipient: { select: { rank: true } } },
  });
  if (found === null) return null;
  const { recipientId, form, recipient } = found;
  return { recipientId, form, onlyDrafts: recipient.rank === COLLEAGUE };
}
