import { randomUUID } from 'node:crypto';
import type { Handed } from '../../activities/outbox.js';
import { recordHandOver } from '../../prisma/outbox-record.js';
import { appendSubmission } from '../../prisma/append.js';
import { saveContacts } from '../../prisma/contacts.js';
import { json } from '../../prisma/json.js';
import { isRow, onward, rowOf, wantsLink, type Act } from './acts.js';
import type { Engine } from './engine.js';
import type { KeptCase } from './kept-case.js';

/** Does one thing, in the database and in the kept case alike. */
export async function perform(engine: Engine, caseId: string, act: Act): Promise<void> {
  const kept = engine.kept.get(caseId);
  if (kept === undefined) return;
  const { database } = engine.home;
  if (isRow(act)) {
    if (wantsLink(kept, act)) return;
    const row = rowOf(kept, act, randomUUID());
    await appendSubmission(database, row);
    const writer = row.role === 'owner' && row.kind !== 'new_link' ? Number(row.actor) : null;
    const reached = kept.recipients.find(({ id, reference }) => id === writer && reference === row.applicationId);
    if (reached !== undefined) reached.refused = false;
    return;
  }
  if (act.is === 'onward') return perform(engine, caseId, onward(kept, act.word));
  if (act.is === 'mail') return takeMail(engine, kept, act);
  if (act.is === 'draft') return typeSomething(engine, kept);
  const { slug } = kept.record.listing;
  const contacts = act.who.map((name, index) => ({
    ...{ slug, rank: index === 0 ? ('primary' as const) : ('alternate' as const), name, language: 'en', country: null },
    address: `${name}@${slug}.example`,
  }));
  kept.contacts = contacts.map(({ address, rank }) => ({ address, rank }));
  await saveContacts(database, { contacts, actor: 'fatou' });
}

/** The mail server takes, refuses or swallows what is due; the case hears of it as the sender would tell it. */
async function takeMail(engine: Engine, kept: KeptCase, { says, all }: Extract<Act, { is: 'mail' }>): Promise<void> {
  const { database } = engine.home;
  const now = await engine.now();
  const due = kept.emails.filter(({ state, dueAt }) => state === 'queued' && dueAt <= now);
  for (const email of all ? due : due.slice(0, 1)) {
    const { turn } = kept.record.review ?? {};
    const deadline = email.turn !== null && email.turn === turn?.number ? turn.deadline : null;
    const { id } = await database.email.update({
      where: { key: email.key },
      data: { state: 'handing_over', token: 'mine', deadline: deadline === null ? null : new Date(deadline) },
    });
    await recordHandOver(database, { id, token: 'mine', handed: handedOf(says), real: Date.now(), notBefore: null });
    email.deadline = deadline;
    email.state = says === 'accepted' ? 'sent' : says;
    const recipient = kept.recipients.find((one) => one.id === email.to);
    if (recipient !== undefined && says !== 'unknown') recipient.refused = says === 'refused';
  }
}

function handedOf(says: 'accepted' | 'refused' | 'unknown'): Handed {
  return says === 'refused' ? { is: says, because: 'address_refused' } : { is: says };
}

/** The owner types an answer and does not send it. */
async function typeSomething({ home, now }: Engine, { record, drafts }: KeptCase): Promise<void> {
  const { review } = record;
  if (review === null || review.turn === null || review.state !== review.turn.of) return;
  const { reference, turn } = review;
  const saved = { form: json({ laws: 'typed' }), turn: turn.number, savedAt: new Date(await now()) };
  await home.database.draft.upsert({
    where: { applicationId_field: { applicationId: reference, field: 'laws' } },
    create: { applicationId: reference, field: 'laws', version: 1, ...saved },
    update: saved,
  });
  drafts.set(reference, (drafts.get(reference) ?? new Map<string, number>()).set('laws', turn.number));
}
