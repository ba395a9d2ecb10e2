/** Work on many things of which each belongs to a host. */
export interface PoolPlan<Item> {
  readonly items: readonly Item[];
  readonly hostOf: (item: Item) => string;
  readonly atOnce: number;
  readonly work: (item: Item) => Promise<void>;
  /** Once it aborts nothing more begins. */
  readonly signal: AbortSignal;
}

/**
 * Does the work on all items, so many at once and never two of one host: hosts take turns, so that one with a thousand
 * items keeps no other waiting. Throws the first failure, once what had begun is over.
 */
export async function throughPool<Item>({ items, hostOf, atOnce, work, signal }: PoolPlan<Item>): Promise<void> {
  const queues = new Map<string, Item[]>();
  for (const item of items) {
    const host = hostOf(item);
    const queue = queues.get(host);
    if (queue === undefined) queues.set(host, [item]);
    else queue.push(item);
  }
  // A host that is worked on is not among the free ones.
  const free = [...queues.values()];
  let failed = false;
  const worker = async (): Promise<void> => {
    for (let queue = free.shift(); queue !== undefined; queue = free.shift()) {
      const item = queue.shift();
      if (item === undefined || failed || signal.aborted) continue;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
      if (queue.length > 0) free.push(queue);
    }
  };
  const workers = Array.from({ length: atOnce }, worker);
  await Promise.allSettled(workers);
  await Promise.all(workers);
}
