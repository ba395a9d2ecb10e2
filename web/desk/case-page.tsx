import type { Child } from 'hono/jsx';
import { printShortDay } from '../../adapters/dates.js';
import { kindInWords } from '../../domain/public-words.js';
import { judgedSections, visible } from '../../domain/answers.js';
import { sectionsAsked } from '../../domain/appealing.js';
import type { DeskCase } from '../../prisma/read-desk-case.js';
import { ErrorSummary, titleWith } from '../answer/errors.js';
import { TextField } from '../answer/inputs.js';
import { TypedText } from '../answer/typed-text.js';
import { ConcernText } from '../concern/text.js';
import { Page } from '../layout.js';
import { Moment } from '../moment.js';
import { CaseActs } from './case-acts.js';
import { isJudging, type CaseView } from './case-view.js';
import { Due } from './due.js';
import { Earlier } from './earlier.js';
import { Former } from './former.js';
import { CsrfField } from './for-staff.js';
import { AboutLinks } from './link-hints.js';
import { Said } from './pool.js';
import { SectionPart } from './section.js';
import type { Staff } from './session.js';
import { deskStage, labelOf } from './words.js';

/** The one page of a review for its reviewers. */
export function CasePage(view: CaseView) {
  const { context, record, staff, links, problems, said, form, untaken = {} } = view;
  const sent = record.untaken.find(({ by }) => by === staff.person.id);
  const judging = sent === undefined && isJudging(record, staff);
  const sections = judgedSections(record.asking);
  const asked = sectionsAsked(record);
  const parts = sections.map((section) => (
    <SectionPart {...{ record, staff, links, section, form, problems }} judging={judging && asked.includes(section)} />
  ));
  return (
    <Page context={context} title={titleWith(problems, record.product)} staff wide>
      <nav class="crumbs" aria-label="Way back">
        <a href="/desk">Your desk</a>
      </nav>
      <ErrorSummary problems={problems} />
      <h1>{record.product}</h1>
      <Said said={said} />
      <TypedText standards={context.standards} form={untaken} labelOf={labelOf} />
      <Facts record={record} staff={staff} />
      <ConcernsRead record={record} />
      <AppealRead record={record} />
      {sent === undefined ? <CaseActs view={view} judging={judging} /> : <Untaken at={sent.at} />}
      <Earlier record={record} staff={staff} />
      <Former record={record} />
      <h2>Answers</h2>
      <AboutLinks links={links} />
      {judging ? <JudgingForm view={view}>{parts}</JudgingForm> : parts}
      <NotJudged view={view} />
    </Page>
  );
}

/** Whoever sends it again instead of waiting only makes more wait. */
function Untaken({ at }: { readonly at: string }) {
  return (
    <section class="panel" aria-labelledby="sent">
      <h2 id="sent">What you sent is received</h2>
      <p>
        It came at <Moment at={at} /> and waits to be worked through. Open this page again in a moment: you need not
        send it again.
      </p>
    </section>
  );
}

function askedBy({ about }: DeskCase['review'], campaign: string | null): string {
  if (about !== undefined) return 'Staff, who accepted a concern';
  return campaign ?? 'The yearly date, or staff';
}

/** What people raised, in their words; who they are, no reviewer needs to know. */
function ConcernsRead({ record: { concerns, asking } }: { readonly record: DeskCase }) {
  if (concerns.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="concerns">
      <h2 id="concerns">What the review is about</h2>
      <p class="small">The owner reads what staff ask, and nothing of this.</p>
      {concerns.map((concern) => (
        <ConcernText concern={concern} standard={asking.standard} />
      ))}
    </section>
  );
}

