import { printShortDay } from '../../adapters/dates.js';
import { Moment } from '../moment.js';
import { counted } from '../../client/words/words.js';
import type { Need, NeedReason, Needs } from '../../prisma/read-needs.js';
import type { StatusReport } from '../../prisma/read-status.js';
import { ConsolePage, type ConsoleProps } from './frame.js';
import { casePath, pathOf, productPath, REASONS, reasonWords, whyOf } from './reasons.js';

interface NeedsProps extends ConsoleProps {
  readonly needs: Needs;
  /** Only what needs a human for this reason; null: all. */
  readonly only: NeedReason | null;
}

/** What needs a human: each with why, since when, its one first act, and what happens if nobody acts. */
export function NeedsPage({ context, staff, needs: { needs, report }, only }: NeedsProps) {
  const shown = only === null ? needs : needs.filter(({ reason }) => reason === only);
  const title = only === null ? 'Needs you' : `Needs you: ${reasonWords(only).short.toLowerCase()}`;
  return (
    <ConsolePage context={context} staff={staff} title={title}>
      <h1>Needs you</h1>
      <p>
        {counted(needs.length, 'thing needs', 'things need')} a human on <Moment at={report.now} />.{' '}
        {counted(report.open, 'review is', 'reviews are')} open.
      </p>
      <FindProduct />
      <Filters needs={needs} only={only} />
      {shown.length === 0 ? <p>Nothing here needs anybody now.</p> : null}
      <ol class="products" role="list">
        {shown.map((need) => (
          <li>
            <NeedOf need={need} />
          </li>
        ))}
      </ol>
      {only === null ? <AlsoSeen report={report} /> : null}
    </ConsolePage>
  );
}

/** A search for a product, whether it needs anybody or not. */
export function FindProduct({ q = '' }: { readonly q?: string }) {
  return (
    <form method="get" action="/console/products" role="search" class="search">
      <label for="q">Find a product, by its name or a review's reference</label>
      <div class="line">
        <input type="search" id="q" name="q" value={q} maxlength={100} />
        <button type="submit" class="second">
          Find
        </button>
      </div>
    </form>
  );
}

/** The reasons that there are, each with how often, to look at one of them alone. */
export function Filters({ needs, only }: { readonly needs: readonly Need[]; readonly only: NeedReason | null }) {
  const counts = REASONS.map((reason) => [reason, needs.filter((one) => one.reason === reason).length] as const);
  const present = counts.filter(([, count]) => count > 0);
  if (present.length === 0) return null;
  return (
    <nav aria-label="By reason">
      <ul class="chips" role="list">
        <li>
          <a href="/console" aria-current={only === null ? 'page' : undefined}>
            All ({needs.length})
          </a>
        </li>
        {present.map(([reason, count]) => (
          <li>
            <a href={`/console?reason=${reason}`} aria-current={only === reason ? 'page' : undefined}>
              {reasonWords(reason).short} ({count})
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function NeedOf({ need }: { readonly need: Need }) {
  const { about, reason, since } = need;
  const { act, otherwise } = reasonWords(reason);
  const isCase = about.is === 'case';
  const name = isCase ? about.line.product : about.is === 'campaign' ? `Campaign ${about.name}` : about.product;
  const why = whyOf(need);
  const deadline = isCase && about.line.deadline !== null ? `, deadline ${printShortDay(about.line.deadline)}` : '';
  return (
    <>
      <h2 class="small-title">
        <a
          href={
            isCase ? casePath(about.line) : about.is === 'campaign' ? `/console/campaigns/${about.name}` : pathOf(need)
          }
        >
          {name}
        </a>
      </h2>
      <p>
        {why.charAt(0).toUpperCase()}
        {why.slice(1)}
      </p>
      <p class="small">
        Since {printShortDay(since)}
        {isCase && about.line.reference !== null ? `, review ${about.line.reference}` : ''}
        {deadline}
      </p>
      <p class="small">If nobody acts: {otherwise}</p>
      <p>
        <a class="button second" href={pathOf(need)}>
          {act}
          <span class="hidden">: {name}</span>
        </a>
      </p>
    </>
  );
}

/** What is not a case's own: for operations, and for the next campaign. */
function AlsoSeen({ report }: { readonly report: StatusReport }) {
  const { behind, overdue, overdueAsleep, keptByMode, emailsWaiting, rowsWaiting, unknown, untold } = report;
  const asleep = overdue.length - overdueAsleep.length;
  if (asleep + emailsWaiting + rowsWaiting + behind.length + unknown.length + untold.length === 0) return null;
  return (
    <section aria-labelledby="also">
      <h2 id="also">Besides</h2>
      <ul>
        {asleep === 0 ? null : (
          <li>
            {counted(asleep, 'product is', 'products are')} overdue and nobody asks about {asleep === 1 ? 'it' : 'them'}
            . <a href="/console/campaigns/new">Plan a campaign</a>
          </li>
        )}
        {emailsWaiting === 0 ? null : (
          <li>
            {counted(emailsWaiting, 'email is', 'emails are')} due and {emailsWaiting === 1 ? 'waits' : 'wait'}
            {keptByMode === 0 ? '' : `, of them ${keptByMode} kept by the mail mode`}.
          </li>
        )}
        {rowsWaiting === 0 ? null : <li>{counted(rowsWaiting, 'row waits', 'rows wait')} for an outcome.</li>}
        {behind.length === 0 ? null : (
          <li>
            {counted(behind.length, 'case is', 'cases are')} late because nothing acted: is the worker running?
            Operations find out by "perennial doctor".
          </li>
        )}
        {unknown.map(({ email, reference, kind }) => (
          <li>
            Nobody knows whether email {email} was handed over ({kind.replaceAll('_', ' ')}
            {reference === null ? ', to the staff' : `, review ${reference}`}).{' '}
            {reference === null ? null : (
              <a href={`/console/products?q=${encodeURIComponent(reference)}`}>Look at the email</a>
            )}
          </li>
        ))}
        {untold.map(({ slug }) => (
          <li>
            The author of a concern about <a href={`${productPath(slug)}#concerns`}>{slug}</a> was not told what became
            of it: the mail server refused the email.
          </li>
        ))}
      </ul>
    </section>
  );
}
