/** Does something and says how long it took and what it came to; for the figures of `npm run test:random`. */
export async function timed(what: string, act: () => string | Promise<string>): Promise<void> {
  const began = performance.now();
  const came = await act();
  process.stdout.write(`${what}: ${came}, ${((performance.now() - began) / 1_000).toFixed(1)} s\n`);
}
