import { Hono, type Context } from 'hono';
import { posted, type FormFields } from '../../domain/answer-form.js';
import type { CampaignPlan } from '../../domain/campaign-plan.js';
import { planAsText } from '../../client/campaign-plan.js';
import { kindInWords } from '../../domain/public-words.js';
import { LINK_PLACEHOLDER, renderEmail } from '../../mail/render.js';
import { startCampaign } from '../../prisma/campaign.js';
import { listCampaigns } from '../../prisma/campaign-status.js';
import { previewPrompt } from '../../prisma/preview-email.js';
import { letterHead } from '../letter-head.js';
import type { WebContext } from '../context.js';
import { forStaff } from '../desk/for-staff.js';
import type { Staff } from '../desk/session.js';
import { digestOf, NewCampaignPage, PlanPage, type SampleEmail } from './campaign-new.js';
import { CampaignsPage } from './campaigns.js';
import { fieldOf } from './fields.js';
import { planAsked, SCOPE_FORM } from './scope.js';
import { NO_LINK } from './timeline.js';

interface Posted {
  readonly context: WebContext;
  readonly request: Context;
  readonly staff: Staff;
  readonly form: FormFields;
}

/** The pages on which campaigns are planned and started. Of one that runs, see campaign-run.tsx. */
export function campaignPages(context: WebContext): Hono {
  const app = new Hono();
  app.get(
    '/console/campaigns',
    forStaff(context, async (request, staff) => {
      const campaigns = await listCampaigns(context.database);
      return request.html(<CampaignsPage {...{ context, staff, campaigns }} />);
    }),
  );
  app.get(
    '/console/campaigns/new',
    forStaff(context, (request, staff) =>
      request.html(<NewCampaignPage {...{ context, staff }} form={{}} problems={[]} />),
    ),
  );
  app.post(
    '/console/campaigns/plan',
    forStaff(context, (request, staff, form) => plan({ context, request, staff, form })),
  );
  app.post(
    '/console/campaigns/start',
    forStaff(context, (request, staff, form) => start({ context, request, staff, form })),
  );
  return app;
}

async function plan(asking: Posted): Promise<Response> {
  const { context, request, staff, form } = asking;
  const asked = await planAsked(context.database, form);
  if ('problems' in asked) return request.html(<NewCampaignPage {...{ context, staff, form, ...asked }} />, 422);
  return showPlan(asking, asked, { problems: [] });
}

/** Starts what was seen, once: the same name and scope again lead to the campaign that is there. */
async function start(asking: Posted): Promise<Response> {
  const { context, request, staff, form } = asking;
  const { database } = context;
  const asked = await planAsked(database, form);
  if ('problems' in asked) return request.html(<NewCampaignPage {...{ context, staff, form, ...asked }} />, 422);
  const { name, plan } = asked;
  if (posted(form, 'confirm').trim() !== name) {
    const sentence = `Type ${name} to start it. Nothing was started.`;
    return showPlan(asking, asked, { problems: [{ field: fieldOf('start', 'confirm'), sentence }] });
  }
  const isThere = (await database.campaign.count({ where: { name } })) > 0;
  if (!isThere && posted(form, 'seen') !== digestOf(plan)) {
    const notice = 'The plan changed since you looked at it. Nothing was started. If it is right, start it below.';
    return showPlan(asking, asked, { problems: [], notice });
  }
  const started = await startCampaign(database, { name, by: staff.person.id, plan });
  if ('refused' in started) {
    const problems = [{ field: fieldOf(SCOPE_FORM, 'name'), sentence: started.refused }];
    return request.html(<NewCampaignPage {...{ context, staff, form, problems }} />, 409);
  }
  return request.redirect(`/console/campaigns/${name}?started`, 303);
}

async function showPlan(
  { context, request, staff, form }: Posted,
  { name, plan }: { readonly name: string; readonly plan: CampaignPlan },
  again: Pick<Parameters<typeof PlanPage>[0], 'problems' | 'notice'>,
): Promise<Response> {
  const text = await planAsText(context.database, plan, { all: false });
  const whole = await planAsText(context.database, plan, { all: true });
  const emails = await samplesOf(context, { name, plan });
  const status = again.problems.length > 0 ? 422 : again.notice === undefined ? 200 : 409;
  return request.html(<PlanPage {...{ context, staff, form, name, plan, text, whole, emails, ...again }} />, status);
}

/** For each kind of review that opens, the first email of the first product with somebody to ask. */
async function samplesOf(
  context: WebContext,
  { name, plan }: { readonly name: string; readonly plan: CampaignPlan },
): Promise<readonly SampleEmail[]> {
  const samples: SampleEmail[] = [];
  for (const kind of ['annual_review', 'privacy'] as const) {
    const member = plan.members.find((one) => one.kind === kind && !one.joins && one.hasContact);
    const day = plan.days.find(({ wave }) => wave === member?.wave)?.day;
    if (member === undefined || day === undefined) continue;
    const foreseen = { campaign: name, member, day };
    const content = await previewPrompt(context.database, { foreseen, head: letterHead(context) });
    if (content === null) continue;
    const { subject, text } = renderEmail(content);
    const read = text.replaceAll(LINK_PLACEHOLDER, NO_LINK);
    samples.push({ product: member.name, what: kindInWords(kind), subject, text: read });
  }
  return samples;
}
