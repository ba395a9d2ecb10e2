import { fieldId } from './errors.js';
import { publicAnswers } from '../../domain/answers.js';
import { questionOf, type Question } from '../../domain/standard.js';
import { REGISTRY_LICENCE, type WebContext } from '../context.js';
import { Page } from '../layout.js';
import { AnswersList, type AnswerRow } from './answers-list.js';
import { forReviewersOf, type FormState, type Standing } from './form-state.js';
import { WhoSends } from './only-drafts.js';
import { pathOf } from './visit.js';

/** What the button of the check page posts: a one-time key, the round and the answers as they were shown. */
export interface SendFacts {
  readonly key: string;
  readonly round: number;
  readonly seen: string;
}

const NOTES: Readonly<Record<Standing, string | undefined>> = {
  kept: 'You confirmed it.',
  written: 'New.',
  fresh: 'Accepted lately.',
  sent: 'As you sent it.',
  unconfirmed: 'Carried over, not confirmed by you.',
  none: undefined,
};

/** The same of what a colleague saved, for whoever sends it. */
const BY_COLLEAGUES: Partial<typeof NOTES> = { kept: 'A colleague confirmed it.', written: 'New, by a colleague.' };

/** Everything that is about to be sent: what becomes public under which licence, what stays private, who answers. */
export function CheckPage({
  context,
  state,
  send,
  notice,
  onlyDrafts = false,
}: {
  readonly context: WebContext;
  readonly state: FormState;
  readonly send: SendFacts;
  /** Why the page is shown instead of what was asked for. */
  readonly notice?: string;
  /** Whoever reads it may not send. */
  readonly onlyDrafts?: boolean;
}) {
  const { product, reference } = state.record;
  const title = `Check your answers about ${product}`;
  return (
    <Page context={context} title={notice === undefined ? title : `Error: ${title}`} help>
      <nav class="crumbs" aria-label="Back">
        <a href={pathOf(reference)}>Back to the list</a>
      </nav>
      {notice === undefined ? null : (
        <div class="errors" role="alert" tabindex={-1} autofocus>
          <h2>There is a problem</h2>
          <p>{notice}</p>
        </div>
      )}
      <h1>{title}</h1>
      <StillOpen state={state} onlyDrafts={onlyDrafts} />
      <Published state={state} />
      <Private state={state} onlyDrafts={onlyDrafts} />
      {onlyDrafts ? <WhoSends product={product} open /> : <h2>Send</h2>}
      {onlyDrafts ? null : state.ready ? (
        <SendForm action={pathOf(reference, 'send')} send={send} product={product} />
      ) : (
        <p>You can send when nothing is open. Your answers are saved.</p>
      )}
    </Page>
  );
}

interface ForReader {
  readonly state: FormState;
  readonly onlyDrafts: boolean;
}

/** What stands between the owner and the button. */
function StillOpen({ state, onlyDrafts }: ForReader) {
  const { open, declaration, record } = state;
  if (state.ready || (onlyDrafts && open.length === 0 && !state.untouched)) return null;
  return (
    <section class="panel" aria-labelledby="open">
      <h2 id="open">Still open</h2>
      <ul>
        {open.map((id) => {
          const question = questionOf(record.standard, id);
          // One of these will do; the line below says so.
          if (question === undefined || state.standing(question) === 'sent') return null;
          const confirm = state.standing(question) === 'unconfirmed';
          const words = confirm ? `Confirm or change your answer: ${question.title}.` : question.empty;
          return (
            <li>
              <a href={changePath(state, question)}>{words}</a>
            </li>
          );
        })}
        {state.untouched ? (
          <li>
            <a href={pathOf(record.reference)}>Confirm or change at least one answer that the reviewer asks about.</a>
          </li>
        ) : null}
        {declaration === null && !onlyDrafts ? (
          <li>
            <a href={pathOf(record.reference, 'declaration')}>Enter who answers.</a>
          </li>
        ) : null}
      </ul>
    </section>
  );
}

function Published({ state }: { readonly state: FormState }) {
  const open = publicAnswers({ standard: state.record.standard, answers: state.answers });
  const rows = state.visible.filter((question) => question.public && isPublic(state, question, open));
  return (
    <>
      <h2>What becomes public</h2>
      <p>
        The registry publishes these answers under{' '}
        <a href={REGISTRY_LICENCE.url} rel="noreferrer">
          {REGISTRY_LICENCE.name}
        </a>
        : everybody may use them for any purpose.
      </p>
      <AnswersList standard={state.record.standard} rows={rows.map((question) => rowOf(state, question))} />
    </>
  );
}

function Private({ state, onlyDrafts }: ForReader) {
  const { record, declaration } = state;
  const open = publicAnswers({ standard: state.record.standard, answers: state.answers });
  const rows = state.visible.filter((question) => !isPublic(state, question, open));
  const texts = Object.entries(forReviewersOf(state));
  return (
    <>
      <h2>What stays private</h2>
      <p>Only the reviewers and the secretariat read this.</p>
      <AnswersList standard={state.record.standard} rows={rows.map((question) => rowOf(state, question))} />
      <dl class="facts answers">
        {texts.map(([id, text]) => (
          <PrivateText state={state} id={id} text={text} />
        ))}
        <div>
          <dt>Who answers</dt>
          <dd>{declaration === null ? 'Not provided' : `${declaration.name}, ${declaration.role}`}</dd>
          {onlyDrafts ? null : (
            <dd>
              <a href={pathOf(record.reference, 'declaration')}>
                Change<span class="hidden"> who answers</span>
              </a>
            </dd>
          )}
        </div>
      </dl>
    </>
  );
}

function PrivateText({ state, id, text }: { readonly state: FormState; readonly id: string; readonly text: string }) {
  const question = questionOf(state.record.standard, id);
  if (question === undefined) return null;
  return (
    <div>
      <dt>For reviewers only: {question.title}</dt>
      <dd>
        <span class="said">{text}</span>
      </dd>
      <dd>
        <a href={changePath(state, question)}>
          Change<span class="hidden"> what is for reviewers only: {question.title}</span>
        </a>
      </dd>
    </div>
  );
}

/** An answer that is not there becomes public as "Not provided"; one that is withheld is no public one. */
function isPublic({ answers }: FormState, { id, public: isOpen }: Question, open: Readonly<Record<string, unknown>>) {
  return isOpen && (answers[id] === undefined || open[id] !== undefined);
}

function rowOf(state: FormState, question: Question): AnswerRow {
  const value = state.answers[question.id];
  const standing = state.standing(question);
  const byColleague = state.record.drafts[question.id]?.by === 'colleague' ? BY_COLLEAGUES[standing] : undefined;
  return { question, value, note: byColleague ?? NOTES[standing], change: changePath(state, question) };
}

function changePath({ pages, record }: FormState, question: Question): string {
  const page = pages.find(({ questionIds }) => questionIds.includes(question.id));
  const id = page?.id ?? question.id;
  return `${pathOf(record.reference, `q/${id}`)}?from=check#${fieldId(question.id)}`;
}

/** The button that sends, with what its author saw. */
export function SendForm({
  action,
  send,
  product,
}: {
  readonly action: string;
  readonly send: SendFacts;
  readonly product: string;
}) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="key" value={send.key} />
      <input type="hidden" name="round" value={String(send.round)} />
      <input type="hidden" name="seen" value={send.seen} />
      <div class="acts">
        <button type="submit">Send answers for {product}</button>
      </div>
    </form>
  );
}
