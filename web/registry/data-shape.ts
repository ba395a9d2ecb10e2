/** The shape of /registry.json, as docs/registry-data.md describes it. Fields are added, never renamed or removed. */
import { z } from 'zod';
import { FORMER_EVENTS } from '../../domain/former-history.js';

const date = z.iso.date();
const words = z.array(z.string());

const answer = z.strictObject({
  /** As domain/answers.ts keeps it: text, a list of texts, or an object with text, urls, choice or choices. */
  value: z.union([
    z.string(),
    words,
    z.strictObject({ text: z.string(), urls: words }),
    z.strictObject({ choice: z.string(), text: z.string() }),
    z.strictObject({ choices: words, text: z.string() }),
  ]),
  /** False: carried over, not confirmed by the owner. */
  confirmed: z.boolean(),
  /** When it was confirmed; when it was carried over, if nobody confirmed it. */
  date,
});

export const decisionShape = z.strictObject({
  reference: z.string(),
  kind: z.enum(['nomination', 'annual_review', 'privacy', 'concern']),
  result: z.enum([
    'approved',
    'ineligible',
    'withdrawn',
    'unanswered',
    'removed',
    'superseded',
    'closed_elsewhere',
    'abandoned',
  ]),
  date,
  validUntil: date.nullable(),
  reasons: z.array(
    z.strictObject({
      /** Null: the reason of the decision as a whole. */
      section: z.string().nullable(),
      verdict: z.enum(['meets', 'clarify', 'does_not_meet']).nullable(),
      reason: z.string(),
    }),
  ),
});

const formerEvent = z.strictObject({
  what: z.enum(FORMER_EVENTS),
  date: date.nullable(),
  /** Why it was excluded. */
  reason: z.string().nullable(),
  /** Of an application in the former portal. */
  number: z.string().nullable(),
  /** How many reviews by volunteers; 1 for all else. */
  count: z.int(),
});

const product = z.strictObject({
  slug: z.string(),
  /** GID and seven digits, or of one that was nominated here DPG- and the reference of its nomination. */
  dpgId: z.string().nullable(),
  name: z.string(),
  url: z.url(),
  description: z.string().nullable(),
  website: z.string().nullable(),
  repositories: words,
  licences: words,
  sdgs: z.array(z.int()),
  types: words,
  status: z.enum(['nominee', 'candidate', 'listed', 'due', 'in_review', 'grace', 'expired', 'delisted', 'excluded']),
  statusSince: date.nullable(),
  statusInWords: z.string(),
  validUntil: date.nullable(),
  firstListedOn: date.nullable(),
  approvedOn: date.nullable(),
  removedOn: date.nullable(),
  /** By question id: of the version in force, early ones of versions to come, and former ones. */
  answers: z.record(z.string(), answer),
  /** Newest first. */
  decisions: z.array(decisionShape),
  /** What older files tell of it, newest first; `date` is null where they do not say when. */
  history: z.array(formerEvent),
});

export const registrySchema = z.strictObject({
  format: z.literal('perennial-registry-1'),
  organisation: z.string(),
  /** The day for which statuses hold. */
  asOf: date,
  /** A demonstration: answers, people and outcomes are invented. */
  invented: z.boolean(),
  notice: z.string(),
  licence: z.strictObject({ id: z.literal('Unlicense'), url: z.url() }),
  /** The version in force: where it comes from, since when reviews that open take it, where its questions are. */
  standard: z.strictObject({
    version: z.string(),
    url: z.url(),
    bindsFrom: date,
    questions: z.url(),
    /** Versions that do not bind yet. Some of their questions may have answers already. */
    coming: z.array(z.strictObject({ version: z.string(), answerableFrom: date, bindsFrom: date, questions: z.url() })),
  }),
  products: z.array(product),
});

/** What /registry.json holds. */
export type RegistryData = z.infer<typeof registrySchema>;
export type ProductData = RegistryData['products'][number];
export type AnswerData = ProductData['answers'][string];
export type DecisionData = ProductData['decisions'][number];
