import { isOwners } from '../../domain/agenda.js';
import { ENDED, type RequestWord } from '../../domain/case.js';
import type { FormRecord } from '../../prisma/read-form.js';
import { pathOf } from './visit.js';

/** A request that owners can make on a page of its own. */
export interface RequestPage {
  readonly request: RequestWord;
  /** Last part of its address. */
  readonly path: string;
  readonly link: string;
  readonly title: string;
  /** What happens when it is sent. */
  readonly about: readonly string[];
  /** The label of its box. */
  readonly asks: string;
  readonly button: string;
  /** Only while the answers are the owner's to give. */
  readonly inTurn: boolean;
}

export const REQUEST_PAGES: readonly RequestPage[] = [
  {
    request: 'more_time',
    path: 'more-time',
    link: 'I need more time',
    title: 'Ask for more time',
    about: ['Staff answer by email. Until then, your time to answer does not run.'],
    asks: 'Until when do you need time, and why? (optional)',
    button: 'Ask for more time',
    inTurn: true,
  },
  {
    request: 'not_me',
    path: 'not-me',
    link: 'This is not for me, or I did not send it',
    title: 'Tell us who is the right person',
    about: [
      'Use this page if another person must answer, or if somebody sent answers that are not yours.',
      'Staff answer by email. Until then, nothing is decided and your time to answer does not run.',
    ],
    asks: 'Who can speak for the product? Give a name and an email address if you can. (optional)',
    button: 'Tell the secretariat',
    inTurn: false,
  },
  {
    request: 'answered_elsewhere',
    path: 'answered-elsewhere',
    link: 'I have already answered elsewhere',
    title: 'Tell us that you answered elsewhere',
    about: ['Staff look for your answers and reply by email. Until then, your time to answer does not run.'],
    asks: 'Where and when did you answer? (optional)',
    button: 'Tell the secretariat',
    inTurn: true,
  },
  {
    request: 'withdrawal',
    path: 'withdraw',
    link: 'I want to withdraw the product',
    title: 'Ask to withdraw the product',
    about: [
      'Use this page if the product is to leave the registry. Staff confirm it with you before anything changes.',
      'Until then, nothing is decided and your time to answer does not run.',
    ],
    asks: 'Why do you want to withdraw it? (optional)',
    button: 'Ask to withdraw the product',
    inTurn: false,
  },
];

/** Those of a nomination: nobody else asks about it, and there is no listing to leave. */
const NOMINATION_PAGES: readonly RequestPage[] = REQUEST_PAGES.flatMap((page) => {
  if (page.request === 'answered_elsewhere') return [];
  if (page.request !== 'withdrawal') return [page];
  return [
    {
      ...page,
      link: 'I want to withdraw the nomination',
      title: 'Withdraw the nomination',
      about: [
        'What you have not sent yet is withdrawn at once, and deleted.',
        'What the reviewers have already, staff withdraw with you: until they answer, nothing is decided.',
      ],
      button: 'Withdraw the nomination',
    },
  ];
});

/** The requests that a review takes now and that are not open already. */
export function requestsNow({ review }: FormRecord): readonly RequestPage[] {
  if (ENDED.includes(review.state)) return [];
  const asked = new Set(review.requests.map(({ kind }) => kind));
  const pages = review.kind === 'nomination' ? NOMINATION_PAGES : REQUEST_PAGES;
  return pages.filter(
    ({ request, inTurn }) =>
      !asked.has(request) && (!inTurn || isOwners(review)) && (request !== 'more_time' || review.state !== 'draft'),
  );
}

/** What an owner can do instead of answering. */
export function RequestLinks({ record }: { readonly record: FormRecord }) {
  const requests = requestsNow(record);
  if (requests.length === 0) return null;
  return (
    <>
      <h2>Something else?</h2>
      <ul>
        {requests.map(({ path, link }) => (
          <li>
            <a href={pathOf(record.reference, path)}>{link}</a>
          </li>
        ))}
      </ul>
    </>
  );
}
