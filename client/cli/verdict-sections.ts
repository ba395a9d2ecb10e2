import type { SectionVerdict, SectionWord } from '../../domain/case.js';
import type { SectionId } from '../../domain/standard.js';
import { reasonGiven } from '../given.js';
import { UsageError } from '../usage.js';

const WORDS: readonly SectionWord[] = ['meets', 'clarify', 'does_not_meet'];

/** A verdict as flags give it. */
export interface SectionFlags {
  /** ID=WORD */
  readonly section?: readonly string[];
  /** For sections that no --section names. */
  readonly rest?: string;
  /** [ID=]TEXT: for one section, or for all that do not meet. */
  readonly reason?: readonly string[];
  readonly internalReason?: readonly string[];
}

/** The verdict on each section that is asked, from flags. Throws a UsageError that says what is wrong or lacking. */
export function sectionsGiven(ids: readonly SectionId[], flags: SectionFlags): readonly SectionVerdict[] {
  const words = new Map<SectionId, SectionWord>();
  for (const given of flags.section ?? []) {
    const { id, text } = split(given, ids);
    if (id === null) {
      throw new UsageError(`--section ${given}: give ID=WORD with one of the sections ${ids.join(', ')}.`);
    }
    if (words.has(id)) throw new UsageError(`--section: ${id} is given twice.`);
    words.set(id, wordGiven(`--section ${given}`, text));
  }
  const rest = flags.rest === undefined ? null : wordGiven(`--rest ${flags.rest}`, flags.rest);
  const open = ids.filter((id) => !words.has(id));
  if (rest === null && open.length > 0) {
    throw new UsageError(
      `No verdict on the sections ${open.join(', ')}. Add --section ID=WORD for each, or --rest meets for all of them.`,
    );
  }
  const why = reasonsGiven('--reason', flags.reason ?? [], ids);
  const internal = reasonsGiven('--internal-reason', flags.internalReason ?? [], ids);
  return ids.map((section) => {
    const verdict = words.get(section) ?? rest ?? 'meets';
    const ofAll = (reasons: Reasons) => reasons.of.get(section) ?? (verdict === 'meets' ? '' : reasons.forAll);
    return { section, verdict, publicReason: ofAll(why), internalReason: ofAll(internal) };
  });
}

function wordGiven(option: string, given: string): SectionWord {
  const word = WORDS.find((one) => one === given.trim());
  if (word === undefined) throw new UsageError(`${option}: a verdict is one of ${WORDS.join(', ')}.`);
  return word;
}

interface Reasons {
  readonly of: ReadonlyMap<SectionId, string>;
  readonly forAll: string;
}

function reasonsGiven(option: string, given: readonly string[], ids: readonly SectionId[]): Reasons {
  const of = new Map<SectionId, string>();
  let forAll = '';
  for (const one of given) {
    const { id, text } = split(one, ids);
    if (id !== null) of.set(id, reasonGiven(option, text));
    else if (forAll === '') forAll = reasonGiven(option, one);
    else throw new UsageError(`${option} is given twice without a section. Write ID=TEXT to say for which it is.`);
  }
  return { of, forAll };
}

/** "9a=text" in its two halves; id null if what stands before "=" is no section. */
function split(given: string, ids: readonly SectionId[]): { id: SectionId | null; text: string } {
  const at = given.indexOf('=');
  const id = ids.find((one) => one === given.slice(0, Math.max(at, 0)).trim()) ?? null;
  return { id, text: given.slice(at + 1) };
}
