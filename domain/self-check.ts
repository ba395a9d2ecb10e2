import type { SectionId } from './standard.js';

/** A question that somebody asks themselves before they nominate a product; one for each indicator of the Standard. */
export interface SelfCheckQuestion {
  readonly id: string;
  /** The sections of the form that ask about it. */
  readonly sections: readonly SectionId[];
  readonly asks: string;
  /** What to do about a "no". */
  readonly otherwise: string;
}

export const SELF_CHECK: readonly SelfCheckQuestion[] = [
  {
    id: 'goals',
    sections: ['1'],
    asks: 'Does the product help with at least one of the Sustainable Development Goals?',
    otherwise: 'Find the goal that the product serves, and write down how it serves it.',
  },
  {
    id: 'licence',
    sections: ['2'],
    asks: 'Is it under an open licence that its website or repository states?',
    otherwise: 'Publish the product under an open licence, and state the licence where people find the product.',
  },
  {
    id: 'ownership',
    sections: ['3'],
    asks: 'Can everybody read who owns it?',
    otherwise: 'State the owner on the website, for example in a copyright notice.',
  },
  {
    id: 'platform',
    sections: ['4'],
    asks: 'Does it work without closed components, or can open ones take their place?',
    otherwise: 'Name an open component for each closed one that the product cannot do without.',
  },
  {
    id: 'documentation',
    sections: ['5'],
    asks: 'Could somebody from outside use it with the documentation alone?',
    otherwise: 'Publish documentation with which people can install and use the product without you.',
  },
  {
    id: 'extraction',
    sections: ['6'],
    asks: 'If it holds data that is not personal: can people take it out in an open format?',
    otherwise: 'Let people take their data out, for example as CSV or JSON.',
  },
  {
    id: 'laws',
    sections: ['7'],
    asks: 'Do you know which privacy laws and other laws apply to it, and does it keep them?',
    otherwise: 'Find out which laws apply, and publish how the product keeps them.',
  },
  {
    id: 'practices',
    sections: ['8'],
    asks: 'Does it follow open standards and good practices that you can name?',
    otherwise: 'Name the standards and practices, with a place where people can see each of them.',
  },
  {
    id: 'no_harm',
    sections: ['9a', '9b', '9c'],
    asks: 'Does it protect personal data, keep harmful content out, and keep people safe from each other?',
    otherwise:
      'Write down how the product protects data and people. If it does not touch any of this, the answer is yes.',
  },
];
