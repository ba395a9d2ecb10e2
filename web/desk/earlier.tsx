import { printShortDay } from '../../adapters/dates.js';
import { ENDED } from '../../domain/case.js';
import { kindInWords, resultInWords } from '../../domain/public-words.js';
import { sectionTitle, type Standard } from '../../domain/standard.js';
import type { DeskCase } from '../../prisma/read-desk-case.js';
import { Moment } from '../moment.js';
import type { Staff } from './session.js';
import { SEATS } from './words.js';

/** What was said of this review before, and of the product in earlier ones. A second reviewer who must agree reads it later. */
export function Earlier({ record, staff }: { readonly record: DeskCase; readonly staff: Staff }) {
  const { review, verdicts, reviews, appeal } = record;
  const own = verdicts.some(({ by, forWhom }) => by === staff.person.id || forWhom === staff.person.id);
  // Whatever else goes on meanwhile; an appeal is heard by who reads all of it.
  const goesOn = !ENDED.includes(review.state) && appeal === null;
  const blind = review.policy.rule === 'both_agree' && !own && goesOn;
  return (
    <>
      {verdicts.length === 0 ? null : (
        <details>
          <summary>What reviewers said in this review</summary>
          {blind ? (
            <p>You see the first reviewer’s verdict when you have given your own.</p>
          ) : (
            verdicts.map(({ level, by, forWhom, at, sections }) => (
              <>
                <h3>
                  {level === 'l1' ? SEATS.l1 : level === 'l2' ? SEATS.l2 : SEATS.appeal}: {by}
                  {forWhom === null ? '' : ` for ${forWhom}`}, <Moment at={at} />
                </h3>
                <Reasons standard={record.asking.standard} sections={sections} />
              </>
            ))
          )}
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
