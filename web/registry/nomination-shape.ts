/** The shapes of /nominees.json and /a/<reference>/data.json, as docs/registry-data.md describes them. Fields are added only. */
import { z } from 'zod';
import { decisionShape } from './data-shape.js';

const date = z.iso.date();

/** How long decided nominations took, in days; null: fewer than ten were decided here. */
const durations = z.strictObject({ cases: z.int(), median: z.int(), nineOfTen: z.int() }).nullable();

const state = z.enum([
  ...(['draft', 'owner', 'l1', 'l2', 'clarification', 'notice', 'appeal'] as const),
  ...(['approved', 'ineligible', 'withdrawn', 'unanswered', 'removed'] as const),
  ...(['superseded', 'closed_elsewhere', 'abandoned'] as const),
]);

const installation = {
  organisation: z.string(),
  /** The day for which all of it holds. */
  asOf: date,
  /** A demonstration: answers, people and outcomes are invented. */
  invented: z.boolean(),
  licence: z.strictObject({ id: z.literal('Unlicense'), url: z.url() }),
};

export const nomineesSchema = z.strictObject({
  format: z.literal('perennial-nominees-1'),
  ...installation,
  durations,
  /** Those that were sent first at the front. */
  nominations: z.array(
    z.strictObject({
      reference: z.string(),
      url: z.url(),
      /** Null before it passed the first level. */
      name: z.string().nullable(),
      status: z.enum(['nominee', 'candidate']),
      state,
      stateInWords: z.string(),
      sentOn: date,
    }),
  ),
});

export const reviewSchema = z.strictObject({
  format: z.literal('perennial-review-1'),
  ...installation,
  reference: z.string(),
  url: z.url(),
  kind: z.enum(['nomination', 'annual_review', 'privacy', 'concern']),
  /** Null: it is not public. The slug is null where the product is not in the registry. */
  product: z.strictObject({ name: z.string(), slug: z.string().nullable() }).nullable(),
  state,
  stateInWords: z.string(),
  /** Of a nomination; null: it is none. */
  nomination: z
    .strictObject({
      /** Null, both: it has ended. */
      turn: z.string().nullable(),
      next: z.string().nullable(),
      durations,
      /** Between which days a decision is likely; null: nobody can say. */
      estimate: z.strictObject({ from: date, to: date }).nullable(),
      /** Why nobody can; null: there is an estimate, or it has ended. */
      noEstimate: z.enum(['too_few_decided', 'longer_than_nine_of_ten']).nullable(),
      /** Oldest first; `until` of the present one is null. */
      stages: z.array(z.strictObject({ state, stateInWords: z.string(), since: date, until: date.nullable() })),
    })
    .nullable(),
  /** Oldest first. */
  timeline: z.array(z.strictObject({ date, words: z.string() })),
  /** Newest first. */
  decisions: z.array(decisionShape),
});

export type NomineesData = z.infer<typeof nomineesSchema>;
export type ReviewData = z.infer<typeof reviewSchema>;
