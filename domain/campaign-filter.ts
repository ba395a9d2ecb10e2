/** Filters of a campaign's scope, as staff type them: `kind=privacy`, `sdg=3`, `valid-until<2026-01-01`. */
import type { Day } from './calendar.js';
import type { CaseRecord } from './case.js';

/** What a filter can ask of a product. */
export interface Described {
  readonly record: CaseRecord;
  /** Known to handle personal data in some way. */
  readonly personalData: boolean;
  readonly types: readonly string[];
  readonly licences: readonly string[];
  readonly sdgs: readonly number[];
  /** Of the primary contact. */
  readonly language: string | null;
  /** Of the primary contact. */
  readonly country: string | null;
}

interface Asked extends Described {
  readonly kind: string;
  readonly because: string;
  /** Somebody is there to ask. */
  readonly hasContact: boolean;
}

/** The values of a product in each field, in lower case. */
const fields: Readonly<Record<string, (product: Asked) => readonly string[]>> = {
  kind: ({ kind }) => [kind],
  because: ({ because }) => [because],
  'personal-data': ({ personalData }) => [personalData ? 'yes' : 'no'],
  contact: ({ hasContact }) => [hasContact ? 'yes' : 'no'],
  type: ({ types }) => types,
  licence: ({ licences }) => licences,
  sdg: ({ sdgs }) => sdgs.map(String),
  language: ({ language }) => [language ?? 'none'],
  country: ({ country }) => [country ?? 'none'],
};

/** Fields whose values are a closed list. */
const words: Readonly<Record<string, readonly string[]>> = {
  kind: ['annual_review', 'privacy'],
  because: ['overdue', 'due', 'never_asked_privacy'],
  'personal-data': ['yes', 'no'],
  contact: ['yes', 'no'],
};

interface Filter {
  readonly field: string;
  readonly is: '=' | '!=' | '<' | '>';
  readonly value: string;
}

/** What is wrong with a filter, in a sentence that says what to do; null if nothing is. */
export function filterProblem(text: string): string | null {
  const filter = parse(text);
  const known = [...Object.keys(fields), 'valid-until'].join(', ');
  if (filter === null) return `"${text}" is no filter. Write FIELD=VALUE or FIELD!=VALUE; fields: ${known}.`;
  const { field, is, value } = filter;
  if (field === 'valid-until') {
    const asked = (is === '<' || is === '>') && /^\d{4}-\d{2}-\d{2}$/u.test(value);
    return asked ? null : `"${text}" is no filter. Write valid-until<YYYY-MM-DD or valid-until>YYYY-MM-DD.`;
  }
  if (!Object.hasOwn(fields, field)) return `"${field}" is no field of a filter. Fields: ${known}.`;
  if (is === '<' || is === '>') return `"${text}" is no filter. Write ${field}=VALUE or ${field}!=VALUE.`;
  const allowed = words[field];
  if (allowed === undefined || allowed.includes(value)) return null;
  return `"${value}" is no value of ${field}. Values: ${allowed.join(', ')}.`;
}

/** Whether a product passes a filter that has no problem. An unknown valid-until counts as long past. */
export function fits(text: string, product: Asked): boolean {
  const filter = parse(text);
  if (filter === null) return false;
  const { field, is, value } = filter;
  if (field === 'valid-until') {
    const validUntil: Day = product.record.listing.validUntil ?? '';
    return is === '<' ? validUntil < value : validUntil > value;
  }
  const has = (fields[field]?.(product) ?? []).some((one) => one.toLowerCase() === value);
  return has === (is === '=');
}

function parse(text: string): Filter | null {
  const { field, is, value } = /^\s*(?<field>[a-z-]+)\s*(?<is>!=|=|<|>)\s*(?<value>.+?)\s*$/iu.exec(text)?.groups ?? {};
  if (field === undefined || value === undefined) return null;
  if (is !== '=' && is !== '!=' && is !== '<' && is !== '>') return null;
  return { field: field.toLowerCase(), is, value: value.toLowerCase() };
}
