import { randomBytes } from 'node:crypto';
import { printShortDay } from '../../adapters/dates.js';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { addDays, dayOf } from '../../domain/calendar.js';
import { counted } from '../../client/words/words.js';
import type { CaseLine } from '../../prisma/read-cases.js';
import type { Need, Needs } from '../../prisma/read-needs.js';
import { ErrorSummary, FieldError, problemOf, titleWith } from '../answer/errors.js';
import { CsrfField } from '../desk/for-staff.js';
import { Field, fieldOf, type FormOnPage } from './fields.js';
import { ConsolePage, type ConsoleProps } from './frame.js';
import { MANY_FORM, type OneOfMany } from './many.js';
import { Filters } from './needs.js';
import { casePath, reasonWords } from './reasons.js';

interface SilenceProps extends ConsoleProps {
  readonly needs: Needs;
  readonly form?: FormFields;
  readonly problems?: readonly Problem[];
}

type Silent = Need & { readonly about: { readonly is: 'case'; readonly line: CaseLine } };

/** The reviews that nobody answered, to be acted on one by one or many at once. */
export function SilencePage({ context, staff, needs: { needs, report }, form, problems = [] }: SilenceProps) {
  const silent = needs.filter((need): need is Silent => need.reason === 'silence' && need.about.is === 'case');
  const onPage: FormOnPage = {
    id: MANY_FORM,
    values: form ?? { until: addDays(dayOf(report.now), 30), key: randomBytes(24).toString('base64url') },
    problems,
  };
  return (
    <ConsolePage context={context} staff={staff} title={titleWith(problems, 'Needs you: nobody answered')}>
      <ErrorSummary problems={problems} />
      <h1>Nobody answered</h1>
      <Filters needs={needs} only="silence" />
      <p>If nobody acts: {reasonWords('silence').otherwise}</p>
      {silent.length === 0 ? (
        <p>Nothing here needs anybody now.</p>
      ) : (
        <form method="post" action="/console/silence" id="many-form" novalidate>
          <CsrfField staff={staff} />
          <input type="hidden" name="form" value={MANY_FORM} />
          <input type="hidden" name="key" value={posted(onPage.values, 'key')} />
          <Chosen silent={silent} form={onPage} />
          <ManyFields form={onPage} />
        </form>
      )}
    </ConsolePage>
  );
}

function Chosen({ silent, form }: { readonly silent: readonly Silent[]; readonly form: FormOnPage }) {
  const before = [form.values['case'] ?? []].flat();
  const name = fieldOf(form.id, 'case');
  return (
    <fieldset>
      <legend>
        <h2>{counted(silent.length, 'review')}</h2>
      </legend>
      <FieldError name={name} sentence={problemOf(form.problems, name)} />
      {silent.map(({ about: { line }, since }, index) => {
        const value = `${line.reference ?? ''}:${line.round ?? 1}`;
        const id = index === 0 ? name : `${name}-${index + 1}`;
        return (
          <div class="choice">
            <input type="checkbox" id={id} name="case" value={value} checked={before.includes(value)} />
            <label for={id}>
              {line.product}, {line.reference}: {line.state.replaceAll('_', ' ')}, silent since {printShortDay(since)}
            </label>
            <a href={casePath(line)}>
              Open<span class="hidden"> {line.product}</span>
            </a>
          </div>
        );
      })}
    </fieldset>
  );
}

const acts = [
  ['extend', 'Give more time: everybody who is asked is told the new deadline by email'],
  [
    'expire',
    'Close without an answer: an annual review takes the product off the list. In a notice: let the reviewers decide',
  ],
  ['resend', 'Write again: send once more what the mail server refused'],
] as const;

function ManyFields({ form }: { readonly form: FormOnPage }) {
  const name = fieldOf(form.id, 'act');
  return (
    <section class="panel" aria-labelledby="do">
      <fieldset>
        <legend>
          <h2 id="do">What to do with those that are ticked</h2>
        </legend>
        <FieldError name={name} sentence={problemOf(form.problems, name)} />
        {acts.map(([value, label], index) => (
          <div class="choice">
            <input
              type="radio"
              id={index === 0 ? name : `${name}-${value}`}
              name="act"
              value={value}
              checked={posted(form.values, 'act') === value}
            />
            <label for={index === 0 ? name : `${name}-${value}`}>{label}</label>
          </div>
        ))}
      </fieldset>
      <Field form={form} name="until" label="New last day" hint="For more time only." kind="date" />
      <Field
        form={form}
        name="publicReason"
        label="Reason"
        hint="The owners read it, and so may the public. Needed to close; the same for all."
        rows={3}
      />
      <Field
        form={form}
        name="internalReason"
        label="Note (optional)"
        hint="Only reviewers and staff read it."
        rows={2}
      />
      <div class="acts">
        <button type="submit">Do it for all that are ticked</button>
      </div>
    </section>
  );
}

/** What became of each of many. */
export function ManyResults({
  context,
  staff,
  results,
  lines,
}: ConsoleProps & { readonly results: readonly OneOfMany[]; readonly lines: readonly CaseLine[] }) {
  const bySame = new Map(lines.map((line) => [line.reference, line]));
  const done = results.filter(({ answer }) => answer !== 'received' && answer.result === 'accepted').length;
  return (
    <ConsolePage context={context} staff={staff} title="What became of it">
      <h1>What became of it</h1>
      <p role="status">
        {done} of {results.length} done.
      </p>
      <ul class="products" role="list">
        {results.map(({ reference, answer }) => {
          const line = bySame.get(reference);
          return (
            <li>
              <h2 class="small-title">
                {line === undefined ? reference : <a href={casePath(line)}>{line.product}</a>}
              </h2>
              <p>
                <strong>
                  {answer === 'received' ? 'Received' : answer.result === 'accepted' ? 'Done' : 'Not done'}
                </strong>
                : {answer === 'received' ? 'it has no outcome yet and is not lost; its page tells.' : answer.sentence}
              </p>
            </li>
          );
        })}
      </ul>
      <p>
        <a href="/console?reason=silence">Back to those that nobody answered</a>
      </p>
    </ConsolePage>
  );
}
