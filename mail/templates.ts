import { readdirSync, readFileSync } from 'node:fs';
import { Liquid } from 'liquidjs';
import { printDay, printShortDay } from '../adapters/dates.js';
import { cleanLine, escapeMarkdown, linkMarkdown, quoteMarkdown } from './values.js';

/** What a template may name; only own keys of it count. */
export type Values = object;

type Engine = ReturnType<typeof createEngine>;
type Texts = ReturnType<typeof readTexts>;

const parts = readTexts('parts/');
const sources = readTexts('');

const bodies = createEngine({ escape: escapeMarkdown, parts });
const subjects = createEngine({ escape: cleanLine, parts });
const subjectsWithoutDates = createEngine({ escape: cleanLine, parts });
subjectsWithoutDates.registerFilter('short_day', () => '');

/** Every template by its name, read and parsed once: a mistake in one stops the process at its start. */
const templates = new Map([...sources].map(([name, text]) => [name, parseSource(name, text)]));

/** The names of all templates, such as `prompt.en` or `prompt.brief.fr`. */
export function templateNames(): readonly string[] {
  return [...templates.keys()].sort();
}

/**
 * The Markdown of a template with its values filled in; every value comes out as text.
 * Throws, naming template and placeholder, if a placeholder is unknown, missing or null.
 */
export function fillBody(name: string, values: Values): string {
  return attempt(name, () => String(bodies.renderSync(templateOf(name).body, values)));
}

/** The subject of a template, always one line; on demand without its dates, to measure it. Throws like `fillBody`. */
export function fillSubject(name: string, values: Values, dates: 'with dates' | 'without dates'): string {
  const { subject, subjectWithoutDates } = templateOf(name);
  const filled =
    dates === 'with dates'
      ? attempt(name, () => String(subjects.renderSync(subject, values)))
      : attempt(name, () => String(subjectsWithoutDates.renderSync(subjectWithoutDates, values)));
  return cleanLine(filled);
}

/** The placeholders that a template, its subject and the parts that it includes name. */
export function placeholdersOf(name: string): readonly string[] {
  const { subject, body } = templateOf(name);
  return [...new Set([...bodies.globalVariablesSync(subject), ...bodies.globalVariablesSync(body)])].sort();
}

/** Liquid, strict: what is not given is an error, and so is an unknown filter. `escape` makes a value safe to print. */
function createEngine({ escape, parts: included }: { escape: (value: string) => string; parts: Texts }): Liquid {
  const engine = new Liquid({
    templates: Object.fromEntries(included),
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    jsTruthy: true,
    outputEscape: (value: unknown) => escape(textOf(value)),
  });
  engine.registerFilter('day', (value: unknown, language?: string) => printDay(textOf(value), language));
  engine.registerFilter('short_day', (value: unknown, language?: string) => printShortDay(textOf(value), language));
  engine.registerFilter('count', (value: unknown, one: string, many: string) =>
    value === 1 ? `1 ${one}` : `${textOf(value)} ${many}`,
  );
  engine.registerFilter('quote', { raw: true, handler: (value: unknown) => quoteMarkdown(textOf(value)) });
  engine.registerFilter('address', { raw: true, handler: (value: unknown) => linkMarkdown(textOf(value)) });
  return engine;
}

/** A source may begin with `---`, one line `subject: ...`, `---`; the body follows. */
function parseSource(name: string, text: string) {
  const front = /^---\nsubject: (.+)\n---\n/.exec(text);
  const subject = front?.[1] ?? '';
  const parse = (engine: Engine, part: string) => attempt(name, () => engine.parse(part));
  return {
    subject: parse(subjects, subject),
    subjectWithoutDates: parse(subjectsWithoutDates, subject),
    body: parse(bodies, front ? text.slice(front[0].length) : text),
  };
}

function templateOf(name: string) {
  const template = templates.get(name);
  if (!template) throw new Error(`there is no email template ${name}`);
  return template;
}

/** Markdown files of a folder beside this file, by their names without the ending. */
function readTexts(path: '' | 'parts/'): ReadonlyMap<string, string> {
  const folder = new URL(`./templates/${path}`, import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'README.md');
  return new Map(
    files.map((file) => [file.slice(0, -'.md'.length), readFileSync(new URL(file, folder), 'utf8').trimEnd()]),
  );
}

function attempt<T>(name: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new Error(`email template ${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error('this placeholder has no text to print');
}
