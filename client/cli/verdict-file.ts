import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from '../usage.js';

const reasons = z.union([z.string(), z.array(z.string())]).transform((given) => [given].flat());
const level = z.enum(['l1', 'l2', 'appeal'], 'must be l1, l2 or appeal');

const verdict = z.strictObject({
  reference: z.string().min(1),
  by: z.string().min(1).optional(),
  level: level.optional(),
  /** Section id to word. */
  sections: z.record(z.string(), z.string()).default({}),
  rest: z.string().optional(),
  /** Section id to text. */
  reasons: z.record(z.string(), z.string()).default({}),
  internalReasons: z.record(z.string(), z.string()).default({}),
  reason: reasons.default([]),
  internalReason: reasons.default([]),
  answers: z.int().min(1).optional(),
  round: z.int().min(1).optional(),
  days: z.int().optional(),
  secondRoundReason: z.string().optional(),
});

/** A verdict of a file; what is absent is as given by flags. */
export type FileVerdict = z.infer<typeof verdict>;

/**
 * Reads a JSON file with a list of verdicts, such as
 * `[{"reference": "2026-7Q2MK", "sections": {"9a": "clarify"}, "rest": "meets", "reasons": {"9a": "Which law?"}}]`.
 * Throws a UsageError that names every mistake with its place.
 */
export async function readVerdicts(path: string): Promise<readonly FileVerdict[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`${path} cannot be read. Give a JSON file with a list of verdicts.`, { cause });
  });
  const parsed = z.array(verdict).min(1, 'has no verdict in it').safeParse(jsonOf(path, text));
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path: place, message }) => {
    const [index, ...field] = place;
    return `  ${typeof index === 'number' ? `verdict ${index + 1}` : 'the file'}${field.length > 0 ? `, ${field.join('.')}` : ''}: ${message}`;
  });
  throw new UsageError([`${path} cannot be used as it is. Nothing was sent.`, ...lines].join('\n'));
}

function jsonOf(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ''));
  } catch (cause) {
    throw new UsageError(`${path} is not JSON. Give a JSON file with a list of verdicts.`, { cause });
  }
}
