import type { Context } from 'hono';
import { posted, type FormFields } from '../../domain/answer-form.js';
import { isTaken } from '../../domain/reviewer-guards.js';
import { seatsOf } from '../../domain/seats.js';
import { readDesk, type Desk } from '../../prisma/read-desk.js';
import { readDeskCase } from '../../prisma/read-desk-case.js';
import type { WebContext } from '../context.js';
import { oneTime } from '../one-time.js';
import { answered, back, outcomeOf, rowOfAct } from './rows.js';
import type { Staff } from './session.js';

/** So many cases are tried, each by a row of its own, where others are faster. */
const TRIES = 3;

/** The one-time key of the button that takes the next case: another one once the person has done something. */
export function keyOfNext({ form }: Staff, { newestRow }: Pick<Desk, 'newestRow'>): string {
  return oneTime(form, 'next', newestRow);
}

/** Takes the first of the pool that nobody else took meanwhile. Posted again it tells what became of the first post. */
export async function takeNext(
  context: WebContext,
  request: Context,
  staff: Staff,
  form: FormFields,
): Promise<Response> {
  const { id: person, address } = staff.person;
  const desk = await readDesk(context.database, { person, address, seats: seatsOf(staff.roles) });
  const of = posted(form, 'key') || keyOfNext(staff, desk);
  const keys = Array.from({ length: TRIES }, (_, nth) => oneTime(of, 'next', person, nth));
  const before = await toldBefore(context, request, keys);
  if (before !== null) return before;
  for (const [nth, key] of keys.entries()) {
    const reference = desk.pool[nth]?.reference ?? '';
    const record = await readDeskCase(context.database, { reference, standards: context.standards });
    if (record === null) continue;
    const said = await answered(context, { ...rowOfAct({ staff, record, act: 'claim', form: {} }), key });
    if (said.result === 'accepted') return back(request, `/desk/${reference}`, said);
    // The same form came twice at once, and this post saw another pool.
    if (said.id === null) return (await toldBefore(context, request, keys)) ?? back(request, '/desk', said);
    // Somebody else was faster: the next one, then. Whatever else stands in the way does so for all of them.
    if (await isFree(context, reference)) return back(request, '/desk', said);
  }
  return request.redirect('/desk?note=nothing', 303);
}

/** What became of the newest row of some keys; null: there is none yet. */
async function toldBefore(context: WebContext, request: Context, keys: readonly string[]): Promise<Response | null> {
  const row = await context.database.submission.findFirst({
    where: { key: { in: [...keys] } },
    orderBy: { id: 'desc' },
    select: { id: true, applicationId: true },
  });
  if (row === null) return null;
  const said = await outcomeOf(context, row.id);
  const reference = row.applicationId ?? '';
  const record = await readDeskCase(context.database, { reference, standards: context.standards });
  if (said.result !== 'accepted' || record === null) return back(request, '/desk', said);
  const path = `/desk/${reference}`;
  return row.id < record.newestRow ? request.redirect(`${path}?note=before`, 303) : back(request, path, said);
}

async function isFree({ database, standards }: WebContext, reference: string): Promise<boolean> {
  const record = await readDeskCase(database, { reference, standards });
  return record !== null && !isTaken(record.review, record.standIn);
}
