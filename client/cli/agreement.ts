import { readTemporalPlace } from '../../adapters/config.js';
import { connectTemporal } from '../../adapters/temporal.js';
import type { Database } from '../../prisma/database.js';
import { readRecorded } from '../../prisma/read-recorded.js';
import { look } from '../../prisma/step.js';
import { compare, type Compared, type Disagreement } from '../compare.js';
import { counted, cut } from '../words/words.js';

/** Whether records and Temporal agree; `compared` is false if Temporal could not be asked, with the reason. */
export type Agreement =
  | { readonly compared: true; readonly disagreements: readonly Disagreement[] }
  | { readonly compared: false; readonly because: 'not_configured' | 'no_answer' };

/** Compares records and workflows. Never throws for Temporal's sake: staff want their list of cases also without it. */
export async function readAgreement(database: Database): Promise<Agreement> {
  try {
    const disagreements = await withTemporal(database, compare);
    return disagreements === null ? { compared: false, because: 'not_configured' } : { compared: true, disagreements };
  } catch {
    return { compared: false, because: 'no_answer' };
  }
}

/** Does something with the records and Temporal, and closes the connection; null if nobody says where Temporal is. */
export async function withTemporal<Result>(
  database: Database,
  work: (compared: Compared) => Promise<Result>,
): Promise<Result | null> {
  const place = readTemporalPlace();
  if (place === null) return null;
  const { client, close } = await connectTemporal(place);
  const records = { cases: () => readRecorded(database), look: (caseId: string) => look(database, caseId) };
  try {
    return await work({ client, records });
  } finally {
    await close();
  }
}

/** Lines for operators: what disagrees, and what to do. */
export function agreementInWords(agreement: Agreement): readonly string[] {
  if (!agreement.compared) {
    return agreement.because === 'not_configured'
      ? ['Records and Temporal were not compared: TEMPORAL_ADDRESS says where it is.']
      : ['Records and Temporal were not compared: Temporal does not answer. -> perennial doctor'];
  }
  const { disagreements } = agreement;
  if (disagreements.length === 0) return ['Records and Temporal agree.'];
  const failing = disagreements.filter(({ what }) => what === 'tasks_fail' || what === 'step_fails');
  const others = disagreements.filter((one) => !failing.includes(one));
  return [
    `Records and Temporal disagree: ${others.length}`,
    ...cut(others.map(lineOf)),
    ...(others.length === 0 ? [] : ['  -> perennial reconcile shows what would help, and changes nothing']),
    `Workflows that fail: ${failing.length}`,
    ...cut(failing.map(lineOf)),
    ...helpFor(failing),
  ];
}

const words: Readonly<Record<Disagreement['what'], string>> = {
  no_workflow: 'no workflow runs for it',
  no_record: 'a workflow runs, and there is no record of it here',
  over: 'its record has ended, and its workflow goes on',
  differs: 'its workflow shows something else than its record says',
  tasks_fail: 'workflow code fails at it: it stands still',
  step_fails: 'its step fails again and again',
};

/** One disagreement in words. */
export function lineOf({ caseId, what, values }: Disagreement): string {
  const which = values.map(({ name, shown, recorded }) => `${name} ${shown} instead of ${recorded}`);
  return `  ${caseId}: ${words[what]}${which.length === 0 ? '' : ` (${which.join('; ')})`}`;
}

function helpFor(failing: readonly Disagreement[]): readonly string[] {
  const tasks = failing.filter(({ what }) => what === 'tasks_fail').length;
  return [
    ...(tasks === 0
      ? []
      : [
          `  -> ${counted(tasks, 'workflow stands', 'workflows stand')} still: deploy a mended version (docs/changing-workflows.md); after a restore: perennial reconcile`,
        ]),
    ...(tasks === failing.length ? [] : ['  -> the log of the worker says at which step, and why (activity_failed)']),
  ];
}
