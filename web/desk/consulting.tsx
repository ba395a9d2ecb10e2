import { printDay, printInstant } from '../../adapters/dates.js';
import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import type { AdviceWord, ConsultationEnd, DeclineWord, ExpertStage } from '../../domain/consultation.js';
import type { SectionId } from '../../domain/standard.js';
import type { ExpertRead } from '../../prisma/read-consultations.js';
import type { DeskCase } from '../../prisma/read-desk-case.js';
import { FieldError, fieldId, problemOf } from '../answer/errors.js';
import { TextField } from '../answer/inputs.js';
import { consultFields, ROOM } from './consult-form.js';

/** What an expert advises, in words. */
export const ADVICE: Readonly<Record<AdviceWord, string>> = {
  meets: 'Meets the Standard',
  clarify: 'Needs clarification',
  does_not_meet: 'Does not meet the Standard',
  cannot_say: 'Cannot say',
};

/** Why an expert declined, in words. */
export const DECLINED: Readonly<Record<DeclineWord, string>> = {
  no_time: 'no time',
  not_my_field: 'not their field',
  conflict: 'a conflict of interest',
  other: 'another reason',
  unreachable: 'the mail server refused their address',
};

const STAGES: Readonly<Record<ExpertStage, string>> = {
  invited: 'asked',
  accepted: 'accepted',
  declined: 'declined',
  silent: 'did not reply in time',
  over: 'accepted, and did not answer in time',
  answered: 'answered',
};

const ENDS: Readonly<Record<ConsultationEnd, string>> = {
  answered: 'Answered.',
  nobody_left: 'Nobody of the list answered. The case came back without advice.',
  called_off: 'Called off.',
  overtaken: 'Closed: the review went on by another way.',
};

/** What experts were asked about a section, and what they advise. For reviewers and staff alone. */
export function Advices({ record, section }: { readonly record: DeskCase; readonly section: SectionId }) {
  const own = record.questions.filter((one) => one.section === section);
  return (
    <>
      {own.map((question) => (
        <div class="inset private">
          <p>
            <strong>Asked of experts by {question.by}. Never published, never shown to the owner:</strong>
          </p>
          <p class="said">{question.question}</p>
          {question.asked.map((one) => (
            <Asked one={one} />
          ))}
          <p class="small">{question.end === null ? 'It waits for an expert.' : ENDS[question.end]}</p>
        </div>
      ))}
    </>
  );
}

function Asked({ one: { expert, stage, until, why, advice } }: { readonly one: ExpertRead }) {
  const open = stage === 'invited' || stage === 'accepted';
  return (
    <>
      <p class="small">
        {expert}: {STAGES[stage]}
        {why === null ? '' : ` (${DECLINED[why]})`}
        {open && until !== null && advice === null ? `, until ${printDay(until)}` : ''}
      </p>
      {advice === null ? null : (
        <>
          <p>
            <strong>
              {ADVICE[advice.word]}
              {advice.late ? ' (came late)' : ''}
            </strong>{' '}
            <span class="small">{printInstant(advice.at)}</span>
          </p>
          <p class="said">{advice.text}</p>
        </>
      )}
    </>
  );
}

/** One question about a section, and whom to ask in which order. */
export function AskExperts({
  record,
  staff,
  section,
  title,
  form,
  problems,
  open,
}: {
  readonly record: DeskCase;
  /** The word of whoever asks: nobody asks themselves. */
  readonly staff: string;
  readonly section: SectionId;
  readonly title: string;
  readonly form: FormFields;
  readonly problems: readonly Problem[];
  readonly open: boolean;
}) {
  const experts = record.experts.filter(({ id }) => id !== staff);
  return (
    <details open={open}>
      <summary>
        If you ask an expert<span class="hidden">: {title}</span>
      </summary>
      <div class="inset private">
        <TextField
          name={consultFields.question(section)}
          label={{ text: 'Your question' }}
          values={form}
          problems={problems}
          hint="The expert sees this question and the answers of this section, and nothing else. Name no person."
          rows={3}
        />
        {Array.from({ length: ROOM }, (_, nth) => (
          <Choice {...{ name: consultFields.expert(section, nth), nth, experts, form, problems }} />
        ))}
      </div>
    </details>
  );
}

function Choice({
  name,
  nth,
  experts,
  form,
  problems,
}: {
  readonly name: string;
  readonly nth: number;
  readonly experts: DeskCase['experts'];
  readonly form: FormFields;
  readonly problems: readonly Problem[];
}) {
  const chosen = posted(form, name);
  const problem = problemOf(problems, name);
  return (
    <div class={problem === undefined ? 'field' : 'field wrong'}>
      <label class="name" for={fieldId(name)}>
        {nth === 0 ? 'Whom to ask first' : nth === 1 ? 'Then, if they do not answer' : 'Then'}
      </label>
      <FieldError name={name} sentence={problem} />
      <select id={fieldId(name)} name={name}>
        <option value="">Nobody</option>
        {experts.map(({ id, name: called }) => (
          <option value={id} selected={id === chosen}>
            {called}
          </option>
        ))}
      </select>
    </div>
  );
}
