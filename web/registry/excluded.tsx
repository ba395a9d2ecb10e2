import { printShortDay } from '../../adapters/dates.js';
import { knownForm } from '../../domain/standards.js';
import type { Excluded, FormerExclusion, RefusedNomination } from '../../prisma/read-excluded.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { Decision } from './decisions.js';
import { excludedId } from './excluded-path.js';

/** What was nominated and is not listed, each with its reason. */
export function ExcludedPage({ context, excluded }: { readonly context: WebContext; readonly excluded: Excluded }) {
  const { nominations, former } = excluded;
  return (
    <Page context={context} title="Nominated and not listed">
      <nav class="crumbs" aria-label="Where you are">
        <a href="/">Digital public goods</a> / <a href="/nominees">Nominations</a>
      </nav>
      <h1>Nominated and not listed</h1>
      <p>
        Each with the reason. Whoever changes what did not meet the Standard can{' '}
        <a href="/nominate">nominate the product again</a> at any time.
      </p>
      <section aria-labelledby="here">
        <h2 id="here">Decided here ({nominations.length})</h2>
        {nominations.length === 0 ? <p>None so far.</p> : null}
        {nominations.map((one) => (
          <Refused context={context} one={one} />
        ))}
      </section>
      <section aria-labelledby="before">
        <h2 id="before">Excluded before this website ({former.length})</h2>
        <p class="small">
          {former.length === 0
            ? 'No older file of the registry was read that excludes any.'
            : 'From older files of the registry. Where no day or reason is given, they give none.'}
        </p>
        {former.map((one) => (
          <Former one={one} />
        ))}
      </section>
    </Page>
  );
}

function Refused({ context, one }: { readonly context: WebContext; readonly one: RefusedNomination }) {
  const { reference, name, on, slug, decision } = one;
  return (
    <section>
      <h3>
        <a href={`/a/${reference}`}>{name ?? `Nomination ${reference}`}</a>
      </h3>
      {decision === null ? (
        <p>Not listed, {printShortDay(on)}.</p>
      ) : (
        <Decision standard={knownForm(context.standards)} decision={decision} />
      )}
      {slug === null ? null : (
        <p>
          It was nominated again and is listed now: <a href={`/r/${slug}`}>{name}</a>
        </p>
      )}
    </section>
  );
}

function Former({ one: { source, name, on, reason, slug } }: { readonly one: FormerExclusion }) {
  return (
    <section id={excludedId(source)}>
      <h3>{slug === null ? name : <a href={`/r/${slug}`}>{name}</a>}</h3>
      <p>
        Excluded{on === null ? '' : ` on ${printShortDay(on)}`}. {reason === null ? 'No reason is given.' : null}
      </p>
      {reason === null ? null : <p class="said">{reason}</p>}
      {slug === null ? null : <p>What the registry says of it now is on its own page.</p>}
    </section>
  );
}
