import type { Child } from 'hono/jsx';
import { printDay } from '../../adapters/dates.js';
import { dayOf, type Day } from '../../domain/calendar.js';
import { ENDED } from '../../domain/case.js';
import { isOverdue } from '../../domain/product-status.js';
import { kindInWords, stageInWords } from '../../domain/public-words.js';
import { goalOptions } from '../../domain/standard-lists.js';
import type { Standard } from '../../domain/standard.js';
import { publicForm } from '../../domain/standards.js';
import type { Published, PublicReview } from '../../prisma/read-published.js';
import type { RegistryProduct } from '../../prisma/read-registry.js';
import { concernPath } from '../concern/words.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { Answers, type AnswersShown } from './answers.js';
import { Decision } from './decisions.js';
import { External } from './external.js';
import { History } from './history.js';
import { listAddress } from './query.js';

interface ProductProps {
  readonly context: WebContext;
  /** The day for which its status holds. */
  readonly today: Day;
  readonly product: RegistryProduct;
  readonly published: Published;
  readonly shown: AnswersShown;
}

/** The page of a product: status, facts, reviews with their decisions, answers by year. */
export function ProductPage({ context, today, product, published, shown }: ProductProps) {
  const standard = publicForm(context.standards, today);
  return (
    <Page context={context} title={product.name}>
      <nav class="crumbs" aria-label="Where you are">
        <a href="/">Digital public goods</a>
      </nav>
      <h1>{product.name}</h1>
      <Status today={today} product={product} reviews={published.reviews} />
      {product.description === null ? null : <p class="said">{product.description}</p>}
      <Facts product={product} />
      <Reviews standard={standard} published={published} />
      <History lines={published.former} />
      <Concern product={product} />
      <Answers slug={product.slug} standard={standard} sets={published.sets} {...shown} />
    </Page>
  );
}

/** The way to say that a listed product does not meet the Standard. */
function Concern({ product: { slug, name, removedOn } }: Pick<ProductProps, 'product'>) {
  if (removedOn !== null) return null;
  return (
    <p>
      Does {name} not meet a part of the Standard? <a href={concernPath(slug)}>Report a concern</a>
    </p>
  );
}

interface StatusProps extends Pick<ProductProps, 'today' | 'product'> {
  readonly reviews: readonly PublicReview[];
}

function Status({ today, product, reviews }: StatusProps) {
  const { words, since, removedOn } = product;
  const review = reviews.find((one) => isOpen(one) && one.kind === 'annual_review' && one.begunAt !== null);
  const reopened =
    removedOn !== null && reviews.some((one) => isOpen(one) && one.kind === 'annual_review' && one.state !== 'appeal');
  return (
    <section class="panel" aria-labelledby="status">
      <h2 id="status">{words.label}</h2>
      <p>
        {words.sentence}
        {reopened ? ' Its review is open again.' : ''}
      </p>
      <dl class="facts turn">
        <Fact name="Since">{since === null ? 'Not known' : printDay(since)}</Fact>
        {removedOn === null ? <Validity today={today} product={product} /> : null}
        {review === undefined ? null : (
          <Fact name="Review">
            <a href={`/a/${review.reference}`}>{stageInWords({ state: review.state, begun: true })}</a>, opened on{' '}
            {printDay(dayOf(review.begunAt ?? review.openedAt))}
          </Fact>
        )}
      </dl>
    </section>
  );
}

/** A date that has passed ended an approval, not the listing. */
function Validity({ today, product: { validUntil } }: Pick<ProductProps, 'today' | 'product'>) {
  if (validUntil === null) return <Fact name="Valid until">Not known: the date of the last review is unknown</Fact>;
  const name = isOverdue({ validUntil, today }) ? 'Was valid until' : 'Valid until';
  return <Fact name={name}>{printDay(validUntil)}</Fact>;
}

function Facts({ product }: { readonly product: RegistryProduct }) {
  const { website, repositories, licences, sdgs, types, firstListedOn, approvedOn, dpgId } = product;
  return (
    <dl class="facts">
      {website === null ? null : (
        <Fact name="Website">
          <External address={website} />
        </Fact>
      )}
      {repositories.length === 0 ? null : (
        <Fact name="Source">
          <Lines lines={repositories.map((address) => <External address={address} />)} />
        </Fact>
      )}
      {types.length === 0 ? null : (
        <Fact name="Type">
          <Lines lines={types.map((type) => <a href={listAddress({ type })}>{type}</a>)} />
        </Fact>
      )}
      {licences.length === 0 ? null : (
        <Fact name="Licences">
          <Few lines={licences.map((licence) => <a href={listAddress({ licence })}>{licence}</a>)} what="licences" />
        </Fact>
      )}
      {sdgs.length === 0 ? null : (
        <Fact name="Sustainable Development Goals">
          <Lines lines={sdgs.map((sdg) => <a href={listAddress({ sdg })}>{goalOptions[sdg - 1]?.label ?? sdg}</a>)} />
        </Fact>
      )}
      {firstListedOn === null ? null : <Fact name="First listed">{printDay(firstListedOn)}</Fact>}
      {approvedOn === null ? null : <Fact name="Last approved">{printDay(approvedOn)}</Fact>}
      {dpgId === null ? null : <Fact name="DPG id">{dpgId}</Fact>}
    </dl>
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

function Lines({ lines }: { readonly lines: readonly Child[] }) {
  return (
    <ul class="plain">
      {lines.map((line) => (
        <li>{line}</li>
      ))}
    </ul>
  );
}

/** The first lines of a long list; the others can be unfolded. */
function Few({ lines, what }: { readonly lines: readonly Child[]; readonly what: string }) {
  const most = 6;
  if (lines.length <= most) return <Lines lines={lines} />;
  return (
    <>
      <Lines lines={lines.slice(0, most)} />
      <details>
        <summary>
          {lines.length - most} more {what}
        </summary>
        <Lines lines={lines.slice(most)} />
      </details>
    </>
  );
}

/** Reviews that opened for the public, or were decided, newest first. */
function Reviews({ standard, published }: { readonly standard: Standard; readonly published: Published }) {
  const decided = new Set(published.decisions.map(({ reference }) => reference));
  const shown = published.reviews.filter(({ reference, begunAt }) => begunAt !== null || decided.has(reference));
  return (
    <section aria-labelledby="reviews">
      <h2 id="reviews">Reviews and decisions</h2>
      {shown.length === 0 ? <p>No review of this product was opened here yet.</p> : null}
      {shown.map((review) => (
        <>
          <h3>
            {kindInWords(review.kind)} <a href={`/a/${review.reference}`}>{review.reference}</a>
          </h3>
          {isOpen(review) ? (
            <p>
              {stageInWords({ state: review.state, begun: review.begunAt !== null })}. Opened on{' '}
              {printDay(dayOf(review.begunAt ?? review.openedAt))}.
            </p>
          ) : null}
          {published.decisions
            .filter(({ reference }) => reference === review.reference)
            .map((decision) => (
              <Decision standard={standard} decision={decision} />
            ))}
        </>
      ))}
    </section>
  );
}

function isOpen({ state }: PublicReview): boolean {
  return !ENDED.includes(state);
}
