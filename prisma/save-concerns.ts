import type { Effect } from '../domain/effect.js';
import type { Review } from '../domain/case.js';
import { queueConcernEmail } from './concerns.js';
import { publicReasonOf } from './event-of-row.js';
import type { Saving } from './save-case.js';

type ConcernEffect = Extract<Effect, { do: 'concern_is' | 'take_concerns' | 'tell_of_end' }>;

/** Whether an effect is about concerns. */
export function isOfConcerns(effect: Effect): effect is ConcernEffect {
  return effect.do === 'concern_is' || effect.do === 'take_concerns' || effect.do === 'tell_of_end';
}

/** Carries out what a step does about concerns; `review`: the newest one of the product, if there is one. */
export async function saveConcerns(saving: Saving, review: Review | null, effect: ConcernEffect): Promise<void> {
  const { transaction, before } = saving;
  switch (effect.do) {
    case 'concern_is':
      return answer(saving, review, effect);
    case 'take_concerns':
      await transaction.concern.updateMany({
        where: { slug: before.slug, stage: 'accepted', applicationId: null },
        data: { applicationId: review?.reference ?? null },
      });
      return;
    case 'tell_of_end':
      return tellOfEnd(saving, review, effect);
  }
}

async function answer(
  { transaction, before, row }: Saving,
  review: Review | null,
  { concern: id, stage, here }: Extract<ConcernEffect, { do: 'concern_is' }>,
): Promise<void> {
  const at = new Date(before.facts.now);
  const said = publicReasonOf(row?.body);
  await transaction.concern.updateMany({
    where: { id },
    data: {
      ...{ stage, stageAt: at, answer: said },
      ...(stage === 'ended' ? { result: 'left' } : {}),
      ...(here === true ? { applicationId: review?.reference ?? null } : {}),
    },
  });
  if ((await transaction.concern.count({ where: { id } })) === 0) return;
  const askedBy = `row:${row?.id ?? ''}`;
  await (stage === 'ended'
    ? queueConcernEmail(transaction, { id, kind: 'concern_ended', askedBy, facts: { result: 'left' }, at })
    : queueConcernEmail(transaction, { id, kind: 'concern_answered', askedBy, facts: { answer: stage }, at }));
}

/** An appeal or a reopened review can end once more, and is told once more. */
async function tellOfEnd(
  { transaction, before }: Saving,
  review: Review | null,
  { result, left }: Extract<ConcernEffect, { do: 'tell_of_end' }>,
): Promise<void> {
  const stageAt = new Date(before.facts.now);
  const applicationId = review?.reference ?? '';
  const ends = await transaction.decision.count({ where: { applicationId } });
  const asked = { applicationId };
  const others = { slug: before.slug, applicationId: null, stage: { in: ['waiting', 'asked', 'accepted'] } };
  await end(asked, review?.about === undefined ? 'left' : result);
  if (left) await end(others, 'left');

  async function end(where: object, how: string): Promise<void> {
    const found = await transaction.concern.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } });
    await transaction.concern.updateMany({ where, data: { stage: 'ended', stageAt, result: how } });
    const askedBy = `${applicationId}:end ${ends}`;
    for (const { id } of found) {
      const email = { id, kind: 'concern_ended', askedBy, facts: { result: how }, at: stageAt } as const;
      await queueConcernEmail(transaction, email);
    }
  }
}
