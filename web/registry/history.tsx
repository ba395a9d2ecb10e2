import { printShortDay } from '../../adapters/dates.js';
import type { FormerLine } from '../../domain/former-history.js';
import { formerInWords } from '../../domain/former-words.js';

/** What older files of the registry tell of a product; nothing where they tell nothing. */
export function History({ lines }: { readonly lines: readonly FormerLine[] }) {
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="history">
      <h2 id="history">Before this website</h2>
      <p class="small">From older files of the registry. Where no day is given, they do not say when.</p>
      <ul class="plain">
        {lines.map((line) => (
          <li>
            {formerInWords(line)}
            {line.on === null
              ? '.'
              : line.what === 'opinions' && line.count > 1
                ? `, last on ${printShortDay(line.on)}.`
                : `, ${printShortDay(line.on)}.`}
            {line.reason === null ? null : <span class="said"> Reason: {line.reason}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
