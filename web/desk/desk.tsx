import { Hono, type Context } from 'hono';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { linksOf } from '../../domain/link-check.js';
import { removalWord } from '../../domain/nomination.js';
import { isDay } from '../../domain/calendar.js';
import { seatAskedIn, seatsOf } from '../../domain/seats.js';
import type { NewSubmission } from '../../prisma/append.js';
import { readLinkChecks } from '../../prisma/link-checks.js';
import { previewRow } from '../../prisma/preview.js';
import { readDeskCase, type DeskCase } from '../../prisma/read-desk-case.js';
import { readDesk } from '../../prisma/read-desk.js';
import { REFERENCE } from '../../prisma/read-reference.js';
import { readPartial } from '../../prisma/read-reviewer.js';
import { readReviewers } from '../../prisma/staff.js';
import { readVerdictDraft, saveVerdictDraft } from '../../prisma/verdict-drafts.js';
import { letterHead } from '../letter-head.js';
import type { WebContext } from '../context.js';
import { oneTime } from '../one-time.js';
import { NotFound } from '../problems.js';
import { CasePage } from './case-page.js';
import { isJudging, type CaseView } from './case-view.js';
import { consultRow, readConsult, withoutConsult } from './consult-form.js';
import { DecisionPage } from './decision-page.js';
import { forStaff, type ForStaff } from './for-staff.js';
import { PartialPage } from './partial.js';
import { PoolPage } from './pool.js';
import { ACTS, answered, back, keyOf, levelAt, NOTES, saidBefore, say, type DeskAct, type Looking } from './rows.js';
import type { Staff } from './session.js';
import { saveByScript } from './save-by-script.js';
import { takeNext } from './take-next.js';
import { labelOf } from './words.js';
import { fields, ofDraft, readVerdict, withLibrary } from './verdict-form.js';

/** The pages of reviewers: their desk, a case, the decision. */
export function reviewersPages(context: WebContext): Hono {
  const app = new Hono();
  app.get(
    '/desk',
    forStaff(context, (request, staff) => showDesk(context, request, staff)),
  );
  app.post(
    '/desk/next',
    forStaff(context, (request, staff, form) => takeNext(context, request, staff, form)),
  );
  app.get(
    '/desk/:reference',
    ofCase(context, (request, staff, record) => showCase(context, request, { staff, record })),
  );
  app.post(
    '/desk/:reference/verdict',
    ofCase(context, (request, staff, record, form) => saveVerdict(context, request, { staff, record, form })),
  );
  app.get(
    '/desk/:reference/decision',
    ofCase(context, (request, staff, record) => showDecision(context, request, { staff, record })),
  );
  app.post(
    '/desk/:reference/decide',
    ofCase(context, (request, staff, record, form) => decide(context, request, { staff, record, form })),
  );
  for (const act of Object.keys(ACTS) as DeskAct[]) {
    app.post(
      `/desk/:reference/${act}`,
      ofCase(context, (request, staff, record, form) => doAct(context, request, { staff, record, form, act })),
    );
  }
  return app;
}

type OfCase = (request: Context, staff: Staff, record: DeskCase, form: FormFields) => Response | Promise<Response>;

/** A page of a case that is there. Of who is not to judge its product it takes that they give it up, and nothing else. */
function ofCase(context: WebContext, handle: OfCase) {
  const inCase: ForStaff = async (request, staff, form) => {
    const reference = request.req.param('reference') ?? '';
    const record = REFERENCE.test(reference)
      ? await readDeskCase(context.database, { reference, standards: context.standards })
      : null;
    if (record === null) return request.html(NotFound({ context }), 404);
    const because = (await readPartial(context.database, record.slug))(staff.person);
    if (because === null || request.req.path.endsWith('/conflict')) return handle(request, staff, record, form);
    const looking = { staff, record };
    return request.html(<PartialPage {...{ context, looking, because, form, labelOf }} />, 403);
  };
  return forStaff(context, inCase, { labelOf });
}

async function showDesk(context: WebContext, request: Context, staff: Staff) {
  const { id: person, address } = staff.person;
  const desk = await readDesk(context.database, { person, address, seats: seatsOf(staff.roles) });
  const reviewers = await readReviewers(context.database, 'appeal');
  const others = reviewers.filter(({ id }) => id !== person);
  const said = await saidBefore(context, request, staff);
  return request.html(<PoolPage {...{ context, staff, desk, said, others }} />);
}

