import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { cleanLine, cleanText, lengthOf } from '../../domain/answer-text.js';
import { judgedSections } from '../../domain/answers.js';
import { LONGEST_CONCERN } from '../../domain/concern.js';
import type { Standard } from '../../domain/standard.js';
import type { NewConcern } from '../../prisma/concerns.js';
import { addressProblem } from '../nominate/read-start.js';

/** Reads what somebody says of a product, or what is wrong with it. */
export function readConcernForm(
  form: FormFields,
  standard: Standard,
): { readonly given: Omit<NewConcern, 'slug'>; readonly problems: readonly Problem[] } {
  const named = posted(form, 'sections').split('\n');
  const given = {
    sections: judgedSections({ standard, scope: 'all' }).filter((id) => named.includes(id)),
    text: cleanText(posted(form, 'text')),
    address: cleanLine(posted(form, 'address')),
  };
  const problems = [
    given.sections.length > 0 ? [] : [{ field: 'sections', sentence: 'Select at least one part of the Standard.' }],
    problemOfText(given.text, 'Write what your concern is.'),
    problemOf('address', addressProblem(given.address, 'Enter your email address.')),
  ];
  return { given, problems: problems.flat() };
}

/** What is wrong with a text of a concern, or with details of it. */
export function problemOfText(text: string, empty: string): readonly Problem[] {
  const length = lengthOf(text);
  if (length === 0) return problemOf('text', empty);
  return length <= LONGEST_CONCERN
    ? []
    : problemOf('text', `Shorten the text to ${LONGEST_CONCERN} characters. It has ${length} now.`);
}

function problemOf(field: string, sentence: string | undefined): readonly Problem[] {
  return sentence === undefined ? [] : [{ field, sentence }];
}
