/**
 * The edge of the form: posted fields and stored JSON become answers here, or sentences that say what to do.
 * The only file of domain/ that imports zod; its siblings take at most its types, so zod stays out of the workflow bundle.
 */
import { z } from 'zod';
import type { FormFields, Parsed, Problem } from './answer-form.js';
import {
  asksLicences,
  fieldAt,
  isBlank,
  isOneLine,
  posted,
  readAnswer,
  reviewersField,
  typedFields,
} from './answer-form.js';
import { cleanLine, cleanText, grouped, LIMITS, lengthOf, quoted } from './answer-text.js';
import { holdsAddress, linkProblem, NAME_ALONE } from './answer-link.js';
import { needsWords, type Answers, type AnswerValue, type Declaration, type OwnerSubmission } from './answers.js';
import { choicesOf, questionOf, type Question, type Standard } from './standard.js';

export type { Parsed, Problem } from './answer-form.js';

/** Stored JSON may be longer than what the form takes: carried-over answers predate the limits. */
const STORED = { text: 20_000, items: 500 } as const;

/**
 * The answer to one question from posted fields: `<id>`, or `<id>.text`, `<id>.urls` and `<id>.choice` (see
 * `fieldsOf`). Lists have one item a line. The value is undefined when nothing was given: an empty answer is no
 * problem here, since owners may skip and return; `missing` and `Question.empty` serve the check page.
 */
export function parseAnswer({
  question,
  form,
}: {
  question: Question;
  form: FormFields;
}): Parsed<AnswerValue | undefined> {
  const given = readAnswer({ question, form });
  if (isBlank(given)) {
    return { ok: true, value: undefined };
  }
  const parsed = answerSchema(question).safeParse(given);
  return parsed.success
    ? { ok: true, value: parsed.data }
    : {
        ok: false,
        problems: problemsOf(parsed.error, (path) => fieldAt({ question, path })),
        typed: typedFields({ question, form }),
      };
}

/** The text of the box "for reviewers only" beside a privacy question; undefined when it is empty. */
export function parseForReviewers({
  question,
  form,
}: {
  question: Question;
  form: FormFields;
}): Parsed<string | undefined> {
  const field = reviewersField(question);
  const text = cleanText(posted(form, field));
  const parsed = textUpTo(LIMITS.longText).safeParse(text);
  return parsed.success
    ? { ok: true, value: text === '' ? undefined : text }
    : { ok: false, problems: problemsOf(parsed.error, () => field), typed: { [field]: text } };
}

/** Who declares that the answers are theirs to give; maySpeak is true or the declaration is refused. */
export const declarationSchema: z.ZodType<Declaration> = z.object({
  name: filledLine('Enter your name.'),
  role: filledLine('Enter your role, for example product lead.'),
  maySpeak: z.literal(true, 'Confirm that you may speak for the product.'),
});

/** The declaration from the posted fields `name`, `role` and `maySpeak` (ticked: 'yes'). */
export function parseDeclaration({ form }: { form: FormFields }): Parsed<Declaration> {
  const name = cleanLine(posted(form, 'name'));
  const role = cleanLine(posted(form, 'role'));
  const maySpeak = posted(form, 'maySpeak');
  const parsed = declarationSchema.safeParse({ name, role, maySpeak: maySpeak === 'yes' });
  return parsed.success
    ? { ok: true, value: parsed.data }
    : {
        ok: false,
        problems: problemsOf(parsed.error, (path) => String(path[0])),
        typed: { name, role, maySpeak },
      };
}

/**
 * Answers from stored or imported JSON, by question id. Texts are cleaned, empty answers and nulls are left out, ids
 * that the form does not know are dropped and listed. Shapes and choices are checked; limits and links are not, since
 * answers that were carried over stay as they are. Each issue's path is the question's id.
 */
export function answersSchemaOf(standard: Standard) {
  return z
    .record(z.string(), z.unknown(), 'The answers must be an object with an answer for each question.')
    .transform((given, context) => {
      const answers: [string, AnswerValue][] = [];
      const unknown: string[] = [];
      for (const [id, raw] of Object.entries(given)) {
        const question = questionOf(standard, id);
        if (question === undefined) {
          unknown.push(id);
        } else if (raw !== null && raw !== undefined) {
          const parsed = storedSchema(question).safeParse(raw);
          if (!parsed.success) {
            const message = parsed.error.issues[0]?.message ?? '';
            context.addIssue({ code: 'custom', path: [id], message });
          } else if (!isBlank(parsed.data)) {
            answers.push([id, parsed.data]);
          }
        }
      }
      return { answers: Object.fromEntries(answers) satisfies Answers, unknown };
    });
}

function submissionSchema(standard: Standard) {
  return z.object(
    {
      answers: answersSchemaOf(standard),
      forReviewers: z
        .record(z.string(), textUpTo(LIMITS.longText), 'The texts for reviewers must be an object.')
        .transform((texts) => keptForReviewers(standard, texts))
        .default({}),
      confirmed: z
        .array(z.string(), 'The confirmed answers must be a list of question ids.')
        .transform((ids) => ids.filter((id) => questionOf(standard, id) !== undefined))
        .default([]),
      declaration: declarationSchema,
    },
    'The submission must be an object with answers and a declaration.',
  );
}

