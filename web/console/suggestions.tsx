import { Hono } from 'hono';
import { printShortDay } from '../../adapters/dates.js';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { cleanLine, cleanText, grouped, lengthOf } from '../../domain/answer-text.js';
import {
  dealWithSuggestion,
  readEarlierSuggestions,
  readSuggestion,
  type Dealt,
  type EarlierSuggestion,
  type Suggestion,
} from '../../prisma/suggestions.js';
import { ErrorSummary, titleWith } from '../answer/errors.js';
import type { WebContext } from '../context.js';
import { CsrfField, forStaff } from '../desk/for-staff.js';
import type { Staff } from '../desk/session.js';
import { readPerson } from '../nominate/read-start.js';
import { External } from '../registry/external.js';
import { Field, fieldOf, type FormOnPage } from './fields.js';
import { ConsolePage, mayUse, NothingHere, OnlyReading, type ConsoleProps } from './frame.js';

const LONGEST_REASON = 1_000;
const GONE = 'There is no such suggestion, or somebody dealt with it';

/** Where staff deal with a product that somebody suggested: its owner is invited, or it is dismissed. */
export function suggestionPages(context: WebContext): Hono {
  const app = new Hono();
  const { database } = context;
  app.get(
    '/console/suggestions/:id',
    forStaff(context, async (request, staff) => {
      const suggestion = await readSuggestion(database, request.req.param('id') ?? '');
      if (suggestion === null) return request.html(<NothingHere {...{ context, staff }} what={GONE} />, 404);
      const earlier = await readEarlierSuggestions(database, suggestion);
      return request.html(<SuggestionPage {...{ context, staff, suggestion, earlier }} form={{}} problems={[]} />);
    }),
  );
  app.post(
    '/console/suggestions/:id/act',
    forStaff(context, async (request, staff, form) => {
      const suggestion = await readSuggestion(database, request.req.param('id') ?? '');
      const gone = () => request.html(<NothingHere {...{ context, staff, form }} what={GONE} />, 404);
      if (suggestion === null) return gone();
      const { dealt, problems } = readAct(form);
      const { id } = suggestion;
      const became = dealt === null ? null : await dealWithSuggestion(database, { id, by: staff.person.id, dealt });
      if (dealt !== null && became === 'done')
        return request.html(<DealtPage {...{ context, staff, suggestion, dealt }} />);
      if (became === 'gone') return gone();
      const full: readonly Problem[] = [
        {
          field: fieldOf('invite', 'address'),
          sentence: 'This address was sent many links today. Try again tomorrow.',
        },
      ];
      const earlier = await readEarlierSuggestions(database, suggestion);
      const page = { context, staff, suggestion, earlier, form, problems: became === 'full' ? full : problems };
      return request.html(<SuggestionPage {...page} />, 422);
    }),
  );
  return app;
}

type Read = { readonly dealt: Dealt | null; readonly problems: readonly Problem[] };

function readAct(form: FormFields): Read {
  if (posted(form, 'act') === 'invite') {
    const { name, address, problems } = readPerson(form, 'Enter the name of the owner.');
    if (problems.length === 0) return { dealt: { outcome: 'invited', owner: { name, address } }, problems };
    return { dealt: null, problems: problems.map((one) => ({ ...one, field: fieldOf('invite', one.field) })) };
  }
  const reason = cleanText(posted(form, 'reason'));
  const length = lengthOf(reason);
  const sentence =
    cleanLine(reason) === ''
      ? 'Write the reason, for colleagues.'
      : length > LONGEST_REASON
        ? `Shorten it to ${grouped(LONGEST_REASON)} characters. It has ${grouped(length)} now.`
        : null;
  if (sentence === null) return { dealt: { outcome: 'dismissed', reason }, problems: [] };
  return { dealt: null, problems: [{ field: fieldOf('dismiss', 'reason'), sentence }] };
}

interface SuggestionProps extends ConsoleProps {
  readonly suggestion: Suggestion;
  readonly earlier: readonly EarlierSuggestion[];
  readonly form: FormFields;
  readonly problems: readonly Problem[];
}

