import type { Child } from 'hono/jsx';
import { printDay } from '../../adapters/dates.js';
import { caseInTemporal } from '../../client/saved-views.js';
import { nextInWords } from '../../client/words/next-words.js';
import { kindInWords } from '../../domain/public-words.js';
import { sinceOf, type NeedReason } from '../../prisma/read-needs.js';
import type { TimelineRow } from '../../prisma/read-timeline.js';
import type { WebContext } from '../context.js';
import { ErrorSummary, titleWith } from '../answer/errors.js';
import { actsNow, type ActForm } from './act-forms.js';
import { idOf } from './act.js';
import { ActFormOf, type Untaken } from './acts.js';
import { ConcernsAsked, ConcernsWaiting, OtherConcerns } from './concerns.js';
import { ConsolePage, mayUse, OnlyReading, type ConsoleProps } from './frame.js';
import type { ProductFacts } from './product-facts.js';
import { casePath, productPath, reasonWords, requestInWords } from './reasons.js';
import { Timeline } from './timeline.js';

interface ProductProps extends ConsoleProps {
  readonly facts: ProductFacts;
  /** The row whose outcome was waited for. */
  readonly row?: TimelineRow | undefined;
  readonly untaken?: Untaken | null;
}

/** How soon the page asks again for an outcome that is not there, in seconds. */
const SOON = 2;

/** All about one product: what needs a human with the acts that help, what else can be done, and what happened. */
export function ProductPage({ context, staff, facts, row, untaken = null }: ProductProps) {
  const { line } = facts;
  const acts = actsNow(facts);
  const may = mayUse(staff, 'POST /console/products/:slug/act');
  const waits = row !== undefined && row.outcome === null && !row.aside;
  const reasons: readonly NeedReason[] =
    line.attention.length > 0 ? line.attention : line.waitingOn === 'secretariat' ? ['turn'] : [];
  const others = acts.filter(({ helps }) => helps === null || !reasons.includes(helps));
  const forms = { facts, staff, untaken };
  return (
    <ConsolePage
      context={context}
      staff={staff}
      title={titleWith(untaken?.problems ?? [], line.product)}
      refresh={waits ? SOON : undefined}
    >
      <ErrorSummary problems={untaken?.problems ?? []} />
      {row === undefined ? null : <Became row={row} />}
      <h1>{line.product}</h1>
      {reasons.map((reason, index) => (
        <NeedPanel
          {...forms}
          reason={reason}
          acts={may ? acts.filter(({ helps }) => helps === reason) : []}
          first={index === 0}
        />
      ))}
      {may ? null : <OnlyReading />}
      <Facts context={context} facts={facts} />
      {may && others.length > 0 ? (
        <section aria-labelledby="others">
          <h2 id="others">{reasons.length > 0 ? 'What else you can do' : 'What you can do'}</h2>
          {others.map((act) => (
            <details open={untaken !== null && idOf(untaken.form) === act.id}>
              <summary>{act.title}</summary>
              <ActFormOf {...forms} act={act} first={false} />
            </details>
          ))}
        </section>
      ) : null}
      {may ? <NotAgain facts={facts} /> : null}
      <ConcernsAsked {...forms} />
      <OtherConcerns facts={facts} />
      <Timeline facts={facts} />
    </ConsolePage>
  );
}

/** Why an approval cannot be looked at again where somebody would look for that. */
function NotAgain({ facts: { line, review, reviewedSince } }: { readonly facts: ProductFacts }) {
  return review?.state === 'approved' && reviewedSince ? (
    <p>
      This approval cannot be looked at again: the product had a review of its own since. See{' '}
      <a href={productPath(line.slug)}>what you can do there</a>.
    </p>
  ) : null;
}

function Became({ row: { outcome, aside } }: { readonly row: TimelineRow }) {
  if (outcome === null) {
    return (
      <div class="panel" role="status">
        <h2>{aside ? 'Received, and set aside' : 'Received'}</h2>
        <p>
          {aside
            ? 'Its step failed again and again. Let the case go on when the cause is gone.'
            : 'It is not lost. This page asks again by itself until it says what became of it.'}
        </p>
      </div>
    );
  }
  const { result, sentence } = outcome;
  const done = result === 'accepted' || result === 'joined';
  return (
    <div class={done ? 'panel done' : 'errors'} role={done ? 'status' : 'alert'}>
      <h2>{done ? 'Done' : 'Not done'}</h2>
      <p>{sentence}</p>
    </div>
  );
}

interface NeedProps {
  readonly facts: ProductFacts;
  readonly staff: ConsoleProps['staff'];
  readonly untaken: Untaken | null;
  readonly reason: NeedReason;
  readonly acts: readonly ActForm[];
  readonly first: boolean;
}