async function showCase(
  context: WebContext,
  request: Context,
  { staff, record }: Looking,
  again: Partial<CaseView> = {},
) {
  const { database } = context;
  const draft = await readVerdictDraft(database, { reference: record.reference, reviewer: staff.person.id });
  const colleagues = isJudging(record, staff) ? await colleaguesOf(context, { staff, record }) : [];
  const view: CaseView = {
    links: context.checksLinks === true ? await readLinkChecks(database, linksOf(record.answers?.values ?? {})) : null,
    ...{ context, staff, record, colleagues, problems: [], said: await saidBefore(context, request, staff) },
    form: draft?.form ?? before(record, staff),
    seen: draft?.version ?? 0,
    key: keyOf(staff, record, 'act'),
    ...again,
  };
  return request.html(<CasePage {...view} />, view.untaken ? 409 : view.problems.length > 0 ? 422 : 200);
}

/** Who may take a case over at the level that is asked now. */
async function colleaguesOf({ database }: WebContext, { staff, record: { review } }: Looking) {
  const seat = seatAskedIn(review.state);
  return seat === null ? [] : (await readReviewers(database, seat)).filter(({ id }) => id !== staff.person.id);
}

/** After a clarification only what was asked is judged again: the rest is filled in as the same reviewer said it. */
function before({ review, verdicts }: DeskCase, staff: Staff): FormFields {
  const own = verdicts.findLast(({ by }) => by === staff.person.id);
  if (own === undefined || (review.turn?.of !== 'clarification' && review.turn?.of !== 'notice')) return {};
  const kept = own.sections.filter(({ verdict }) => verdict === 'meets');
  return Object.fromEntries(kept.map(({ section }) => [fields.word(section), 'meets']));
}

/** Saves what was typed; goes on to the decision if that was wished and nothing is missing. */
async function saveVerdict(
  context: WebContext,
  request: Context,
  { staff, record, form: typed }: Looking & { form: FormFields },
): Promise<Response> {
  if (posted(typed, 'then') === 'script') return saveByScript(context, request, { staff, record, form: typed });
  const form = withLibrary(ofDraft(typed), record);
  const seen = Number(posted(typed, 'seen')) || 0;
  const { reference, review } = record;
  if (!isJudging(record, staff)) {
    const said = 'This case is not yours now. Nothing was saved.';
    return showCase(context, request, { staff, record }, { said, untaken: typed });
  }
  const answersVersion = Number(posted(typed, 'answers')) || review.answersVersion;
  const saved = await saveVerdictDraft(context.database, {
    ...{ reference, form, seen, answersVersion },
    reviewer: staff.person.id,
  });
  if (!saved) {
    const problems = [
      { field: 'seen', sentence: 'Another window saved a newer text. Yours is below: look, and save again.' },
    ];
    const draft = await readVerdictDraft(context.database, { reference, reviewer: staff.person.id });
    return showCase(context, request, { staff, record }, { form, problems, seen: draft?.version ?? 0 });
  }
  if (posted(typed, 'then') !== 'decision') return request.redirect(`/desk/${reference}?note=saved`, 303);
  const problems = problemsOf(form, record);
  if (problems.length === 0) return request.redirect(`/desk/${reference}/decision`, 303);
  const draft = await readVerdictDraft(context.database, { reference, reviewer: staff.person.id });
  return showCase(context, request, { staff, record }, { form, problems, seen: draft?.version ?? 0 });
}

async function showDecision(context: WebContext, request: Context, { staff, record }: Looking): Promise<Response> {
  const { reference } = record;
  const draft = await readVerdictDraft(context.database, { reference, reviewer: staff.person.id });
  if (draft === null || !isJudging(record, staff)) return request.redirect(`/desk/${reference}`, 303);
  const problems = problemsOf(draft.form, record);
  if (problems.length > 0) return showCase(context, request, { staff, record }, { problems });
  const row = rowOf({ staff, record, form: draft.form, answersVersion: draft.answersVersion });
  const preview = await previewRow(context.database, {
    row: { ...row, key: `preview ${row.key}` },
    head: letterHead(context),
  });
  if (preview === 'no_case') return request.html(NotFound({ context }), 404);
  if (preview === 'rows_wait') return request.redirect(`/desk/${reference}?note=rows-wait`, 303);
  const given = { round: String(record.review.round), draft: String(draft.version) };
  return request.html(<DecisionPage {...{ context, staff, record, preview, fields: given }} />);
}

