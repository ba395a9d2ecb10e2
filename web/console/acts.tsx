import type { FormFields, Problem } from '../../domain/answer-form.js';
import { addDays, dayOf } from '../../domain/calendar.js';
import { CsrfField } from '../desk/for-staff.js';
import type { Staff } from '../desk/session.js';
import { SEATS } from '../desk/words.js';
import type { ActForm } from './act-forms.js';
import { idOf } from './act.js';
import { Choice, Field, type FormOnPage } from './fields.js';
import { SectionsField } from './sections-field.js';
import { oneTimeKey } from './one-time.js';
import { newestRow, type ProductFacts } from './product-facts.js';
import { casePath } from './reasons.js';

/** A form that was posted and could not be taken. */
export interface Untaken {
  readonly form: FormFields;
  readonly problems: readonly Problem[];
}

export interface ActProps {
  readonly act: ActForm;
  readonly facts: ProductFacts;
  readonly staff: Staff;
  readonly untaken: Untaken | null;
  /** The one button of the page that comes first. */
  readonly first: boolean;
}

/** The form of one act, with what follows from it. */
export function ActFormOf({ act, facts, staff, untaken, first }: ActProps) {
  const { line, review, caseId, now } = facts;
  const isThis = untaken !== null && idOf(untaken.form) === act.id;
  const until = addDays(line.deadline !== null && line.deadline > dayOf(now) ? line.deadline : dayOf(now), 14);
  const form: FormOnPage = {
    id: act.id,
    values: isThis ? untaken.form : { until, days: '14' },
    problems: isThis ? untaken.problems : [],
  };
  const key = oneTimeKey(staff, [caseId, act.id, newestRow(facts)]);
  const hidden = {
    ...{ form: act.id, act: act.is, key, reference: line.reference ?? '' },
    ...{ round: String(review?.round ?? ''), request: act.request ?? '', unknown: act.unknown === true ? 'yes' : '' },
    concern: act.concern?.id ?? '',
  };
  return (
    <form method="post" action={`${casePath(line)}/act`} id={`${act.id}-form`} novalidate>
      <CsrfField staff={staff} />
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <p>{act.follows}</p>
      <ActFields act={act} form={form} facts={facts} />
      <div class="acts">
        <button type="submit" class={first ? undefined : 'second'}>
          {act.button}
        </button>
      </div>
    </form>
  );
}

function levelsOf({ review }: ProductFacts) {
  const levels = review?.policy.levels ?? [];
  return [{ value: '', label: 'Choose a level' }, ...levels.map((level) => ({ value: level, label: SEATS[level] }))];
}

function ActFields({
  act,
  form,
  facts,
}: {
  readonly act: ActForm;
  readonly form: FormOnPage;
  readonly facts: ProductFacts;
}) {
  const { deadline } = facts.line;
  const told = deadline === null ? undefined : `The owner was told ${deadline}. Give a later day.`;
  const reviewers = facts.reviewers.filter(({ id }) => id !== facts.review?.claim?.by);
  return (
    <>
      {act.asks.includes('until') ? (
        <Field form={form} name="until" label="New last day" hint={told} kind="date" />
      ) : null}
      {act.asks.includes('days') ? (
        <Field form={form} name="days" label="How many days more" hint="From 1 to 180." />
      ) : null}
      {act.asks.includes('to') ? (
        <Choice
          form={form}
          name="to"
          label="Who has it next"
          options={[
            { value: '', label: 'Choose a reviewer' },
            ...reviewers.map(({ id, name }) => ({ value: id, label: `${name} (${id})` })),
          ]}
        />
      ) : null}
      {act.asks.includes('level') ? (
        <Choice form={form} name="level" label="Which level looks at it first" options={levelsOf(facts)} />
      ) : null}
      {act.asks.includes('sections') ? (
        <SectionsField form={form} standard={facts.standard} chosen={act.concern?.sections ?? []} />
      ) : null}
      <Reasons act={act} form={form} />
    </>
  );
}

/** Why it is done: what the owner reads, and what only staff read. */
function Reasons({ act, form }: { readonly act: ActForm; readonly form: FormOnPage }) {
  return (
    <>
      {act.publicReason === 'none' ? null : (
        <Field
          form={form}
          name="publicReason"
          label={act.reason?.label ?? (act.publicReason === 'needed' ? 'Reason' : 'Reason (optional)')}
          hint={act.reason?.hint ?? 'The owner reads it, and so may the public.'}
          rows={3}
        />
      )}
      <Field
        form={form}
        name="internalReason"
        label="Note (optional)"
        hint="Only reviewers and staff read it."
        rows={2}
      />
    </>
  );
}
