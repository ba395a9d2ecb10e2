import { printShortDay } from '../../adapters/dates.js';
import { stageInWords } from '../../domain/public-words.js';
import type { Preview } from '../../prisma/preview.js';
import type { DeskCase } from '../../prisma/read-desk-case.js';
import { LINK_PLACEHOLDER, renderEmail } from '../../mail/render.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { CsrfField } from './for-staff.js';
import type { Staff } from './session.js';
import { FOLLOWS } from './words.js';

/** What a verdict would lead to, before it is given: the very emails, and what the registry would say. */
export function DecisionPage({
  context,
  staff,
  record,
  preview,
  fields,
}: {
  readonly context: WebContext;
  readonly staff: Staff;
  readonly record: DeskCase;
  readonly preview: Preview;
  /** What the confirmation names: key, round, version of the answers and of the draft. */
  readonly fields: Readonly<Record<string, string>>;
}) {
  const { outcome } = preview;
  const taken = outcome.result === 'accepted';
  const asks = preview.state === 'consultation';
  const back = `/desk/${record.reference}`;
  return (
    <Page context={context} title={`Your decision: ${record.product}`} staff wide>
      <nav class="crumbs" aria-label="Way back">
        <a href={back}>{record.product}</a>
      </nav>
      {taken ? (
        <>
          <h1>{asks ? 'Ask the experts?' : 'Confirm your decision'}</h1>
          <Follows preview={preview} product={record.product} />
          <Letters emails={preview.emails} />
          <Confirm {...{ staff, back, fields }} asks={asks} action={`/desk/${record.reference}/decide`} />
        </>
      ) : (
        <>
          <h1>This cannot be taken</h1>
          <p>{outcome.sentence}</p>
          <p>
            <a href={back}>Go back to the case</a>
          </p>
        </>
      )}
    </Page>
  );
}

function Confirm({
  staff,
  fields,
  action,
  back,
  asks,
}: {
  readonly staff: Staff;
  readonly fields: Readonly<Record<string, string>>;
  readonly action: string;
  readonly back: string;
  readonly asks: boolean;
}) {
  return (
    <form method="post" action={action}>
      <CsrfField staff={staff} />
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="acts">
        <button type="submit">{asks ? 'Ask them' : 'Confirm decision'}</button>
        <a class="button second" href={back}>
          Change it
        </a>
      </div>
    </form>
  );
}

function Follows({ preview, product }: { readonly preview: Preview; readonly product: string }) {
  const { state, holdMinutes, ifAgreed } = preview;
  return (
    <dl class="facts">
      <div>
        <dt>What follows</dt>
        <dd>
          {FOLLOWS[state] ?? stageInWords({ state, begun: true })}
          {ifAgreed
            ? ' That is so if the first reviewer found the same. If not, the secretariat is told, and nobody else.'
            : ''}
        </dd>
      </div>
      <div>
        <dt>The registry</dt>
        <dd>{registryChange(preview, product)}</dd>
      </div>
      <div>
        <dt>Can you undo it?</dt>
        <dd>
          {state === 'consultation'
            ? 'You can call it off. The email has gone then.'
            : holdMinutes === null
              ? 'No: it goes on at once.'
              : holdMinutes === 0
                ? 'No: it takes effect at once.'
                : `Yes, for ${holdMinutes} minutes. Nobody is told before they are over.`}
        </dd>
      </div>
    </dl>
  );
}

function Letters({ emails }: Pick<Preview, 'emails'>) {
  return (
    <>
      <h2>{emails.length === 0 ? 'No email goes' : emails.length === 1 ? 'This email goes' : 'These emails go'}</h2>
      {emails.map(({ to, content }) => {
        const { subject, text } = renderEmail(content);
        return (
          <div class="inset">
            <p class="small">To {to}</p>
            <p>
              <strong>{subject}</strong>
            </p>
            <pre class="letter">{text.replaceAll(LINK_PLACEHOLDER, '(the link of this person)')}</pre>
          </div>
        );
      })}
    </>
  );
}

function registryChange({ before, after }: Preview, product: string): string {
  if (after.removedOn !== null && before.removedOn === null) return `${product} leaves the registry.`;
  if (after.removedOn === null && before.removedOn !== null) return `${product} is in the registry again.`;
  if (after.validUntil !== null && after.validUntil !== before.validUntil) {
    const was = before.validUntil === null ? 'not known' : printShortDay(before.validUntil);
    return `${product} is listed until ${printShortDay(after.validUntil)}; now it is ${was}.`;
  }
  return 'Nothing changes.';
}
