/** What looking at the links of answers comes to: a hint for people who review, never a verdict. */
import type { Answers, AnswerValue } from './answers.js';
import { DAY, type Instant } from './calendar.js';

/** What became of a look at a link. */
export type LinkResult = 'reachable' | 'redirected' | 'gone' | 'unreachable' | 'not_checked';

/** Why a link was not reached, or not even asked for. Closed words: what a server says goes nowhere. */
export type LinkReason =
  /** It answered with `status`. */
  | 'status'
  | 'no_name'
  | 'refused'
  | 'silent'
  | 'certificate'
  | 'too_many_redirects'
  | 'odd_redirect'
  | 'broken'
  /** It lies, or leads, where we do not go: private networks, this machine, no address of the web at all. */
  | 'private'
  /** The server wants to be asked less often. */
  | 'busy'
  /** We could ask nobody. */
  | 'our_network';

/** What one look found. */
export interface LinkFound {
  readonly result: LinkResult;
  readonly because: LinkReason | null;
  /** Of HTTP; null: there was no answer. */
  readonly status: number | null;
  /** Where it led in the end, if that is elsewhere. */
  readonly leadsTo: string | null;
}

/** The newest look at a link, as recorded. */
export interface LinkCheck extends LinkFound {
  readonly address: string;
  /** Since when every look found the same. */
  readonly since: Instant;
  readonly checkedAt: Instant;
}

/** More links in one answer are not looked at: nobody types so many in earnest. */
const MOST_IN_AN_ANSWER = 30;
/** Longer ones the form takes from nobody. */
const LONGEST = 2_000;
/** Whose answers wait for a reviewer is looked at each day; a listed product's once a month. In real milliseconds. */
const AGAIN_AFTER = { open: DAY, listed: 30 * DAY } as const;

/** Whose link it is: of a review that is open, or only of a listed product's public answers. */
export type LinkOwnerKind = keyof typeof AGAIN_AFTER;

/** Whether a link is to be looked at again; both times in real milliseconds, `before` null: it never was. */
export function isLinkDue({
  of,
  before,
  real,
}: {
  readonly of: LinkOwnerKind;
  readonly before: number | null;
  readonly real: number;
}): boolean {
  return before === null || real - before >= AGAIN_AFTER[of];
}

/** The links in an answer, each once, in their order. */
export function linksIn(value: AnswerValue): readonly string[] {
  const found = textsOf(value).flatMap((text) => text.match(/https?:\/\/[^\s<>"'`]+/giu) ?? []);
  const whole = found.map(withoutEnd).filter((link) => link.length <= LONGEST && URL.canParse(link));
  return [...new Set(whole)].slice(0, MOST_IN_AN_ANSWER);
}

/** The links in all answers, each once. */
export function linksOf(answers: Answers): readonly string[] {
  return [...new Set(Object.values(answers).flatMap(linksIn))];
}

/** What a look found, as the beginning of a sentence. */
export function linkInWords({ result, because, status, leadsTo }: LinkFound): string {
  switch (result) {
    case 'reachable':
      return 'Reachable';
    case 'redirected':
      return `Leads on to ${leadsTo ?? 'another page'}`;
    case 'gone':
      return `Gone: the server says that the page is not there (${status})`;
    case 'unreachable':
      return `Not reachable: ${WHY[because ?? 'broken'](status)}`;
    case 'not_checked':
      return `Not checked: ${WHY[because ?? 'our_network'](status)}`;
    default:
      return result satisfies never;
  }
}

const WHY: Readonly<Record<LinkReason, (status: number | null) => string>> = {
  status: (status) =>
    status === 401 || status === 403
      ? `the server let our program not in (${status}), perhaps it does let people in`
      : `the server answered ${status}`,
  no_name: () => 'there is no such name',
  refused: () => 'the server takes no connection',
  silent: () => 'the server did not answer in time',
  certificate: () => 'nobody vouches for the certificate of the server',
  too_many_redirects: () => 'it leads on and on',
  odd_redirect: () => 'it leads to no page of the web',
  broken: () => 'the connection broke',
  private: () => 'it is, or leads to, no address of the public internet',
  busy: () => 'the server wants to be asked less often',
  our_network: () => 'our own network did not reach the internet',
};

function textsOf(value: AnswerValue): readonly string[] {
  if (typeof value === 'string') return [value];
  if (!('text' in value)) return value;
  return 'urls' in value ? [...value.urls, value.text] : [value.text];
}

/** Without what ends the sentence around it. */
function withoutEnd(link: string): string {
  const end = link.includes('(') ? /[.,;:!?\]}*]+$/u : /[.,;:!?\]})*]+$/u;
  return link.replace(end, '');
}
