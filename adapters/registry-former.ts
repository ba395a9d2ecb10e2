/** What the readers of older forms have in common. */
import { answersOfFacts } from '../domain/facts.js';
import type { FormerRecord, Said } from '../domain/former-record.js';
import type { HandlingFacts } from '../domain/listing-record.js';
import { filled } from './registry-record.js';
import type { Findings, RecordReader } from './registry-record.js';

type Given = Pick<FormerRecord, 'kind' | 'source'> &
  Partial<Omit<FormerRecord, 'answers'>> &
  Partial<Pick<Findings, 'websites' | 'answers'>> & { readonly facts?: Partial<HandlingFacts> };

/** The record of what was found; what was not given is not known. */
export function formerOf({ websites = [], answers = {}, facts = {}, ...found }: Given): FormerRecord {
  const record = {
    ...{ name: '', description: null, repositories: [], licences: [], sdgs: [], types: [], stage: null, on: null },
    ...{ recognisedOn: null, reason: null, dpgId: null, parent: null, said: [] },
    website: websites[0] ?? null,
    ...found,
  };
  return {
    ...record,
    answers: {
      ...answersOfFacts({ ...record, ...facts }),
      ...filled({ website: websites, short_description: record.description, ...answers }),
    },
  };
}

/** What stands at paths that today's form has no question for; what says nothing is left out. */
export function saidAt(reader: RecordReader, paths: readonly string[]): readonly Said[] {
  return paths.flatMap((about) => {
    const words = reader.list(about);
    const [first = ''] = words;
    if (first === '') return [];
    const isWord = words.length === 1 && /^(?:yes|no|unknown|not_applicable)$/iu.test(first);
    const text = isWord ? null : words.join('\n');
    return [{ about, answer: isWord ? first.toLowerCase() : null, text, confidence: null }];
  });
}

const types: Readonly<Record<string, string>> = {
  software: 'Open Software',
  data: 'Open Data',
  content: 'Open Content',
  standard: 'Open Standard',
  aimodel: 'Open AI Model',
};

/** The types of the old repository in the registry's words of today; unknown ones are remarked. */
export function oldTypesAt(reader: RecordReader, path: string): readonly string[] {
  return reader.list(path).flatMap((given) => {
    const type = types[given.toLowerCase()] ?? Object.values(types).find((one) => one === given);
    if (type === undefined) reader.remark(`${path}: an unknown type was left out`);
    return type ?? [];
  });
}