/** Gives the verdict that was looked at: of another round, or another draft, it is shown again first. */
async function decide(
  context: WebContext,
  request: Context,
  { staff, record, form }: Looking & { form: FormFields },
): Promise<Response> {
  const { reference, review } = record;
  const draft = await readVerdictDraft(context.database, { reference, reviewer: staff.person.id });
  const sameDraft = draft !== null && posted(form, 'draft') === String(draft.version);
  const sameRound = posted(form, 'round') === String(review.round);
  if (draft === null || (!sameDraft && sameRound)) return request.redirect(`/desk/${reference}?note=changed`, 303);
  // Of an earlier round it is told what became of it: whoever presses twice reads the same twice.
  if (sameRound && !isJudging(record, staff)) return request.redirect(`/desk/${reference}?note=not-yours`, 303);
  const round = Number(posted(form, 'round'));
  const row = { ...rowOf({ staff, record, form: draft.form, answersVersion: draft.answersVersion }), round };
  const said = await answered(context, row);
  if (row.kind === 'consult' && said.result === 'accepted') {
    const { version: at, answersVersion } = draft;
    const kept = { reference, reviewer: staff.person.id, form: withoutConsult(draft.form, record), answersVersion };
    await saveVerdictDraft(context.database, { ...kept, seen: at });
  }
  return back(request, `/desk/${reference}`, said);
}

async function doAct(
  context: WebContext,
  request: Context,
  { staff, record, form, act }: Looking & { form: FormFields; act: DeskAct },
): Promise<Response> {
  const wrong = await whatIsWrong(context, { staff, record, form, act });
  const { reference, newestRow } = record;
  if (wrong !== null)
    return showCase(context, request, { staff, record }, { said: NOTES[wrong] ?? null, untaken: form });
  const said = await say(context, { staff, record, act, form });
  if (said.id !== null && said.id < newestRow) return request.redirect(`/desk/${reference}?note=before`, 303);
  // Whoever is in conflict is not to read the case, whatever became of that: their form has no text to lose.
  if (said.result === 'refused' && act !== 'conflict' && posted(form, 'reason') !== '') {
    const now = await readDeskCase(context.database, { reference, standards: context.standards });
    return showCase(context, request, { staff, record: now ?? record }, { said: said.sentence, untaken: form });
  }
  const leaves = act === 'give-back' || act === 'conflict' || act === 'hand-over' || act === 'remove';
  const to = leaves ? '/desk' : `/desk/${reference}`;
  return back(request, to, said);
}

/** What of an act no step could take: it would be set aside as stuck, or give the case to nobody. */
async function whatIsWrong(
  context: WebContext,
  { staff, record, form, act }: Looking & { form: FormFields; act: DeskAct },
): Promise<'no-day' | 'no-colleague' | 'no-why' | 'not-yours' | null> {
  if ((act === 'hand-over' || act === 'remove') && !isJudging(record, staff)) return 'not-yours';
  const until = posted(form, 'until');
  if (act === 'set-aside' && until !== '' && !isDay(until)) return 'no-day';
  if (act === 'remove' && removalWord(posted(form, 'why')) === null) return 'no-why';
  if (act !== 'hand-over') return null;
  const colleagues = await colleaguesOf(context, { staff, record });
  return colleagues.some(({ id }) => id === posted(form, 'to')) ? null : 'no-colleague';
}

function problemsOf(form: FormFields, record: DeskCase): readonly Problem[] {
  return (readConsult(form, record) ?? readVerdict(form, record)).problems;
}

/** Experts are asked before anything is said of the other sections. */
function rowOf(given: Looking & { form: FormFields; answersVersion: number }): NewSubmission {
  return consultRow(given) ?? verdictRow(given);
}

function verdictRow(given: Looking & { form: FormFields; answersVersion: number }): NewSubmission {
  const { staff, record, form, answersVersion } = given;
  const { review, caseId, reference } = record;
  const { sections, questions, days, secondRoundReason } = readVerdict(form, record);
  const level = seatAskedIn(review.state) ?? 'l1';
  const by = staff.person.id;
  return {
    ...{
      caseId,
      applicationId: reference,
      round: review.round,
      kind: 'verdict',
      role: levelAt(staff, review),
      actor: by,
    },
    key: oneTime('verdict', reference, by, review.round, answersVersion, form),
    body: { level, by, answersVersion, sections, days, secondRoundReason, questions },
  };
}
