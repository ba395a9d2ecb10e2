import type { LinkOwner } from '../activities/outbox.js';
import type { Database } from './database.js';

/** The people of an application whose links count; none if there is no such application. */
export async function linkHolders(database: Database, reference: string): Promise<readonly LinkOwner[]> {
  const found = await database.recipient.findMany({
    where: { applicationId: reference, revokedAt: null },
    orderBy: { id: 'asc' },
  });
  return found.map(({ applicationId, id, linkVersion, address }) => {
    return { applicationId, recipientId: id, linkVersion, address };
  });
}

/** A browser's session. */
export interface OpenSession {
  readonly recipientId: number;
  /** What the one-time keys of its forms derive from. */
  readonly form: string;
}

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
): Promise<OpenSession | null> {
  const found = await database.session.findFirst({
    where: { id, endedAt: null, recipient: { applicationId: reference, revokedAt: null } },
  });
  return found === null ? null : { recipientId: found.recipientId, form: found.form };
}
