/** The fields of a question on a page: their names, what they hold, and what was posted in them. Checks are questionnaire.ts's. */
import { cleanLine, cleanLines, cleanText } from './answer-text.js';
import type { AnswerValue } from './answers.js';
import { spelledLicence } from './standard-lists.js';
import type { Question } from './standard.js';

/** Posted fields by name; lists come as one text with a line for each item, or as several fields of one name. */
export type FormFields = Readonly<Record<string, string | readonly string[]>>;

/** A field and the sentence that says what to do about it, for the page's summary and beside the field. */
export interface Problem {
  readonly field: string;
  readonly sentence: string;
}

/** What came of parsing: the value, or every problem (one a field) and the fields as typed, to be shown again. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly typed: FormFields };

/** Whether a kind of answer is posted as checkboxes. */
export function hasCheckboxes(question: Question): boolean {
  return question.kind === 'multi_text' || (question.kind === 'multi' && question.options !== undefined);
}

/** Whether each text in an answer, or each item of its list, is one line; the others keep their paragraphs. */
export function isOneLine({ kind, length }: Question): boolean {
  return kind === 'text' ? length === 'short' : !['text_urls', 'yes_no_text', 'multi_text'].includes(kind);
}

/** The names of the fields of a question, in the order in which a page shows them. */
export function fieldsOf({ id, kind }: Question): readonly string[] {
  switch (kind) {
    case 'text_urls':
      return [`${id}.text`, `${id}.urls`];
    case 'yes_no_text':
    case 'multi_text':
      return [`${id}.choice`, `${id}.text`];
    default:
      return [id];
  }
}

/** The field of the second box of a privacy question, "for reviewers only". */
export function reviewersField(question: Question): string {
  return `${question.id}.reviewers`;
}

/**
 * The fields that show an answer again, every field of the question included: lists as lines of one text, ticked
 * checkboxes as a list. Parsing these fields gives the same answer back.
 */
export function formOfAnswer({ question, value }: { question: Question; value: AnswerValue | undefined }): FormFields {
  const { id } = question;
  if (value === undefined) {
    return emptyForm(question);
  }
  if (typeof value === 'string') {
    return { ...emptyForm(question), [id]: value };
  }
  if ('urls' in value) {
    return { [`${id}.text`]: value.text, [`${id}.urls`]: value.urls.join('\n') };
  }
  if ('choice' in value) {
    return { [`${id}.choice`]: value.choice, [`${id}.text`]: value.text };
  }
  if ('choices' in value) {
    return { [`${id}.choice`]: value.choices, [`${id}.text`]: value.text };
  }
  return { [id]: hasCheckboxes(question) ? value : value.join('\n') };
}

/** The answer as posted, cleaned but not yet checked; see `fieldsOf` for the names of the fields. */
export function readAnswer({ question, form }: { question: Question; form: FormFields }): AnswerValue {
  const { id, kind } = question;
  switch (kind) {
    case 'text':
      return isOneLine(question) ? cleanLine(posted(form, id)) : cleanText(posted(form, id));
    case 'email':
    case 'country':
    case 'single':
    case 'yes_no':
      return cleanLine(posted(form, id));
    case 'text_list':
    case 'url_list':
    case 'country_list':
      return cleanLines(posted(form, id));
    case 'multi':
      return readMulti({ question, text: posted(form, id) });
    case 'text_urls':
      return {
        text: cleanText(posted(form, `${id}.text`)),
        urls: cleanLines(posted(form, `${id}.urls`)),
      };
    case 'yes_no_text':
      return {
        choice: cleanLine(posted(form, `${id}.choice`)),
        text: cleanText(posted(form, `${id}.text`)),
      };
    case 'multi_text':
      return {
        choices: readMulti({ question, text: posted(form, `${id}.choice`) }),
        text: cleanText(posted(form, `${id}.text`)),
      };
    default:
      return kind satisfies never;
  }
}

/** Ticked choices in the order in which they are offered; free words as typed, licences spelled as SPDX spells them. */
function readMulti({ question, text }: { question: Question; text: string }): readonly string[] {
  const lines = cleanLines(asksLicences(question) ? text.replace(/[,;]/gu, '\n') : text);
  if (question.options === undefined) {
    return asksLicences(question) ? [...new Set(lines.map(spelledLicence))] : lines;
  }
  const offered = question.options.map(({ value }) => value);
  return [...offered.filter((value) => lines.includes(value)), ...lines.filter((line) => !offered.includes(line))];
}

function emptyForm(question: Question): FormFields {
  const checkboxes = hasCheckboxes(question);
  const [first = question.id, ...others] = fieldsOf(question);
  return {
    [first]: checkboxes ? [] : '',
    ...Object.fromEntries(others.map((name) => [name, ''])),
  };
}

/** The text of a posted field; several fields of one name become lines, an absent one is empty. */
export function posted(form: FormFields, name: string): string {
  const given = Object.hasOwn(form, name) ? form[name] : undefined;
  return typeof given === 'string' ? given : (given ?? []).join('\n');
}

/** The fields of a question as they were typed, cleaned of what no page can show: to be shown again beside the problems. */
export function typedFields({ question, form }: { question: Question; form: FormFields }): FormFields {
  return Object.fromEntries(
    fieldsOf(question).map((name) => {
      const text = cleanText(posted(form, name));
      const ticked = hasCheckboxes(question) && !name.endsWith('.text');
      return [name, ticked ? cleanLines(text) : text];
    }),
  );
}

/** Whether a question asks for licence ids: its free words follow the SPDX list. */
export function asksLicences(question: Question): boolean {
  return question.id === 'licences';
}

/** Whether nothing was given, in any part of the answer. */
export function isBlank(value: AnswerValue): boolean {
  return typeof value === 'string' || Array.isArray(value)
    ? value.length === 0
    : Object.values(value).every((part: string | readonly string[]) => part.length === 0);
}

/** The field that shows a part of an answer, by the path to that part. */
export function fieldAt({ question, path }: { question: Question; path: readonly PropertyKey[] }): string {
  const [first = question.id, second = first] = fieldsOf(question);
  return path[0] === 'text' && first !== `${question.id}.text` ? second : path[0] === 'urls' ? second : first;
}
