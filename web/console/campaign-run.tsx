import { caseInTemporal } from '../../client/saved-views.js';
import { waveInWords } from '../../client/words/campaign-words.js';
import { counted } from '../../client/words/words.js';
import { campaignCase } from '../../domain/campaign.js';
import type { Attention, WaitingOn } from '../../domain/case.js';
import { resultInWords } from '../../domain/public-words.js';
import type { Member } from '../../prisma/campaign-members.js';
import type { CampaignStatus } from '../../prisma/campaign-status.js';
import type { Problem } from '../../domain/answer-form.js';
import { ErrorSummary, titleWith } from '../answer/errors.js';
import { CsrfField } from '../desk/for-staff.js';
import { Field } from './fields.js';
import { ConsolePage, mayUse, OnlyReading, type ConsoleProps } from './frame.js';
import { oneTimeKey } from './one-time.js';
import { productPath, reasonWords } from './reasons.js';
import { Started } from './started.js';

interface RunProps extends ConsoleProps {
  readonly status: CampaignStatus;
  /** The campaign's newest row, on which the keys of its forms hang. */
  readonly newest: number;
  /** What became of an act, or of the start. */
  readonly became: Became | null;
  readonly problems: readonly Problem[];
  readonly reason: string;
}

/** What is said above the page of a campaign. */
export interface Became {
  readonly title: string;
  readonly sentence: string;
  readonly done: boolean;
  /** There is no outcome yet. */
  readonly waits: boolean;
}

/** How a campaign stands: progress, whom it waits on, what needs a human, and its end. */
export function CampaignPage(props: RunProps) {
  const { context, staff, status, became, problems } = props;
  const { name, state, startedAt, startedBy, closedAt, counts, waves, next, now } = status;
  const { temporalUi = null } = context;
  return (
    <ConsolePage
      context={context}
      staff={staff}
      title={titleWith(problems, `Campaign ${name}`)}
      refresh={became?.waits === true ? 2 : undefined}
    >
      <ErrorSummary problems={problems} />
      {became === null ? null : <BecameOf became={became} />}
      <h1>Campaign {name}</h1>
      <p>
        {state === 'running' ? 'Running' : 'Closed'}.{' '}
        <Started startedAt={startedAt} closedAt={closedAt} by={startedBy} />. {waves.released} of{' '}
        {counted(waves.of, 'wave')} went, at most {counted(status.perDay, 'review')} a day
        {next === null || next.what !== 'wave' ? '' : `; ${waveInWords(next, now)}`}.
      </p>
      <NeedsOfCampaign {...props} />
      <Progress status={status} />
      <p>
        {mayUse(staff, 'GET /console/campaigns/:name/answers.csv') && counts.released > 0 ? (
          <a href={`/console/campaigns/${name}/answers.csv`}>The answers as CSV, for a spreadsheet</a>
        ) : null}
      </p>
      {temporalUi === null ? null : (
        <p>
          <a href={caseInTemporal({ ...temporalUi, caseId: campaignCase(name) })}>Workflow in the Temporal UI</a>
        </p>
      )}
      <WaitedOn members={status.members} />
      <LeftOut status={status} />
      {state === 'running' ? <Closing {...props} /> : null}
    </ConsolePage>
  );
}

function BecameOf({ became: { title, sentence, done, waits } }: { readonly became: Became }) {
  const well = done || waits;
  return (
    <div class={done ? 'panel done' : waits ? 'panel' : 'errors'} role={well ? 'status' : 'alert'}>
      <h2>{title}</h2>
      <p>{sentence}</p>
    </div>
  );
}

function NeedsOfCampaign(props: RunProps) {
  const { staff, status } = props;
  const { attention, counts, needsHuman } = status;
  const reviews = Object.entries(needsHuman) as readonly (readonly [Attention, number])[];
  if (attention.length === 0 && reviews.length === 0) return null;
  return (
    <section class="panel" id="needs" aria-labelledby="needs-title">
      <h2 id="needs-title">Needs you</h2>
      <ul>
        {attention.includes('no_contact') ? (
          <li>
            {counted(counts.noContact, 'product has', 'products have')} nobody to ask.{' '}
            <a href="/console/contacts">Give contacts</a>
          </li>
        ) : null}
        {reviews.map(([reason, count]) => (
          <li>
            <a href={`/console?reason=${reason}`}>{reasonWords(reason).short}</a>: {counted(count, 'review')}
          </li>
        ))}
      </ul>
      {attention.includes('stuck') ? (
        <>
          <p>Something of the campaign itself was set aside because its step always failed.</p>
          {mayUse(staff, 'POST /console/campaigns/:name/act') ? (
            <form method="post" action={`/console/campaigns/${status.name}/act`} id="release-form">
              <Hidden {...props} act="release" />
              <button type="submit">Try it again</button>
            </form>
          ) : null}
        </>
      ) : null}
    </section>
  );
}

