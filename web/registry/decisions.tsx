import { printDay } from '../../adapters/dates.js';
import { dayOf } from '../../domain/calendar.js';
import type { SectionWord } from '../../domain/case.js';
import { resultInWords } from '../../domain/public-words.js';
import { sectionTitle, type Standard } from '../../domain/standard.js';
import type { PublicDecision, PublicReason } from '../../prisma/read-published.js';

const verdicts: Readonly<Record<SectionWord, string>> = {
  meets: 'meets the Standard',
  clarify: 'needs clarification',
  does_not_meet: 'does not meet the Standard',
};

/** A decision with its public reasons; never who made it. */
export function Decision({ standard, decision }: { readonly standard: Standard; readonly decision: PublicDecision }) {
  const { result, at, validUntil, reasons } = decision;
  const spoken = reasons.filter(({ reason, verdict }) => reason !== '' || verdict === 'does_not_meet');
  const silent = reasons.filter((one) => !spoken.includes(one) && one.verdict === 'meets');
  return (
    <div class="inset">
      <p>
        <strong>{resultInWords(result)}</strong>, {printDay(dayOf(at))}
        {validUntil === null ? '' : `. The listing is valid until ${printDay(validUntil)}.`}
      </p>
      {spoken.length === 0 ? null : (
        <dl class="facts given">
          {spoken.map((reason) => (
            <Reason standard={standard} reason={reason} />
          ))}
        </dl>
      )}
      {silent.length === 0 ? null : (
        <p class="small">
          {silent.length === 1 ? '1 section meets' : `${silent.length} sections meet`} the Standard
          {spoken.length === 0 ? '.' : ' without remarks.'}
        </p>
      )}
    </div>
  );
}

interface ReasonProps {
  readonly standard: Standard;
  readonly reason: PublicReason;
}

function Reason({ standard, reason: { section, verdict, reason } }: ReasonProps) {
  return (
    <div>
      <dt>
        {section === null ? 'Reason' : sectionTitle(standard, section)}
        {verdict === null ? '' : `: ${verdicts[verdict] ?? verdict}`}
      </dt>
      <dd class="said">{reason === '' ? 'No reason is on record.' : reason}</dd>
    </div>
  );
}
