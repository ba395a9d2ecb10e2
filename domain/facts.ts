/** What the registry already knows about a listing, as answers of the form. */
import type { Answers, AnswerValue } from './answers.js';
import { spelledLicence } from './standard-lists.js';
import { choicesOf, questionOf } from './standard.js';
import { NEWEST } from './standards.js';

/** The bare facts of a registry listing; an absent, null or empty one is not known. */
export interface ListingFacts {
  readonly name?: string | null | undefined;
  readonly website?: string | null | undefined;
  readonly repositories?: readonly string[] | null | undefined;
  readonly licences?: readonly string[] | null | undefined;
  readonly sdgs?: readonly (number | string)[] | null | undefined;
  /** Words of the registry, such as "Open Software". */
  readonly types?: readonly string[] | null | undefined;
  /** none, collected, collected_stored or collected_stored_distributed; so is contentHandling. */
  readonly piiHandling?: string | null | undefined;
  readonly contentHandling?: string | null | undefined;
  /** yes or no; so are the next two. */
  readonly userInteraction?: string | null | undefined;
  readonly collectsNonPii?: string | null | undefined;
  readonly usesClosedComponents?: string | null | undefined;
}

const categories: Readonly<Record<string, string>> = {
  'open software': 'open_software',
  'open content': 'open_content',
  'open data': 'open_data',
  'open ai model': 'open_ai_system',
  'open ai system': 'open_ai_system',
};

/**
 * Answers that a listing's facts give: name, website, source_location, licences, sdgs, category, pii_level,
 * content_level, user_interaction, handles_non_pii and closed_components. A fact that is absent, or a word that the
 * form does not offer, gives no answer. Whoever stores them marks them as carried over: no owner confirmed them.
 */
export function answersOfFacts(facts: ListingFacts): Answers {
  const values: Readonly<Record<string, AnswerValue | undefined>> = {
    name: text(facts.name),
    website: list(facts.website ? [facts.website] : []),
    source_location: list(facts.repositories ?? []),
    licences: list((facts.licences ?? []).map(spelledLicence)),
    sdgs: offered({ id: 'sdgs', given: (facts.sdgs ?? []).map(String) }),
    category: offered({
      id: 'category',
      given: (facts.types ?? []).map((type) => categories[type.trim().toLowerCase()] ?? ''),
    }),
    pii_level: oneOffered({ id: 'pii_level', given: facts.piiHandling }),
    content_level: oneOffered({ id: 'content_level', given: facts.contentHandling }),
    user_interaction: oneOffered({ id: 'user_interaction', given: facts.userInteraction }),
    handles_non_pii: oneOffered({ id: 'handles_non_pii', given: facts.collectsNonPii }),
    closed_components: oneOffered({ id: 'closed_components', given: facts.usesClosedComponents }),
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])),
  );
}

function text(given: string | null | undefined): string | undefined {
  const trimmed = given?.trim();
  return trimmed === undefined || trimmed === '' ? undefined : trimmed;
}

function list(given: readonly string[]): readonly string[] | undefined {
  const items = [...new Set(given.map((item) => item.trim()))].filter((item) => item !== '');
  return items.length === 0 ? undefined : items;
}

function offered({ id, given }: { id: string; given: readonly string[] }): readonly string[] | undefined {
  return list(choiceValues(id).filter((value) => given.includes(value)));
}

function oneOffered({ id, given }: { id: string; given: string | null | undefined }): string | undefined {
  return choiceValues(id).find((value) => value === given);
}

function choiceValues(id: string): readonly string[] {
  const question = questionOf(NEWEST, id);
  return question === undefined ? [] : choicesOf(question).map(({ value }) => value);
}
