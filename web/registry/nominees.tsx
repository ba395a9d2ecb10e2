import { printDay } from '../../adapters/dates.js';
import { statusWords } from '../../domain/product-status.js';
import { stageInWords } from '../../domain/public-words.js';
import type { readNominees, PublicNomination } from '../../prisma/read-nominations.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { DurationWords } from './progress.js';

type Nominees = Awaited<ReturnType<typeof readNominees>>;

/** The nominations that wait for a decision: a nominee by its reference alone, a candidate by its name. */
export function NomineesPage({ context, nominees }: { readonly context: WebContext; readonly nominees: Nominees }) {
  const { today, nominations, durations } = nominees;
  const of = (status: PublicNomination['status']) => nominations.filter((one) => one.status === status);
  return (
    <Page context={context} title="Nominations">
      <nav class="crumbs" aria-label="Where you are">
        <a href="/">Digital public goods</a>
      </nav>
      <h1>Nominations</h1>
      <p>
        {nominations.length === 1 ? 'One nomination waits' : `${nominations.length} nominations wait`} for a decision on{' '}
        {printDay(today)}. {durations === null ? null : <DurationWords durations={durations} />}
      </p>
      <p>
        <a href="/nominate">Nominate a product</a>, or read <a href="/excluded">what was nominated and not listed</a>.
      </p>
      <Group title="Candidates" about="They have passed the first level of the review." nominations={of('candidate')} />
      <Group title="Nominees" about="Their names follow after the first level." nominations={of('nominee')} />
      <p class="small">
        <a href="/nominees.json">This page as data</a>
      </p>
    </Page>
  );
}

function Group(props: {
  readonly title: string;
  readonly about: string;
  readonly nominations: readonly PublicNomination[];
}) {
  const { title, about, nominations } = props;
  return (
    <section>
      <h2>
        {title} ({nominations.length})
      </h2>
      {nominations.length === 0 ? <p>None at the moment.</p> : <p class="small">{about}</p>}
      <ul class="products">
        {nominations.map(({ reference, name, status, state, sentOn }) => (
          <li>
            <h3>
              <a href={`/a/${reference}`}>{name ?? `Nomination ${reference}`}</a>
            </h3>
            <p>
              {statusWords(status).label}: {stageInWords({ state, begun: true }).toLowerCase()}. Sent on{' '}
              {printDay(sentOn)}.
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
