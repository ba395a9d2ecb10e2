import { nextEntry, openingEntry } from '../domain/agenda.js';
import type { Answers } from '../domain/answers.js';
import { dayOf } from '../domain/calendar.js';
import { factsOfAnswers } from '../domain/facts-of-answers.js';
import { dpgIdOf, nominationOf } from '../domain/nomination.js';
import { slugOf, uniqueSlug } from '../domain/slug.js';
import type { Transaction } from './database.js';
import { columnOfDay } from './day-column.js';
import { json } from './json.js';
import type { Saving } from './save-case.js';

/** What a step of a nomination leaves beside what every case leaves: what is known of its product, its slug, its place. */
export async function saveNomination(saving: Saving): Promise<void> {
  const { before, effects } = saving;
  if (before.record.listing.nominated === undefined) return;
  if (effects.some((effect) => effect.do === 'file_answers')) await writeFacts(saving);
  const slug = effects.some((effect) => effect.do === 'give_slug') ? await giveSlug(saving) : before.slug;
  if (effects.some((effect) => effect.do === 'list_product')) await listProduct(saving, slug);
}

/** What the newest answers say of the product. */
async function writeFacts({ transaction, before }: Saving): Promise<void> {
  const newest = await transaction.answerSet.findFirst({ where: { slug: before.slug }, orderBy: { id: 'desc' } });
  // Parsed by domain/questionnaire.ts before they were written.
  const { name, facts, ...plain } = factsOfAnswers((newest?.answers ?? {}) as Answers);
  const { usesClosedComponents, ...handling } = facts;
  await transaction.listing.update({
    where: { slug: before.slug },
    data: {
      ...(name === null ? {} : { name }),
      description: plain.description,
      website: plain.website,
      repositories: [...plain.repositories],
      licences: [...plain.licences],
      sdgs: [...plain.sdgs],
      types: [...plain.types],
      ...handling,
      closedComponents: usesClosedComponents,
    },
  });
}

/**
 * Gives the product the slug that it keeps, also if it is then refused: of its name, or of its reference if that has no
 * Latin letter. Whoever nominates the same one again gets another, since an address that was given leads to one thing.
 */
async function giveSlug({ transaction, before }: Saving): Promise<string> {
  const { name } = await transaction.listing.findUniqueOrThrow({ where: { slug: before.slug } });
  const others = await transaction.listing.findMany({ where: { NOT: { slug: before.slug } }, select: { slug: true } });
  const taken = new Set(others.map((one) => one.slug));
  const slug = slugOf(name) === '' ? before.slug : uniqueSlug({ name, dpgId: idFor(before), taken });
  if (slug !== before.slug) await rename(transaction, before.slug, slug);
  return slug;
}

/** The DPG id that the product has once it is listed. */
function idFor({ record }: Saving['before']): string {
  return dpgIdOf(nominationOf(record.id) ?? '');
}

async function rename(transaction: Transaction, from: string, to: string): Promise<void> {
  const change = { where: { slug: from }, data: { slug: to } };
  // Contacts and answers go with the product: the database sees to it.
  await transaction.listing.update(change);
  await transaction.application.updateMany(change);
  await transaction.case.updateMany(change);
  await transaction.reviewerConflict.updateMany(change);
}

/** The product comes onto the list, and has a case of its own, asleep until its next review: the relay finds it. */
async function listProduct({ transaction, before, after }: Saving, slug: string): Promise<void> {
  const firstListedOn = columnOfDay(dayOf(before.facts.now));
  await transaction.listing.update({ where: { slug }, data: { firstListedOn, dpgId: idFor(before) } });
  const agenda = [openingEntry(after.listing) ?? []].flat();
  const next = nextEntry(agenda);
  const nextDueAt = next === null ? null : new Date(next.due);
  await transaction.case.create({
    data: { id: `dpg/${slug}`, slug, workflow: 'certification', revision: 0, agenda: json(agenda), nextDueAt },
  });
  await transaction.$executeRaw`select pg_notify('rows', ${`dpg/${slug}`})`;
}
