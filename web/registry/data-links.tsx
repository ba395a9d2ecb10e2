import { REGISTRY_LICENCE } from '../context.js';

/** Where the registry is as data, and under which licence. */
export function DataLinks() {
  return (
    <section aria-labelledby="data">
      <h2 id="data">The registry as data</h2>
      <p>
        Status, answers and decisions of all products are in <a href="/registry.json">registry.json</a>, the list is in{' '}
        <a href="/registry.csv">registry.csv</a>. Both are in the public domain, under{' '}
        <a href={REGISTRY_LICENCE.url} rel="noreferrer">
          {REGISTRY_LICENCE.name}
        </a>
        : everybody may use them for any purpose.
      </p>
    </section>
  );
}
