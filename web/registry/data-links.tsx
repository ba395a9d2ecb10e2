/** Where the registry is as data, and under which licence. */
export function DataLinks() {
  return (
    <section aria-labelledby="data">
      <h2 id="data">The registry as data</h2>
      <p>
        Status, answers and decisions of all products are in <a href="/registry.json">registry.json</a>, the list is in{' '}
        <a href="/registry.csv">registry.csv</a>. Both are in the public domain (
        <a href="https://creativecommons.org/publicdomain/zero/1.0/" rel="noreferrer">
          CC0
        </a>
        ).
      </p>
    </section>
  );
}
