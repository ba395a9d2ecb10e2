import { printDay } from '../../adapters/dates.js';
import { dayOf } from '../../domain/calendar.js';
import { hasEnded } from '../../domain/agenda.js';
import { takesOffList } from '../../domain/removing.js';
import { sectionTitle, type Standard } from '../../domain/standard.js';
import { nominationsResult } from './nomination-words.js';
import type { FormRecord } from '../../prisma/read-form.js';

/** How a review ended, in words for its owner. */
export function resultWords(record: FormRecord): string {
  const { product, review, decision, removedOn } = record;
  if (review.kind === 'nomination') return nominationsResult(record);
  const privacy = review.kind === 'privacy';
  switch (review.state) {
    case 'approved':
      if (privacy) return `The privacy answers for ${product} are accepted. Its listing does not change.`;
      if (review.about !== undefined) return `${product} meets the Standard. The date of its listing does not change.`;
      return decision === null || decision.validUntil === null
        ? `${product} meets the Standard.`
        : `${product} meets the Standard. Its listing is valid until ${printDay(decision.validUntil)}.`;
    case 'ineligible':
      if (privacy) return `The privacy answers for ${product} do not meet the Standard. Its listing does not change.`;
      return `${product} does not meet the Standard and left the registry.`;
    case 'unanswered':
      if (!takesOffList({ kind: review.kind, result: review.state }))
        return `The review ended without an answer. The listing of ${product} does not change.`;
      return `The review was closed without an answer. ${product} left the registry.`;
    case 'withdrawn':
      return privacy && removedOn === null
        ? 'The review was withdrawn.'
        : `${product} was withdrawn from the registry.`;
    case 'closed_elsewhere':
      return 'The review was closed, because it was answered or decided elsewhere.';
    case 'superseded':
      return 'The annual review opened and took the place of this one. What you saved is filled in there.';
    case 'removed':
      return `${product} was removed from the registry.`;
    case 'abandoned':
      return 'The review was closed.';
    default:
      return 'The review is open.';
  }
}

/** The result of a review that has ended, with the reasons by section. Nothing while it is open. */
export function Result({ record }: { readonly record: FormRecord }) {
  const { review, decision, standard } = record;
  if (!hasEnded(review)) return null;
  const reasons = (decision?.reasons ?? []).filter(({ publicReason }) => publicReason !== '');
  return (
    <section class="panel done" aria-labelledby="result">
      <h2 id="result">The result</h2>
      <p>{resultWords(record)}</p>
      <p>Decided on {printDay(dayOf(decision?.at ?? review.since))}.</p>
      {reasons.length === 0 ? null : (
        <dl class="facts">
          {reasons.map(({ section, verdict, publicReason }) => (
            <div>
              <dt>
                {titleOf(standard, section)}
                {verdict === 'does_not_meet' ? ': does not meet the Standard' : ''}
              </dt>
              <dd class="said">{publicReason}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

/** A review that staff closed has one reason, of no section. */
function titleOf(standard: Standard, section: string | undefined): string {
  return section === undefined ? 'Reason' : sectionTitle(standard, section);
}
