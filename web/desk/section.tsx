import type { FormFields, Problem } from '../../domain/answer-form.js';
import { printShortDay } from '../../adapters/dates.js';
import { equalAnswer, visible } from '../../domain/answers.js';
import { printAnswer } from '../../domain/answer-text.js';
import { reasonsFor } from '../../domain/reasons.js';
import { sectionOf, sectionTitle, type Question, type SectionId } from '../../domain/standard.js';
import type { DeskCase } from '../../prisma/read-desk-case.js';
import { AboutQuestion, HowMuch, SelfAssessment } from '../about-question.js';
import { ChoiceField, TextField } from '../answer/inputs.js';
import { fieldId } from '../answer/errors.js';
import { External } from '../registry/external.js';
import { CONSULT, mayConsult } from './consult-form.js';
import { Advices, AskExperts } from './consulting.js';
import { Difference } from './difference.js';
import { LinkHints, type LinksSeen } from './link-hints.js';
import type { Staff } from './session.js';
import { fields } from './verdict-form.js';

const VERDICTS = [
  { value: 'meets', label: 'Meets the Standard' },
  { value: 'clarify', label: 'Needs clarification' },
  { value: 'does_not_meet', label: 'Does not meet the Standard' },
];

interface SectionProps {
  readonly record: DeskCase;
  readonly staff: Staff;
  readonly links: LinksSeen;
  readonly section: SectionId;
  readonly form: FormFields;
  readonly problems: readonly Problem[];
  /** Whether the reviewer who looks may judge it now. */
  readonly judging: boolean;
}

/** A section of the form: its answers, and the reviewer's verdict on it. */
export function SectionPart({ record, staff, links, section, form, problems, judging }: SectionProps) {
  const values = record.answers?.values ?? {};
  const title = sectionTitle(record.asking.standard, section);
  const questions = visible({ ...record.asking, answers: values }).filter((question) => question.section === section);
  return (
    <section aria-labelledby={`section-${section}`}>
      <h2 id={`section-${section}`}>{title}</h2>
      <SelfAssessment section={sectionOf(record.asking.standard, section)} />
      {questions.map((question) => (
        <Answer {...{ record, links, question }} />
      ))}
      {questions.length === 0 ? <p>No question of this section applies.</p> : null}
      <Advices {...{ record, section }} />
      {judging ? <Judgement {...{ record, staff, section, title, form, problems, questions }} /> : null}
    </section>
  );
}

function Answer({ record, links, question }: Pick<SectionProps, 'record' | 'links'> & { readonly question: Question }) {
  const { answers, earlier } = record;
  const now = answers?.values[question.id];
  const before = earlier[question.id];
  const reserved = answers?.forReviewers[question.id]?.trim() ?? '';
  return (
    <div class="answered">
      <h3>{question.title}</h3>
      {(now === undefined ? [] : printAnswer({ question, value: now })).map((line) => (
        <p class="said">
          <External address={line} />
        </p>
      ))}
      <p class="small">{standing(record, question)}</p>
      <AskedEarly question={question} />
      <LinkHints value={now} links={links} />
      {now === undefined || before === undefined || equalAnswer(before.value, now) ? null : (
        <details>
          <summary>
            What changed since {printShortDay(before.on)}
            <span class="hidden">: {question.title}</span>
          </summary>
          <Difference question={question} before={before.value} now={now} />
        </details>
      )}
      {reserved === '' ? null : (
        <div class="inset private">
          <p>
            <strong>For reviewers only. Never published:</strong>
          </p>
          <p class="said">{reserved}</p>
        </div>
      )}
      <details>
        <summary>
          What is asked, and how much is enough<span class="hidden">: {question.title}</span>
        </summary>
        <p>{question.label}</p>
        <AboutQuestion question={question} />
        <HowMuch question={question} />
      </details>
    </div>
  );
}

/** That a review which opens later asks it, and this one does not. */
function AskedEarly({ question: { early } }: { readonly question: Question }) {
  return early === undefined ? null : (
    <p class="small">
      Answered early: reviews that open from {printShortDay(early.bindsFrom)} on ask it. It counts for nothing here.
    </p>
  );
}

