/** How an invented owner deals with a review. */
export type Habit =
  | 'prompt'
  | 'slow'
  | 'silent'
  | 'no_personal_data'
  | 'double_click'
  | 'late'
  | 'draft_and_forget'
  | 'two_people'
  | 'scanner'
  | 'more_time'
  | 'needs_clarification'
  | 'several_products'
  | NominatorsHabit;

/** How those who nominate come to another end than a listing. */
export type NominatorsHabit =
  /** Answers so that nobody understands it, and never again. */
  | 'gives_up'
  /** Begins a form, and never sends it. */
  | 'begins_only'
  /** Withdraws before anything was sent. */
  | 'changes_mind'
  /** Sends it, and asks for its withdrawal while reviewers read it. */
  | 'leaves'
  /** What they nominate is no open licence's. */
  | 'not_open'
  /** Sends an advertisement. */
  | 'advertises';

/** The first twelve people have these habits in this order, so that every check is put to the test by twelve. */
export const HABITS: readonly Habit[] = [
  'prompt',
  'no_personal_data',
  'silent',
  'needs_clarification',
  'double_click',
  'late',
  'draft_and_forget',
  'two_people',
  'scanner',
  'more_time',
  'slow',
  'several_products',
];

/** An invented owner: the primary contact of one product or several. */
export interface Person {
  readonly name: string;
  /** At a `.example` domain: it belongs to nobody. */
  readonly address: string;
  readonly language: string;
  readonly country: string;
  readonly slugs: readonly string[];
  readonly habit: Habit;
  /** What they nominate; most owners are of a listed product instead. */
  readonly nominates?: NewProduct;
}

/** A product that somebody nominates. */
export interface NewProduct {
  readonly name: string;
  readonly website: string;
}

/** Everybody and everything that was invented. */
export interface World {
  readonly seed: number;
  /** Owners of listed products, in the order of the products, then those who nominate, in their order. */
  readonly people: readonly Person[];
  readonly products: readonly string[];
  /** Names, addresses and answers that must never show in Temporal, in logs or on public pages. */
  readonly planted: readonly string[];
}

/** Something that an owner was told was received: their own list, beside the records. */
export interface Told {
  readonly reference: string;
  readonly kind: 'answers' | 'request' | 'appeal';
  /** The row's number, as the address of its status page shows it. */
  readonly row: string;
  /** The fields as they were typed. */
  readonly typed: Readonly<Record<string, string | readonly string[]>>;
}

/** A text that is never public and stands in emails to these addresses alone. */
export interface Reserved {
  readonly text: string;
  readonly to: readonly string[];
}

/** What reviewers and staff were told was taken: rows by the address of the page that followed, others by their key. */
export interface ToldActs {
  readonly rows: number[];
  readonly keys: string[];
}

/** Fast time, and chance that is the same for the same seed. */
export interface Pace {
  /** Real milliseconds of a day of case time, as it now is: on a busy machine it becomes longer. */
  readonly dayMs: number;
  /** Sleeps so many days of case time; ends early when everything stops. */
  readonly days: (count: number) => Promise<void>;
  /** A number from 0 up to 1 that depends on the seed and on what it is for. */
  readonly random: (what: string) => number;
  /** Does what touches the records; where faults are played, again as long as the database is away. */
  readonly patiently: <Done>(work: () => Promise<Done>) => Promise<Done>;
  readonly stopping: AbortSignal;
}