function NeedPanel({ reason, acts, first, ...forms }: NeedProps) {
  const { line, review, raised, now } = forms.facts;
  const { short, why, otherwise } = reasonWords(reason);
  const asked = reason === 'request' ? ` ${line.requests.map(requestInWords).join('; and ')}` : '';
  const words = reason === 'request' ? `The owner asked${asked}` : `${why.charAt(0).toUpperCase()}${why.slice(1)}`;
  const wrong = ['no_contact', 'undeliverable', 'bounced'].includes(reason);
  return (
    <section class="panel" id={reason} aria-labelledby={`${reason}-title`}>
      <h2 id={`${reason}-title`}>{short}</h2>
      <p>
        {words}, since {printDay(sinceOf({ review, reason, raised, now }))}.
      </p>
      {reason === 'request' ? <TheirWords facts={forms.facts} /> : null}
      {reason === 'concern' ? <ConcernsWaiting {...forms} /> : null}
      <p class="small">If nobody acts: {otherwise}</p>
      {wrong ? (
        <p>
          <a class={first ? 'button' : 'button second'} href={`${productPath(line.slug)}/contacts`}>
            {reasonWords(reason).act}
          </a>
        </p>
      ) : null}
      {reason === 'no_reviewer' ? (
        <p>
          <a href="/console/people">{reasonWords(reason).act}</a>. Operations add somebody with the role l1 or l2, by{' '}
          <code>perennial people add</code>. Then the appeal is offered to them.
        </p>
      ) : null}
      {reason === 'unknown_handover' || reason === 'mail_mode' ? (
        <p>
          <a href="#emails">See the emails below.</a>
        </p>
      ) : null}
      {acts.map((act, index) => (
        <>
          {acts.length > 1 ? <h3>{act.title}</h3> : null}
          <ActFormOf {...forms} act={act} first={first && index === 0 && !wrong} />
        </>
      ))}
    </section>
  );
}

/** What owners wrote with their open requests. */
function TheirWords({ facts: { entries, review } }: { readonly facts: ProductFacts }) {
  const open = new Set((review?.requests ?? []).map((request) => request.row));
  return (
    <>
      {entries.map((entry) =>
        entry.is === 'row' && open.has(entry.id) && entry.texts['text'] !== undefined ? (
          <p class="inset said">{entry.texts['text']}</p>
        ) : null,
      )}
    </>
  );
}

function Facts({ context, facts }: { readonly context: WebContext; readonly facts: ProductFacts }) {
  const { line, review, nomination, caseId, now } = facts;
  const { temporalUi = null } = context;
  const state = line.state.replaceAll('_', ' ');
  return (
    <dl class="facts">
      <Fact name="Review">
        {line.reference === null ? (
          'There never was one here'
        ) : (
          <>
            <a href={`/a/${line.reference}`}>{line.reference}</a>
            {line.open
              ? `: ${kindInWords(line.kind ?? '')}, ${state}, round ${line.round ?? 1}`
              : `: ended. Now: ${state}`}
          </>
        )}
      </Fact>
      {line.open ? <Fact name="Waits on">{line.waitingOn}</Fact> : null}
      {review?.claim === null || review?.claim === undefined ? null : <Fact name="Reviewer">{review.claim.by}</Fact>}
      {line.deadline === null ? null : <Fact name="The owner has until">{printDay(line.deadline)}</Fact>}
      <Fact name="Next, by itself">{nextInWords(line, now)}</Fact>
      <Fact name="Valid until">
        {line.validUntil === null ? 'Not known' : printDay(line.validUntil)}
        {line.removedOn === null ? '' : `. It left the list on ${printDay(line.removedOn)}`}
      </Fact>
      {line.campaign === null ? null : (
        <Fact name="Campaign">
          <a href={`/console/campaigns/${line.campaign}`}>{line.campaign}</a>
        </Fact>
      )}
      <Fact name="More">
        <PublicPage line={line} />
        <a href={`${productPath(line.slug)}/contacts`}>contacts</a>
        {nomination === null ? null : (
          <>
            , <a href={casePath(nomination)}>its nomination</a>
          </>
        )}
        {temporalUi === null ? null : (
          <>
            , <a href={caseInTemporal({ ...temporalUi, caseId })}>workflow in the Temporal UI</a>
          </>
        )}
      </Fact>
    </dl>
  );
}

/** The page that everybody may read. What is nominated has one from the day on which it was sent. */
function PublicPage({ line: { kind, reference, state, slug } }: Pick<ProductFacts, 'line'>) {
  const nominated = kind === 'nomination' && reference !== null;
  if (nominated && (state === 'draft' || state === 'abandoned')) return null;
  return (
    <>
      <a href={nominated ? `/a/${reference}` : `/r/${slug}`}>Public page</a>,{' '}
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children?: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
