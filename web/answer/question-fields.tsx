import type { Child } from 'hono/jsx';
import { printDay } from '../../adapters/dates.js';
import { isOneLine, reviewersField, type FormFields, type Problem } from '../../domain/answer-form.js';
import { printAnswer } from '../../domain/answer-text.js';
import { choicesOf, hintOf, type Question } from '../../domain/standard.js';
import type { EarlierAnswer } from '../../prisma/read-form.js';
import { AboutQuestion } from '../about-question.js';
import { keepField } from './form-state.js';
import { ChoiceField, Heading, TextField, type Label } from './inputs.js';

export interface QuestionProps {
  readonly question: Question;
  readonly values: FormFields;
  readonly problems: readonly Problem[];
  readonly level: 1 | 2;
  /** The answer that is there already. */
  readonly earlier: EarlierAnswer | undefined;
  /** Of the product. */
  readonly categories: readonly string[];
  /** Ask whether it stays even when it cannot be shown. */
  readonly asksToKeep: boolean;
}

const KEEP = [
  { value: 'keep', label: 'Still correct' },
  { value: 'change', label: 'I want to change it' },
] as const;

/** A question with all its fields; beside an earlier answer, first whether that is still correct. */
export function QuestionFields(props: QuestionProps) {
  const { question, values, problems, level, earlier, asksToKeep, categories } = props;
  const asksAgain = earlier !== undefined || asksToKeep;
  return (
    <div class="question">
      {asksAgain ? (
        <div class="again">
          <Heading level={level}>{labelOf(question)}</Heading>
          <AboutQuestion question={question} categories={categories} />
          {earlier === undefined ? null : <Earlier question={question} earlier={earlier} />}
          <ChoiceField
            name={keepField(question)}
            label={{ text: 'Is this answer still correct?' }}
            values={values}
            problems={problems}
            options={KEEP}
          />
          <div class="change">
            <AnswerFields question={question} values={values} problems={problems} label={{ text: 'Your answer now' }} />
          </div>
        </div>
      ) : (
        <AnswerFields
          question={question}
          values={values}
          problems={problems}
          label={{ text: labelOf(question), level }}
          about={<AboutQuestion question={question} categories={categories} />}
        />
      )}
      {question.set === 'privacy-2025' ? (
        <TextField
          name={reviewersField(question)}
          label={{ text: 'For reviewers only (optional)' }}
          hint="Only reviewers and the secretariat read this box. It is never published."
          values={values}
          problems={problems}
          rows={3}
        />
      ) : null}
    </div>
  );
}

/** The question in full; what may stay empty says so. */
function labelOf({ label, required }: Question): string {
  return required ? label : `${label} (optional)`;
}

function Earlier({ question, earlier }: { readonly question: Question; readonly earlier: EarlierAnswer }) {
  const { value, on, confirmed, here } = earlier;
  const whose = here ? 'You sent this on' : confirmed ? 'Your answer of' : 'On file since';
  return (
    <div class="inset">
      <p>
        <strong>
          {whose} {printDay(on)}
          {confirmed ? '' : ', not confirmed by you'}
        </strong>
      </p>
      <p class="said">{printAnswer({ question, value }).join('\n')}</p>
    </div>
  );
}

interface AnswerProps {
  readonly question: Question;
  readonly values: FormFields;
  readonly problems: readonly Problem[];
  readonly label: Label;
  readonly about?: Child;
}

function AnswerFields({ question, values, problems, label, about }: AnswerProps) {
  const { id, kind } = question;
  const shared = { values, problems };
  const first = { ...shared, name: id, label, about, hint: hintOf(question) };
  switch (kind) {
    case 'text':
      return isOneLine(question) ? <TextField {...first} /> : <TextField {...first} rows={5} />;
    case 'email':
      return <TextField {...first} kind="email" />;
    case 'country':
      return <TextField {...first} />;
    case 'text_list':
    case 'url_list':
    case 'country_list':
      return <TextField {...first} rows={3} />;
    case 'single':
    case 'yes_no':
      return <ChoiceField {...first} options={choicesOf(question)} />;
    case 'multi':
      return question.options === undefined ? (
        <TextField {...first} rows={3} />
      ) : (
        <ChoiceField {...first} options={question.options} many />
      );
    case 'text_urls':
      return <TextAndLinksFields {...shared} id={id} label={label} about={about} />;
    case 'yes_no_text':
    case 'multi_text':
      return (
        <>
          <ChoiceField {...first} name={`${id}.choice`} options={choicesOf(question)} many={kind === 'multi_text'} />
          <TextField
            {...shared}
            name={`${id}.text`}
            label={{ text: kind === 'multi_text' ? 'Describe it' : 'Your reasons' }}
            rows={5}
          />
        </>
      );
    default:
      return kind satisfies never;
  }
}

function TextAndLinksFields(props: Omit<AnswerProps, 'question'> & { readonly id: string }) {
  const { id, label, about, values, problems } = props;
  return (
    <fieldset>
      <legend>
        <Heading level={label.level}>{label.text}</Heading>
      </legend>
      {about}
      <TextField values={values} problems={problems} name={`${id}.text`} label={{ text: 'In words' }} rows={5} />
      <TextField
        values={values}
        problems={problems}
        name={`${id}.urls`}
        label={{ text: 'Links, one on each line' }}
        rows={3}
      />
    </fieldset>
  );
}