function Facts({ record, staff }: { readonly record: DeskCase; readonly staff: Staff }) {
  const { review, now, kind, reference, campaign, answers, slug } = record;
  const rows: readonly (readonly [string, Child])[] = [
    ['Review', `${kindInWords(kind)}, reference ${reference}`],
    ['Where it stands', deskStage(review.state)],
    [
      'Due',
      record.commits === null ? (
        <Due due={record.due} now={now} />
      ) : (
        <>
          Takes effect at <Moment at={record.commits} />
        </>
      ),
    ],
    ['Who has it', whoHasIt(record, staff)],
    ['Asked by', askedBy(review, campaign)],
    [
      'Answers',
      answers === null
        ? 'None yet'
        : `Version ${answers.version}, ${answers.by === 'machine' ? 'sent by the machine from what was on file' : 'sent by the owner'} on ${printShortDay(answers.on)}`,
    ],
    [
      'Public page',
      kind === 'nomination' ? (
        <a href={`/a/${reference}`}>This nomination, as everybody sees it</a>
      ) : (
        <a href={`/r/${slug}`}>{record.product} in the registry</a>
      ),
    ],
  ];
  return (
    <dl class="facts">
      {rows.map(([name, value]) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function whoHasIt({ review: { claim }, standIn }: DeskCase, staff: Staff): string {
  if (claim === null) return 'Nobody';
  if (claim.by === staff.person.id) return 'You';
  if (standIn === null) return claim.by;
  const deputy = standIn.deputy === staff.person.id ? 'you stand in' : `${standIn.deputy ?? ''} stands in`;
  return standIn.deputy === null ? `Nobody: ${claim.by} cannot act on it now` : `${claim.by}, who is away: ${deputy}`;
}

/** What the owner may answer and nobody judges: the annexure, and sections that a coming version brings. */
function NotJudged({ view: { record, staff, links, form, problems } }: { readonly view: CaseView }) {
  const judged = judgedSections(record.asking);
  const asked = new Set(
    visible({ ...record.asking, answers: record.answers?.values ?? {} }).map(({ section }) => section),
  );
  const others = record.asking.standard.sections.filter(({ id }) => asked.has(id) && !judged.includes(id));
  return (
    <>
      {others.length === 0 ? null : <h2>Answers that nobody judges</h2>}
      {others.map((section) => (
        <SectionPart {...{ record, staff, links, section: section.id, form, problems, judging: false }} />
      ))}
    </>
  );
}

/** Why the owner appeals, and what is asked of whoever hears it. */
function AppealRead({ record: { appeal, review } }: { readonly record: DeskCase }) {
  if (appeal === null) return null;
  return (
    <section class="panel" aria-labelledby="appeal">
      <h2 id="appeal">The owner appealed on {printShortDay(appeal.on)}</h2>
      <p class="said">{appeal.grounds === '' ? 'The text was erased.' : appeal.grounds}</p>
      {review.state === 'appeal' ? (
        <p>Give a verdict on each section that did not meet. If all of them meet now, the appeal wins.</p>
      ) : null}
    </section>
  );
}

function JudgingForm({ view, children }: { readonly view: CaseView; readonly children?: Child }) {
  const { record, staff, seen } = view;
  const { review } = record;
  return (
    <form method="post" action={`/desk/${record.reference}/verdict`} data-saves={`/desk/${record.reference}/verdict`}>
      <CsrfField staff={staff} />
      <input type="hidden" name="round" value={String(review.round)} />
      <input type="hidden" name="answers" value={String(review.answersVersion)} />
      <input type="hidden" name="seen" value={String(seen)} />
      {children}
      {review.state === 'appeal' ? null : <Clarifying view={view} />}
      <p class="small" role="status" data-told=""></p>
      <div class="acts">
        <button type="submit" name="then" value="decision">
          Continue to the decision
        </button>
        <button type="submit" name="then" value="stay" class="second">
          Save and stay here
        </button>
      </div>
    </form>
  );
}

function Clarifying({ view: { record, form, problems } }: { readonly view: CaseView }) {
  const { review } = record;
  const { least, most } = review.policy.clarificationLimit;
  return (
    <>
      <h2>If you ask for clarification</h2>
      <TextField
        name="days"
        label={{ text: 'Days for the owner' }}
        values={form}
        problems={problems}
        hint={`${least} to ${most}. Empty: ${review.policy.clarificationDays}.`}
      />
      {review.clarifications < review.policy.clarifications ? null : (
        <TextField
          name="second-round"
          label={{ text: 'Why is the owner asked once more?' }}
          values={form}
          problems={problems}
          hint="Only reviewers and staff read this."
        />
      )}
    </>
  );
}
