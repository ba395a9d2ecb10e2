import { printShortDay } from '../../adapters/dates.js';
import { kindInWords, resultInWords } from '../../domain/public-words.js';
import { isBlind } from '../../domain/reviewer-guards.js';
import { sectionTitle, type Standard } from '../../domain/standard.js';
import type { DeskCase } from '../../prisma/read-desk-case.js';
import { Moment } from '../moment.js';
import type { Staff } from './session.js';
import { SEATS } from './words.js';

/** What was said of this review before, and of the product in earlier ones. A second reviewer who must agree reads it later. */
export function Earlier({ record, staff }: { readonly record: DeskCase; readonly staff: Staff }) {
  const { review, verdicts, reviews } = record;
  const { id } = staff.person;
  const shown = isBlind(review, id) ? verdicts.filter(({ by, forWhom }) => by === id || forWhom === id) : verdicts;
  return (
    <>
      {verdicts.length === 0 ? null : (
        <details>
          <summary>What reviewers said in this review</summary>
          {shown.length === verdicts.length ? null : (
            <p>
              You see the first reviewer’s verdict when you have given your own
              {shown.length === 0 ? '' : ', and it can no longer be undone'}.
            </p>
          )}
          {shown.map(({ level, by, forWhom, at, sections }) => (
            <>
              <h3>
                {level === 'l1' ? SEATS.l1 : level === 'l2' ? SEATS.l2 : SEATS.appeal}: {by}
                {forWhom === null ? '' : ` for ${forWhom}`}, <Moment at={at} />
              </h3>
              <Reasons standard={record.asking.standard} sections={sections} />
            </>
          ))}
        </details>
      )}
      {reviews.length === 0 ? null : (
        <details>
          <summary>Earlier decisions on {record.product}</summary>
          {reviews.map(({ reference, kind, result, on, reasons }) => (
            <>
              <h3>
                {kindInWords(kind)} {reference}, {printShortDay(on)}: {resultInWords(result)}
              </h3>
              <Reasons standard={record.asking.standard} sections={reasons} />
            </>
          ))}
        </details>
      )}
    </>
  );
}

const WORDS: Readonly<Record<string, string>> = {
  meets: 'meets',
  clarify: 'needs clarification',
  does_not_meet: 'does not meet',
};

function Reasons({
  standard,
  sections,
}: {
  readonly standard: Standard;
  readonly sections: readonly {
    readonly section?: string;
    readonly verdict?: string;
    readonly publicReason: string;
    readonly noteToOwner?: string;
    readonly internalReason?: string;
  }[];
}) {
  const told = sections.filter(
    ({ verdict, publicReason, internalReason = '' }) =>
      verdict !== 'meets' || publicReason !== '' || internalReason !== '',
  );
  if (told.length === 0) return <p>Every section meets the Standard; nothing was added.</p>;
  return (
    <ul>
      {told.map(({ section, verdict = '', publicReason, noteToOwner = '', internalReason = '' }) => (
        <li>
          {section === undefined ? '' : `${sectionTitle(standard, section)}: ${WORDS[verdict] ?? verdict}. `}
          <span class="said">{publicReason}</span>
          {noteToOwner === '' ? null : <p class="said">To the owner: {noteToOwner}</p>}
          {internalReason === '' ? null : <p class="said">Internal: {internalReason}</p>}
        </li>
      ))}
    </ul>
  );
}
