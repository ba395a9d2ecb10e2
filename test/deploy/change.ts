import type { Edit } from '../replay/bundles.js';

/** The id of the change below: the day on which it was made, and what it does. */
export const CHANGE = '2027-01-15-look-first';

/** The change that is in today's workflows. */
export const IN_TASK = '2026-11-30-steps-in-task';

const LOOP = '  while (ear.heard !== null || state.more || !state.ended) {\n';
const LOOK = "    state = await run(input.caseId, { call: { id: 0, kind: 'look' }, state, knowsInTask });\n";

/** A change of the workflow as docs/changing-workflows.md wants it: a run begins with a look at the record. */
export const changed: readonly Edit[] = [
  {
    file: 'case.ts',
    instead: '  let state = input.state;\n',
    put: `  // Runs begun before have no look; the branch goes when no history of 2027-01 is kept.\n  const looksFirst = patched('${CHANGE}');\n  let state = input.state;\n`,
  },
  { file: 'case.ts', instead: LOOP, put: `  if (looksFirst) {\n${LOOK}  }\n${LOOP}` },
];

/** Today's workflows as they were before steps inside tasks: what runs begun then still do. */
export const before: readonly Edit[] = [{ file: 'case.ts', instead: `patched('${IN_TASK}')`, put: 'false' }];

/** The same change as nobody should make it: for every run, begun before or not. */
export const changedForAll: readonly Edit[] = [{ file: 'case.ts', instead: LOOP, put: `${LOOK}${LOOP}` }];
