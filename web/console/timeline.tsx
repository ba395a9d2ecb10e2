import { printShortDay } from '../../adapters/dates.js';
import { reasonInWords, whyInWords } from '../../client/words/email-words.js';
import { LINK_PLACEHOLDER } from '../../mail/render.js';
import { resultInWords } from '../../domain/public-words.js';
import type { EmailRecord } from '../../prisma/read-emails.js';
import type { TimelineEntry, TimelineRow, TimelineSection, TimelineStep } from '../../prisma/read-timeline.js';
import type { ProductFacts } from './product-facts.js';
import { rowInWords, stepInWords, whoInWords } from './timeline-words.js';
import { When } from './when.js';

/** What stands in the place of a person's link: whoever has the link can answer for them. */
export const NO_LINK = '[the link of the person]';

/** Everything that happened to a case, the newest first: rows with what followed, steps, emails with their texts. */
export function Timeline({ facts }: { readonly facts: ProductFacts }) {
  const { entries, clock } = facts;
  const emails = entries.filter(({ is }) => is === 'email').length;
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">What happened</h2>
      <p class="small" id="emails">
        The newest first. {emails === 0 ? 'No email was written yet.' : `Emails among it: ${emails}.`}
      </p>
      <ol class="products" role="list">
        {entries.map((entry) => (
          <li>
            <p class="small">
              <When at={entry.at} clock={clock} />
            </p>
            <EntryOf entry={entry} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function EntryOf({ entry }: { readonly entry: TimelineEntry }) {
  switch (entry.is) {
    case 'row':
      return <RowOf row={entry} />;
    case 'step':
      return <Steps steps={entry.steps} by={whoInWords(entry)} />;
    case 'email':
      return <EmailOf email={entry.email} />;
    case 'decision':
      return (
        <>
          <p>
            <strong>Decision: {resultInWords(entry.result)}</strong>, review {entry.reference}, by {entry.by}
          </p>
          {entry.reasons.map(({ section, publicReason }) =>
            publicReason === '' ? null : (
              <p class="said">
                {section === undefined ? '' : `${section}: `}
                {publicReason}
              </p>
            ),
          )}
        </>
      );
  }
}

const textNames: Readonly<Record<string, string>> = {
  publicReason: 'Reason, for owner and public',
  internalReason: 'Note, for reviewers and staff',
  reason: 'Reason',
  text: 'What they wrote, for staff only',
  secondRoundReason: 'Why a second time',
};

/** What is asked or answered about a concern, its author reads. */
function nameOf(name: string, kind: string): string {
  const toAuthor = name === 'publicReason' && kind.endsWith('_concern');
  if (!toAuthor) return textNames[name] ?? name;
  return kind === 'accept_concern' ? 'What the owner is asked' : 'For whoever raised the concern';
}

const verdicts: Readonly<Record<string, string>> = {
  meets: 'meets',
  clarify: 'needs clarification',
  does_not_meet: 'does not meet',
};

/** What a verdict says section by section; those that meet, without a word on them, are named together. */
function Sections({ sections }: Pick<TimelineRow, 'sections'>) {
  const silent = ({ verdict, publicReason, noteToOwner, internalReason }: TimelineSection) =>
    verdict === 'meets' && `${publicReason}${noteToOwner}${internalReason}` === '';
  const plain = sections.filter(silent).map(({ section }) => section);
  return (
    <>
      {sections
        .filter((one) => !silent(one))
        .map(({ section, verdict, publicReason, noteToOwner, internalReason }) => (
          <div class="inset">
            <p>
              Section {section}: {verdicts[verdict] ?? verdict.replaceAll('_', ' ')}
            </p>
            {publicReason === '' ? null : <p class="said">For owner and public: {publicReason}</p>}
            {noteToOwner === '' ? null : <p class="said">For the owner alone: {noteToOwner}</p>}
            {internalReason === '' ? null : <p class="said">For reviewers and staff: {internalReason}</p>}
          </div>
        ))}
      {plain.length === 0 ? null : <p class="small">Sections that meet the Standard: {plain.join(', ')}</p>}
    </>
  );
}

function RowOf({ row }: { readonly row: TimelineRow }) {
  const { outcome, aside, texts, sections, steps } = row;
  return (
    <>
      <p>
        <strong>{rowInWords(row)}</strong>, by {whoInWords(row)}
      </p>
      {Object.entries(texts).map(([name, text]) => (
        <p class="inset said">
          {nameOf(name, row.kind)}: {text}
        </p>
      ))}
      <Sections sections={sections} />
      <p>
        {outcome === null
          ? aside
            ? 'Set aside: its step always failed.'
            : 'Received. It waits for its step.'
          : `${outcome.result.charAt(0).toUpperCase()}${outcome.result.slice(1)}: ${outcome.sentence}`}
      </p>
      {steps.length === 0 ? null : <p class="small">{steps.map(stepInWords).join('; ')}</p>}
    </>
  );
}

function Steps({ steps, by }: { readonly steps: readonly TimelineStep[]; readonly by: string }) {
  return (
    <p>
      <strong>{steps.map(stepInWords).join('; ')}</strong>, by {by}
    </p>
  );
}

function EmailOf({ email }: { readonly email: EmailRecord }) {
  const { id, kind, to, state, reason, subject, text, dueAt } = email;
  const why = whyInWords(email) ?? (reason === null ? null : reasonInWords(reason));
  return (
    <>
      <p>
        <strong>
          Email {id}: {kind.replaceAll('_', ' ')} to {to === 'staff' ? 'the staff' : `the ${to} contact`}
        </strong>
        : {state.replaceAll('_', ' ')}
        {why === null ? '' : ` (${why})`}
      </p>
      {text === null ? (
        <p class="small">Its text is made when it goes, from {printShortDay(dueAt.slice(0, 10))} on.</p>
      ) : (
        <details>
          <summary>{subject ?? 'Its text'}</summary>
          <pre class="email" tabindex={0}>
            {text.replaceAll(LINK_PLACEHOLDER, NO_LINK)}
          </pre>
        </details>
      )}
    </>
  );
}
