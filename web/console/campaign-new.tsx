import { createHash } from 'node:crypto';
import { printDay } from '../../adapters/dates.js';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import type { CampaignPlan } from '../../domain/campaign-plan.js';
import { CASES_A_DAY } from '../../domain/policy.js';
import { counted } from '../../client/words/words.js';
import { ErrorSummary, titleWith } from '../answer/errors.js';
import { CsrfField } from '../desk/for-staff.js';
import type { Staff } from '../desk/session.js';
import { Choice, Field, type FormOnPage } from './fields.js';
import { ConsolePage, type ConsoleProps } from './frame.js';
import { SCOPE_FIELDS, SCOPE_FORM } from './scope.js';

interface ScopeProps extends ConsoleProps {
  readonly form: FormFields;
  readonly problems: readonly Problem[];
}

/** The page on which a campaign begins: a name, and whom it asks. */
export function NewCampaignPage({ context, staff, form, problems }: ScopeProps) {
  return (
    <ConsolePage context={context} staff={staff} title={titleWith(problems, 'Plan a campaign')}>
      <ErrorSummary problems={problems} />
      <h1>Plan a campaign</h1>
      <p>
        A campaign asks the owners of many products, some each day. First you see the plan: whom it would ask, when, and
        what the emails say. Nothing is sent and nothing is kept until you start it.
      </p>
      <ScopeForm staff={staff} form={form} problems={problems} />
    </ConsolePage>
  );
}

function ScopeForm({ staff, form: values, problems }: Omit<ScopeProps, 'context'>) {
  const form: FormOnPage = { id: SCOPE_FORM, values, problems };
  return (
    <form method="post" action="/console/campaigns/plan" id="scope-form" novalidate>
      <CsrfField staff={staff} />
      <Field form={form} name="name" label="Name" hint="Small letters, digits and hyphens, such as annual-2026." />
      <p>
        It asks every product whose review is due within 60 days or overdue, and every one that handles personal data
        and was never asked the privacy questions. You can narrow that down, or add to it.
      </p>
      <Choice
        form={form}
        name="contact"
        label="Products with nobody to ask"
        options={[
          { value: '', label: 'They wait for a contact' },
          { value: 'yes', label: 'Leave them out' },
        ]}
      />
      <Choice
        form={form}
        name="kind"
        label="Annual reviews or privacy questions"
        options={[
          { value: '', label: 'Both' },
          { value: 'annual_review', label: 'Annual reviews only' },
          { value: 'privacy', label: 'Privacy questions only' },
        ]}
      />
      <Field
        form={form}
        name="perDay"
        label="Reviews opened a day, at most (optional)"
        hint={`${CASES_A_DAY} if you leave it empty. The products of one person stay together.`}
      />
      <Narrowing form={form} />
      <div class="acts">
        <button type="submit">Show the plan</button>
      </div>
    </form>
  );
}

function Narrowing({ form }: { readonly form: FormOnPage }) {
  return (
    <details open={['where', 'include', 'exclude'].some((name) => posted(form.values, name).trim() !== '')}>
      <summary>Choose more exactly</summary>
      <Field
        form={form}
        name="where"
        label="Only those that fit (optional)"
        hint="One filter a line; all must fit. Such as sdg=3, language=fr, country!=NO, licence=MIT, type=software, valid-until<2026-01-01."
        rows={3}
      />
      <Field
        form={form}
        name="include"
        label="Ask these too (optional)"
        hint="One product a line: the last part of its address in the registry, such as openwise."
        rows={3}
      />
      <Field
        form={form}
        name="exclude"
        label="Do not ask these (optional)"
        hint="One product a line, with the reason, such as: openwise = merges with seed. The reason is kept."
        rows={3}
      />
    </details>
  );
}

/** How an email of the plan would read. */
export interface SampleEmail {
  readonly product: string;
  readonly what: string;
  readonly subject: string;
  readonly text: string;
}

