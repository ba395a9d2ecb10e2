import { printShortDay } from '../../adapters/dates.js';
import { printAnswer } from '../../domain/answer-text.js';
import type { FormerKind, Said } from '../../domain/former-record.js';
import { saidAbout } from '../../domain/former-words.js';
import type { Question } from '../../domain/standard.js';
import type { DeskCase } from '../../prisma/read-desk-case.js';
import type { FormerForDesk } from '../../prisma/read-former.js';
import { External } from '../registry/external.js';

/** What older files of the registry tell of the product, with reasons and answers. Who said it is kept nowhere. */
export function Former({ record }: { readonly record: DeskCase }) {
  const { former, asking, product } = record;
  if (former.length === 0) return null;
  return (
    <details>
      <summary>Earlier reviews of {product} and their reasons, from older files</summary>
      <p class="small">
        Nobody here confirmed any of it. Volunteers’ reviews decided nothing; answers to older forms do not say what was
        decided.
      </p>
      {former.map((one) => (
        <FormerPart former={one} questions={asking.standard.questions} />
      ))}
    </details>
  );
}

const KINDS: Readonly<Record<FormerKind, string>> = {
  exclusion: 'List of exclusions',
  excluded: 'Excluded nominee',
  opinion: 'Review by a volunteer',
  screening: 'Answers to indicators 3 to 9 of an older form',
  application: 'Application in the former portal',
  archived: 'Archived nominee',
  nominee: 'Nominee of the old repository',
  summary: 'Summary of the nominee',
};

function FormerPart({
  former,
  questions,
}: {
  readonly former: FormerForDesk;
  readonly questions: readonly Question[];
}) {
  const { kind, source, on, reason, said, answers } = former;
  const given = questions.flatMap((question) => {
    const value = answers[question.id];
    return value === undefined ? [] : [{ question, lines: printAnswer({ question, value }) }];
  });
  return (
    <>
      <h3>
        {KINDS[kind]}
        {kind === 'application' ? ` ${source}` : ''}
        {on === null ? '' : `, ${printShortDay(on)}`}
      </h3>
      {reason === null ? null : <p class="said">{reason}</p>}
      {said.length === 0 ? null : (
        <ul>
          {said.map((one) => (
            <SaidLine said={one} />
          ))}
        </ul>
      )}
      {given.length === 0 ? null : (
        <details>
          <summary>
            Its answers<span class="hidden">: {KINDS[kind]}</span>
          </summary>
          <dl class="facts given">
            {given.map(({ question, lines }) => (
              <div>
                <dt>{question.title}</dt>
                {lines.map((line) => (
                  <dd class="said">
                    <External address={line} />
                  </dd>
                ))}
              </div>
            ))}
          </dl>
        </details>
      )}
    </>
  );
}

function SaidLine({ said: { about, answer, text, confidence } }: { readonly said: Said }) {
  const sure = confidence === null ? '' : ` (confidence ${confidence} of 5)`;
  const asked = saidAbout(about);
  const word = answer === null ? '' : `${asked.endsWith('?') ? ' ' : ': '}${answer.replaceAll('_', ' ')}${sure}`;
  return (
    <li>
      {asked}
      {word}
      {text === null ? '' : '. '}
      {text === null ? null : <span class="said">{text}</span>}
    </li>
  );
}
