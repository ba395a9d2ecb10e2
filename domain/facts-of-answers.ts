/** The facts of a listing as the answers of its form give them: the other way round of facts.ts. */
import type { Answers, AnswerValue } from './answers.js';
import type { HandlingFacts, HandlingLevel, YesNo } from './listing-record.js';

/** The registry's words for the categories of the form. */
const types: Readonly<Record<string, string>> = {
  open_software: 'Open Software',
  open_content: 'Open Content',
  open_data: 'Open Data',
  open_ai_system: 'Open AI System',
};

/** What a listing shows of its product. */
export interface FactsOfAnswers {
  /** Null: the answers do not say. */
  readonly name: string | null;
  readonly description: string | null;
  readonly website: string | null;
  readonly repositories: readonly string[];
  readonly licences: readonly string[];
  readonly sdgs: readonly number[];
  readonly types: readonly string[];
  readonly facts: HandlingFacts;
}

/** Reads them; what is not answered is null, or an empty list. */
export function factsOfAnswers(answers: Answers): FactsOfAnswers {
  const text = (id: string) => textOf(answers[id]);
  return {
    name: text('name'),
    description: text('short_description'),
    website: listOf(answers['website'])[0] ?? null,
    repositories: listOf(answers['source_location']),
    licences: listOf(answers['licences']),
    sdgs: listOf(answers['sdgs'])
      .map(Number)
      .sort((one, other) => one - other),
    types: listOf(answers['category']).flatMap((word) => types[word] ?? []),
    facts: {
      // The form offers these words alone.
      piiHandling: text('pii_level') as HandlingLevel | null,
      contentHandling: text('content_level') as HandlingLevel | null,
      userInteraction: choiceOf(answers['user_interaction']),
      collectsNonPii: choiceOf(answers['handles_non_pii']),
      usesClosedComponents: choiceOf(answers['closed_components']),
    },
  };
}

function textOf(value: AnswerValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function choiceOf(value: AnswerValue | undefined): YesNo | null {
  const said = typeof value === 'object' && 'choice' in value ? value.choice : value;
  return said === 'yes' || said === 'no' ? said : null;
}

function listOf(value: AnswerValue | undefined): readonly string[] {
  if (value === undefined || value === '') return [];
  if (typeof value === 'string') return [value];
  if ('urls' in value) return value.urls;
  if ('choices' in value) return value.choices;
  return 'choice' in value ? [] : value;
}
