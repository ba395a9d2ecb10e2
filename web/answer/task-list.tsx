import { printDay, printInstant } from '../../adapters/dates.js';
import { sectionTitle, questionOf, type SectionId, type Standard } from '../../domain/standard.js';
import type { Page as FormPage } from '../../domain/answers.js';
import type { SavedDraft } from '../../prisma/read-form.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { Completeness } from './completeness.js';
import type { FormState } from './form-state.js';
import { WhoSends } from './only-drafts.js';
import { clarificationOf } from './question-page.js';
import { RequestLinks } from './request-links.js';
import { TurnPanel } from './turn.js';
import { pathOf } from './visit.js';

/** The list of what is to be answered, where every visit begins and where it can be left. */
export function TaskList({
  context,
  state,
  onlyDrafts,
}: {
  readonly context: WebContext;
  readonly state: FormState;
  readonly onlyDrafts: boolean;
}) {
  const { record, open, count } = state;
  const { product, reference } = record;
  const due = record.waitingOn === 'owner' ? (record.review.turn?.deadline ?? null) : null;
  return (
    <Page context={context} title={`Your answers about ${product}`} help>
      <h1>Your answers about {product}</h1>
      {onlyDrafts ? <WhoSends product={product} open /> : <NotTaken state={state} />}
      <p>
        <strong>
          {state.untouched
            ? 'The reviewer asks about answers that you sent. Change or confirm at least one.'
            : `You answered ${count.answered} of ${count.of} questions.`}
        </strong>{' '}
        {open.length === 0 ? 'Nothing is open. ' : ''}
        {due === null ? '' : `Your answers are due by the end of ${printDay(due)}.`}
      </p>
      {hasEarlier(state) ? <p>Earlier answers are filled in. Confirm or change each one.</p> : null}
      <p>Every page is saved. You can stop and return with the same link.</p>
      <LastSaved state={state} />
      <p>
        <a href={pathOf(reference, 'offline')}>Fill in the form offline, and upload it as a text</a>
      </p>
      {record.review.state === 'draft' ? <Completeness state={state} /> : null}
      <AskedByConcerns record={record} />
      <Reasons state={state} />
      <Tasks state={state} />
      {onlyDrafts ? (
        <p>
          <a href={pathOf(reference, 'check')}>Read all answers as they are saved</a>
        </p>
      ) : (
        <Sending state={state} />
      )}
    </Page>
  );
}

/** What is left to whoever sends the answers, and what they can do instead. */
function Sending({ state }: { readonly state: FormState }) {
  const { record } = state;
  const { reference } = record;
  return (
    <>
      <h2>Send</h2>
      <ul class="tasks">
        <Task
          href={pathOf(reference, 'declaration')}
          title="Who answers"
          words={state.declaration === null ? 'Open' : 'Completed'}
          isOpen={state.declaration === null}
        />
        <Task
          href={pathOf(reference, 'check')}
          title="Check and send your answers"
          words={state.ready ? 'Ready' : 'Not yet'}
          isOpen
        />
      </ul>
      <h2>Help from colleagues</h2>
      <p>
        <a href={pathOf(reference, 'colleagues')}>Invite colleagues to fill in answers</a>. They can save, and only you
        send.
      </p>
      <TurnPanel record={record} />
      <RequestLinks record={record} />
    </>
  );
}

/** Who saved something last, without a name. */
function LastSaved({ state }: { readonly state: FormState }) {
  const saved = Object.values(state.record.drafts).filter(({ by }) => by !== undefined);
  const last = saved.reduce<SavedDraft | null>(
    (newest, one) => (newest === null || one.at > newest.at ? one : newest),
    null,
  );
  if (last === null) return null;
  return (
    <p class="small">
      Last saved on {printInstant(last.at)}, by {last.by === 'colleague' ? 'a colleague' : 'a contact of the product'}.
    </p>
  );
}

/** Whether an answer waits to be confirmed or changed. */
function hasEarlier(state: FormState): boolean {
  return state.visible.some((question) => state.standing(question) === 'unconfirmed');
}

/** The newest answers were sent and not taken: why, and that the text is still here. */
function NotTaken({ state }: { readonly state: FormState }) {
  const last = state.record.rows.findLast(({ kind }) => kind === 'answers')?.outcome ?? null;
  if (last === null || last.result === 'accepted') return null;
  return (
    <div class="panel">
      <h2>We could not take your answers</h2>
      <p>{last.sentence} Your text is still here. Check it and send it again.</p>
    </div>
  );
}

