import { printDay } from '../../adapters/dates.js';
import { dayOf } from '../../domain/calendar.js';
import { kindInWords, stageInWords } from '../../domain/public-words.js';
import { knownForm } from '../../domain/standards.js';
import type { PublicApplication } from '../../prisma/read-published.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { Progress, Stages } from './progress.js';
import { Decision } from './decisions.js';

/** The page of a review: stage, timeline and decisions; nothing private, and nobody's delay. */
export function ApplicationPage({
  context,
  application,
}: {
  readonly context: WebContext;
  readonly application: PublicApplication;
}) {
  const { reference, kind, state, begunAt, product, timeline, decisions, progress } = application;
  const last = timeline.at(-1);
  const title = product === null ? `${kindInWords(kind)} ${reference}` : `${product.name}: ${kindInWords(kind)}`;
  return (
    <Page context={context} title={title}>
      <Crumbs product={product} />
      <h1>{title}</h1>
      <section class="panel" aria-labelledby="stage">
        <h2 id="stage">{stageInWords({ state, begun: begunAt !== null })}</h2>
        <p>Reference {reference}</p>
        {progress === null ? null : <Progress progress={progress} />}
        {last === undefined ? null : <p>Last change on {printDay(dayOf(last.at))}</p>}
      </section>
      {progress === null ? null : (
        <>
          <h2>The stages so far</h2>
          <Stages stages={progress.stages} />
        </>
      )}
      <h2>What happened</h2>
      <Timeline timeline={timeline} />
      {decisions.length === 0 ? null : <h2>{decisions.length === 1 ? 'The decision' : 'The decisions'}</h2>}
      {decisions.map((decision) => (
        <Decision standard={knownForm(context.standards)} decision={decision} />
      ))}
      {product === null || product.slug === null ? null : (
        <p>
          <a href={`/r/${product.slug}`}>What the registry says of {product.name}</a>
        </p>
      )}
      <p class="small">
        <a href={`/a/${reference}/data.json`}>This page as data</a>
      </p>
    </Page>
  );
}

function Crumbs({ product }: Pick<PublicApplication, 'product'>) {
  return (
    <nav class="crumbs" aria-label="Where you are">
      <a href="/">Digital public goods</a>
      {product === null ? null : (
        <>
          {' '}
          /{' '}
          {product.slug === null ? (
            <a href="/nominees">Nominations</a>
          ) : (
            <a href={`/r/${product.slug}`}>{product.name}</a>
          )}
        </>
      )}
    </nav>
  );
}

function Timeline({ timeline }: Pick<PublicApplication, 'timeline'>) {
  if (timeline.length === 0) return <p>Nothing yet. The page says so as soon as the review opens.</p>;
  return (
    <dl class="facts">
      {timeline.map(({ at, words }) => (
        <div>
          <dt>
            <time datetime={dayOf(at)}>{printDay(dayOf(at))}</time>
          </dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}