function Hidden({ staff, status, newest, act }: RunProps & { readonly act: 'close' | 'release' }) {
  return (
    <>
      <CsrfField staff={staff} />
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="key" value={oneTimeKey(staff, [campaignCase(status.name), act, newest])} />
    </>
  );
}

/** A wave has gone in which the product is. */
const REACHED = 'In a wave that went';

function Progress({ status: { counts, outcomes, refusedBecause } }: { readonly status: CampaignStatus }) {
  const reviews = counts.opened + counts.joined;
  const all: readonly (readonly [string, number])[] = [
    ['In the campaign', counts.members],
    [REACHED, counts.released],
    ['Opened a review', counts.opened],
    ['Joined an open review', counts.joined],
    ['Not taken', counts.refused],
    ['Answered by their owners', counts.answered],
    ['Open', counts.open],
    ['Overdue', counts.overdue],
    ['Ended', counts.ended],
    ...Object.entries(outcomes).map(([word, count]) => [`Ended: ${resultInWords(word)}`, count] as const),
  ];
  const rows = all.filter(([name, count]) => count > 0 || name === REACHED);
  return (
    <section aria-labelledby="progress">
      <h2 id="progress">Progress</h2>
      {reviews === 0 ? null : (
        <p>
          {counts.answered} of {counted(reviews, 'review')} answered.{' '}
          <progress max={reviews} value={counts.answered} aria-label="Answered" />
        </p>
      )}
      <table class="counts">
        <caption class="hidden">Progress in counts</caption>
        <thead>
          <tr>
            <th scope="col">Products</th>
            <th scope="col">Count</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, count]) => (
            <tr>
              <th scope="row">{name}</th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {Object.entries(refusedBecause).map(([sentence, count]) => (
        <p class="small">
          Not taken {count}: {sentence}
        </p>
      ))}
    </section>
  );
}

const whom: Readonly<Record<WaitingOn, string>> = {
  secretariat: 'The secretariat',
  mail: 'The mail server',
  owner: 'Their owners',
  l1: 'First reviewers',
  l2: 'Second reviewers',
  appeal: 'Reviewers of an appeal',
  expert: 'Experts',
  nobody: 'Nobody',
};

/** The members whose review is open, by whose turn it is; then those that sleep. */
function WaitedOn({ members }: { readonly members: readonly Member[] }) {
  const groups = (Object.keys(whom) as readonly WaitingOn[]).map((who) => ({
    title: whom[who],
    own: members.filter(({ waitingOn }) => waitingOn === who),
  }));
  const asleep = members.filter(({ released }) => !released);
  const all = [...groups, { title: 'Nobody yet: their wave is to come', own: asleep }].filter(
    ({ own }) => own.length > 0,
  );
  if (all.length === 0) return null;
  return (
    <section aria-labelledby="waited">
      <h2 id="waited">Who is waited on</h2>
      {all.map(({ title, own }) => (
        <details>
          <summary>
            {title} ({own.length})
          </summary>
          <ul>
            {own.map(({ slug, name, wave, reference }) => (
              <li>
                <a href={productPath(slug)}>{name}</a> {reference ?? `wave ${wave}`}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function LeftOut({ status: { leftOut } }: { readonly status: CampaignStatus }) {
  if (leftOut.length === 0) return null;
  return (
    <details>
      <summary>Left out, and why ({leftOut.length})</summary>
      <ul>
        {leftOut.map(({ slug, reason }) => (
          <li>
            <a href={productPath(slug)}>{slug}</a>: {reason}
          </li>
        ))}
      </ul>
    </details>
  );
}

function Closing(props: RunProps) {
  const { staff, status, problems, reason } = props;
  if (!mayUse(staff, 'POST /console/campaigns/:name/act')) return <OnlyReading />;
  return (
    <section aria-labelledby="closing">
      <h2 id="closing">Close it early</h2>
      <p>It closes by itself when all its reviews have ended. Close it now and no more waves go; open reviews go on.</p>
      <form method="post" action={`/console/campaigns/${status.name}/act`} id="close-form" novalidate>
        <Hidden {...props} act="close" />
        <Field
          form={{ id: 'close', values: { reason }, problems }}
          name="reason"
          label="Reason"
          hint="It is kept with the campaign."
          rows={3}
        />
        <div class="acts">
          <button type="submit" class="second">
            Close the campaign
          </button>
        </div>
      </form>
    </section>
  );
}
