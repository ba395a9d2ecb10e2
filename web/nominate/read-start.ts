import { posted, type FormFields, type Problem } from '../../domain/answer-form.js';
import { cleanLine, lengthOf } from '../../domain/answer-text.js';
import { holdsAddress, linkProblem, NAME_ALONE } from '../../domain/answer-link.js';
import { isDisposable } from '../../domain/disposable-addresses.js';
import { parseAnswer } from '../../domain/questionnaire.js';
import { questionOf, type Question } from '../../domain/standard.js';
import { NEWEST } from '../../domain/standards.js';
import type { NewStart } from '../../prisma/start-nomination.js';

/** Longer names are refused in words; pages and emails stay readable. */
const LONGEST_NAME = 200;

const email: Question = {
  id: 'address',
  section: 'general',
  kind: 'email',
  title: 'Your email address',
  label: 'Your email address',
  why: '',
  empty: 'Enter your email address.',
  required: true,
  public: false,
};

/** Reads what somebody says before their address is confirmed, or what is wrong with it. */
export function readStartForm(form: FormFields): {
  readonly start: Omit<NewStart, 'kind'>;
  readonly problems: readonly Problem[];
} {
  const start = {
    product: cleanLine(posted(form, 'product')),
    website: cleanLine(posted(form, 'website')),
    name: cleanLine(posted(form, 'name')),
    address: cleanLine(posted(form, 'address')),
  };
  const problems = [
    problem('product', nameProblem(start.product, 'Enter the name of the product.')),
    problem('website', websiteProblem(start.website)),
    problem('name', nameProblem(start.name, 'Enter your name.')),
    problem('address', addressProblem(start.address, email.empty)),
  ];
  return { start, problems: problems.flat() };
}

/** Reads whom staff invite, or what is wrong with it. */
export function readPerson(form: FormFields, empty: string) {
  const name = cleanLine(posted(form, 'name'));
  const address = cleanLine(posted(form, 'address'));
  const problems = [
    problem('name', nameProblem(name, empty)),
    problem('address', addressProblem(address, 'Enter the address of the owner.')),
  ].flat();
  return { name, address, problems };
}

function problem(field: string, sentence: string | undefined): readonly Problem[] {
  return sentence === undefined ? [] : [{ field, sentence }];
}

function nameProblem(text: string, empty: string): string | undefined {
  // Marks, blanks and signs alone look like nothing at all.
  if (!/[\p{L}\p{N}]/u.test(text)) return empty;
  // Both names stand in an email to whatever address was given: it carries no stranger's links.
  if (holdsAddress(text)) return NAME_ALONE;
  const length = lengthOf(text);
  return length > LONGEST_NAME ? `Shorten the name to ${LONGEST_NAME} characters. It has ${length} now.` : undefined;
}

function websiteProblem(text: string): string | undefined {
  if (text === '') return questionOf(NEWEST, 'website')?.empty ?? 'Enter a link to the website of the product.';
  return linkProblem(text);
}

/** What is wrong with an address that we are to write to for months; `empty` is said where none is given. */
export function addressProblem(address: string, empty: string): string | undefined {
  if (address === '') return empty;
  const parsed = parseAnswer({ question: email, form: { address } });
  if (!parsed.ok) return parsed.problems[0]?.sentence;
  return isDisposable(address)
    ? 'Enter an address that you will still read in some months. This one belongs to a service of short-lived mailboxes.'
    : undefined;
}