interface PlanProps extends ScopeProps {
  readonly name: string;
  readonly plan: CampaignPlan;
  /** As the command prints it. */
  readonly text: string;
  /** The same with every product. */
  readonly whole: string;
  readonly emails: readonly SampleEmail[];
  /** Why the plan is shown again. */
  readonly notice?: string;
}

/** The plan of a campaign as the command prints it, its emails as they would read, and its start. */
export function PlanPage(props: PlanProps) {
  const { context, staff, name, plan, text, whole, emails, form, problems, notice } = props;
  const nobody = plan.members.length === 0;
  return (
    <ConsolePage context={context} staff={staff} title={titleWith(problems, `The plan of ${name}`)}>
      <ErrorSummary problems={problems} />
      {notice === undefined ? null : (
        <div class="errors" role="alert">
          <h2>Look at this once more</h2>
          <p>{notice}</p>
        </div>
      )}
      <h1>The plan of {name}</h1>
      <p>Nothing was sent and nothing was kept. This is what "perennial campaign plan" prints, too:</p>
      <pre tabindex={0}>{text}</pre>
      {whole === text ? null : (
        <details>
          <summary>Every product by name</summary>
          <pre tabindex={0}>{whole}</pre>
        </details>
      )}
      <section aria-labelledby="emails">
        <h2 id="emails">What the emails say</h2>
        {emails.length === 0 ? (
          <p>No first email would go: nobody can be asked, or every review is open already.</p>
        ) : null}
        {emails.map((email) => (
          <Sample email={email} />
        ))}
      </section>
      {nobody ? null : <StartForm {...{ staff, name, plan, form, problems }} />}
      <details>
        <summary>Change whom it asks</summary>
        <ScopeForm staff={staff} form={form} problems={[]} />
      </details>
    </ConsolePage>
  );
}

function Sample({ email: { product, what, subject, text } }: { readonly email: SampleEmail }) {
  return (
    <details>
      <summary>
        {what}: {product}
      </summary>
      <p>
        <strong>Subject:</strong> {subject}
      </p>
      <pre tabindex={0}>{text}</pre>
    </details>
  );
}

function StartForm({
  staff,
  name,
  plan,
  form: values,
  problems,
}: {
  readonly staff: Staff;
  readonly name: string;
  readonly plan: CampaignPlan;
  readonly form: FormFields;
  readonly problems: readonly Problem[];
}) {
  const emails = plan.days.reduce((sum, day) => sum + day.emails, 0);
  const nobody = plan.members.filter(({ hasContact }) => !hasContact).length;
  const first = plan.days[0]?.day;
  return (
    <section class="panel" aria-labelledby="start">
      <h2 id="start">Start it</h2>
      <p>
        {counted(plan.members.length, 'product')} in {counted(plan.days.length, 'wave')}: one wave a day
        {first === undefined ? '' : `, the first on ${printDay(first)}`}.{' '}
        {counted(emails, 'first email goes', 'first emails go')}.
        {nobody === 0
          ? ''
          : ` ${counted(nobody, 'product has nobody to ask, and waits', 'products have nobody to ask, and wait')} for a contact.`}
      </p>
      <p>What was sent cannot be taken back. Until a wave goes you can close the campaign.</p>
      <form method="post" action="/console/campaigns/start" id="start-form" novalidate>
        <CsrfField staff={staff} />
        {SCOPE_FIELDS.map((field) => (
          <input type="hidden" name={field} value={posted(values, field)} />
        ))}
        <input type="hidden" name="seen" value={digestOf(plan)} />
        <Field
          form={{ id: 'start', values, problems }}
          name="confirm"
          label={`Type the name of the campaign to start it: ${name}`}
        />
        <div class="acts">
          <button type="submit">Start the campaign</button>
        </div>
      </form>
    </section>
  );
}

/** What of a plan somebody agrees to: whom it asks, what and in which order. */
export function digestOf({ members, scope }: CampaignPlan): string {
  const asked = members.map(({ slug, kind, wave, joins, hasContact }) => [slug, kind, wave, joins, hasContact]);
  return createHash('sha256')
    .update(JSON.stringify([asked, scope.perDay]))
    .digest('base64url');
}
