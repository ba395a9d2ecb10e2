import type { Filled } from './form-client.js';
import type { Field, Form } from './page-reader.js';

/** How a person fills in forms. */
export interface Writer {
  /** Typed where a form asks for the person's name. */
  readonly name: string;
  /** A number from 0 up to 1 that depends on what it is for, in this visit. */
  readonly random: (what: string) => number;
  /** Whether the person says that the product handles no personal data. */
  readonly withoutPersonalData: boolean;
  /** A text that nobody but reviewers and staff may ever read; another one each time. */
  readonly secret: () => string;
  /** An address that is never published; another one each time. */
  readonly privateAddress: () => string;
}

/** Which texts a person writes anew, though there are answers of last year. */
export interface Rewriting {
  /** `some`: one in seven or so. */
  readonly texts: 'some' | 'first' | 'all';
  /** Put before the first text that is written. */
  readonly words?: string;
}

/** A form as somebody filled it in. */
export interface FilledForm {
  readonly fields: Filled;
  /** The field of the first text in free words that was written; null if there was none. */
  readonly text: string | null;
  /** Whether it is about the product; else it is about who fills it in. */
  readonly isAnswer: boolean;
}

const CHANGES = 0.15;
const YOUR_NAME = /your name/iu;

/**
 * Fills in what a page asks, by its labels, kinds and choices: keeps what is still correct, leaves what is filled in
 * already, invents the rest. What the page says is wrong is written anew.
 */
export function fillIn(form: Form, writer: Writer, rewriting: Rewriting): FilledForm {
  const typed: Record<string, string | readonly string[]> = {};
  let text: string | null = null;
  for (const [stem, fields] of byStem(form)) {
    const keep = fields.find(asksToKeep);
    const own = fields.filter((field) => field !== keep);
    if (keep !== undefined) {
      const change = changes({ stem, keep, own, writer, rewriting, first: text === null });
      if (change === null) continue;
      typed[keep.name] = choice(keep, change ? /change/iu : /still correct/iu);
      if (!change) continue;
    }
    for (const field of own) {
      const isNew = keep !== undefined || field.problem !== '' || field.value.every((one) => one === '');
      if (!isNew && !isReviewers(field)) continue;
      const value = invent(field, writer);
      if (value === null) continue;
      const opens = isFreeText(field) && text === null;
      typed[field.name] = opens && rewriting.words !== undefined ? `${rewriting.words} ${value.toString()}` : value;
      if (opens) text = field.name;
    }
  }
  return { fields: typed, text, isAnswer: !form.fields.some(({ label }) => YOUR_NAME.test(label)) };
}

/** Fields that belong together: those of one question share what stands before the first full stop of their names. */
function byStem(form: Form): ReadonlyMap<string, readonly Field[]> {
  const groups = new Map<string, Field[]>();
  for (const field of form.fields) {
    if (field.kind === 'hidden') continue;
    const stem = field.name.split('.')[0] ?? '';
    groups.set(stem, [...(groups.get(stem) ?? []), field]);
  }
  return groups;
}

/** Whether a field asks if an earlier answer stays. */
function asksToKeep({ kind, choices }: Field): boolean {
  return kind === 'radio' && choices.some(({ label }) => /still correct/iu.test(label));
}

/** Whether an earlier answer is changed; null: it was decided before. */
function changes(asked: {
  readonly stem: string;
  readonly keep: Field;
  readonly own: readonly Field[];
  readonly writer: Writer;
  readonly rewriting: Rewriting;
  readonly first: boolean;
}): boolean | null {
  const { stem, keep, own, writer, rewriting, first } = asked;
  if (own.some(({ problem }) => problem !== '')) return true;
  if (own.some((field) => isGate(field)) && writer.withoutPersonalData) return true;
  const hasText = own.some(isFreeText);
  if (hasText && (rewriting.texts === 'all' || (rewriting.texts === 'first' && first))) return true;
  if (keep.value.length > 0 && keep.problem === '') return null;
  // Names stay, be they of products or of owners.
  if (own.some(({ kind }) => kind === 'text')) return false;
  return writer.random(`changes ${stem}`) < CHANGES;
}

function isGate({ kind, heading, label, choices }: Field): boolean {
  return (
    kind === 'radio' &&
    /personal data/iu.test(`${heading} ${label}`) &&
    choices.some(({ label: words }) => /cannot be collected/iu.test(words))
  );
}