/** What staff ask about concerns, in their words. */
function AskedByConcerns({ record: { asked } }: { readonly record: FormState['record'] }) {
  if (asked.length === 0) return null;
  return (
    <>
      <h2>What we ask</h2>
      {asked.map((words) => (
        <p class="inset said">{words}</p>
      ))}
    </>
  );
}

function Reasons({ state }: { readonly state: FormState }) {
  const { review } = state.record;
  if (review.state === 'clarification' && review.turn?.by === 'machine') {
    return <p>We sent the answers that we had on file. These questions have no answer yet.</p>;
  }
  const reasons = clarificationOf(state);
  if (reasons.length === 0) return null;
  return (
    <>
      <h2>
        {state.record.review.turn?.of === 'notice' ? 'What does not meet the Standard yet' : 'What the reviewer asks'}
      </h2>
      {reasons.map(({ section, reason }) => (
        <div class="inset">
          <p>
            <strong>{sectionTitle(state.record.standard, section)}</strong>
          </p>
          <p class="said">{reason}</p>
        </div>
      ))}
    </>
  );
}

/** A line for each section; with at most two sections, a line for each page. */
function Tasks({ state }: { readonly state: FormState }) {
  const sections = state.record.standard.sections.filter(({ id }) => state.pages.some(({ section }) => section === id));
  if (sections.length > 2) {
    return (
      <ul class="tasks">
        {sections.map(({ id }) => (
          <SectionTask state={state} section={id} />
        ))}
      </ul>
    );
  }
  return (
    <>
      {sections.map(({ id, title }) => (
        <>
          <h2>{title}</h2>
          <ul class="tasks">
            {state.pages
              .filter(({ section }) => section === id)
              .map((page) => (
                <PagesTask state={state} pages={[page]} title={titleOf(state.record.standard, page)} />
              ))}
          </ul>
        </>
      ))}
    </>
  );
}

function SectionTask({ state, section }: { readonly state: FormState; readonly section: SectionId }) {
  const pages = state.pages.filter((page) => page.section === section);
  return <PagesTask state={state} pages={pages} title={sectionTitle(state.record.standard, section)} />;
}

function PagesTask({
  state,
  pages,
  title,
}: {
  readonly state: FormState;
  readonly pages: readonly FormPage[];
  readonly title: string;
}) {
  const isOpen = (page: FormPage) => page.questionIds.some((id) => state.open.includes(id));
  const first = pages.find(isOpen) ?? pages[0];
  const href = pathOf(state.record.reference, `q/${first?.id ?? ''}`);
  const { words, open } = standingOf(state, pages);
  return <Task href={href} title={title} words={words} isOpen={open} />;
}

function standingOf(state: FormState, pages: readonly FormPage[]): { readonly words: string; readonly open: boolean } {
  const questions = pages.flatMap(({ questionIds }) =>
    questionIds.flatMap((id) => questionOf(state.record.standard, id) ?? []),
  );
  if (state.untouched && questions.some((question) => state.standing(question) === 'sent')) {
    return { words: 'The reviewer asks', open: true };
  }
  const required = questions.filter((question) => question.required);
  const open = required.filter(({ id }) => state.open.includes(id)).length;
  if (open > 0) {
    const count = required.length === 1 ? '' : `: ${required.length - open} of ${required.length}`;
    return { words: `Incomplete${count}`, open: true };
  }
  const unconfirmed = questions.filter((question) => state.standing(question) === 'unconfirmed').length;
  if (unconfirmed > 0) return { words: `Optional: ${unconfirmed} to confirm`, open: false };
  if (questions.some((question) => state.standing(question) === 'sent')) return { words: 'Sent before', open: false };
  const touched = questions.some((question) => state.standing(question) !== 'none');
  return { words: required.length > 0 || touched ? 'Completed' : 'Optional', open: false };
}

function titleOf(standard: Standard, { id, questionIds, section }: FormPage): string {
  const alone = questionIds.length === 1 ? questionOf(standard, id) : undefined;
  return alone?.title ?? sectionTitle(standard, section);
}

function Task(props: {
  readonly href: string;
  readonly title: string;
  readonly words: string;
  readonly isOpen: boolean;
}) {
  return (
    <li>
      <a href={props.href}>{props.title}</a>
      <span class={props.isOpen ? 'state open' : 'state'}>{props.words}</span>
    </li>
  );
}
