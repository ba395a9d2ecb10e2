import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { guards } from '../domain/guards.js';
import { table, type Transition } from '../domain/table.js';

/** The page docs/review.md: the machine of domain/table.ts as a diagram and as a table. */
export function reviewPage(): string {
  return [
    '# The review machine',
    '',
    'Made from `domain/table.ts` by `npx tsx dev/review-diagram.ts`; a test holds the two together.',
    'The first row that fits an event decides. Events named `due:` are entries of the agenda that fell due.',
    '',
    'At most one review of concerns is open for a product, however many concerns there are. A further one about sections',
    'that it asks about joins it until it is decided. All others wait until the open review has ended, whichever it is,',
    'and then share one: nobody is asked about more in the middle of a turn, and no review is broken off for a concern.',
    '',
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> owner: wake, due open',
    '  [*] --> draft: nominate',
    ...arrows().map((arrow) => `  ${arrow}`),
    '```',
    '',
    '| state | event | if | next | outcome | what its author reads |',
    '| --- | --- | --- | --- | --- | --- |',
    ...table.map(line),
    '',
  ].join('\n');
}

/** One arrow for two states, with all the events that lead from one to the other. */
function arrows(): readonly string[] {
  const events = new Map<string, Set<string>>();
  for (const { from, on, next } of table) {
    if (next === 'same') continue;
    for (const state of from.filter((one) => one !== 'none' && one !== next && !(on === 'wake' || on === 'due:open'))) {
      const key = `${state} --> ${next}`;
      events.set(key, (events.get(key) ?? new Set()).add(on.replace('due:', 'due ')));
    }
  }
  return [...events].map(([key, names]) => `${key}: ${[...names].join(', ')}`);
}

function line({ from, on, when, next, result, says }: Transition): string {
  const states = from.length > 10 ? 'any' : from.join(', ');
  const outcome = on.startsWith('due:') ? '' : result;
  const sentence = on.startsWith('due:') ? '' : says;
  return `| ${states} | ${on} | ${guards[when].words} | ${next} | ${outcome} | ${sentence} |`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(new URL('../docs/review.md', import.meta.url), reviewPage());
}
