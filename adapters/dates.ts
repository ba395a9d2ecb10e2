import type { Day, Instant } from '../domain/calendar.js';

/** Parts of a date in words of a language, as Intl names them. */
interface DateWords {
  readonly weekday: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

/** How each language puts the parts together; the order does not hang on the version of Intl's data. */
const orders = {
  en: { short: (words: DateWords) => `${words.day} ${words.month} ${words.year}` },
  fr: { short: (words: DateWords) => `${words.day === '1' ? '1er' : words.day} ${words.month} ${words.year}` },
  es: { short: (words: DateWords) => `${words.day} de ${words.month} de ${words.year}` },
} as const;

type DateLanguage = keyof typeof orders;

const formats = {
  en: formatOf('en-GB'),
  fr: formatOf('fr-FR'),
  es: formatOf('es-ES'),
} as const;

/**
 * A day in words, with its weekday: "Saturday 23 January 2027".
 * `language` is a language tag; one without words here is printed in English. Throws on what is no date.
 */
export function printDay(day: Day, language = 'en'): string {
  const known = languageOf(language);
  const words = wordsOf(day, known);
  return `${words.weekday} ${orders[known].short(words)}`;
}

/** A day in words, without its weekday, for subjects and tables: "23 January 2027". Languages and errors as `printDay`. */
export function printShortDay(day: Day, language = 'en'): string {
  const known = languageOf(language);
  return orders[known].short(wordsOf(day, known));
}

/** An instant in words, always UTC: "Saturday 23 January 2027, 09:00 UTC". Languages and errors as `printDay`. */
export function printInstant(instant: Instant, language = 'en'): string {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) throw new Error(`not an instant: ${instant}`);
  const iso = new Date(milliseconds).toISOString();
  return `${printDay(iso.slice(0, 10), language)}, ${iso.slice(11, 16)} UTC`;
}

function languageOf(language: string): DateLanguage {
  const base = language.toLowerCase().split('-')[0];
  return base === 'fr' || base === 'es' ? base : 'en';
}

function wordsOf(day: Day, language: DateLanguage): DateWords {
  const date = new Date(`${day}T00:00:00.000Z`);
  // The second test refuses 30 February, which Date would read as 2 March.
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== day) throw new Error(`not a date: ${day}`);
  const parts = new Map(formats[language].formatToParts(date).map((part) => [part.type, part.value]));
  const word = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return { weekday: word('weekday'), day: word('day'), month: word('month'), year: word('year') };
}

function formatOf(locale: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
    calendar: 'gregory',
    numberingSystem: 'latn',
  });
}
