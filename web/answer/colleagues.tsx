import { Hono, type Context } from 'hono';
import { hasEnded } from '../../domain/agenda.js';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { MOST_COLLEAGUES } from '../../domain/colleagues.js';
import { readColleagues } from '../../prisma/colleagues.js';
import { appendAndWait } from '../../prisma/owner-rows.js';
import { colleagueRow, inviteProblem, whomOf } from '../colleague-form.js';
import type { WebContext } from '../context.js';
import { Page } from '../layout.js';
import { OutcomeOfRow } from '../outcome-of-row.js';
import { ErrorSummary, NothingTaken, titleWith } from './errors.js';
import { TextField } from './inputs.js';
import { pathOf, sameOrigin, taking, visited, type Visitor } from './visit.js';

const PAGE = 'colleagues';
const PATH = `/answer/:reference/${PAGE}`;

/** Where an owner invites colleagues who may only draft, and takes the invitation back. */
export function colleaguePages(context: WebContext): Hono {
  const app = new Hono();
  app.get(
    PATH,
    visited(context, (request, visitor) => show(context, request, visitor)),
  );
  app.post(
    PATH,
    sameOrigin(context),
    taking(context, {
      handle: (request, visitor, form) => save(context, request, { visitor, form }),
      apology: (request, form) => <NotSaved {...{ context, action: new URL(request.req.url).pathname, form }} />,
    }),
  );
  return app;
}

async function show(
  context: WebContext,
  request: Context,
  visitor: Visitor,
  again: { readonly form: FormFields; readonly problems: readonly Problem[] } = { form: {}, problems: [] },
): Promise<Response> {
  const { reference } = visitor.record;
  const known = await readColleagues(context.database, { reference, row: request.req.query('row') });
  const page = <ColleaguesPage {...{ context, visitor, known, ...again }} />;
  return request.html(page, again.problems.length === 0 ? 200 : 422);
}

/** One row, for whoever is invited or removed; the same form posted twice gives the same row. */
async function save(
  context: WebContext,
  request: Context,
  { visitor, form }: { readonly visitor: Visitor; readonly form: FormFields },
): Promise<Response> {
  const { record, recipientId } = visitor;
  const { reference, caseId, review } = record;
  const whom = whomOf(form);
  const problem = 'address' in whom ? inviteProblem(whom.address) : undefined;
  if (problem !== undefined) {
    return show(context, request, visitor, { form, problems: [{ field: 'address', sentence: problem }] });
  }
  const about = { caseId, applicationId: reference, round: review.round };
  const by = { role: 'owner', actor: String(recipientId), session: visitor.form } as const;
  const id = await appendAndWait(context.database, colleagueRow({ form, whom, about, by }));
  return request.redirect(pathOf(reference, `${PAGE}?row=${id}`), 303);
}

function ColleaguesPage({
  context,
  visitor,
  known,
  form,
  problems,
}: {
  readonly context: WebContext;
  readonly visitor: Visitor;
  readonly known: Awaited<ReturnType<typeof readColleagues>>;
  readonly form: FormFields;
  readonly problems: readonly Problem[];
}) {
  const { reference, product, review } = visitor.record;
  const { colleagues, newest } = known;
  const action = pathOf(reference, PAGE);
  const title = `Colleagues who help with ${product}`;
  const open = !hasEnded(review);
  return (
    <Page context={context} title={titleWith(problems, title)} help>
      <nav class="crumbs" aria-label="Back">
        <a href={pathOf(reference)}>Back to the list</a>
      </nav>
      <ErrorSummary problems={problems} />
      <h1>{title}</h1>
      <OutcomeOfRow known={known} />
      <p>
        A colleague gets an email with a link of their own. With it they read the form, fill it in and save. They never
        send: you do. They get no reminders.
      </p>
      <Helping {...{ action, known }} />
      {open && colleagues.length < MOST_COLLEAGUES ? (
        <InviteForm {...{ action, newest, form, problems }} />
      ) : open ? (
        <p>No more than {MOST_COLLEAGUES} colleagues can help at a time.</p>
      ) : null}
    </Page>
  );
}

/** Who helps now, each with the button that ends it. */
function Helping({
  action,
  known: { colleagues, newest },
}: {
  readonly action: string;
  readonly known: Awaited<ReturnType<typeof readColleagues>>;
}) {
  if (colleagues.length === 0) return <p>Nobody helps yet.</p>;
  return (
    <ul class="tasks">
      {colleagues.map(({ id, address, refused }) => (
        <li>
          <span>
            {address}
            {refused ? (
              <>
                <br />
                <span class="small">Our email to this address came back. Check it, remove it, and invite again.</span>
              </>
            ) : null}
          </span>
          <form method="post" action={action}>
            <input type="hidden" name="newest" value={String(newest)} />
            <input type="hidden" name="remove" value={String(id)} />
            <button type="submit" class="second">
              Remove<span class="hidden"> {address}</span>
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
}

function InviteForm({
  action,
  newest,
  form,
  problems,
}: {
  readonly action: string;
  readonly newest: number | string;
  readonly form: FormFields;
  readonly problems: readonly Problem[];
}) {
  return (
    <form method="post" action={action} novalidate>
      <input type="hidden" name="newest" value={String(newest)} />
      <TextField
        name="address"
        kind="email"
        label={{ text: 'Email address of a colleague' }}
        hint="Only people whom you trust with these answers, the boxes for reviewers only included."
        values={form}
        problems={problems}
      />
      <div class="acts">
        <button type="submit">Invite the colleague</button>
      </div>
    </form>
  );
}

/** The database is away: what was typed is sent once more from here. */
function NotSaved({
  context,
  action,
  form,
}: {
  readonly context: WebContext;
  readonly action: string;
  readonly form: FormFields;
}) {
  return (
    <Page context={context} title="Error: nothing was changed" help>
      <NothingTaken title="Nothing was changed" />
      <h1>Colleagues who help</h1>
      <InviteForm {...{ action, newest: posted(form, 'newest'), form, problems: [] }} />
    </Page>
  );
}