type ParsedSubmission =
  | { readonly ok: true; readonly submission: OwnerSubmission; readonly unknown: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The body of an owner's row from JSON, with the ids that were dropped; `field` is the path, such as `answers.P3`. */
export function parseSubmission({ standard, body }: { standard: Standard; body: unknown }): ParsedSubmission {
  const parsed = submissionSchema(standard).safeParse(body);
  if (!parsed.success) {
    return { ok: false, problems: problemsOf(parsed.error, (path) => path.map(String).join('.')) };
  }
  const { answers, ...rest } = parsed.data;
  return { ok: true, submission: { answers: answers.answers, ...rest }, unknown: answers.unknown };
}

function keptForReviewers(standard: Standard, texts: Record<string, string>): Record<string, string> {
  const cleaned = Object.entries(texts).map(([id, text]) => [id, cleanText(text)] as const);
  return Object.fromEntries(
    cleaned.filter(([id, text]) => questionOf(standard, id)?.set === 'privacy-2025' && text !== ''),
  );
}

function answerSchema(question: Question): z.ZodType<AnswerValue> {
  switch (question.kind) {
    case 'text':
      return textUpTo(question.length === 'short' ? LIMITS.shortText : LIMITS.longText).refine(
        (text) => question.isName !== true || !holdsAddress(text),
        NAME_ALONE,
      );
    case 'country':
      return textUpTo(LIMITS.shortText);
    case 'email':
      return email;
    case 'single':
    case 'yes_no':
      return choiceSchema(question);
    case 'text_list':
    case 'country_list':
      return listOf(textUpTo(LIMITS.shortText));
    case 'url_list':
      return listOf(link);
    case 'multi':
      return asksLicences(question)
        ? listOf(licence, LIMITS.licences)
        : listOf(question.options === undefined ? textUpTo(LIMITS.shortText) : choiceSchema(question));
    case 'text_urls':
      return z.object({ text: textUpTo(LIMITS.longText), urls: listOf(link) });
    case 'yes_no_text':
      return z
        .object({ choice: choiceSchema(question), text: textUpTo(LIMITS.longText) })
        .refine(({ choice, text }) => choice !== 'no' || text !== '', {
          path: ['text'],
          error: 'Enter the reasons for your answer.',
        });
    case 'multi_text':
      return z
        .object({
          choices: listOf(choiceSchema(question)).refine((choices) => choices.length > 0, question.empty),
          text: textUpTo(LIMITS.longText),
        })
        .refine((value) => value.text !== '' || !needsWords({ question, value }), {
          path: ['text'],
          error: 'Enter a description of your answer.',
        });
    default:
      return question.kind satisfies never;
  }
}

function storedSchema(question: Question): z.ZodType<AnswerValue> {
  const oneLine = isOneLine(question);
  const text = z
    .string(`Send ${question.id} as text.`)
    .max(STORED.text, `Shorten ${question.id} to ${grouped(STORED.text)} characters.`)
    .transform((raw) => (oneLine ? cleanLine(raw) : cleanText(raw)));
  const list = (item: z.ZodType<string>): z.ZodType<readonly string[]> =>
    z
      .array(item, `Send ${question.id} as a list of texts.`)
      .max(STORED.items, `Send at most ${STORED.items} items for ${question.id}.`)
      .transform((items) => items.filter((one) => one !== ''));
  const choice = z.enum(
    choicesOf(question).map(({ value }) => value),
    `Use a choice that the form offers for ${question.id}.`,
  );
  const sentence = `Send ${question.id} as an object with the fields of its kind, ${question.kind}.`;
  switch (question.kind) {
    case 'text':
    case 'country':
      return text;
    case 'email':
      return text.pipe(z.union([z.literal(''), email]));
    case 'single':
    case 'yes_no':
      return choice;
    case 'text_list':
    case 'country_list':
    case 'url_list':
      return list(text);
    case 'multi':
      return list(question.options === undefined ? text : choice);
    case 'text_urls':
      return z.object({ text, urls: list(text) }, sentence);
    case 'yes_no_text':
      return z.object({ choice, text }, sentence);
    case 'multi_text':
      return z.object({ choices: list(choice), text }, sentence);
    default:
      return question.kind satisfies never;
  }
}

/** Text of at most so many characters. */
function textUpTo(limit: number): z.ZodType<string, string> {
  return z.string('Send this as text.').refine((text) => lengthOf(text) <= limit, {
    error: ({ input }) =>
      `Shorten the text to ${grouped(limit)} characters. It has ${grouped(lengthOf(String(input)))} now.`,
  });
}

function filledLine(sentence: string): z.ZodType<string> {
  return z
    .string(sentence)
    .transform((raw) => cleanLine(raw))
    .refine((text) => text !== '', sentence)
    .pipe(textUpTo(LIMITS.shortText));
}

function listOf(item: z.ZodType<string>, most: number = LIMITS.items): z.ZodType<readonly string[]> {
  return z.array(item).refine((items) => items.length <= most, {
    error: ({ input }) =>
      `Shorten the list to ${most} lines. It has ${grouped(Array.isArray(input) ? input.length : 0)} now.`,
  });
}

function choiceSchema(question: Question): z.ZodType<string> {
  const values = choicesOf(question).map(({ value }) => value);
  return z.enum(values, question.empty);
}

const email = z
  .email('Enter an email address in the correct format, like name@example.org.')
  .max(254, 'Enter an email address with at most 254 characters.');

const licence = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+-]{0,63}$/u, {
  error: ({ input }) =>
    `Enter licence ids of the SPDX list, one on each line, for example MIT or CC-BY-4.0. You wrote ${quoted(input)}.`,
});

const link = z.string().superRefine((text, context) => {
  const message = linkProblem(text);
  if (message !== undefined) {
    context.addIssue({ code: 'custom', message });
  }
});

/** One problem a field: the first, since the others often follow from it. */
function problemsOf(error: z.ZodError, fieldOf: (path: readonly PropertyKey[]) => string): readonly Problem[] {
  const byField = new Map<string, string>();
  for (const { path, message } of error.issues) {
    const field = fieldOf(path);
    byField.set(field, byField.get(field) ?? message);
  }
  return [...byField].map(([field, sentence]) => ({ field, sentence }));
}