function SuggestionPage({ context, staff, suggestion, earlier, form, problems }: SuggestionProps) {
  const { id, product, website, why, name, address, on } = suggestion;
  const may = mayUse(staff, 'POST /console/suggestions/:id/act');
  const title = `Suggested: ${product}`;
  return (
    <ConsolePage context={context} staff={staff} title={titleWith(problems, title)}>
      <ErrorSummary problems={problems} />
      <h1>{title}</h1>
      <dl class="facts">
        <div>
          <dt>Website</dt>
          <dd>
            <External address={website} />
          </dd>
        </div>
        <div>
          <dt>Suggested</dt>
          <dd>
            on {printShortDay(on)} by {name}, {address}
          </dd>
        </div>
        <div>
          <dt>Why</dt>
          <dd class="said">{why === '' ? 'Nothing was said.' : why}</dd>
        </div>
      </dl>
      <p>
        Nobody but staff sees this. Name and address are deleted once it is dealt with; the owner is not told of them.
      </p>
      <Earlier earlier={earlier} />
      {may ? <Acts {...{ staff, id, form, problems }} /> : <OnlyReading />}
    </ConsolePage>
  );
}

/** A product is not dismissed, or its owner invited, without a look at what colleagues did. */
function Earlier({ earlier }: Pick<SuggestionProps, 'earlier'>) {
  if (earlier.length === 0) return null;
  return (
    <section aria-labelledby="earlier">
      <h2 id="earlier">A product of this name was suggested before</h2>
      {earlier.map(({ on, outcome, by, reason }) => (
        <>
          <p>
            {outcome === 'invited' ? 'Its owner was invited' : 'Dismissed'} on {printShortDay(on)} by {by}.
          </p>
          {reason === null ? null : <p class="inset said">{reason}</p>}
        </>
      ))}
    </section>
  );
}

function Acts(props: Pick<SuggestionProps, 'form' | 'problems'> & { readonly staff: Staff; readonly id: string }) {
  const { staff, id, form, problems } = props;
  const action = `/console/suggestions/${id}/act`;
  const chosen = posted(form, 'act');
  const of = (act: string): FormOnPage => ({ id: act, values: chosen === act ? form : {}, problems });
  return (
    <>
      <section aria-labelledby="invite">
        <h2 id="invite">Invite its owner</h2>
        <p>The owner gets one email with a link that begins the nomination. Without an answer nothing happens.</p>
        <form method="post" action={action} novalidate>
          <CsrfField staff={staff} />
          <input type="hidden" name="act" value="invite" />
          <Field form={of('invite')} name="name" label="Name of the owner" />
          <Field form={of('invite')} name="address" label="Email address of the owner" kind="email" />
          <div class="acts">
            <button type="submit">Send the invitation</button>
          </div>
        </form>
      </section>
      <section aria-labelledby="dismiss">
        <h2 id="dismiss">Dismiss it</h2>
        <form method="post" action={action} novalidate>
          <CsrfField staff={staff} />
          <input type="hidden" name="act" value="dismiss" />
          <Field
            form={of('dismiss')}
            name="reason"
            label="Reason, for colleagues"
            rows={3}
            hint="Staff read it when the product is suggested again. Nobody else does."
          />
          <div class="acts">
            <button type="submit" class="second">
              Dismiss the suggestion
            </button>
          </div>
        </form>
      </section>
    </>
  );
}

function DealtPage(props: ConsoleProps & { readonly suggestion: Suggestion; readonly dealt: Dealt }) {
  const { context, staff, suggestion, dealt } = props;
  const invited = dealt.outcome === 'invited';
  return (
    <ConsolePage context={context} staff={staff} title={invited ? 'The owner is invited' : 'Dismissed'}>
      <div class="panel done" role="status">
        <h1>{invited ? 'The owner is invited' : 'Dismissed'}</h1>
        <p>
          {suggestion.product}: {invited ? 'the email goes out now.' : 'nobody is asked.'} Who suggested it is deleted.
        </p>
      </div>
      <p>
        <a href="/console">What else needs you</a>
      </p>
    </ConsolePage>
  );
}
