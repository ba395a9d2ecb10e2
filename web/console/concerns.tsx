import { printDay } from '../../adapters/dates.js';
import { dayOf } from '../../domain/calendar.js';
import { concernsEnd, type ConcernStage } from '../../domain/concern.js';
import type { Concern } from '../../prisma/concerns.js';
import { ConcernText } from '../concern/text.js';
import type { Staff } from '../desk/session.js';
import { formOf, type ActForm } from './act-forms.js';
import { idOf } from './act.js';
import { ActFormOf, type Untaken } from './acts.js';
import { mayUse } from './frame.js';
import type { ProductFacts } from './product-facts.js';

interface ConcernsProps {
  readonly facts: ProductFacts;
  readonly staff: Staff;
  readonly untaken: Untaken | null;
}

const THEY_READ = 'Whoever raised the concern reads it.';

/** The concerns that wait for staff, each with the ways to answer it. */
export function ConcernsWaiting(props: ConcernsProps) {
  return <ToAnswer {...props} stage="waiting" />;
}

/** The concerns whose authors are asked for details: if these do not answer, staff decide all the same. */
export function ConcernsAsked(props: ConcernsProps) {
  if (!props.facts.concerns.some(({ stage }) => stage === 'asked')) return null;
  return (
    <section aria-labelledby="asked-concerns">
      <h2 id="asked-concerns">Concerns whose authors are asked for details</h2>
      <p>They come back to you when their authors answer. You can decide before that, or ask again.</p>
      <ToAnswer {...props} stage="asked" />
    </section>
  );
}

function ToAnswer({ facts, staff, untaken, stage }: ConcernsProps & { readonly stage: ConcernStage }) {
  const may = mayUse(staff, 'POST /console/products/:slug/act');
  return (
    <>
      {facts.concerns
        .filter((concern) => concern.stage === stage)
        .map((concern) => (
          <section aria-label={`Concern of ${dayInWords(concern)}`}>
            <h3>Concern of {dayInWords(concern)}</h3>
            <ConcernText concern={concern} standard={facts.standard} />
            {concern.unreached ? (
              <p>Its author cannot be asked: the mail server refused the email. Accept or reject it without.</p>
            ) : null}
            {stage === 'asked' ? <Answered concern={concern} /> : null}
            {(may ? actsOn(concern) : []).map((act) => (
              <details open={untaken !== null && idOf(untaken.form) === act.id}>
                <summary>{act.title}</summary>
                <ActFormOf {...{ facts, staff, untaken, act }} first={false} />
              </details>
            ))}
          </section>
        ))}
    </>
  );
}

function Answered({ concern: { answer } }: { readonly concern: Concern }) {
  if (answer === null) return null;
  return (
    <>
      <p>Staff answered:</p>
      <p class="inset said">{answer}</p>
    </>
  );
}

/** The concerns that staff decided about. */
export function OtherConcerns({ facts }: Pick<ConcernsProps, 'facts'>) {
  const others = facts.concerns.filter(({ stage }) => stage !== 'waiting' && stage !== 'asked');
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="concerns">
      <h2 id="concerns">Concerns that were answered</h2>
      {others.map((concern) => (
        <details>
          <summary>
            {dayInWords(concern)}: {standing(concern, facts.line.product)}
            {concern.unreached ? ' (its author does not know: the mail server refused the email)' : ''}
          </summary>
          <ConcernText concern={concern} standard={facts.standard} />
          <Answered concern={concern} />
        </details>
      ))}
    </section>
  );
}

function standing({ stage, applicationId, result }: Concern, product: string): string {
  switch (stage) {
    case 'rejected':
      return 'rejected';
    case 'accepted':
      return applicationId === null ? 'accepted, waits until the open review has ended' : `in review ${applicationId}`;
    case 'ended':
      return concernsEnd(result ?? '', product);
    default:
      return 'waits for staff';
  }
}

/** Of the last thing that happened to it, by case time. */
function dayInWords({ stageAt }: Concern): string {
  return printDay(dayOf(stageAt.toISOString()));
}

function actsOn(concern: Concern): readonly ActForm[] {
  const of = (is: 'accept_concern' | 'reject_concern' | 'ask_concern') => ({
    is,
    concern,
    id: `${is.replace('_', '-')}-${concern.id}`,
  });
  return [
    formOf({
      ...of('accept_concern'),
      title: 'Accept it',
      follows:
        'The owner is asked about these sections, as soon as no other review is open, and reviewers decide. The owner ' +
        'reads your words, and nothing of the concern itself.',
      button: 'Accept the concern',
      asks: ['sections'],
      reason: {
        label: 'What the owner is asked',
        hint: 'In your own words, so that nobody finds out who wrote. The owner reads it, and so does whoever raised it.',
      },
    }),
    formOf({
      ...of('ask_concern'),
      title: 'Ask for details',
      follows: 'Whoever raised it gets an email with your question and a link to answer. Then it comes back to you.',
      button: 'Ask for details',
      reason: { label: 'What you want to know', hint: THEY_READ },
    }),
    formOf({
      ...of('reject_concern'),
      title: 'Reject it',
      follows: 'Nothing is reviewed, and the owner is not told. Whoever raised it gets your reason by email.',
      button: 'Reject the concern',
      reason: { label: 'Reason', hint: THEY_READ },
    }),
  ];
}