function isReviewers({ label }: Field): boolean {
  return /reviewers only/iu.test(label);
}

/** Whether a field takes sentences, not a list and not for reviewers. */
function isFreeText(field: Field): boolean {
  return field.kind === 'textarea' && !isReviewers(field) && !/each line/iu.test(`${field.label} ${field.hint}`);
}

/** What a person puts into a field; null: nothing. */
function invent(field: Field, writer: Writer): string | readonly string[] | null {
  const { kind, name, value, choices } = field;
  switch (kind) {
    case 'radio':
    case 'select':
      if (isGate(field)) return gate(field, writer);
      return pick(choices, writer.random(`chooses ${name}`))?.value ?? null;
    case 'checkbox':
      return tick(field, writer);
    case 'email':
      return writer.privateAddress();
    case 'text':
    case 'textarea':
      if (!isReviewers(field)) return write(field, writer);
      return value.some((one) => one !== '') || writer.random(`tells reviewers ${name}`) < 0.4 ? null : writer.secret();
    case 'hidden':
      return null;
    default:
      return kind satisfies never;
  }
}

/** One product in seven says that it handles no personal data. */
function gate({ choices }: Field, { random, withoutPersonalData }: Writer): string {
  const none = choices.filter(({ label }) => /cannot be collected/iu.test(label));
  const some = choices.filter((one) => !none.includes(one));
  const from = withoutPersonalData || random('personal data') < 1 / 7 ? none : some;
  return pick(from, random('level of personal data'))?.value ?? '';
}

/** A box that stands alone is a declaration; of several, one to three. */
function tick({ name, choices }: Field, { random }: Writer): readonly string[] {
  if (choices.length === 1) return choices.map(({ value }) => value);
  const count = 1 + Math.floor(3 * random(`how many ${name}`));
  const first = Math.floor(random(`ticks ${name}`) * choices.length);
  return choices.filter((_, index) => index >= first && index < first + count).map(({ value }) => value);
}

const SENTENCES = [
  'Users read it before they sign up, and can refuse.',
  'The settings page lists every item and lets people delete it.',
  'Only administrators see the records, and each access is logged.',
  'A public page of the project describes it step by step.',
  'Our community reviews it every quarter and publishes the notes.',
  'Nothing leaves the server without the consent of the person.',
  'Partners in four countries use it this way since last year.',
] as const;

const LINES = ['First invented item', 'Second invented item', 'Third invented item', 'Fourth invented item'] as const;
const COUNTRIES = ['Kenya', 'Senegal', 'India', 'Brazil', 'Ghana'] as const;

function write(field: Field, { name: own, random }: Writer): string {
  const { name, kind, label, hint, problem, heading } = field;
  const asks = `${heading} ${label}`;
  const number = Math.floor(random(`number ${name}`) * 10_000);
  if (YOUR_NAME.test(label)) return own;
  if (/your role/iu.test(label)) return 'Product lead';
  if (/link/iu.test(`${label} ${problem}`) || /one link on each line\. each/iu.test(hint)) {
    return `https://invented.example/${name.toLowerCase().replace(/[^a-z0-9]+/gu, '-')}/${number}`;
  }
  if (/countr(y|ies)/iu.test(label) || /countr(y|ies)/iu.test(heading)) {
    return pick(COUNTRIES, random(`country ${name}`)) ?? 'Kenya';
  }
  const isList = /each line/iu.test(hint);
  if (isList && /licen[cs]e/iu.test(asks)) return 'Apache-2.0';
  if (isList) return `${pick(LINES, random(`line ${name}`)) ?? ''} ${number}\nAnother invented item`;
  if (kind === 'text') return `Invented answer ${number}`;
  const one = pick(SENTENCES, random(`sentence ${name}`)) ?? '';
  const other = pick(SENTENCES, random(`other sentence ${name}`)) ?? '';
  return `Invented answer ${number}. ${one}${one === other ? '' : ` ${other}`}`;
}

function pick<One>(from: readonly One[], at: number): One | undefined {
  return from[Math.floor(at * from.length)];
}

/** The value of the choice whose label matches. @throws if the field does not offer it. */
export function choice(field: Field, words: RegExp): string {
  const found = field.choices.find(({ label }) => words.test(label));
  if (found === undefined) throw new Error(`${field.name} offers no choice like ${words.source}.`);
  return found.value;
}