/** Whose word an answer is, and since when. */
function standing({ answers, earlier }: DeskCase, { id }: Question): string {
  const before = earlier[id];
  const now = answers?.values[id];
  if (answers === null || now === undefined) return 'No answer.';
  const on = printShortDay(answers.on);
  if (!answers.confirmed.includes(id)) {
    return `Carried over${before === undefined ? '' : ` from ${printShortDay(before.on)}`}, not confirmed by the owner.`;
  }
  if (before === undefined) return `New: answered by the owner on ${on}.`;
  return equalAnswer(before.value, now) ? `Confirmed by the owner on ${on}.` : `Changed by the owner on ${on}.`;
}

interface NotesProps extends Pick<SectionProps, 'section' | 'form' | 'problems'> {
  readonly title: string;
  readonly questions: readonly Question[];
}

function Judgement(props: NotesProps & Pick<SectionProps, 'record' | 'staff'>) {
  const { record, staff, section, title, form, problems, questions } = props;
  const appeal = record.review.state === 'appeal';
  const asks = mayConsult(record) && record.experts.some(({ id }) => id !== staff.person.id);
  const asked = appeal ? VERDICTS.filter(({ value }) => value !== 'clarify') : VERDICTS;
  const name = fields.word(section);
  return (
    <div class="judgement">
      <ChoiceField
        {...{ name, values: form, problems }}
        label={{ text: `Your verdict: ${title}` }}
        options={asks ? [...asked, { value: CONSULT, label: 'Ask an expert' }] : asked}
      />
      {asks ? (
        <AskExperts
          {...{ record, section, title, form, problems }}
          staff={staff.person.id}
          open={form[name] === CONSULT}
        />
      ) : null}
      <Notes {...{ section, title, form, problems }} questions={appeal ? [] : questions} />
    </div>
  );
}

/** Three boxes for three kinds of readers. */
function Notes({ section, title, form, problems, questions }: NotesProps) {
  const common = { values: form, problems };
  return (
    <details open={isTyped(form, section)}>
      <summary>
        Reasons and notes<span class="hidden">: {title}</span>
      </summary>
      <PublicReason {...{ section, form, problems }} />
      <div class="inset owner">
        <TextField
          {...common}
          name={fields.noteToOwner(section)}
          label={{ text: 'Note to the owner' }}
          hint="Only the owner reads this, in the email that asks again or gives notice."
          rows={2}
        />
        {questions.length < 2 ? null : <Picked {...{ section, form, questions }} />}
      </div>
      <div class="inset private">
        <TextField
          {...common}
          name={fields.internalReason(section)}
          label={{ text: 'Internal note' }}
          hint="Only reviewers and staff read this. Never published, never sent."
          rows={2}
        />
      </div>
    </details>
  );
}

function PublicReason({ section, form, problems }: Omit<NotesProps, 'questions' | 'title'>) {
  const common = { values: form, problems };
  const library = fields.library(section);
  return (
    <div class="inset public">
      <TextField
        {...common}
        name={fields.publicReason(section)}
        label={{ text: 'Public reason' }}
        hint="The owner and the public read this. Needed unless it meets the Standard."
        rows={3}
      />
      <div class="field">
        <label class="name" for={fieldId(library)}>
          Start from a reason of the library
        </label>
        <select id={fieldId(library)} name={library}>
          <option value="">None</option>
          {reasonsFor(section).map(({ id, title }) => (
            <option value={id}>{title}</option>
          ))}
        </select>
        <p class="hint">It is put into the public reason when you save.</p>
      </div>
    </div>
  );
}

/** Which questions of a section are asked again. */
function Picked({
  section,
  form,
  questions,
}: {
  readonly section: SectionId;
  readonly form: FormFields;
  readonly questions: readonly Question[];
}) {
  const name = fields.questions(section);
  const chosen = [form[name] ?? []].flat();
  return (
    <fieldset>
      <legend>If it needs clarification: which questions?</legend>
      <p class="hint">None selected asks all of them.</p>
      {questions.map(({ id, title }) => (
        <div class="choice">
          <input type="checkbox" id={fieldId(`${name}-${id}`)} name={name} value={id} checked={chosen.includes(id)} />
          <label for={fieldId(`${name}-${id}`)}>{title}</label>
        </div>
      ))}
    </fieldset>
  );
}

function isTyped(form: FormFields, section: SectionId): boolean {
  const texts = [fields.publicReason, fields.noteToOwner, fields.internalReason];
  const word = form[fields.word(section)];
  return (
    (word !== undefined && word !== '' && word !== 'meets' && word !== CONSULT) ||
    texts.some((of) => (form[of(section)] ?? '') !== '')
  );
}
